"""Printing a plan or report before it is sent: the last print, and whether the viewer may make another."""

from dataclasses import dataclass

from core.dates import format_moment
from core.extensions import db
from core.translation import _
from models.permission import Action
from queries.paper_print import Parts, PrintLine, last_print
from queries.submission import SubmissionLine
from views.access import permits


@dataclass(frozen=True)
class Printing:
    """What templates/submission/print_note.html shows."""

    printed: PrintLine | None
    can_print: bool


def printing_of(line: SubmissionLine, parts: Parts) -> Printing:
    """Hold the last print against what the document says now. Two queries."""
    may_print = line.is_editable and permits(Action.PAPER_ATTACH, line.unit_id)
    return Printing(last_print(db.session, line.submission_id, parts), may_print)


def stale_words(line: SubmissionLine, parts: Parts) -> list[str]:
    """A sentence for the check before sending, where the paper that was printed says something else. One query."""
    printed = last_print(db.session, line.submission_id, parts)
    if printed is None or not printed.changes:
        return []
    return [_("Có %(count)s chỗ đã thay đổi sau khi in lúc %(when)s; in lại nếu bản giấy đang trình ký.",
              count=len(printed.changes), when=format_moment(printed.printed_at))]


__all__ = ["Printing", "printing_of", "stale_words"]
