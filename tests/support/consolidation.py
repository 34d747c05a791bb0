"""A province in miniature whose reports have gone every way: a Department, two district offices, seven schools."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import clock
from core.dates import local_day
from models.account import Account, Role
from models.activity import Activity, ActivityCost, ActivityReach
from models.figure import FigureState, Provenance
from models.indicator import Indicator
from models.permission import Viewer
from models.programme import Audience, FundingSource, Medium, Programme, Theme
from models.questionnaire import Questionnaire, SurveyQuestion
from models.report import ReportFigure
from models.requirement import Obligation, Requirement
from models.submission import Submission
from models.survey import SurveyAnswerCount, SurveyTally
from models.unit import Unit, UnitKind
from services.programme import load_programme
from services.programme_file import read_files
from services.report import freeze_report
from services.requirement import add_requirements, exempt, open_requirement
from services.submission import accept, ensure_submission, return_for_completion, start_review, submit
from tests.support.factories import make_account, make_department, make_unit
from tests.support.house import ROOT

TYPED = {"A1": (1, 6), "C5": (0, 40), "E6": (5, 30), "F3": (0, 3), "F4": (1, 5), "G1": (20, 90), "K2": (20, 60),
         "K5": (200, 900)}
"""Figures that units type, with the span they are drawn from."""


@dataclass
class World:
    """The miniature province; units by a short name."""

    session: Session
    requirement: Requirement
    programme: Programme
    department: Unit
    units: dict[str, Unit]
    office: Account
    leader: Account
    random: Random
    indicators: dict[str, Indicator] = field(default_factory=dict)

    def obligation(self, unit: Unit) -> Obligation:
        """What a unit owes."""
        return self.session.scalars(select(Obligation).where(
            Obligation.requirement_id == self.requirement.id, Obligation.unit_id == unit.id)).one()

    def submission(self, unit: Unit) -> Submission:
        """A unit's report, started when there is none."""
        return ensure_submission(self.session, self.obligation(unit).id, clock.now(), None)

    def send(self, unit: Unit, now: datetime | None = None) -> Submission:
        """Freeze a unit's report as it stands and send it."""
        now = now or clock.now()
        submission = self.submission(unit)
        frozen = freeze_report(self.session, submission, self.obligation(unit), self.requirement,
                               min(self.requirement.cut_off_on, local_day(now)))
        submit(self.session, submission, frozen, submit_key=f"key-{submission.id}-{submission.version_count}",
               viewer=None, now=now)
        return submission

    def accept(self, unit: Unit, now: datetime | None = None) -> Submission:
        """Send a unit's report and accept it."""
        submission = self.send(unit, now)
        accept(self.session, submission, None, now or clock.now())
        return submission

    def add_activity(self, unit: Unit, day: date, medium_code: str = "FACEBOOK", quantity: int = 1) -> Activity:
        """Record one activity of a unit, with themes, reach and cost drawn at random."""
        session, programme_id = self.session, self.programme.id
        themes = session.scalars(select(Theme).where(Theme.programme_id == programme_id).order_by(Theme.id)).all()
        media = select(Medium).where(Medium.programme_id == programme_id, Medium.code == medium_code)
        medium = session.scalars(media).one()
        audience = session.scalars(select(Audience).where(Audience.programme_id == programme_id)).first()
        money = session.scalars(select(FundingSource).where(FundingSource.programme_id == programme_id)).all()
        assert audience is not None
        activity = Activity(
            unit_id=unit.id, programme_id=programme_id, medium_id=medium.id, title="Tuyên truyền (minh họa)",
            starts_on=day, quantity=quantity, form_token=f"token-{unit.id}-{self.random.random()}",
            created_at=clock.now() - timedelta(days=1), changed_at=clock.now() - timedelta(days=1),
            themes=self.random.sample(list(themes), self.random.randint(1, 3)),
            reaches=[ActivityReach(audience_id=audience.id, turns=self.random.randint(10, 500))],
            costs=[ActivityCost(funding_source_id=self.random.choice(money).id,
                                amount=self.random.randint(1, 90) * 10_000)])
        session.add(activity)
        session.flush()
        return activity


def make_world(session: Session, *, seed: int = 7) -> World:
    """Make the province with its activities, tallies and typed figures; nobody has reported yet."""
    department = make_department(session)
    units = _units(session, department)
    files = read_files(ROOT / "data" / "programme" / "plan-2023.json")
    programme = load_programme(session, files).programme
    requirement = next(row for row in add_requirements(session, programme, files.plan["deadlines"])
                       if row.code == "2023-half-year")
    open_requirement(session, requirement, on=requirement.opens_on, now=clock.now(), viewer=None)
    world = World(session, requirement, programme, department, units,
                  make_account(session, Role.OFFICE, department, username="world.office"),
                  make_account(session, Role.LEADER, department, username="world.leader"), Random(seed))
    rows = session.scalars(select(Indicator).where(Indicator.programme_id == programme.id))
    world.indicators = {row.code: row for row in rows}
    _record(world)
    return world


def make_reported_world(session: Session, *, seed: int = 7) -> World:
    """The same, with its reports: two districts in, one school each of returned, waiting, not started, excused.

    The school "late" is accepted after its district's report, so its figures are not in it.
    """
    world = make_world(session, seed=seed)
    units = world.units
    for name in ("a1", "a2", "b1"):
        world.accept(units[name])
    world.send(units["b2"])
    _give_back(world, units["t2"])
    viewer = Viewer(world.office.id, world.office.full_name, Role.OFFICE, world.department.id, world.department.id)
    exempt(session, world.obligation(units["t3"]), reason="Tạm dừng (minh họa)", viewer=viewer, now=clock.now())
    for name in ("A", "B", "t1"):
        world.accept(units[name])
    world.accept(units["late"])
    session.commit()
    return world


def find_world(session: Session, *, seed: int = 8) -> World:
    """The miniature province of a database that holds it; what is drawn from here on is drawn by ``seed``."""
    units = {unit.code.partition("-")[2]: unit for unit in session.scalars(select(Unit).where(Unit.code.contains("-")))}
    programme = session.scalars(select(Programme)).one()
    people = {account.role: account for account in session.scalars(select(Account))}
    world = World(
        session, session.scalars(select(Requirement).where(Requirement.code == "2023-half-year")).one(), programme,
        session.scalars(select(Unit).where(Unit.kind == UnitKind.DEPARTMENT)).one(), units, people[Role.OFFICE],
        people[Role.LEADER], Random(seed))
    rows = session.scalars(select(Indicator).where(Indicator.programme_id == programme.id))
    world.indicators = {row.code: row for row in rows}
    return world


def _give_back(world: World, unit: Unit) -> None:
    """Return a unit's report."""
    submission = world.send(unit)
    start_review(world.session, submission, None, clock.now())
    return_for_completion(world.session, submission, [], "Cần bổ sung", None, clock.now())


def _units(session: Session, department: Unit) -> dict[str, Unit]:
    """Two offices with three and three schools, three affiliated units."""
    units = {
        name: make_unit(session, UnitKind.DISTRICT_OFFICE, code=f"PGD-{name}", name=f"Phòng GDĐT {name} (minh họa)",
                        parent=department)
        for name in ("A", "B")
    }
    for name, parent in (("a1", "A"), ("a2", "A"), ("late", "A"), ("b1", "B"), ("b2", "B"), ("b3", "B")):
        units[name] = make_unit(session, UnitKind.PRIMARY, code=f"TH-{name}", name=f"Trường Tiểu học {name} (minh họa)",
                                parent=units[parent])
    for name, kind in (("t1", UnitKind.UPPER_SECONDARY), ("t2", UnitKind.UPPER_SECONDARY),
                       ("t3", UnitKind.CONTINUING_CENTRE)):
        units[name] = make_unit(session, kind, code=f"THPT-{name}", name=f"Đơn vị {name} (minh họa)", parent=department)
    return units


def _record(world: World) -> None:
    """Activities in and out of the period, tallies, and typed figures of every unit."""
    media = list(world.session.scalars(select(Medium.code).where(Medium.programme_id == world.programme.id)))
    for unit in world.units.values():
        for _number in range(world.random.randint(3, 8)):
            day = date(2023, 1, 5) + timedelta(days=world.random.randint(0, 130))
            world.add_activity(unit, day, world.random.choice(media), world.random.randint(1, 9))
        world.add_activity(unit, date(2022, 11, 30), "FACEBOOK", 50)
        _type(world, unit)
    questionnaire = _questionnaire(world.session)
    for name in ("a1", "A", "t1", "b1", "late"):
        _tally(world, world.units[name], questionnaire)


def _type(world: World, unit: Unit) -> None:
    """Type the figures that nothing counts; one of them is said not to occur."""
    submission = world.submission(unit)
    values = {code: world.random.randint(*span) for code, span in TYPED.items()}
    values |= {"F5": world.random.randint(0, values["F4"]), "G2": values["G1"] // 2, "G4": values["G1"] - 1}
    values |= {"G5": values["G4"] - 2, "K1": values["K2"] - 3, "K4": values["K5"] // 2}
    for code, value in values.items():
        is_nil = code == "C5" and value % 2 == 0
        world.session.add(ReportFigure(
            submission_id=submission.id, indicator_id=world.indicators[code].id,
            state=FigureState.NIL if is_nil else FigureState.VALUE, value=None if is_nil else Decimal(value),
            provenance=Provenance.TYPED, changed_at=clock.now()))
    world.session.flush()


def _questionnaire(session: Session) -> Questionnaire:
    """Two questions of two factors; the second makes the headline."""
    questionnaire = Questionnaire(code="HL-TTHC", title="Phiếu hài lòng (minh họa)", headline_code="Q2",
                                  level_labels=["1", "2", "3", "4", "5"])
    session.add(questionnaire)
    session.flush()
    session.add_all(
        SurveyQuestion(questionnaire_id=questionnaire.id, code=f"Q{place}", position=place, factor_code=f"F{place}",
                       factor_name=name, text=f"Câu {place}") for place, name in ((1, "Tiếp cận"), (2, "Chung")))
    session.flush()
    return questionnaire


def _tally(world: World, unit: Unit, questionnaire: Questionnaire) -> None:
    """One bundle of sheets."""
    questions = world.session.scalars(
        select(SurveyQuestion).where(SurveyQuestion.questionnaire_id == questionnaire.id)).all()
    levels = [world.random.randint(0, 9) for _level in range(5)]
    world.session.add(SurveyTally(
        unit_id=unit.id, programme_id=world.programme.id, questionnaire_id=questionnaire.id,
        collected_from=date(2023, 4, 1), collected_to=date(2023, 4, 30), sheet_count=max(sum(levels), 1),
        form_token=f"tally-{unit.id}", created_at=clock.now() - timedelta(days=1),
        changed_at=clock.now() - timedelta(days=1),
        answers=[SurveyAnswerCount(question_id=question.id, **{f"level_{n}": c for n, c in enumerate(levels, 1)})
                 for question in questions]))
    world.session.flush()
