"""The frame of every page: language, theme, navigation, headers, errors and the life of a session."""

import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from flask import (
    Flask,
    Response,
    current_app,
    g,
    has_request_context,
    render_template,
    request,
    session,
    url_for,
)
from flask_login import current_user, logout_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from core.clock import clock
from core.dates import format_day, format_long_day, format_moment
from core.extensions import db
from core.logs import log, logger
from core.settings import Settings
from core.transaction import LATER
from core.translation import N_, _
from exports.layout.paper import UnprintableError
from models.permission import Action, Reach, reach
from queries.unit import department_name
from views.access import viewer
from views.list_file import workbook_url
from views.rescue import rescue_form
from views.stranger import (
    PortalSessions,
    finish_stranger,
    is_stranger,
    log_stranger_crash,
    stranger_error,
    stranger_language,
)

HASHING = frozenset({"session.sign_in"})
"""Endpoints that work out a password's hash before they write: nobody waits for them meanwhile."""
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
NAVIGATION = (
    (N_("Việc cần làm"), "home.show", Action.SELF),
    (N_("Thông báo"), "announcement.index", Action.ANNOUNCEMENT_VIEW),
    (N_("Hoạt động"), "activity.index", Action.ACTIVITY_WRITE),
    (N_("Khảo sát"), "survey.index", Action.SURVEY_VIEW),
    (N_("Nêu gương"), "commendation.index", Action.COMMENDATION_VIEW),
    (N_("Mẫu phiếu"), "questionnaire.index", Action.SURVEY_MANAGE),
    (N_("Xét duyệt"), "review.index", Action.REPORT_REVIEW),
    (N_("Kiểm tra"), "inspection.index", Action.INSPECTION_VIEW),
    (N_("Theo dõi nộp"), "board.show", Action.BOARD_VIEW),
    (N_("Tổng hợp"), "consolidation.index", Action.CONSOLIDATION_VIEW),
    (N_("Thi đua"), "emulation.index", Action.EMULATION_VIEW),
    (N_("Lãnh đạo"), "leadership.show", Action.LEADERSHIP_VIEW),
    (N_("Chương trình năm"), "programme.show", Action.PROGRAMME_VIEW),
    (N_("Đơn vị"), "unit.index", Action.BOARD_VIEW),
    (N_("Tài khoản"), "account.index", Action.ACCOUNT_MANAGE),
)

BENEATH = {
    "paper": "survey", "result": "survey", "tally": "survey", "reorganisation": "unit", "holiday": "board",
    "package": "board", "reminder": "board", "chase_letter": "board", "contact": "unit", "requirement": "programme",
    "criticism": "leadership", "signed_copy": "home",
}
"""Nouns whose pages lie beneath another one's entry of the navigation."""


@dataclass(frozen=True)
class Link:
    """One entry of the navigation."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class PortalFrame:
    """What the frame of a page says of the portal."""

    agency: str
    name: str
    rehearsal: str | None
    is_demonstration: bool
    language: str
    theme: str


def choose_language() -> str:
    """The signed-in person's language, else the one chosen on this device, else Vietnamese."""
    if not has_request_context():  # a command speaks Vietnamese
        return "vi"
    if is_stranger():
        return stranger_language()
    if current_user.is_authenticated:
        return str(current_user.language)
    return "en" if session.get("language") == "en" else "vi"


def install_frame(app: Flask) -> None:
    """Bind everything a page needs around its own content to ``app``."""
    app.session_interface = PortalSessions()
    app.before_request(_start)
    app.before_request(_expire_idle)
    app.after_request(_finish)
    app.context_processor(_context)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(UnprintableError, _unprintable)
    app.register_error_handler(Exception, _crash)
    app.add_template_filter(format_day, "day")
    app.add_template_filter(format_moment, "moment")
    app.add_template_global(workbook_url, "workbook_url")
    app.add_template_global(agency, "agency")


def _start() -> None:
    """Note when the request began; let a writing request take SQLite's lock before it reads.

    A stranger's request is not noted; it takes the lock itself, for the moment of writing, as ``HASHING`` ones do.
    """
    if is_stranger():
        return
    g.started = time.perf_counter()
    g.reference = secrets.token_hex(4)
    if request.method == "POST":
        writes = LATER if request.endpoint in HASHING else True
        db.session.connection(execution_options={"writes": writes})


def _settings() -> Settings:
    """The settings the app runs with."""
    return cast(Settings, current_app.config["SETTINGS"])


def _expire_idle() -> None:
    """End a session that stood idle; its person is remembered for the draft of a form that arrives now."""
    if is_stranger() or request.endpoint in ("static", "health.healthz") or "_user_id" not in session:
        return
    now = clock.now().timestamp()
    if now - session.get("seen_at", now) > timedelta(minutes=_settings().idle_minutes).total_seconds():
        g.expired_account_id = session["expired_account_id"] = int(session["_user_id"])
        logout_user()
    elif now - session.get("seen_at", 0) > 60:
        session["seen_at"] = now


def _finish(response: Response) -> Response:
    """Add the headers every answer carries, and write the request's line to the log."""
    if is_stranger():
        return finish_stranger(response)
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("X-Frame-Options", "DENY")
    if request.endpoint != "static":
        headers.setdefault("Cache-Control", "no-store" if current_user.is_authenticated else "no-cache")
        spent = round((time.perf_counter() - g.started) * 1000) if "started" in g else 0
        log("request", endpoint=request.endpoint, method=request.method, status=response.status_code,
            milliseconds=spent, reference=g.get("reference"))
    return response


def _context() -> dict[str, Any]:
    """Variables of every template."""
    signed_in = current_user if current_user and current_user.is_authenticated else None
    rehearsal = format_long_day(clock.today()) if _settings().today else None
    return {
        "portal": PortalFrame(
            agency=agency(),
            name=_("Cổng báo cáo tuyên truyền cải cách hành chính"),
            rehearsal=rehearsal,
            is_demonstration=bool(signed_in and signed_in.is_demonstration),
            language=choose_language(),
            theme=signed_in.theme if signed_in else "auto",
        ),
        "viewer": signed_in,
        "navigation": _navigation() if signed_in and not signed_in.must_change_password else [],
    }


def agency() -> str:
    """The Department's name, at the head of every page; the kind of office before units are loaded."""
    is_known = not is_stranger() and current_user and current_user.is_authenticated
    name = current_user.agency if is_known else ""
    if not name:
        with suppress(SQLAlchemyError):  # an error page says what is wrong, whatever the database does
            name = department_name(db.session, clock.today())
    return name or _("Sở Giáo dục và Đào tạo")


def _navigation() -> list[Link]:
    """The entries that the viewer's role reaches."""
    blueprint = (request.endpoint or "").split(".")[0]
    blueprint = BENEATH.get(blueprint, blueprint)
    return [
        Link(_(label), url_for(endpoint), endpoint.split(".")[0] == blueprint)
        for label, endpoint, action in NAVIGATION
        if reach(viewer().role, action) is not Reach.NONE
    ]


@dataclass(frozen=True)
class ErrorPage:
    """What an error page says: its HTTP code and a reference to quote to the Office."""

    code: int
    reference: str


def _page(template: str, code: int) -> tuple[str, int]:
    """Render the error page of ``code``."""
    return render_template(template, error=ErrorPage(code, g.get("reference", ""))), code


def _csrf_error(_error: CSRFError) -> tuple[str, int] | BaseResponse:
    """A form from an ended session: keep what it held where we may, else say what to do."""
    db.session.rollback()
    return rescue_form() or _page("errors/csrf.html", 400)


def _http_error(error: HTTPException) -> tuple[str, int] | BaseResponse | HTTPException:
    """An expected error, as a page."""
    db.session.rollback()
    code = error.code or 500
    if code < 400:
        return error
    if is_stranger():
        return stranger_error(code)
    template = f"errors/{code}.html" if code in (400, 403, 404, 405, 413, 429, 500) else "errors/400.html"
    return _page(template, code)


def _unprintable(error: UnprintableError) -> tuple[str, int]:
    """A document that would have to be cut is refused, with the reason."""
    db.session.rollback()
    page = ErrorPage(422, g.get("reference", ""))
    return render_template("errors/422.html", error=page, start=error.start), 422


def _crash(error: Exception) -> tuple[str, int] | BaseResponse:
    """An unexpected error: log it with its reference, undo, say what is safe."""
    db.session.rollback()
    if is_stranger():
        log_stranger_crash(error)
        return stranger_error(500)
    log_crash(error)
    return _page("errors/500.html", 500)


def log_crash(error: Exception) -> None:
    """Log an unexpected error by the reference the person sees."""
    logger.error("crash", exc_info=error, extra={"facts": {"reference": g.get("reference"),
                                                            "endpoint": request.endpoint}})
