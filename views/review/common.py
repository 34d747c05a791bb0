"""What the pages of a review share: loading a submission for its reviewer."""

from dataclasses import dataclass

from flask import abort, url_for

from core.clock import clock
from core.extensions import db
from core.translation import _
from models.submission import SubmissionVersion
from models.workflow import Right
from queries.review import Neighbours, VersionContent, find_neighbours, read_version
from queries.submission import SubmissionLine, find_submission_line, get_version
from views.access import allow, viewer
from views.review.queue import kept, read_filter


@dataclass(frozen=True)
class Reviewing:
    """A submission under review: its line, its last version and where it stands in the queue."""

    line: SubmissionLine
    version: SubmissionVersion
    content: VersionContent
    neighbours: Neighbours

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Every part that can be returned, with its words."""
        named = [(row.part, row.title) for row in self.content.sections if row.has_text]
        named += [(row.part, f"{row.code}. {row.name}") for row in self.content.figures]
        if not self.line.kind.is_report:
            named.append(("items", _("Danh mục việc")))
        named += [(row.part, row.title) for row in self.content.items]
        return [*named, ("document", _("Số, ngày, người ký"))]


def load(submission_id: int) -> SubmissionLine:
    """The line of a submission that the viewer reviews; 404 otherwise."""
    line = find_submission_line(db.session, submission_id, clock.today())
    if line is None:
        abort(404)
    allow(Right.REVIEW.action(line.kind.is_report), line.unit_id)
    return line


def load_reviewing(submission_id: int) -> Reviewing:
    """Everything a review needs; 404 when the viewer does not review it or nothing was ever sent."""
    line = load(submission_id)
    version = get_version(db.session, submission_id, line.version_count)
    if version is None:
        abort(404)
    return Reviewing(
        line, version, read_version(db.session, version),
        find_neighbours(db.session, viewer(), submission_id, read_filter(), clock.today()))


def review_url(submission_id: int | None) -> str | None:
    """The review page of a submission, with the queue's filter kept."""
    if submission_id is None:
        return None
    return url_for("review.show", submission_id=submission_id, **kept(read_filter()))


def onward_url(reviewing: Reviewing) -> str:
    """Where a reviewer goes after deciding: the next in the queue, else the queue."""
    return review_url(reviewing.neighbours.next_id) or url_for("review.index", **kept(read_filter()))
