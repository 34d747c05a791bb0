"""Writing in a report: figures and texts, each change with its before and after on the trail."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from core.dates import local_day
from core.numbers import format_number
from models.event import Subject
from models.figure import EMPTY, Figure, Provenance
from models.indicator import OutlineSection
from models.permission import Viewer
from models.plan import SectionText
from models.report import FigureEntry, ReasonNeededError, ReportFigure, needs_reason
from models.requirement import Obligation, Requirement
from models.submission import Submission
from queries.figure import IndicatorLine, count_figures, heirs_of, list_indicators, until_of, window_of
from queries.figure.own import said_figures
from services.submission import touch
from services.trail import record


def save_figures(session: Session, submission: Submission, entries: Mapping[str, FigureEntry],
                 viewer: Viewer | None, now: datetime) -> bool:
    """Save what the unit says of figures, by indicator code; False when it says so already.

    A figure equal to the counted one needs no row; another one than the counted needs a reason. Raises
    ReasonNeededError (nothing is written), SubmissionError when the report is locked, KeyError for a code that
    is not an indicator or is a formula. Does not commit.
    """
    obligation = session.get_one(Obligation, submission.obligation_id)
    requirement = session.get_one(Requirement, obligation.requirement_id)
    asked = list_indicators(session, requirement.programme_id, requirement.id)
    lines = {line.code: line for line in asked if not line.is_formula}
    window = window_of(requirement, until_of(requirement, local_day(now)),
                       heirs_of(session, requirement.id, [obligation.unit_id]))
    counted = count_figures(session, lines.values(), window, [obligation.unit_id])[obligation.unit_id]
    said = said_figures(session, submission.id)
    wanted = {code: _wanted(lines[code], entry, counted.get(code, EMPTY)) for code, entry in entries.items()}
    _check_reasons(wanted)
    changed = {code: row for code, row in wanted.items() if not _is_said(said.get(lines[code].id), row)}
    if not changed:
        return False
    touch(session, submission, now)
    for code, row in changed.items():
        before = said.get(lines[code].id)
        old = Figure(before.state, before.value) if before is not None else EMPTY
        _trace(session, submission, obligation, lines[code], (old, counted.get(code, EMPTY)), row, viewer, now)
        _write(session, submission, lines[code], before, row, viewer, now)
    session.flush()
    return True


Row = tuple[FigureEntry, Provenance] | None
"""What is to stand in the table for a cell; None for no row."""


def _wanted(line: IndicatorLine, entry: FigureEntry, counted: Figure) -> Row:
    """The row that says what the unit says."""
    figure = entry.figure
    if figure.is_empty or (line.is_counted and _same(figure, counted)):
        return None
    if line.is_counted and needs_reason(figure, counted):
        return FigureEntry(figure, entry.reason.strip()), Provenance.OVERRIDDEN
    return FigureEntry(figure), Provenance.TYPED


def _same(one: Figure, other: Figure) -> bool:
    """Whether two cells say the same, to the six places that are kept."""
    return one.state is other.state and _kept(one.value) == _kept(other.value)


def _kept(value: Decimal | None) -> Decimal | None:
    """A value as the database keeps it."""
    return None if value is None else value.quantize(Decimal("0.000001"))


def _check_reasons(wanted: Mapping[str, Row]) -> None:
    """Raise ReasonNeededError for counted figures that are replaced without a word."""
    missing = [code for code, row in wanted.items()
               if row is not None and row[1] is Provenance.OVERRIDDEN and not row[0].reason]
    if missing:
        raise ReasonNeededError(missing)


def _is_said(before: ReportFigure | None, row: Row) -> bool:
    """Whether the table says so already."""
    if before is None or row is None:
        return before is None and row is None
    entry, provenance = row
    return (_same(Figure(before.state, before.value), entry.figure) and before.provenance is provenance
            and before.reason == entry.reason)


def _write(session: Session, submission: Submission, line: IndicatorLine, before: ReportFigure | None, row: Row,
           viewer: Viewer | None, now: datetime) -> None:
    """Put the row in the table, or take it out."""
    if row is None:
        if before is not None:
            session.delete(before)
        return
    entry, provenance = row
    figure = before or ReportFigure(submission_id=submission.id, indicator_id=line.id)
    figure.state, figure.value = entry.figure.state, entry.figure.value
    figure.provenance, figure.reason = provenance, entry.reason
    figure.changed_at, figure.changed_by_id = now, viewer.account_id if viewer else None
    session.add(figure)


def _trace(session: Session, submission: Submission, obligation: Obligation, line: IndicatorLine,
           before: tuple[Figure, Figure], row: Row, viewer: Viewer | None, now: datetime) -> None:
    """Write what changed on the trail; an override tells what the portal had counted."""
    old, counted = before
    entry, provenance = row if row is not None else (FigureEntry(EMPTY), Provenance.TYPED)
    is_override = provenance is Provenance.OVERRIDDEN
    record(
        session, at=now, viewer=viewer, subject=Subject.SUBMISSION, subject_id=submission.id,
        action="override" if is_override else "write", unit_id=obligation.unit_id, reason=entry.reason,
        detail={"part": f"figure:{line.code}", "name": line.name,
                "figure": [figure_text(old), figure_text(entry.figure)], "counted": figure_text(counted)})


def figure_text(figure: Figure) -> str:
    """A figure as the trail keeps it: "1.234", "Không phát sinh", empty for nothing."""
    if figure.value is None:
        return figure.state.label if figure.is_nil else ""
    return format_number(figure.value)


def save_section(session: Session, submission: Submission, section_id: int, text: str, viewer: Viewer | None,
                 now: datetime, *, is_drafted: bool = False) -> bool:
    """Save the text under a heading; False when it says so already. An empty text leaves the heading bare.

    ``is_drafted`` says that it is the portal's own draft, which then follows the figures. Raises
    SubmissionError when the report is locked. Does not commit.
    """
    row = session.get(SectionText, (submission.id, section_id))
    before = row.text if row is not None else ""
    if row is not None and row.text == text and row.is_drafted == is_drafted:
        return False
    touch(session, submission, now)
    if row is None:
        row = SectionText(submission_id=submission.id, section_id=section_id)
        session.add(row)
    row.text, row.is_drafted = text, is_drafted
    if before != text:
        obligation = session.get_one(Obligation, submission.obligation_id)
        section = session.get_one(OutlineSection, section_id)
        record(session, at=now, viewer=viewer, subject=Subject.SUBMISSION, subject_id=submission.id,
               action="write", unit_id=obligation.unit_id,
               detail={"part": f"section:{section.code}", "text": [before, text]})
    session.flush()
    return True
