"""Good models that were picked and findings of inspections, for emulation."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction

from sqlalchemy.orm import Session

from core.dates import end_of_day
from core.translation import N_
from models.emulation import RuleKind
from models.emulation_score import Measure, Part, Reason
from models.finding import deadline, standing_of
from models.programme import Programme
from queries.commendation.count import count_commendations
from queries.inspection import FindingCounts, count_findings
from queries.leadership.trail import FindingThen, read_trail


def measure_models(session: Session, programme: Programme, unit_ids: Sequence[int],
                   measures: defaultdict[int, dict[RuleKind, Measure]]) -> None:
    """How many proposals of each unit were picked. One query."""
    counts = count_commendations(session, unit_ids, programme.id)
    for unit_id in unit_ids:
        measures[unit_id][RuleKind.MODELS] = models_of(counts.get(unit_id, 0), unit_id)


def measure_findings(session: Session, programme: Programme, unit_ids: Sequence[int],
                     measures: defaultdict[int, dict[RuleKind, Measure]], on: date, now: datetime) -> None:
    """How many findings of the year wait for each unit, and of these how many past their day.

    As they stand now, or stood at the end of ``on`` where that has passed: what was mended after the year changes
    nothing of it. What a unit has answered waits for the inspectors and counts no more. One query, two for a day
    that has passed.
    """
    first, moment = date(programme.year, 1, 1), end_of_day(on)
    counts = count_findings(session, unit_ids, now=now, since=first, until=on) if now < moment \
        else _counts_then(session, unit_ids, first, on)
    for unit_id in unit_ids:
        found = counts.get(unit_id, FindingCounts())
        measures[unit_id][RuleKind.FINDINGS] = findings_of(found.open, found.overdue, unit_id)


def _counts_then(session: Session, unit_ids: Sequence[int], since: date, on: date) -> dict[int, FindingCounts]:
    """Findings written from ``since`` to ``on`` by unit, as they stood at the end of ``on``."""
    moment, counts, units = end_of_day(on), dict[int, FindingCounts](), set(unit_ids)
    trail = read_trail(session, [], moment)
    for finding_id, (unit_id, raised_on, due_on) in trail.written.items():
        if unit_id not in units or not since <= raised_on <= on:
            continue
        then = trail.findings.get(finding_id, FindingThen())
        standing = standing_of(then.status, deadline(then.due_on or due_on), moment - timedelta(microseconds=1))
        counts[unit_id] = counts.get(unit_id, FindingCounts()) + FindingCounts(**{standing.value: 1})
    return counts


def models_of(picked: int, unit_id: int) -> Measure:
    """The measure of so many good models."""
    trace = f"models:{unit_id}"
    if not picked:
        return Measure((Part(Fraction(0), Reason(N_("Chưa có mô hình, sáng kiến nào được chọn"), (), trace)),))
    return Measure((Part(Fraction(picked), Reason(
        N_("%(count)s mô hình, cá nhân, sáng kiến được chọn"), (("count", str(picked)),), trace)),))


def findings_of(in_time: int, overdue: int, unit_id: int) -> Measure:
    """The measure of findings that are open: those whose day is still to come, and those past it."""
    trace = f"findings:{unit_id}"
    if not in_time and not overdue:
        return Measure((Part(Fraction(0), Reason(N_("Không có tồn tại nào chưa khắc phục"), (), trace)),))
    parts = []
    if in_time:
        parts.append(Part(Fraction(in_time), Reason(
            N_("%(count)s tồn tại chưa khắc phục, còn trong hạn"), (("count", str(in_time)),), trace)))
    if overdue:
        parts.append(Part(Fraction(overdue), Reason(
            N_("%(count)s tồn tại quá hạn khắc phục"), (("count", str(overdue)),), trace), is_overdue=True))
    return Measure(tuple(parts))


__all__ = ["findings_of", "measure_findings", "measure_models", "models_of"]
