"""Pages for strangers: what lies under /s/ or /models knows no session and leaves no line in the log.

Who answers a survey is nobody's business (product law 9). So nothing here reads who is signed in on the same
computer, and neither the address of a place nor a moment at which somebody answered is written down. The one cookie is
a page's own ticket (``views/sheet/visit.py``).
"""

import traceback
from types import TracebackType
from typing import Any

from flask import Flask, Response, current_app, has_request_context, make_response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin

from core.logs import log
from core.translation import _

PREFIX = "/s/"
MODELS = "/models"
"""Good models, for anybody to read."""
VERIFY = "/verify"
"""Whether a paper is genuine, for anybody who holds one."""
STRANGER_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def is_stranger() -> bool:
    """Whether the present request is for a page of strangers."""
    return has_request_context() and _is_for_strangers(request.path)


def _is_for_strangers(path: str) -> bool:
    """Whether an address is one of theirs."""
    return path.startswith((PREFIX, f"{MODELS}/", f"{VERIFY}/")) or path in (MODELS, VERIFY)


def stranger_language() -> str:
    """The language that the address asks for: Vietnamese unless it says "lang=en"."""
    return "en" if request.args.get("lang") == "en" else "vi"


class PortalSessions(SecureCookieSessionInterface):
    """Sessions in a signed cookie, of which the pages for strangers see, set and vary by nothing."""

    def open_session(self, app: Flask, request: Any) -> SecureCookieSession | None:
        """An empty session for a stranger, the cookie's for everybody else."""
        return SecureCookieSession() if _is_for_strangers(request.path) else super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep nothing of a stranger."""
        if not is_stranger():
            super().save_session(app, session, response)


def finish_stranger(response: Response) -> Response:
    """Add the headers of a stranger's page."""
    headers = response.headers
    headers["Content-Security-Policy"] = STRANGER_POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["X-Frame-Options"] = "DENY"
    if request.path.startswith((PREFIX, VERIFY)):
        headers["X-Robots-Tag"] = "noindex"
    headers.setdefault("Cache-Control", "no-cache")
    return response


def stranger_page(template: str, status: int = 200, **named: Any) -> Response:
    """A page from a template of its own, which is given nothing but what it is told here."""
    text = current_app.jinja_env.get_template(template).render(language=stranger_language(), **named)
    return make_response(text, status)


def stranger_error(code: int) -> Response:
    """An error as a page: what happened, and what to do."""
    if request.path.startswith(VERIFY):
        return _verify_error(code)
    if not request.path.startswith(PREFIX):
        return _model_error(code)
    title, advice = {
        404: (_("Không tìm thấy phiếu khảo sát"),
              _("Xin kiểm tra lại đường liên kết, hoặc quét lại mã QR tại đơn vị.")),
        413: (_("Phiếu gửi quá lớn"), _("Xin quay lại trang trước, rút ngắn phần góp ý rồi gửi lại.")),
    }.get(code) or (
        (_("Phiếu chưa gửi được"), _("Trang gặp trục trặc. Xin quay lại trang trước và gửi lại sau ít phút; câu trả "
                                      "lời trên trang đó vẫn còn."))
        if code >= 500 else
        (_("Yêu cầu chưa thực hiện được"), _("Xin mở lại đường liên kết, hoặc quét lại mã QR tại đơn vị.")))
    return stranger_page("sheet/message.html", code, title=title, paragraphs=[advice])


def _model_error(code: int) -> Response:
    """An error on the pages of good models."""
    title, advice = (
        (_("Không tìm thấy bài này"), _("Bài có thể đã được gỡ. Xin xem các mô hình khác trong danh sách."))
        if code == 404 else
        (_("Yêu cầu chưa thực hiện được"), _("Xin mở lại trang sau ít phút.")))
    return stranger_page("good_model/message.html", code, title=title, advice=advice, home_url=MODELS)


def _verify_error(code: int) -> Response:
    """An error on the pages that verify papers."""
    title, advice = {
        404: (_("Không tìm thấy văn bản mang mã này"),
              _("Mã gồm 12 chữ và số ở chân mỗi trang, không có số 0, số 1, chữ O và chữ I. Xin kiểm tra từng ký tự "
                "rồi nhập lại; nếu vẫn không thấy, văn bản có thể không do cổng này phát hành.")),
        413: (_("Tệp quá lớn"), _("Xin chọn tệp PDF, DOCX hoặc XLSX nhỏ hơn 30 MB.")),
    }.get(code) or (_("Yêu cầu chưa thực hiện được"), _("Xin mở lại trang sau ít phút."))
    return stranger_page("verify/message.html", code, title=title, advice=advice, home_url=VERIFY)


def log_stranger_crash(error: BaseException) -> None:
    """Log where an error happened; not its words, which may hold what somebody answered."""
    trace: TracebackType | None = error.__traceback__
    place = (request.endpoint or "sheet").partition(".")[0]
    log("crash", 40, endpoint=place, error=type(error).__name__, trace="".join(traceback.format_tb(trace)))
