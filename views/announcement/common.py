"""What the pages of announcements share."""

from flask import abort

from core.clock import clock
from core.extensions import db
from models.announcement import Announcement
from models.permission import Action
from queries.announcement import AnnouncementPage, find_page
from services.announcement import Act
from views.access import permits, viewer
from views.reminder.common import mailing


def load(announcement_id: int) -> AnnouncementPage:
    """An announcement that the viewer sees, or 404."""
    return find_page(db.session, viewer(), announcement_id, clock.today()) or abort(404)


def load_own(announcement_id: int) -> tuple[AnnouncementPage, Announcement]:
    """An announcement of a unit for which the viewer announces, with its row, or 404."""
    page = load(announcement_id)
    if not manages(page):
        abort(404)
    return page, db.session.get_one(Announcement, announcement_id)


def manages(page: AnnouncementPage) -> bool:
    """Whether the viewer corrects, withdraws and reminds here."""
    return permits(Action.ANNOUNCEMENT_WRITE, page.line.unit_id)


def act() -> Act:
    """Who acts now."""
    return Act(viewer(), clock.today(), clock.now(), mailing())
