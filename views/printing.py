"""Printing a plan or report before it is sent: the last print, and whether the viewer may make another."""

from dataclasses import dataclass

from core.extensions import db
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


__all__ = ["Printing", "printing_of"]
