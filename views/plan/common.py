"""What the pages of a plan share: loading it with its rights, and writing in it safely."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from forms.base import Form
from models.permission import Action
from models.submission import Submission
from queries.plan import PlanContent
from queries.submission import OpenParts, SubmissionLine, get_submission_line, open_parts
from services.submission import SubmissionError, ensure_submission
from views.access import allow, viewer
from views.drafting import Desk


@dataclass(frozen=True)
class Writing:
    """A plan that may be written in now, and which of its parts are open."""

    line: SubmissionLine
    parts: OpenParts

    def check(self, part: str) -> bool:
        """Whether ``part`` is open; says so on the next page when it is not."""
        if self.parts.allows(part):
            return True
        flash(_("Phần này không nằm trong những phần được trả lại nên đang khóa."), "warning")
        return False


def load(obligation_id: int, action: Action) -> SubmissionLine:
    """The line of a plan over whose unit the viewer may do ``action``; 404 otherwise."""
    line = get_submission_line(db.session, obligation_id, clock.today())
    if line is None or line.kind.is_report:
        abort(404)
    allow(action, line.unit_id)
    return line


def load_writing(obligation_id: int) -> Writing:
    """The plan to be written in; ``parts`` are empty when it is locked."""
    line = load(obligation_id, Action.PLAN_WRITE)
    return Writing(line, open_parts(db.session, line))


def show_url(line: SubmissionLine, anchor: str | None = None) -> str:
    """The plan's own page."""
    return url_for("plan.show", obligation_id=line.obligation_id, _anchor=anchor)


def back_to(line: SubmissionLine, anchor: str | None = None) -> Response:
    """Lead back to the plan's page."""
    return redirect(show_url(line, anchor), 303)


def attempt(line: SubmissionLine, write: Callable[[Submission], object]) -> bool:
    """Start the plan if need be and write in it; False, with the reason on the next page, when it is locked.

    What a desk kept before stays kept. Does not commit.
    """
    try:
        with db.session.begin_nested():
            write(ensure_submission(db.session, line.obligation_id, clock.now(), viewer()))
    except SubmissionError as error:
        flash(_(error.message, **error.values), "error")
        return False
    return True


def receive(desk: Desk, form: Form, save: Callable[[], bool], target: Callable[[], str],
            multiple: frozenset[str] = frozenset()) -> Response | int:
    """Keep what was posted, check it and save it: the answer, or the status with which to show the form again."""
    if not desk.take(multiple=multiple):
        db.session.commit()
        return 409
    if desk.wants_keep_only:
        db.session.commit()
        flash(_("Đã lưu nháp."), "success")
        return redirect(request.full_path.rstrip("?"), 303)
    if not form.validate():
        db.session.commit()
        return 422
    if not save():
        db.session.commit()
        return redirect(target(), 303)
    desk.done()
    db.session.commit()
    return redirect(target(), 303)


def part_url(line: SubmissionLine, part: str) -> str | None:
    """Where a part of the plan is mended."""
    noun, _colon, code = part.partition(":")
    match noun:
        case "section":
            return url_for("plan.write_section", obligation_id=line.obligation_id, code=code)
        case "item":
            return url_for("plan.write_item", obligation_id=line.obligation_id, item_id=code)
        case "document":
            return url_for("plan.write_document", obligation_id=line.obligation_id)
        case "items":
            return show_url(line, "items")
    return None


def part_names(plan: PlanContent) -> dict[str, str]:
    """Each part of the plan in words."""
    named = {f"section:{row.code}": row.title for row in plan.sections}
    return named | {f"item:{row.id}": row.title for row in plan.items}
