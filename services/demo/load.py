"""Building the demonstration province in the order in which its year would have gone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from core.dates import start_of_day
from core.translation import N_
from models.account import Account
from models.permission import Viewer
from models.programme import Programme
from models.questionnaire import SATISFACTION, Questionnaire
from models.requirement import Level, Obligation, Requirement
from models.unit import Unit, UnitKind, UnitParent
from queries.account import find_person
from services.demo.accounts import add_accounts
from services.demo.activities import add_activities, add_tallies
from services.demo.ad_hoc import add_ad_hoc_reports
from services.demo.announcements import add_announcements
from services.demo.commendations import add_commendations
from services.demo.inspections import add_inspections
from services.demo.journey import Actors
from services.demo.plans import add_plan
from services.demo.reports import ReportWriter
from services.demo.story import EXEMPT, EXTENDED, plan_fate, report_fate
from services.demo.surveys import add_rounds
from services.demo.units import add_schools
from services.demo.vocabulary import Vocabulary, read_vocabulary
from services.requirement import exempt, extend, open_requirement

DEMO_DAY = date(2023, 5, 25)


class DemoError(Exception):
    """The demonstration cannot be loaded; the message says why, in Vietnamese."""


@dataclass(frozen=True)
class DemoSize:
    """How much to make."""

    schools: int
    activities: int
    sheets: int
    seed: int = 2023


ORDINARY = DemoSize(schools=120, activities=1500, sheets=8000)
COUNTED_BY_HAND = 0.35
"""The share of all sheets that units bring in as tallies; the others are answered in survey rounds."""
FULL = DemoSize(schools=640, activities=20_000, sheets=200_000)


@dataclass(frozen=True)
class _Owing:
    """One obligation with what its fate hangs on."""

    obligation: Obligation
    unit: Unit
    parent_code: str


def is_loaded(session: Session) -> bool:
    """Whether the demonstration province is there."""
    return bool(session.scalar(select(exists().where(Account.is_demonstration))))


def load_demo(session: Session, size: DemoSize, tell: Callable[[str], None] = lambda _message: None) -> None:
    """Build the province on top of the real units and the 2023 programme. Does not commit.

    Raises DemoError when it is there already or something it builds on is missing.
    """
    if is_loaded(session):
        raise DemoError(N_("Tỉnh minh họa đã được nạp."))
    programme = session.scalar(select(Programme).where(Programme.year == DEMO_DAY.year))
    questionnaire = session.scalar(
        select(Questionnaire).where(Questionnaire.code == SATISFACTION).order_by(Questionnaire.version.desc()).limit(1))
    if programme is None or questionnaire is None:
        raise DemoError(N_("Nạp đơn vị, chương trình năm 2023 và phiếu khảo sát trước."))
    random = Random(size.seed)  # noqa: S311  # the same seed must make the same province
    now = start_of_day(DEMO_DAY) + timedelta(hours=7)
    tell(N_("Đang tạo trường và tài khoản…"))
    add_schools(session, size.schools, random)
    viewers = _viewers(session, add_accounts(session, now))
    plans, reports = _open(session, programme)
    words = read_vocabulary(session, programme)
    tell(N_("Đang viết kế hoạch của các đơn vị…"))
    for owing in plans:
        actors = _actors(owing, viewers)
        requirement = session.get_one(Requirement, owing.obligation.requirement_id)
        add_plan(session, owing.obligation, requirement, owing.unit.symbol, plan_fate(owing.unit.code, random), words,
                 actors, random)
    tell(N_("Đang ghi hoạt động và phiếu khảo sát…"))
    _add_records(session, reports, size, words, questionnaire, viewers, random)
    add_inspections(session, viewers, programme.id)
    add_commendations(session, viewers, programme.id, DEMO_DAY)
    tell(N_("Đang viết báo cáo của các đơn vị…"))
    _add_reports(session, reports, viewers, random)
    add_announcements(session, viewers, DEMO_DAY, Random(size.seed))  # noqa: S311  # as above
    add_ad_hoc_reports(session, programme, viewers["office"], DEMO_DAY)


def _viewers(session: Session, accounts: dict[str, Account]) -> dict[str, Viewer]:
    """The accounts as viewers, by user name."""
    people = {name: find_person(session, account.id, DEMO_DAY) for name, account in accounts.items()}
    return {name: person.viewer for name, person in people.items() if person is not None}


def _open(session: Session, programme: Programme) -> tuple[list[_Owing], list[_Owing]]:
    """Open the plan and the half-year report on their days; what units owe for each."""
    opened = []
    for code in (f"{programme.year}-plan", f"{programme.year}-half-year"):
        requirement = session.scalars(select(Requirement).where(Requirement.code == code)).one()
        day = requirement.opens_on
        open_requirement(session, requirement, on=day, now=start_of_day(day) + timedelta(hours=8), viewer=None)
        opened.append(_owing(session, requirement, DEMO_DAY))
    return opened[0], opened[1]


def _owing(session: Session, requirement: Requirement, on: date) -> list[_Owing]:
    """Obligations of units, schools before the offices that add them up, in the order of codes."""
    codes = dict(session.execute(select(Unit.id, Unit.code)).all())
    rows = session.execute(
        select(Obligation, Unit, UnitParent.parent_id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .join(UnitParent, (UnitParent.unit_id == Unit.id) & UnitParent.covering(on))
        .where(Obligation.requirement_id == requirement.id, Obligation.level != Level.DEPARTMENT))
    found = [_Owing(obligation, unit, codes[parent_id]) for obligation, unit, parent_id in rows]
    return sorted(found, key=lambda row: (row.unit.kind is UnitKind.DISTRICT_OFFICE, row.unit.code))


def _actors(owing: _Owing, viewers: dict[str, Viewer]) -> Actors:
    """Who writes and reviews: the people with accounts where it is their unit."""
    own = {viewers[name].unit_id: viewers[name] for name in ("school", "district")}
    reviewer = own.get(owing.obligation.reviewer_id or 0)
    if owing.obligation.reviewer_id == viewers["office"].acts_for_id:
        reviewer = viewers["office"]
    return Actors(own.get(owing.unit.id), reviewer)


def _add_records(session: Session, reports: list[_Owing], size: DemoSize, words: Vocabulary,
                 questionnaire: Questionnaire, viewers: dict[str, Viewer], random: Random) -> None:
    """Activities, tallies and survey sheets of every unit that reports."""
    session.flush()
    unit_ids = [owing.unit.id for owing in reports]
    with_accounts = frozenset(viewers[name].unit_id for name in ("school", "district"))
    add_activities(session, unit_ids, size.activities, words, DEMO_DAY, random, with_accounts)
    now = start_of_day(DEMO_DAY)
    counted = round(size.sheets * COUNTED_BY_HAND)
    add_tallies(session, unit_ids, counted, words, questionnaire, now, DEMO_DAY, random, with_accounts)
    add_rounds(session, unit_ids, size.sheets - counted, words.programme_id, DEMO_DAY, now, random, with_accounts)


def _add_reports(session: Session, reports: list[_Owing], viewers: dict[str, Viewer], random: Random) -> None:
    """Half-year reports; one unit is excused and one was given longer."""
    requirement = session.get_one(Requirement, reports[0].obligation.requirement_id)
    writer = ReportWriter(session, requirement, DEMO_DAY, random)
    school_unit = viewers["school"].unit_id
    granted = start_of_day(requirement.opens_on) + timedelta(days=2)
    for owing in reports:
        if owing.unit.code == EXEMPT:
            exempt(session, owing.obligation, reason="Tạm dừng tuyển sinh (minh họa)", viewer=viewers["office"],
                   now=granted)
        if owing.unit.code == EXTENDED:
            extend(session, owing.obligation, until=requirement.due_on + timedelta(days=5), viewer=viewers["office"],
                   reason="Trường ở đảo, bão làm gián đoạn đường truyền (minh họa)", now=granted)
        is_district = owing.unit.kind is UnitKind.DISTRICT_OFFICE
        fate = report_fate(owing.unit.code, owing.parent_code, is_district, random)
        if owing.unit.id != school_unit:
            writer.add(owing.obligation, owing.unit.kind, owing.unit.symbol, fate, _actors(owing, viewers))
