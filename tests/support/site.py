"""The addresses of the portal for a walker: objects of known units behind them, and the links on its pages."""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from lxml import html
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter, Rule

from core.clock import clock
from core.storage import FileStore
from models.account import Account
from models.activity import Activity, activity_attachment
from models.commendation import Commendation
from models.finding import Finding
from models.inspection import InspectedUnit
from models.permission import Viewer
from models.plan import PlanItem
from models.requirement import Obligation, Requirement
from models.submission import Submission
from models.survey import SurveyAudience, SurveyPlace, SurveyRound, SurveyTally
from models.unit import Unit
from services.attachment import FOLDER, receive_file
from tests.support.evidence import png_bytes
from tests.support.pages import Page

PLACES = {
    "department": "SGDDT", "district": "PGD-193", "school": "TH-193-02", "sibling": "THCS-193-03",
    "other_district": "PGD-202", "other_school": "TH-202-02",
}
"""Units of the demonstration by what they are to its accounts, with their codes."""
UNKNOWN_NUMBER, UNKNOWN_TEXT = 999_999_999, "khong-co"
PLAN, REPORT = "2023-plan", "2023-half-year"
MOST_OF_AN_ENDPOINT = 8
"""How many addresses of one endpoint a walk opens: every filter of a list can be joined with every other."""
IS_LIST_FILE = "format=xlsx"
"""A list page as a file; tests/views/test_list_file.py opens each of them, so that no walk has to."""


@dataclass
class Site:
    """Objects of the demonstration province, found by the place of their unit. None where there is no such thing."""

    session: Session

    @cached_property
    def unit_ids(self) -> dict[str, int]:
        """Ids of the units by place."""
        ids = dict(self.session.execute(select(Unit.code, Unit.id).where(Unit.code.in_(PLACES.values()))).all())
        return {place: ids[code] for place, code in PLACES.items()}

    def obligation(self, place: str, requirement: str) -> int | None:
        """What the unit owes for a requirement."""
        return self.session.scalar(
            select(Obligation.id).join(Requirement, Requirement.id == Obligation.requirement_id)
            .where(Requirement.code == requirement, Obligation.unit_id == self.unit_ids[place]))

    def submission(self, place: str, requirement: str = PLAN) -> int | None:
        """What the unit made of it; None before it began."""
        return self.session.scalar(
            select(Submission.id).where(Submission.obligation_id == self.obligation(place, requirement)))

    def item(self, place: str) -> int | None:
        """The first item of the unit's plan."""
        return self.session.scalar(
            select(PlanItem.id).where(PlanItem.submission_id == self.submission(place))
            .order_by(PlanItem.position).limit(1))

    def activity(self, place: str) -> int | None:
        """The unit's first activity."""
        return self.first(Activity, place)

    def tally(self, place: str) -> int | None:
        """The unit's first bundle of paper sheets."""
        return self.first(SurveyTally, place)

    def survey_place(self, place: str) -> int | None:
        """The unit's place in the last survey round of the people."""
        return self.session.scalar(
            select(SurveyPlace.id).join(SurveyRound, SurveyRound.id == SurveyPlace.round_id)
            .where(SurveyPlace.unit_id == self.unit_ids[place], SurveyRound.audience == SurveyAudience.PEOPLE)
            .order_by(SurveyRound.opens_on.desc(), SurveyPlace.id).limit(1))

    def account(self, place: str) -> int | None:
        """An account of somebody of the unit."""
        return self.first(Account, place)

    def visit(self, place: str) -> int | None:
        """The first visit of an inspection to the unit."""
        return self.session.scalar(
            select(InspectedUnit.id).where(InspectedUnit.unit_id == self.unit_ids[place])
            .order_by(InspectedUnit.id).limit(1))

    def finding(self, place: str) -> int | None:
        """The first finding with the unit."""
        return self.session.scalar(
            select(Finding.id).where(Finding.unit_id == self.unit_ids[place]).order_by(Finding.id).limit(1))

    def commendation(self, place: str) -> int | None:
        """The unit's first proposal."""
        return self.session.scalar(
            select(Commendation.id).where(Commendation.unit_id == self.unit_ids[place])
            .order_by(Commendation.id).limit(1))

    def first(self, kind: type[Activity] | type[SurveyTally] | type[Account], place: str) -> int | None:
        """The first thing of a kind that belongs to the unit."""
        return self.session.scalar(
            select(kind.id).where(kind.unit_id == self.unit_ids[place]).order_by(kind.id).limit(1))

    def add_photo(self, place: str, instance: Path) -> int:
        """Give the unit's first activity a photo; the file's id."""
        activity_id, unit_id = self.activity(place), self.unit_ids[place]
        somebody = self.session.scalars(select(Account).order_by(Account.id)).first()
        assert somebody is not None and activity_id is not None
        photo = receive_file(
            self.session, FileStore(instance / FOLDER), unit_id=unit_id, name="ảnh.png", now=clock.now(),
            stream=io.BytesIO(png_bytes()),
            viewer=Viewer(somebody.id, somebody.full_name, somebody.role, unit_id, unit_id))
        self.session.execute(activity_attachment.insert().values(activity_id=activity_id, attachment_id=photo.id))
        return photo.id


def unknown_values(rule: Rule) -> dict[str, Any]:
    """Values for a rule's arguments that name nothing."""
    return {
        name: UNKNOWN_NUMBER if isinstance(converter, IntegerConverter)
        else min(getattr(converter, "items", [UNKNOWN_TEXT]))
        for name, converter in rule._converters.items()
    }


def build(app: Flask, endpoint: str, values: dict[str, Any]) -> str:
    """The address of an endpoint."""
    with app.test_request_context():
        return app.url_map.bind("localhost").build(endpoint, values)


def endpoint_of(app: Flask, path: str) -> str | None:
    """The endpoint that a path leads to when it is opened, or None."""
    try:
        endpoint, _values = app.url_map.bind("localhost").match(urlsplit(path).path)
    except HTTPException:
        return None
    return str(endpoint)


def links(page: Page) -> Iterator[str]:
    """The addresses within the portal that a page leads to, by a link or by a form that only asks; no fragments."""
    root = html.document_fromstring(page.html)  # fast; the parser that judges found no fault in it
    hrefs = [link.get("href", "") for link in root.iter("a")]
    asked = [form.get("action", "") for form in root.iter("form") if form.get("method", "get") == "get"]
    for path in (address.partition("#")[0] for address in (*hrefs, *asked)):
        if path.startswith("/") and not path.startswith("//"):
            yield path


class Frontier:
    """What a walk has still to open: each kind of page a few times, each address once, in the order it was met."""

    def __init__(self, app: Flask, *, of_a_kind: int) -> None:
        """Open ``of_a_kind`` pages of each kind."""
        self.app, self.of_a_kind = app, of_a_kind
        self.waiting: list[str] = []
        self.met: set[str] = set()
        self.lost: list[str] = []
        """Addresses that lead nowhere."""
        self.kinds: Counter[str] = Counter()
        self.endpoints: Counter[str] = Counter()

    def add(self, path: str) -> None:
        """Meet an address; the kind of its page is the endpoint with the names of what it is asked."""
        endpoint = endpoint_of(self.app, path)
        if path in self.met or endpoint == "static" or IS_LIST_FILE in path:
            return
        self.met.add(path)
        if endpoint is None:
            self.lost.append(path)
            return
        asked = sorted(pair.partition("=")[0] for pair in urlsplit(path).query.split("&") if pair)
        kind = " ".join([endpoint, *asked])
        if self.kinds[kind] < self.of_a_kind and self.endpoints[endpoint] < MOST_OF_AN_ENDPOINT:
            self.kinds[kind] += 1
            self.endpoints[endpoint] += 1
            self.waiting.append(path)

    def __iter__(self) -> Iterator[str]:
        """The addresses, more while they are being found."""
        while self.waiting:
            yield self.waiting.pop(0)
