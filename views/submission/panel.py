"""How a plan or report stands, why it can or cannot be written in, and what to do: the panel of its page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import url_for

from core.clock import clock
from core.dates import format_day, format_moment
from core.extensions import db
from core.translation import _
from models.deadline import DueState
from models.event import Subject
from models.requirement import RequirementStatus
from models.submission import ALL_PARTS
from models.workflow import Right, Step, find_transition
from queries.submission import OpenParts, SubmissionLine, held_rights, open_parts
from queries.timeline import TimelineEntry, list_timeline
from views.access import viewer

DUE_KINDS = {DueState.LATER: "on_time", DueState.SOON: "due_soon", DueState.TODAY: "due_today",
             DueState.LATE: "late"}
CONTENT_ACTIONS = frozenset({"write", "add", "remove", "restore", "override"})
"""Actions that change content; the timeline folds them away."""


@dataclass(frozen=True)
class TimelineItem:
    """One line as the timeline component shows it."""

    when: str
    who: str
    what: str
    note: str | None
    tone: str | None
    url: str | None


@dataclass(frozen=True)
class ReturnedItem:
    """One part to be mended, in words, with the reason and where to mend it."""

    label: str
    reason: str
    url: str | None


@dataclass(frozen=True)
class Panel:
    """Everything the partials of ``templates/submission`` show."""

    line: SubmissionLine
    state: str
    """Which partial explains it: a status, "not_started", "exempt", "closed" or "shut"."""
    due_kind: str
    due_text: str
    due_day: str
    last: TimelineEntry | None
    """The step that led to this state: who and when."""
    rights: frozenset[Right]
    steps: frozenset[Step]
    """What the viewer may do now."""
    parts: OpenParts
    returned: list[ReturnedItem]
    steps_taken: list[TimelineItem]
    submit_url: str | None
    """Where it is checked and sent."""
    review_url: str | None
    """Where the viewer reviews it; None when that is not theirs."""
    changes_made: list[TimelineItem]

    @property
    def can_write(self) -> bool:
        """Whether the viewer may write in it now."""
        return Right.WRITE in self.rights and self.line.is_editable

    @property
    def opens_later(self) -> bool:
        """Whether it cannot be sent yet because its window has not opened."""
        return self.line.opens_on > clock.today()

    @property
    def since(self) -> str:
        """When it came to this state, as "10:32 ngày 30/05/2023"; empty when it was never anywhere else."""
        return format_moment(self.last.at) if self.last else ""

    @property
    def signed_when(self) -> str:
        """When the head signed it off last; empty when never."""
        return format_moment(self.line.signed_off_at) if self.line.signed_off_at else ""

    @property
    def by(self) -> str:
        """Who brought it to this state."""
        return (self.last.actor if self.last else "") or _("Hệ thống")

    @property
    def mending_late(self) -> int:
        """Days since the unit should have sent back what was returned; 0 when there is time."""
        due = self.line.return_due_on
        return max(0, (clock.today() - due).days) if due else 0

    @property
    def noun(self) -> str:
        """What it is called in a sentence."""
        return _("báo cáo") if self.line.kind.is_report else _("kế hoạch")


def build_panel(line: SubmissionLine, *, part_names: Mapping[str, str] | None = None,
                part_url: Callable[[str], str | None] = lambda part: None,
               submit_url: str | None = None) -> Panel:
    """Gather the panel of a plan or report for the viewer; three to six queries.

    ``submit_url`` is the page that checks and sends it; ``part_names`` gives the words for parts as
    "section:I.1"; ``part_url`` where one is mended.
    """
    session, on = db.session, clock.today()
    rights = held_rights(session, viewer(), line, on)
    entries = list_timeline(session, Subject.SUBMISSION, line.submission_id) if line.submission_id else []
    parts = open_parts(session, line)
    kind, text = due_words(line)
    reviews = Right.REVIEW in rights and line.version_count > 0
    return Panel(
        line=line, state=_state(line), due_kind=kind, due_text=text, due_day=format_day(line.due_on),
        last=next((entry for entry in entries if entry.action in _ARRIVALS.get(_state(line), ())), None),
        rights=rights, steps=_steps(line, rights), parts=parts,
        returned=[
            ReturnedItem(name_part(part, part_names or {}), reason, part_url(part))
            for part, reason in parts.reasons.items()],
        submit_url=submit_url,
        review_url=url_for("review.show", submission_id=line.submission_id) if reviews else None,
        steps_taken=[timeline_item(line, entry) for entry in entries if entry.action not in CONTENT_ACTIONS],
        changes_made=[timeline_item(line, entry, part_names) for entry in entries
                      if entry.action in CONTENT_ACTIONS])


_ARRIVALS = {
    "submitted": ("submit",), "returned": ("return", "reopen"), "accepted": ("accept",),
    "withdrawn": ("withdraw",), "issued": ("issue",),
}


def _state(line: SubmissionLine) -> str:
    """The name of the partial that explains the state."""
    if not line.is_owed:
        return "exempt" if line.exempted_at else "closed"
    if line.requirement_status is RequirementStatus.CLOSED and (line.status is None or line.status.is_editable):
        return "shut"
    return "draft" if line.status is None else line.status.value


def _steps(line: SubmissionLine, rights: frozenset[Right]) -> frozenset[Step]:
    """The steps open to somebody with ``rights``."""
    if line.status is None or not line.is_owed:
        return frozenset({Step.SUBMIT} & {step for step in Step if Right.SUBMIT in rights and line.is_editable})
    found = {step: find_transition(line, step) for step in Step}  # type: ignore[arg-type]  # status is set
    steps = {step for step, transition in found.items() if transition and transition.right in rights}
    if line.is_signed_off:
        steps.discard(Step.SIGN_OFF)
    if line.unlock_asked_at is None:
        steps.discard(Step.KEEP_LOCKED)
    if line.unlock_asked_at is not None or Step.WITHDRAW in steps:
        steps.discard(Step.ASK_UNLOCK)
    if not line.is_editable:
        steps.discard(Step.SUBMIT)
    return frozenset(steps)


def due_words(line: SubmissionLine) -> tuple[str, str]:
    """The kind and the words of how its due date stands, as ("due_soon", "Còn 3 ngày")."""
    if line.first_submitted_at is not None:
        if line.late_days:
            return "late", _("Gửi lần đầu chậm %(days)s ngày", days=line.late_days)
        return "on_time", _("Gửi lần đầu đúng hạn")
    due = line.due(clock.now())
    if due is None:
        return "exempt", ""
    text = _(due.label, days=due.days)
    return DUE_KINDS[due.state], text[:1].upper() + text[1:]


def name_part(part: str, names: Mapping[str, str]) -> str:
    """A part in words, as "Mục I.1. Mục đích"."""
    known = {ALL_PARTS: _("Toàn bộ văn bản"), "items": _("Danh mục việc"), "document": _("Số, ngày, người ký")}
    return names.get(part) or known.get(part) or part.partition(":")[2] or part


def timeline_item(line: SubmissionLine, entry: TimelineEntry,
                  part_names: Mapping[str, str] | None = None) -> TimelineItem:
    """One line of the timeline in the reader's language."""
    number = entry.detail.get("version")
    what = _(entry.label, version=number) if "%(version)s" in entry.label else _(entry.label)
    part = entry.detail.get("part")
    if part:
        what = f"{what}: {entry.detail.get('title') or name_part(str(part), part_names or {})}"
    late = entry.detail.get("late_days")
    if entry.action == "submit" and number == 1 and late:
        what = _("%(sent)s, chậm %(days)s ngày", sent=what, days=late)
    url = version_url(line, int(number)) if number and entry.action in ("submit", "issue") else None
    return TimelineItem(format_moment(entry.at), entry.actor or _("Hệ thống"), what, entry.reason or None,
                        entry.tone or None, url)


def version_url(line: SubmissionLine, number: int) -> str:
    """Where a frozen version is read."""
    return url_for("submission.show_version", submission_id=line.submission_id, number=number)
