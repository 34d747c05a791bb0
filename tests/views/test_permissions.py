"""Every role at every address, with objects of the own unit, of units below, of foreign units, and of nobody.

What is expected follows from the table and the units below, written here a second time and compared with what
the portal answers: 403 where a role has no such right at all; 404 for a foreign object and for one that does not
exist alike; a page or a way on to one where the right reaches the object's unit.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from core.settings import Settings
from models.permission import Action, Reach, reach
from tests.support.client import PageClient
from tests.support.pages import Page, text_of
from tests.support.province import USERNAMES, Province
from tests.support.site import PLACES, PLAN, REPORT, UNKNOWN_NUMBER, Site, build, unknown_values
from views.access import registry

RIGHTS = """
                       admin  office  leader  division  district  school  head
    UNIT_VIEW          all    all     all     all       tree      tree    tree
    UNIT_MANAGE        all    all     -       -         -         -       -
    UNIT_REORGANISE    all    all     -       -         -         -       -
    ACCOUNT_MANAGE     all    -       -       -         tree      -       -
    PROGRAMME_VIEW     all    all     all     all       all       all     all
    PROGRAMME_MANAGE   -      all     -       -         -         -       -
    PLAN_VIEW          all    all     all     all       tree      tree    tree
    PLAN_WRITE         -      -       -       -         own       own     -
    PLAN_SUBMIT        -      -       -       -         own       own     own
    PLAN_REVIEW        -      below   -       -         below     -       -
    ACTIVITY_VIEW      all    all     all     all       tree      tree    tree
    ACTIVITY_WRITE     -      -       -       -         own       own     -
    SURVEY_VIEW        all    all     all     all       tree      tree    tree
    SURVEY_WRITE       -      -       -       -         own       own     -
    SURVEY_READ_TEXTS  -      all     -       -         own       own     own
    SURVEY_MANAGE      -      all     -       -         -         -       -
    REPORT_VIEW        all    all     all     all       tree      tree    tree
    REPORT_WRITE       -      own     -       -         own       own     -
    REPORT_SUBMIT      -      -       -       -         own       own     own
    REPORT_SIGN        -      -       own     -         -         -       own
    REPORT_REVIEW      -      below   -       -         below     -       -
    CONSOLIDATION_VIEW  all   all     all     all       own       -       own
    CONSOLIDATION_WRITE -     own     -       -         own       -       -
    CONSOLIDATION_ISSUE -     own     -       -         -         -       -
    PAPER_ATTACH       -      own     -       -         own       own     own
    BOARD_VIEW         all    all     all     all       tree      -       tree
    REMINDER_SEND      -      all     -       -         below     -       -
    REMINDER_MANAGE    -      all     -       -         -         -       -
    ANNOUNCEMENT_VIEW  all    all     all     all       own       own     own
    ANNOUNCEMENT_WRITE -      all     -       -         tree      -       -
    COMMENDATION_VIEW  all    all     all     all       tree      tree    tree
    COMMENDATION_WRITE -      -       -       -         own       own     own
    COMMENDATION_MODERATE -   all     -       -         -         -       -
    CRITICISM_VIEW     -      all     all     -         -         -       -
    EMULATION_VIEW     all    all     all     all       tree      tree    tree
    INSPECTION_VIEW    all    all     all     all       tree      tree    tree
    INSPECTION_WRITE   -      all     -       all       -         -       -
    FINDING_ANSWER     -      -       -       -         own       own     own
    LEADERSHIP_VIEW    -      all     all     -         -         -       -
    SELF               own    own     own     own       own       own     own
"""
"""How far each right of each account reaches: the own unit, those right below it, the whole tree, all."""
ACTS_FOR = {
    "office": "department", "leader": "department", "district": "district", "school": "school", "head": "school",
}
"""For which unit an account acts; "admin" and "division" act for one that owns nothing here."""
REPORTS_TO = {
    "district": "department", "other_district": "department", "school": "district", "sibling": "district",
    "other_school": "other_district",
}
PLACE_ORDER = ("school", "sibling", "district", "other_school", "other_district", "department")
Find = Callable[[Site, str], dict[str, Any] | None]


def read_rights() -> dict[str, dict[str, str]]:
    """The table by right and account."""
    head, *rows = [line.split() for line in RIGHTS.strip().splitlines()]
    return {row[0]: dict(zip(head, row[1:], strict=True)) for row in rows}


FAR = read_rights()


def reaches(username: str, right: str, place: str) -> bool:
    """Whether a right of an account reaches the unit at a place."""
    own = ACTS_FOR.get(username)
    far = FAR[right][username]
    above = [place]
    while above[-1] in REPORTS_TO:
        above.append(REPORTS_TO[above[-1]])
    return far == "all" or (
        own is not None and (
            (far == "own" and place == own) or (far == "below" and REPORTS_TO.get(place) == own)
            or (far == "tree" and own in above)))


def by_id(name: str, find: Callable[[Site, str], int | None]) -> Find:
    """Objects that an address names by a number."""
    def values(site: Site, place: str) -> dict[str, Any] | None:
        number = find(site, place)
        return None if number is None else {name: number}
    return values


def with_more(find: Find, **more: Any) -> Find:
    """Objects of an address that says more than the object."""
    def values(site: Site, place: str) -> dict[str, Any] | None:
        found = find(site, place)
        return None if found is None else {**found, **more}
    return values


def item_of(site: Site, place: str) -> dict[str, Any] | None:
    """An item of a unit's plan."""
    number = site.item(place)
    return None if number is None else {"obligation_id": site.obligation(place, PLAN), "item_id": number}


def consolidation_of(_site: Site, place: str) -> dict[str, Any] | None:
    """The consolidated report of a unit that has units below it."""
    consolidates = place in ("department", "district", "other_district")
    return {"code": REPORT, "unit_code": PLACES[place]} if consolidates else None


def written_of(site: Site, place: str) -> dict[str, Any] | None:
    """The report of a unit that has units below it, as the narrative desk calls it."""
    return {"obligation_id": site.obligation(place, REPORT)} if consolidation_of(site, place) else None


PLANS = by_id("obligation_id", lambda site, place: site.obligation(place, PLAN))
REPORTS = by_id("obligation_id", lambda site, place: site.obligation(place, REPORT))
SUBMISSIONS = by_id("submission_id", Site.submission)
ACTIVITIES = by_id("activity_id", Site.activity)
TALLIES = by_id("tally_id", Site.tally)
SURVEYED = by_id("place_id", Site.survey_place)
ACCOUNTS = by_id("account_id", Site.account)
FINDINGS = by_id("finding_id", Site.finding)
VISITS = by_id("visit_id", Site.visit)
PROPOSALS = by_id("commendation_id", Site.commendation)
ITEMS: Find = item_of
UNITS: Find = lambda _site, place: {"code": PLACES[place]}  # noqa: E731  # it is one row of a table
CONSOLIDATIONS: Find = consolidation_of


@dataclass(frozen=True)
class Door:
    """One address: its method, the right it asks for, and the objects behind it."""

    method: str
    endpoint: str
    right: str
    find: Find


DOORS = [
    Door("GET", "account.edit", "ACCOUNT_MANAGE", ACCOUNTS),
    Door("POST", "account.edit", "ACCOUNT_MANAGE", ACCOUNTS),
    Door("POST", "account.reset", "ACCOUNT_MANAGE", ACCOUNTS),
    Door("POST", "account.end_all_sessions", "ACCOUNT_MANAGE", ACCOUNTS),
    Door("GET", "activity.show", "ACTIVITY_VIEW", ACTIVITIES),
    Door("GET", "activity.edit", "ACTIVITY_WRITE", ACTIVITIES),
    Door("POST", "activity.edit", "ACTIVITY_WRITE", ACTIVITIES),
    Door("POST", "activity.remove", "ACTIVITY_WRITE", ACTIVITIES),
    Door("POST", "activity.restore", "ACTIVITY_WRITE", ACTIVITIES),
    Door("GET", "commendation.show", "COMMENDATION_VIEW", PROPOSALS),
    Door("GET", "commendation.edit", "COMMENDATION_WRITE", PROPOSALS),
    Door("POST", "commendation.edit", "COMMENDATION_WRITE", PROPOSALS),
    Door("GET", "commendation.withdraw", "COMMENDATION_WRITE", PROPOSALS),
    Door("POST", "commendation.withdraw", "COMMENDATION_WRITE", PROPOSALS),
    Door("GET", "commendation.opinion", "REPORT_REVIEW", PROPOSALS),
    Door("POST", "commendation.opinion", "REPORT_REVIEW", PROPOSALS),
    Door("GET", "commendation.moderate", "COMMENDATION_MODERATE", with_more(PROPOSALS, deed="ask")),
    Door("POST", "commendation.moderate", "COMMENDATION_MODERATE", with_more(PROPOSALS, deed="ask")),
    Door("POST", "commendation.settle", "COMMENDATION_MODERATE", with_more(PROPOSALS, deed="accept")),
    Door("GET", "commendation.edit_text", "COMMENDATION_MODERATE", PROPOSALS),
    Door("POST", "commendation.edit_text", "COMMENDATION_MODERATE", PROPOSALS),
    Door("GET", "consolidation.show", "CONSOLIDATION_VIEW", CONSOLIDATIONS),
    Door("GET", "consolidation.report", "CONSOLIDATION_VIEW", CONSOLIDATIONS),
    Door("GET", "consolidation.report_word", "CONSOLIDATION_VIEW", CONSOLIDATIONS),
    Door("GET", "consolidation.report_workbook", "CONSOLIDATION_VIEW", CONSOLIDATIONS),
    Door("GET", "consolidation.report_rows", "CONSOLIDATION_VIEW", CONSOLIDATIONS),
    Door("GET", "consolidation.summary", "CONSOLIDATION_VIEW", CONSOLIDATIONS),
    Door("GET", "consolidation.write_issue", "CONSOLIDATION_ISSUE", CONSOLIDATIONS),
    Door("POST", "consolidation.write_issue", "CONSOLIDATION_ISSUE", CONSOLIDATIONS),
    Door("POST", "consolidation.begin_again", "CONSOLIDATION_ISSUE", CONSOLIDATIONS),
    Door("GET", "narrative.index", "CONSOLIDATION_WRITE", written_of),
    Door("GET", "narrative.show", "CONSOLIDATION_WRITE", with_more(written_of, code="IV.1")),
    Door("GET", "narrative.write", "CONSOLIDATION_WRITE", with_more(written_of, code="IV.1", key="new")),
    Door("POST", "narrative.write", "CONSOLIDATION_WRITE", with_more(written_of, code="IV.1", key="new")),
    Door("POST", "narrative.arrange", "CONSOLIDATION_WRITE", with_more(written_of, code="IV.1")),
    Door("POST", "narrative.put_back", "CONSOLIDATION_WRITE", with_more(written_of, code="IV.1")),
    Door("POST", "narrative.insert", "CONSOLIDATION_WRITE", with_more(written_of, code="II.2.c")),
    Door("POST", "narrative.pick", "CONSOLIDATION_WRITE", with_more(written_of, code="IV.1")),
    Door("GET", "narrative.sources", "CONSOLIDATION_VIEW", written_of),
    Door("GET", "narrative.paper", "CONSOLIDATION_VIEW", with_more(written_of, kind="pdf")),
    Door("GET", "emulation.show", "EMULATION_VIEW", with_more(UNITS, year=2023)),
    Door("GET", "inspection.finding", "INSPECTION_VIEW", FINDINGS),
    Door("GET", "inspection.answer", "FINDING_ANSWER", FINDINGS),
    Door("POST", "inspection.answer", "FINDING_ANSWER", FINDINGS),
    Door("GET", "inspection.visit", "INSPECTION_VIEW", VISITS),
    Door("GET", "plan.show", "PLAN_VIEW", PLANS),
    Door("GET", "plan.download", "PLAN_VIEW", PLANS),
    Door("GET", "plan.download_word", "PLAN_VIEW", PLANS),
    Door("POST", "plan.adopt", "PLAN_WRITE", PLANS),
    Door("GET", "plan.write_document", "PLAN_WRITE", PLANS),
    Door("POST", "plan.write_document", "PLAN_WRITE", PLANS),
    Door("GET", "plan.new_item", "PLAN_WRITE", PLANS),
    Door("POST", "plan.new_item", "PLAN_WRITE", PLANS),
    Door("GET", "plan.write_section", "PLAN_WRITE", with_more(PLANS, code="I.1")),
    Door("POST", "plan.write_section", "PLAN_WRITE", with_more(PLANS, code="I.1")),
    Door("GET", "plan.write_item", "PLAN_WRITE", ITEMS),
    Door("POST", "plan.write_item", "PLAN_WRITE", ITEMS),
    Door("POST", "plan.move", "PLAN_WRITE", ITEMS),
    Door("POST", "plan.take_out", "PLAN_WRITE", ITEMS),
    Door("POST", "plan.put_back", "PLAN_WRITE", ITEMS),
    Door("GET", "plan.check", "PLAN_SUBMIT", PLANS),
    Door("POST", "plan.send", "PLAN_SUBMIT", PLANS),
    Door("GET", "reminder.record", "REMINDER_SEND", PLANS),
    Door("GET", "report.show", "REPORT_VIEW", REPORTS),
    Door("GET", "report.download", "REPORT_VIEW", REPORTS),
    Door("GET", "report.download_word", "REPORT_VIEW", REPORTS),
    Door("GET", "report.figure", "REPORT_VIEW", with_more(REPORTS, code="B3")),
    Door("GET", "report.bring_back", "REPORT_WRITE", REPORTS),
    Door("POST", "report.bring_file", "REPORT_WRITE", REPORTS),
    Door("POST", "report.take_over", "REPORT_WRITE", REPORTS),
    Door("GET", "report.section", "REPORT_WRITE", with_more(REPORTS, code="I.1")),
    Door("POST", "report.section", "REPORT_WRITE", with_more(REPORTS, code="I.1")),
    Door("GET", "report.write_document", "REPORT_WRITE", REPORTS),
    Door("POST", "report.write_document", "REPORT_WRITE", REPORTS),
    Door("POST", "report.say_nothing", "REPORT_WRITE", REPORTS),
    Door("GET", "report.check", "REPORT_SUBMIT", REPORTS),
    Door("POST", "report.send", "REPORT_SUBMIT", REPORTS),
    Door("GET", "requirement.give_longer", "PROGRAMME_MANAGE", PLANS),
    Door("POST", "requirement.give_longer", "PROGRAMME_MANAGE", PLANS),
    Door("GET", "requirement.excuse", "PROGRAMME_MANAGE", PLANS),
    Door("POST", "requirement.excuse", "PROGRAMME_MANAGE", PLANS),
    Door("GET", "review.show", "PLAN_REVIEW", SUBMISSIONS),
    Door("POST", "review.start", "PLAN_REVIEW", SUBMISSIONS),
    Door("POST", "review.give_back", "PLAN_REVIEW", SUBMISSIONS),
    Door("POST", "review.approve", "PLAN_REVIEW", SUBMISSIONS),
    Door("POST", "review.open_again", "PLAN_REVIEW", SUBMISSIONS),
    Door("POST", "review.refuse_unlock", "PLAN_REVIEW", SUBMISSIONS),
    Door("GET", "submission.index", "PLAN_VIEW", SUBMISSIONS),
    Door("GET", "submission.show_version", "PLAN_VIEW", with_more(SUBMISSIONS, number=1)),
    Door("GET", "signed_copy.add", "PAPER_ATTACH", with_more(SUBMISSIONS, number=1)),
    Door("POST", "signed_copy.add", "PAPER_ATTACH", with_more(SUBMISSIONS, number=1)),
    Door("POST", "signed_copy.print_draft", "PAPER_ATTACH", PLANS),
    Door("POST", "submission.take_back", "PLAN_SUBMIT", SUBMISSIONS),
    Door("POST", "submission.ask", "PLAN_SUBMIT", SUBMISSIONS),
    Door("GET", "survey.place", "SURVEY_VIEW", SURVEYED),
    Door("GET", "survey.qr", "SURVEY_VIEW", SURVEYED),
    Door("GET", "survey.texts", "SURVEY_READ_TEXTS", SURVEYED),
    Door("GET", "survey.population", "SURVEY_MANAGE", SURVEYED),
    Door("POST", "survey.population", "SURVEY_MANAGE", SURVEYED),
    Door("GET", "survey.withdraw", "SURVEY_MANAGE", SURVEYED),
    Door("POST", "survey.withdraw", "SURVEY_MANAGE", SURVEYED),
    Door("GET", "survey.restore", "SURVEY_MANAGE", SURVEYED),
    Door("POST", "survey.restore", "SURVEY_MANAGE", SURVEYED),
    Door("GET", "survey_file.poster_a4", "SURVEY_VIEW", SURVEYED),
    Door("GET", "survey_file.poster_a5", "SURVEY_VIEW", SURVEYED),
    Door("GET", "survey_file.poster_two", "SURVEY_VIEW", SURVEYED),
    Door("GET", "survey_file.form", "SURVEY_VIEW", SURVEYED),
    Door("GET", "paper.grid", "SURVEY_WRITE", SURVEYED),
    Door("POST", "paper.save", "SURVEY_WRITE", SURVEYED),
    Door("POST", "paper.undo", "SURVEY_WRITE", SURVEYED),
    Door("GET", "paper.upload", "SURVEY_WRITE", SURVEYED),
    Door("POST", "paper.send_file", "SURVEY_WRITE", SURVEYED),
    Door("POST", "paper.apply", "SURVEY_WRITE", SURVEYED),
    Door("GET", "paper.sample", "SURVEY_WRITE", SURVEYED),
    Door("GET", "tally.show", "SURVEY_VIEW", TALLIES),
    Door("GET", "tally.edit", "SURVEY_WRITE", TALLIES),
    Door("POST", "tally.edit", "SURVEY_WRITE", TALLIES),
    Door("POST", "tally.remove", "SURVEY_WRITE", TALLIES),
    Door("POST", "tally.restore", "SURVEY_WRITE", TALLIES),
    Door("GET", "unit.show", "UNIT_VIEW", UNITS),
    Door("GET", "unit.edit", "UNIT_MANAGE", UNITS),
    Door("POST", "unit.edit", "UNIT_MANAGE", UNITS),
]
TOLD_APART = {
    "attachment.show", "attachment.preview",  # their files are made first, see below
    "submission.show_changes", "submission.sign",  # need two versions, a plan's head
    "requirement.show", "requirement.open_", "requirement.change", "requirement.withdraw",
    "requirement.add",  # of the whole province, no unit's
    "programme.clone", "programme.edit", "programme.difference", "programme.issue", "programme.export",
    "programme.write_frame", "programme.list_rows", "programme.add_row", "programme.write_row", "programme.move_row",
    "programme.remove_row", "programme.restore_row",  # of the whole province; see test_programme
    "survey.show", "survey.edit", "survey.close", "survey.reopen", "survey.units", "survey.suspects",
    "survey.find_suspects", "survey.exclude", "survey.include",  # of the whole province; see test_survey
    "survey_file.pdf", "survey_file.workbook", "survey_file.sheets",  # of a round and a unit; see test_survey_file
    "survey.codes", "survey.withdraw_codes",  # of the unit's writers and the Office; see test_survey
    "reorganisation.show", "reorganisation.edit", "reorganisation.discard", "reorganisation.attach",
    "reorganisation.file", "reorganisation.add", "reorganisation.remove", "reorganisation.load_file",
    "reorganisation.download", "reorganisation.sample", "reorganisation.preview",
    "reorganisation.apply",  # of the whole province; see test_reorganisation
    "questionnaire.about", "questionnaire.begin", "questionnaire.choose_kind", "questionnaire.download",
    "questionnaire.edit_question", "questionnaire.edit_section", "questionnaire.give_up", "questionnaire.issue",
    "questionnaire.move", "questionnaire.new_question", "questionnaire.new_section", "questionnaire.preview",
    "questionnaire.preview_page", "questionnaire.remove", "questionnaire.revive", "questionnaire.show",
    "questionnaire.undo",  # of the whole province; see test_questionnaire
    "result.show", "result.show_json",  # of the widest group that the person sees; see test_result
    "sheet.decline", "sheet.send", "sheet.send_by_code", "sheet.show", "sheet.show_by_code", "sheet.thank",  # public
    "account.slips", "account.slips_paper",  # of the viewer's own last file
    "account.template", "unit.template",  # no object's; see test_account, test_unit
    "reminder.show", "reminder.remind", "reminder.receive", "reminder.edit_schedule",  # of a requirement, no unit's
    "reminder.send_mail_again", "chase_letter.show", "chase_letter.download",  # tests/views/test_reminder.py
    "chase_letter.write", "chase_letter.preview", "holiday.remove", "holiday.restore",  # the Office's alone
    "announcement.show", "announcement.file", "announcement.read", "announcement.correct", "announcement.withdraw",
    "announcement.readers", "announcement.remind", "contact.edit",  # tests/views/test_announcement.py
    "emulation.rules", "emulation.adopt", "emulation.simulate", "emulation.publish", "emulation.drift",
    "emulation.download",  # of the whole province; see test_emulation
    "commendation.take_back",  # of the unit or the Office; see test_commendation
    "criticism.show", "criticism.edit", "criticism.close",  # of the competent body alone; see test_criticism
    "good_model.show", "good_model.photo",  # public
    "inspection.show", "inspection.notice", "inspection.edit", "inspection.units", "inspection.remove",
    "inspection.decide", "inspection.write_visit", "inspection.evidence", "inspection.add_finding",
    "inspection.edit_finding", "inspection.judge",  # of the division that inspects; see test_inspection
    "signed_copy.show", "signed_copy.take_off", "signed_copy.call_back",  # of a copy; see test_signed_copy
    "package.show", "package.ask_for", "package.state", "package.stop", "package.download",  # see test_package
    "verify.show", "verify.check",  # public
    "draft.save", "static",  # public; a draft's address is signed
}
GENERAL = {
    "requirement.index": "PROGRAMME_MANAGE", "requirement.new": "PROGRAMME_MANAGE",
    "questionnaire.index": "SURVEY_MANAGE", "questionnaire.load": "SURVEY_MANAGE",
    "questionnaire.new": "SURVEY_MANAGE",
    "announcement.index": "ANNOUNCEMENT_VIEW", "announcement.new": "ANNOUNCEMENT_WRITE", "contact.index": "UNIT_VIEW",
    "home.show": "SELF", "account.show": "SELF", "account.change_password": "SELF",
    "account.index": "ACCOUNT_MANAGE", "account.add": "ACCOUNT_MANAGE", "account.load": "ACCOUNT_MANAGE",
    "unit.load": "UNIT_MANAGE",
    "activity.index": "ACTIVITY_VIEW", "activity.new": "ACTIVITY_WRITE", "board.show": "BOARD_VIEW",
    "board.paper": "BOARD_VIEW",
    "emulation.index": "EMULATION_VIEW",
    "commendation.index": "COMMENDATION_VIEW", "commendation.new": "COMMENDATION_WRITE",
    "criticism.index": "CRITICISM_VIEW", "criticism.suspects": "CRITICISM_VIEW", "criticism.new": "CRITICISM_VIEW",
    "criticism.report": "CRITICISM_VIEW",
    "inspection.index": "INSPECTION_VIEW", "inspection.findings": "INSPECTION_VIEW",
    "inspection.new": "INSPECTION_WRITE",
    "consolidation.index": "CONSOLIDATION_VIEW", "leadership.show": "LEADERSHIP_VIEW",
    "leadership.paper": "LEADERSHIP_VIEW",
    "holiday.index": "REMINDER_MANAGE", "programme.show": "PROGRAMME_VIEW", "reminder.index": "REMINDER_SEND",
    "reorganisation.index": "UNIT_REORGANISE", "reorganisation.new": "UNIT_REORGANISE",
    "reorganisation.then": "LEADERSHIP_VIEW",
    "programme.new": "PROGRAMME_MANAGE", "review.index": "REPORT_REVIEW", "review.confirm": "PLAN_REVIEW",
    "survey.index": "SURVEY_VIEW", "survey.new": "SURVEY_MANAGE", "tally.index": "SURVEY_VIEW",
    "tally.new": "SURVEY_WRITE", "unit.index": "UNIT_VIEW",
}
"""Pages that name no object, with the right they ask for."""
ANSWERS = {"GET": {200, 303}, "POST": {303, 400, 409, 422}}
"""What a person with the right may be answered: a page, a way on, what is to be mended first."""
PAPERS = {"consolidation.report", "consolidation.report_word", "consolidation.report_workbook",
          "consolidation.report_rows", "consolidation.summary", "plan.download",
          "plan.download_word", "report.download", "report.download_word"}
"""What takes long to make: those who see all knock once."""


@pytest.fixture
def site(db_session: Session, province: Province) -> Site:
    """The objects of the demonstration province."""
    return Site(db_session)


def send(client: PageClient, method: str, path: str) -> int:
    """The status of an answer; a POST carries a token that the portal gave, and nothing else."""
    if method == "GET":
        return client.get(path).status_code
    return client.post(path, data={"csrf_token": client.csrf_token()}).status_code


def places(username: str, door: Door) -> Iterator[str]:
    """Where an account knocks: once where it has no right or all, else at every place."""
    far = FAR[door.right][username]
    if far in ("-", "all"):
        yield from ("department", "school") if door.endpoint not in PAPERS else ("other_district",)
    else:
        yield from PLACE_ORDER


def expected(username: str, door: Door, place: str) -> set[int]:
    """What the portal should answer."""
    if FAR[door.right][username] == "-":
        return {403}
    return ANSWERS[door.method] if reaches(username, door.right, place) else {404}


def knock(client: PageClient, app: Flask, site: Site, username: str, doors: list[Door]) -> tuple[int, dict[str, str]]:
    """Try doors at all their places: how many, and which answered otherwise than expected."""
    tried, wrong = 0, {}
    for door in doors:
        for place in places(username, door):
            values = door.find(site, place)
            if values is None:
                continue
            if door.method == "POST" or not tried:
                client.sign_in(username)  # what was sent before may have ended the session; what was asked for cannot
            path = build(app, door.endpoint, values)
            status, right = send(client, door.method, path), expected(username, door, place)
            tried += 1
            if status not in right:
                wrong[f"{door.method} {door.endpoint} of {place}"] = f"{path} → {status}, not {sorted(right)}"
    return tried, wrong


def test_every_address_of_an_object_is_in_the_table(app: Flask) -> None:
    known = {door.endpoint for door in DOORS} | TOLD_APART
    assert {rule.endpoint for rule in app.url_map.iter_rules() if rule.arguments} == known


def test_every_address_without_an_object_is_in_the_table(app: Flask) -> None:
    public = {"health.healthz", "session.sign_in", "sheet.worker", "style.show", "good_model.index", "verify.ask"}
    found = {
        rule.endpoint for rule in app.url_map.iter_rules() if not rule.arguments and "GET" in (rule.methods or set())
    }
    assert found - public == set(GENERAL)


@pytest.mark.parametrize("username", USERNAMES)
def test_a_role_opens_the_objects_it_reaches_and_no_others(
        client: PageClient, app: Flask, site: Site, username: str) -> None:
    tried, wrong = knock(client, app, site, username, [door for door in DOORS if door.method == "GET"])
    assert wrong == {}
    assert tried > 30


@pytest.mark.parametrize("username", USERNAMES)
def test_a_role_acts_on_the_objects_it_reaches_and_on_no_others(
        client: PageClient, app: Flask, site: Site, username: str) -> None:
    tried, wrong = knock(client, app, site, username, [door for door in DOORS if door.method == "POST"])
    assert wrong == {}
    assert tried > 30


@pytest.mark.parametrize("username", USERNAMES)
def test_a_role_opens_the_pages_of_its_rights(
        client: PageClient, app: Flask, province: Province, username: str) -> None:
    role, required = client.sign_in(username).role, registry(app)
    wrong = {}
    for endpoint, right in GENERAL.items():
        status = client.get(build(app, endpoint, {})).status_code
        allowed = {403} if FAR[right][username] == "-" else {200, 302, 303}
        is_refused = reach(role, Action(required[endpoint])) is Reach.NONE
        if status not in allowed or is_refused != (status == 403):
            wrong[endpoint] = status
    assert wrong == {}


@pytest.mark.parametrize("username", USERNAMES)
def test_what_is_foreign_looks_like_what_does_not_exist(
        client: PageClient, app: Flask, site: Site, username: str) -> None:
    client.sign_in(username)
    different = {}
    for door in DOORS:
        foreign = next((place for place in PLACE_ORDER if not reaches(username, door.right, place)
                        and door.find(site, place) is not None), None)
        if foreign is None or door.method != "GET":
            continue
        rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == door.endpoint)
        answers = [client.get(build(app, door.endpoint, values)) for values in (
            door.find(site, foreign) or {}, unknown_values(rule))]
        if len({(answer.status_code, Page(answer.text).shape) for answer in answers}) == 1:
            continue  # alike to the letter
        if len({(answer.status_code, words(answer)) for answer in answers}) > 1:
            different[door.endpoint] = [(answer.status_code, words(answer)) for answer in answers]
    assert different == {}


def words(answer: TestResponse) -> str:
    """What a page says, without the code to quote, which is another each time."""
    return re.sub(r"\b\d{3}-[0-9a-f]{8}\b", "", text_of(Page(answer.text).root))


def test_nobody_is_led_from_every_object_to_the_sign_in(client: PageClient, app: Flask, site: Site) -> None:
    wrong = {}
    token = client.csrf_token()
    for door in DOORS:
        path = build(app, door.endpoint, next(filter(None, (door.find(site, place) for place in PLACE_ORDER))))
        answer = client.get(path) if door.method == "GET" else client.post(path, data={"csrf_token": token})
        if answer.status_code != 303 or not answer.location.startswith("/login"):
            wrong[f"{door.method} {path}"] = answer.status_code
    assert wrong == {}


@pytest.mark.parametrize(("username", "own", "foreign"), [
    ("school", 200, 404), ("head", 200, 404), ("district", 200, 404), ("office", 200, 200), ("leader", 200, 200),
    ("division", 200, 200), ("admin", 200, 200),
])
def test_evidence_is_seen_by_those_who_see_its_activity(
        client: PageClient, app: Flask, site: Site, username: str, own: int, foreign: int) -> None:
    settings: Settings = app.config["SETTINGS"]
    photos = [site.add_photo(place, settings.instance) for place in ("school", "other_school")]
    client.sign_in(username)
    for tail in ("", "/preview"):
        for photo, status in zip([*photos, UNKNOWN_NUMBER], [own, foreign, 404], strict=True):
            with client.get(f"/attachments/{photo}{tail}") as answer:
                assert answer.status_code == status


@pytest.mark.parametrize(("username", "status"), [
    ("admin", 403), ("office", 303), ("leader", 403), ("division", 403), ("district", 403), ("school", 403),
    ("head", 403),
])
def test_only_the_office_opens_a_requirement(
        client: PageClient, province: Province, username: str, status: int) -> None:
    client.sign_in(username)
    assert client.get(f"/requirements/{PLAN}").status_code == (200 if status == 303 else status)
    assert client.post("/requirements/2023-annual/open", data={"csrf_token": client.csrf_token()}).status_code == status


@pytest.mark.parametrize(("username", "status"), [
    ("admin", 403), ("office", 403), ("division", 403), ("district", 403), ("school", 403), ("head", 303),
    ("leader", 404),
])
def test_only_the_head_signs_off_what_the_own_unit_wrote(
        client: PageClient, site: Site, username: str, status: int) -> None:
    client.sign_in(username)
    path = f"/submissions/{site.submission('school')}/sign-off"
    assert client.post(path, data={"csrf_token": client.csrf_token()}).status_code == status
