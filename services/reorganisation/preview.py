"""Looking a decision through before it is applied: what is wrong with it, else everything that it will do."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.dates import format_day
from core.table_file import Fault
from core.translation import _
from models.reorganisation import Reorganisation, ReorganisationStatus, StepKind
from services.reorganisation.check import check_steps
from services.reorganisation.duty import Duties, DutyChange, Fate, known_duties, open_duties
from services.reorganisation.finding import FindingChange, finding_changes
from services.reorganisation.ground import Ground
from services.reorganisation.outcome import Outcome
from services.reorganisation.people import AccessChange, PersonChange, people_changes
from services.reorganisation.step import Step
from services.reorganisation.survey import PlaceChange, place_changes


@dataclass(frozen=True)
class Preview:
    """What a decision would do. With faults nothing can be applied, and the rest is empty."""

    outcome: Outcome
    faults: tuple[Fault, ...]
    duties: tuple[DutyChange, ...] = ()
    people: tuple[PersonChange, ...] = ()
    access: tuple[AccessChange, ...] = ()
    places: tuple[PlaceChange, ...] = ()
    findings: tuple[FindingChange, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    """By what: steps by kind, "moved", "duties-moves" and the like, "accounts-moved", "accounts-off", "places",
    "findings"."""

    @property
    def is_good(self) -> bool:
        """Whether it can be applied."""
        return not self.faults


def preview_steps(session: Session, steps: Sequence[Step], day: date) -> Preview:
    """Look steps through as of the day of effect. Ten queries for any number of steps."""
    ground = Ground(session, day)
    faults = check_steps(ground, steps)
    outcome = Outcome(ground, steps)
    if faults:
        return Preview(outcome, tuple(faults))
    duties = Duties(outcome, open_duties(session, day), known_duties(session))
    changes = duties.changes()
    people, access, more = people_changes(session, outcome)
    faults = sorted([*duties.faults(), *more])
    places = place_changes(session, outcome)
    findings = finding_changes(session, outcome)
    counts = {**_counts(outcome, steps, changes, people), "places": len(places), "findings": len(findings)}
    return Preview(outcome, tuple(faults), tuple(changes), tuple(people), tuple(access), tuple(places),
                   tuple(findings), counts)


def _counts(outcome: Outcome, steps: Sequence[Step], duties: Sequence[DutyChange],
            people: Sequence[PersonChange]) -> dict[str, int]:
    """How much of everything."""
    counts = Counter(step.kind.value for step in steps if step.kind is not StepKind.SPLIT)
    counts["split"] = sum(ending.kind is StepKind.SPLIT for ending in outcome.endings.values())
    counts["move"] = len(outcome.moved)
    counts["closed"] = sum(not ending.remains for ending in outcome.endings.values())
    for fate in Fate:
        counts[f"duties-{fate.value}"] = sum(change.fate is fate for change in duties)
    counts["drafts-carried"] = sum(change.carries_draft for change in duties)
    counts["drafts-kept"] = sum(change.keeps_draft for change in duties)
    counts["accounts-moved"] = sum(bool(change.unit) for change in people)
    counts["accounts-off"] = sum(not change.unit for change in people)
    return dict(counts)


def decision_faults(session: Session, decision: Reorganisation, today: date) -> list[Fault]:
    """What bars a decision as a whole: applied already under the same number and day, or not yet in force."""
    same = session.scalar(select(Reorganisation).where(
        Reorganisation.number == decision.number, Reorganisation.decided_on == decision.decided_on,
        Reorganisation.status == ReorganisationStatus.APPLIED, Reorganisation.id != (decision.id or 0)))
    if same is not None:
        return [Fault(0, "", _(
            "Quyết định số %(number)s ngày %(day)s đã được áp dụng tại cổng; không áp dụng lần nữa.",
            number=same.number, day=format_day(same.decided_on)))]
    if decision.effective_on > today:
        return [Fault(0, "", _(
            "Chưa đến ngày hiệu lực %(day)s. Bản nháp được giữ; áp dụng từ ngày đó.",
            day=format_day(decision.effective_on)))]
    return []
