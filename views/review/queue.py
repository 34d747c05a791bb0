"""The reviewer's queue: what waits, how long, and what is asked for."""

from dataclasses import dataclass
from typing import Any

from flask import Response, render_template, request, url_for

from core.clock import clock
from core.dates import format_day, format_moment, local_day
from core.extensions import db
from core.translation import _
from exports.lists.review import QUEUE
from forms.fields import clean_text
from models.permission import Action
from models.requirement import RequirementKind
from models.workflow import Status
from queries.review import QueueFilter, QueueState, ReviewQueue, get_queue, list_queue
from queries.submission import SubmissionLine
from views.access import requires, viewer
from views.list_file import send_list, wants_workbook
from views.review.blueprint import blueprint


@dataclass(frozen=True)
class QueueRow:
    """One submission in the queue, in words."""

    line: SubmissionLine
    url: str
    sent: str
    waited: str
    clock_kind: str
    clock_text: str
    """The reviewer's own due date, as ("late", "Quá hạn duyệt 2 ngày")."""
    can_choose: bool
    """Whether it can be accepted together with others: a plan that waits."""


def read_filter() -> QueueFilter:
    """What the address asks for; anything unknown is left at its default."""
    state, kind = request.args.get("state", ""), request.args.get("kind", "")
    return QueueFilter(
        state=QueueState(state) if state in set(QueueState) else QueueState.WAITING,
        kind=RequirementKind(kind) if kind in set(RequirementKind) else None,
        search=clean_text(request.args.get("q", "")).strip()[:100])


def kept(chosen: QueueFilter, **changes: Any) -> dict[str, Any]:
    """The parameters of an address that keep the filter, with changes; empty ones are left out."""
    values = {"state": chosen.state.value, "kind": chosen.kind.value if chosen.kind else "", "q": chosen.search}
    return {name: value for name, value in (values | changes).items() if value}


@blueprint.get("")
@requires(Action.REPORT_REVIEW)
def index() -> str | Response:
    """List what the viewer reviews, what is due first on top; or all of it as a workbook."""
    chosen = read_filter()
    if wants_workbook():
        return send_list(
            "Kế hoạch, báo cáo cần duyệt", QUEUE, list_queue(db.session, viewer(), chosen, clock.today()),
            filters=[("Tình trạng", chosen.state.label), ("Loại văn bản", chosen.kind.label if chosen.kind else ""),
                     ("Tìm", chosen.search)])
    queue = get_queue(db.session, viewer(), chosen, clock.today(), request.args.get("page", type=int, default=1))
    rows = [_row(line, chosen) for line in queue.lines]
    return render_template(
        "review/index.html", chosen=chosen, queue=queue, rows=rows, kept=kept(chosen, q=""),
        can_choose=any(row.can_choose for row in rows), states=_state_chips(chosen, queue),
        kinds=_kind_chips(chosen), previous_url=_page_url(chosen, queue, -1), next_url=_page_url(chosen, queue, 1))


def _row(line: SubmissionLine, chosen: QueueFilter) -> QueueRow:
    """One line of the queue."""
    kind, text = clock_words(line)
    return QueueRow(
        line=line, url=url_for("review.show", submission_id=line.submission_id, **kept(chosen)),
        sent=format_moment(line.submitted_at) if line.submitted_at else "", waited=waited_words(line),
        clock_kind=kind, clock_text=text, can_choose=line.status is Status.SUBMITTED and not line.kind.is_report)


def waited_words(line: SubmissionLine) -> str:
    """How long it has waited, as "đã chờ 3 ngày"; empty when it does not wait."""
    if line.submitted_at is None or line.status is not Status.SUBMITTED:
        return ""
    days = (clock.today() - local_day(line.submitted_at)).days
    return _("mới gửi hôm nay") if days <= 0 else _("đã chờ %(days)s ngày", days=days)


def clock_words(line: SubmissionLine) -> tuple[str, str]:
    """The kind and words of the reviewer's own due date."""
    if line.review_due_on is None or line.status is not Status.SUBMITTED:
        return "", ""
    days = (line.review_due_on - clock.today()).days
    if days < 0:
        return "late", _("Quá hạn duyệt %(days)s ngày", days=-days)
    if days == 0:
        return "due_today", _("Hạn duyệt hôm nay")
    return "on_time", _("Hạn duyệt %(day)s", day=format_day(line.review_due_on))


def _state_chips(chosen: QueueFilter, queue: ReviewQueue) -> list[dict[str, Any]]:
    """The filter by state; one is always on, so tapping it again changes nothing."""
    return [
        {"label": _(state.label), "url": url_for("review.index", **kept(chosen, state=state.value)),
         "is_on": state is chosen.state, "count": queue.counts[state]}
        for state in QueueState]


def _kind_chips(chosen: QueueFilter) -> list[dict[str, Any]]:
    """The filter by kind; tapping the one that is on takes it away."""
    return [
        {"label": _(kind.label), "is_on": kind is chosen.kind, "count": None,
         "url": url_for("review.index", **kept(chosen, kind="" if kind is chosen.kind else kind.value))}
        for kind in RequirementKind]


def _page_url(chosen: QueueFilter, queue: ReviewQueue, step: int) -> str | None:
    """The page before or after, when there is one."""
    page = queue.page + step
    return url_for("review.index", **kept(chosen), page=page) if 1 <= page <= queue.page_count else None
