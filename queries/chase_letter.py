"""Chase letters: who is late, what a letter says of them, and which letters there are."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from core.translation import N_
from models.chase_letter import LAST_ROUND, ChasedUnit, ChaseLetter
from models.permission import Action, Viewer
from models.requirement import Level, Obligation, Requirement, RequirementStatus
from models.submission import Submission
from models.unit import UnitName
from queries.document import DocumentHead
from queries.reminder import STILL_TO_DO, OpenTask, count_reminders, list_open_tasks
from queries.scope import scope
from queries.unit import called, unit_names

NOT_BEGUN = N_("Chưa bắt đầu")


@dataclass(frozen=True)
class LateUnit:
    """A line of the annex. ``state`` is Vietnamese words, as "Chưa bắt đầu"."""

    obligation_id: int
    unit_id: int
    name: str
    reviewer: str
    """To whom it reports."""
    due_on: date
    days_late: int
    reminder_count: int
    state: str


@dataclass(frozen=True)
class ChaseDocument:
    """A whole letter, as it is printed."""

    head: DocumentHead
    paragraphs: tuple[str, ...]
    closing: str
    units: tuple[LateUnit, ...]


@dataclass(frozen=True, slots=True)
class Lateness:
    """Who is late for a requirement, of how many that owe it."""

    units: tuple[LateUnit, ...]
    owed: int


def get_lateness(session: Session, requirement_id: int, on: date, *, level: Level | None = None) -> Lateness:
    """Units that have not handed in though their day has passed, by name; of one level, or of both. Four queries."""
    tasks = [task for task in list_open_tasks(session, requirement_id, on)
             if task.last_day < on and level in (None, task.level)]
    counts = count_reminders(session, requirement_id)
    names = unit_names(session, {task.reviewer_id for task in tasks if task.reviewer_id is not None}, on)
    owing = select(func.count()).select_from(Obligation).where(
        Obligation.requirement_id == requirement_id, Obligation.exempted_at.is_(None),
        Obligation.closed_at.is_(None), Obligation.level != Level.DEPARTMENT)
    if level is not None:
        owing = owing.where(Obligation.level == level)
    units = tuple(_late(task, on, names, counts[task.obligation_id].occasions if task.obligation_id in counts else 0)
                  for task in tasks)
    return Lateness(units, session.scalar(owing) or 0)


def _late(task: OpenTask, on: date, names: dict[int, str], reminder_count: int) -> LateUnit:
    """One line of the annex."""
    return LateUnit(task.obligation_id, task.unit_id, task.unit_name, names.get(task.reviewer_id or 0, ""),
                    task.last_day, (on - task.last_day).days, reminder_count,
                    task.status.label if task.status is not None else NOT_BEGUN)


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One letter in a list; ``answered`` of ``chased`` units have handed in since."""

    id: int
    requirement_code: str
    requirement_title: str
    round: int
    number: str
    symbol: str
    issued_on: date
    answer_by: date
    signer_name: str
    made_at: datetime
    chased: int
    answered: int

    @property
    def full_number(self) -> str:
        """As "12/SGDĐT-VP"; empty when the clerk has still to fill it in."""
        return f"{self.number}/{self.symbol}" if self.number else ""


def _letters() -> Select[*tuple[Any, ...]]:
    """Letters with how many units they chase, newest first."""
    open_again = Submission.status.is_(None) | Submission.status.in_(STILL_TO_DO)
    return (
        select(ChaseLetter.id, Requirement.code, Requirement.title, ChaseLetter.round, ChaseLetter.number,
               ChaseLetter.symbol, ChaseLetter.issued_on, ChaseLetter.answer_by, ChaseLetter.signer_name,
               ChaseLetter.made_at, func.count(ChasedUnit.id), func.count().filter(~open_again))
        .join(Requirement, Requirement.id == ChaseLetter.requirement_id)
        .join(ChasedUnit, ChasedUnit.letter_id == ChaseLetter.id)
        .outerjoin(Submission, Submission.obligation_id == ChasedUnit.obligation_id)
        .group_by(ChaseLetter.id, Requirement.code, Requirement.title)
        .order_by(ChaseLetter.issued_on.desc(), ChaseLetter.id.desc()))


def list_letters(session: Session, requirement_id: int) -> list[LetterLine]:
    """The letters of a requirement, newest first. One query."""
    return [LetterLine(*row) for row in session.execute(
        _letters().where(ChaseLetter.requirement_id == requirement_id))]


def next_round(letters: list[LetterLine]) -> int:
    """Which letter the next one is; after the third all are as firm as the third."""
    return min(len(letters) + 1, LAST_ROUND)


def find_letter(session: Session, viewer: Viewer, letter_id: int, on: date) -> ChaseLetter | None:
    """A letter that chases a unit in the viewer's scope, or None. One query."""
    within = exists().where(ChasedUnit.letter_id == ChaseLetter.id,
                            ChasedUnit.unit_id.in_(scope(viewer, Action.PLAN_VIEW, on)))
    return session.scalar(select(ChaseLetter).where(ChaseLetter.id == letter_id, within))


@dataclass(frozen=True, slots=True)
class ChasedLine:
    """A unit in a letter, and whether it has handed in since."""

    unit_name: str
    days_late: int
    reminder_count: int
    is_answered: bool


def list_chased(session: Session, letter_id: int, on: date) -> list[ChasedLine]:
    """The units of a letter in its order, by the names they bear on a day. One query."""
    rows = session.execute(
        select(UnitName.name, ChasedUnit.days_late, ChasedUnit.reminder_count, Submission.status)
        .select_from(ChasedUnit)
        .join(UnitName, called(UnitName, ChasedUnit.unit_id, on))
        .outerjoin(Submission, Submission.obligation_id == ChasedUnit.obligation_id)
        .where(ChasedUnit.letter_id == letter_id).order_by(ChasedUnit.position))
    return [ChasedLine(name, days, count, status is not None and status not in STILL_TO_DO)
            for name, days, count, status in rows]


def letters_to(session: Session, unit_id: int) -> list[LetterLine]:
    """Letters that chase a unit for what it still has not handed in, newest first. One query."""
    mine = (
        select(ChasedUnit.letter_id)
        .join(Obligation, Obligation.id == ChasedUnit.obligation_id)
        .outerjoin(Submission, Submission.obligation_id == ChasedUnit.obligation_id)
        .where(ChasedUnit.unit_id == unit_id, Obligation.exempted_at.is_(None), Obligation.closed_at.is_(None),
               Submission.status.is_(None) | Submission.status.in_(STILL_TO_DO)))
    statement = _letters().where(ChaseLetter.id.in_(mine), Requirement.status == RequirementStatus.OPEN)
    return [LetterLine(*row) for row in session.execute(statement)]
