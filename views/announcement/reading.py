"""Reading announcements: the list, one with its versions and files, and who has read it."""

from collections import Counter
from pathlib import Path
from typing import Any

from flask import Response, abort, current_app, render_template, request, send_file, url_for

from core.clock import clock
from core.extensions import db
from core.storage import FileStore
from core.translation import _
from exports.lists.announcement import ANNOUNCEMENTS, READERS
from models.announcement import AnnouncementKind
from models.event import Subject
from models.permission import Action, Reach, reach
from queries.announcement import STATES, AnnouncementPage, page_announcements
from queries.reader import PAGE_SIZE, READER_STATES, Reader, list_readers
from services.attachment import FOLDER
from views.access import permits, requires, viewer
from views.announcement.blueprint import blueprint
from views.announcement.common import load, load_own, manages
from views.attachment import guarded
from views.history import history_of
from views.list_file import send_list, wants_workbook


@blueprint.get("")
@requires(Action.ANNOUNCEMENT_VIEW)
def index() -> str | Response:
    """List announcements with search and filters that stay in the address."""
    wanted = {"q": request.args.get("q", "").strip()[:100], "state": request.args.get("state", ""),
              "kind": request.args.get("kind", "")}
    kind = AnnouncementKind(wanted["kind"]) if wanted["kind"] in list(AnnouncementKind) else None
    state = wanted["state"] if wanted["state"] in STATES else ""
    page = page_announcements(db.session, viewer(), clock.today(), search=wanted["q"], state=state, kind=kind,
                              page=request.args.get("page", 1, type=int))
    if wants_workbook():
        return send_list(_("Thông báo"), ANNOUNCEMENTS, page.every, filters=[
            (_("Tìm"), wanted["q"]), (_("Tình trạng"), _(STATES[state]) if state else ""),
            (_("Loại"), _(kind.label) if kind else "")])
    chips = [_chip(wanted, "state", key, _(label), page.by_state.get(key, 0)) for key, label in STATES.items()
             if key in page.by_state or key == state]
    chips += [_chip(wanted, "kind", one.value, _(one.label), page.by_kind.get(one, 0)) for one in AnnouncementKind]
    return render_template(
        "announcement/index.html", page=page, wanted=wanted, chips=chips,
        page_url=lambda number: _url(wanted, page=number), may_write=_may_write(),
        has_contacts=reach(viewer().role, Action.UNIT_VIEW) is not Reach.NONE)


def _may_write() -> bool:
    """Whether the viewer announces for the own unit."""
    return permits(Action.ANNOUNCEMENT_WRITE, viewer().acts_for_id)


def _url(wanted: dict[str, str], **changes: Any) -> str:
    """The list's address with what is wanted."""
    return url_for("announcement.index", **{name: value for name, value in {**wanted, **changes}.items() if value})


def _chip(wanted: dict[str, str], name: str, value: str, label: str, count: int) -> dict[str, Any]:
    """One filter; a second tap takes it away."""
    is_on = wanted[name] == value
    return {"label": label, "is_on": is_on, "count": count, "url": _url(wanted, **{name: "" if is_on else value})}


@blueprint.get("/<int:announcement_id>")
@requires(Action.ANNOUNCEMENT_VIEW)
def show(announcement_id: int) -> str:
    """Show one announcement, its files, and what it said before."""
    page = load(announcement_id)
    return render_template(
        "announcement/show.html", page=page, manages=manages(page),
        events=history_of(Subject.ANNOUNCEMENT, announcement_id) if manages(page) else [])


@blueprint.get("/<int:announcement_id>/files/<int:attachment_id>")
@requires(Action.ANNOUNCEMENT_VIEW)
def file(announcement_id: int, attachment_id: int) -> Response:
    """Hand out a file of any version, as a download under its own name."""
    page = load(announcement_id)
    found = next((one for version in page.versions for one in version.files if one.id == attachment_id), None)
    if found is None:
        abort(404)
    path = FileStore(Path(current_app.config["SETTINGS"].instance) / FOLDER).path(found.sha256)
    if not path.is_file():
        abort(404)
    return guarded(send_file(path, mimetype=found.media_type, as_attachment=True, download_name=found.name,
                             etag=found.sha256, last_modified=None))


@blueprint.get("/<int:announcement_id>/readers")
@requires(Action.ANNOUNCEMENT_WRITE)
def readers(announcement_id: int) -> str | Response:
    """Show which units have read it and which have not."""
    page, _row = load_own(announcement_id)
    search, state = request.args.get("q", "").strip()[:100], request.args.get("state", "")
    found = list_readers(db.session, announcement_id, page.line.version, clock.today(), search=search)
    lines = [line for line in found if state not in READER_STATES or line.state == state]
    if wants_workbook():
        return _send_readers(page, lines, search, state)
    pages = max(-(-len(lines) // PAGE_SIZE), 1)
    number = min(max(request.args.get("page", 1, type=int), 1), pages)
    return render_template(
        "announcement/readers.html", page=page, lines=lines[(number - 1) * PAGE_SIZE:number * PAGE_SIZE],
        total=len(lines), number=number, pages=pages, search=search, state=state,
        chips=_reader_chips(page, Counter(line.state for line in found), search, state),
        page_url=lambda wanted: url_for("announcement.readers", announcement_id=announcement_id, q=search or None,
                                        state=state or None, page=wanted))


def _send_readers(page: AnnouncementPage, lines: list[Reader], search: str, state: str) -> Response:
    """The units of the list as a workbook."""
    return send_list(_("Đơn vị đã đọc, chưa đọc"), READERS, lines,
                     filters=[(_("Tìm"), search), (_("Tình trạng"), _(READER_STATES.get(state, "")) if state else "")],
                     facts=[(_("Thông báo"), page.current.title),
                            (_("Đơn vị đã đọc"), f"{page.line.read_count}/{page.line.unit_count}")])


def _reader_chips(page: AnnouncementPage, counts: Counter[str], search: str, state: str) -> list[dict[str, Any]]:
    """One chip per state of reading; the second only where something was corrected."""
    return [
        {"label": _(label), "is_on": key == state, "count": counts[key],
         "url": url_for("announcement.readers", announcement_id=page.line.id, q=search or None,
                        state=None if key == state else key)}
        for key, label in READER_STATES.items() if key != "old" or page.line.version > 1]
