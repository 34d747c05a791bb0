"""Writing the public page: once for a version and language, then only the place and the ticket are put in.

Rendering a questionnaire takes milliseconds, putting six texts into it microseconds; so the page is kept, cut at the
marks where they belong.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import current_app, make_response, request
from markupsafe import escape
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from core.translation import _
from models.answering import Answering
from models.question import Body, QuestionKind
from queries.sheet import PublicPlace
from views.sheet.blueprint import address_of
from views.stranger import stranger_language

MARK = re.compile("\ue000(.*?)\ue001")
BETWEEN_TAGS = re.compile(r">\s+<(?!/textarea)")
"""Indentation, which an old phone on a slow line need not wait for."""
UNSHOWABLE = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
"""Signs that were typed or pasted and that no HTML page may hold."""
KEPT = 64
"""Versions and languages whose pages are kept in the process."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What differs from page to page of one questionnaire."""

    unit_name: str
    host: str
    contact_line: str
    ticket: str
    thanks_url: str
    decline_url: str
    other_language_url: str


_MARKS = Sheet(**{name: f"\ue000{name}\ue001" for name in Sheet.__dataclass_fields__})


@lru_cache(maxsize=KEPT)
def body_of(text: str) -> Body:
    """The questionnaire behind the JSON of a version."""
    return Body.load(json.loads(text))


@lru_cache(maxsize=KEPT)
def answering_of(text: str) -> Answering:
    """What judges the answers to a version."""
    return Answering(body_of(text))


@lru_cache(maxsize=KEPT)
def numbers_of(text: str) -> dict[str, int]:
    """The numbers under which people see the questions, by code; words between questions have none."""
    asked = [question.code for question in body_of(text).questions() if question.kind is not QuestionKind.NOTE]
    return {code: number for number, code in enumerate(asked, start=1)}


def fresh_page(place: PublicPlace, ticket: str) -> Response:
    """The page as it is opened."""
    pieces = _cut_page(place.body, stranger_language())
    sheet = _sheet(place, ticket)
    filled = [str(escape(getattr(sheet, piece))) if odd % 2 else piece for odd, piece in enumerate(pieces)]
    return make_response("".join(filled))


def page_again(place: PublicPlace, ticket: str, errors: Mapping[str, str], status: int, **told: Any) -> Response:
    """The page with everything that was typed: ``errors`` by field, ``note``, ``can_drop``, ``is_open`` beside them."""
    sheet = _sheet(place, ticket)
    return make_response(_render(place.body, stranger_language(), sheet, request.form, errors, **told), status)


@lru_cache(maxsize=KEPT)
def _cut_page(body: str, language: str) -> tuple[str, ...]:
    """The empty page in pieces: a text, the name of what follows it, a text, and so on."""
    return tuple(MARK.split(_render(body, language, _MARKS, MultiDict(), {})))


def _render(text: str, language: str, sheet: Sheet, typed: MultiDict[str, str], errors: Mapping[str, str],
            note: str = "", can_drop: bool = False, is_open: bool = True) -> str:
    """The whole page."""
    page = current_app.jinja_env.get_template("sheet/page.html").render(
        sheet=sheet, body=body_of(text), numbers=numbers_of(text), tree=answering_of(text).tree(language),
        language=language, typed=typed, errors=errors, note=note, can_drop=can_drop, is_open=is_open)
    return UNSHOWABLE.sub("", BETWEEN_TAGS.sub(">\n<", page))


def _sheet(place: PublicPlace, ticket: str) -> Sheet:
    """What the page says of a place."""
    contact = _("Thắc mắc xin liên hệ: %(contact)s.", contact=place.contact) if place.contact else ""
    channel = "k=qr&" if request.args.get("k") == "qr" else ""
    other = "vi" if stranger_language() == "en" else "en"
    return Sheet(place.unit_name, place.host, contact, ticket, address_of("thank", place), address_of("decline", place),
                 f"?{channel}lang={other}")
