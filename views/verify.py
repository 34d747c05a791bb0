"""The public page that says whether a paper or a file is genuine; never what it says (no account, no cookie)."""

import hashlib
from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import csrf, db
from core.pdf_reading import BusyError
from core.translation import _
from models.issued import LARGEST_COPY, read_code
from models.submission import SubmissionVersion
from queries.issued import PaperFacts, find_paper
from services.verification import Checked, examine, hash_of, may_examine, recognise
from views.access import public
from views.evidence import issued_store, trusted_folder
from views.paper_words import check_words, number_words, reading_words, standing_words
from views.stranger import stranger_language, stranger_page
from views.verify_result import Result, is_ticket, new_ticket, read_result, seal_result

blueprint = Blueprint("verify", __name__, url_prefix="/verify")
csrf.exempt(blueprint)  # there is no session that could hold a token, and a question changes nothing


@blueprint.get("")
@public
def ask() -> Response:
    """Ask for the code at the foot of a paper, and lead to its page."""
    typed = request.args.get("code", "").strip()[:60]
    code = read_code(typed) if typed else None
    if code is not None:
        return redirect(_address("verify.show", code=code), 303)
    return stranger_page("verify/ask.html", 404 if typed else 200, typed=typed, other_language_url=_other_language(),
                         home_url=_address("verify.ask"))


@blueprint.get("/<code>")
@public
def show(code: str) -> Response:
    """Say of what paper a code is, and whether it still holds. Six queries."""
    if read_code(code) not in (None, code):
        return redirect(_address("verify.show", code=read_code(code)), 303)
    return _page(_paper(code), result=read_result(request.args.get("result", ""), clock.now().timestamp()))


@blueprint.post("/<code>")
@public
def check(code: str) -> Response:
    """Say whether a chosen file is this paper's; the file is forgotten, the answer stands in the address."""
    paper = _paper(code)
    upload = request.files.get("file")
    content = upload.stream.read(LARGEST_COPY + 1) if upload is not None else b""
    if not is_ticket(request.form.get("_ticket", ""), paper.code, clock.now().timestamp()):
        return _page(paper, 422, error=_("Trang đã cũ. Xin chọn lại tệp rồi bấm “Kiểm tra tệp”."))
    if not content:
        is_chosen = upload is not None and upload.filename
        return _page(paper, 422, error=_("Tệp trống. Chọn lại tệp có nội dung.") if is_chosen else
                     _("Chọn tệp cần kiểm tra rồi bấm “Kiểm tra tệp”."))
    if len(content) > LARGEST_COPY:
        return _page(paper, 413, error=_("Tệp lớn hơn %(limit)s MB nên không kiểm tra được.", limit=LARGEST_COPY >> 20))
    try:
        checked = _checked(paper, content)
    except BusyError:
        return _page(paper, 429, error=_("Cổng đang kiểm tra nhiều tệp khác. Xin thử lại sau một phút."))
    if checked is None:
        return _page(paper, 429, error=_(
            "Hôm nay đã có nhiều tệp được kiểm tra từ cùng một mạng. Xin thử lại ngày mai."))
    result = Result(checked.outcome, (upload.filename or "")[:80] if upload is not None else "",
                    hashlib.sha256(content).hexdigest(), tuple(filter(None, check_words(checked))))
    sealed = seal_result(result, clock.now().timestamp())
    return redirect(_address("verify.show", code=paper.code, result=sealed, _anchor="file-title"), 303)


def _checked(paper: PaperFacts, content: bytes) -> Checked | None:
    """What the file is; None where its network has asked too often today."""
    version, store = db.session.get_one(SubmissionVersion, paper.version_id), issued_store()
    found = recognise(db.session, content, version, store)
    if found is not None:
        return found
    db.session.rollback()  # the count takes the lock that writing needs
    db.session.connection(execution_options={"writes": True})
    is_free = may_examine(db.session, request.remote_addr or "", clock.today())
    db.session.commit()
    if not is_free:
        return None
    version = db.session.get_one(SubmissionVersion, paper.version_id)
    return examine(db.session, content, version, store, trusted_folder())


def _paper(code: str) -> PaperFacts:
    """The paper with a code; 404 when there is none."""
    found = find_paper(db.session, read_code(code) or "")
    if found is None:
        abort(404)
    return found


def _page(paper: PaperFacts, status: int = 200, result: Result | None = None, error: str = "") -> Response:
    """The page of a paper, with what a chosen file turned out to be."""
    return stranger_page(
        "verify/show.html", status, paper=paper, number=number_words(paper), standing=standing_words(paper),
        files=_files(paper), copies=[(copy, reading_words(copy)) for copy in paper.copies if copy.is_shown],
        result=result, error=error, ticket=new_ticket(paper.code, clock.now().timestamp()),
        other_language_url=_other_language(), home_url=_address("verify.ask"),
        here=_address("verify.show", code=paper.code))


def _files(paper: PaperFacts) -> list[tuple[str, str]]:
    """What each file is called, with its SHA-256."""
    if paper.files:
        return [(file.name, file.sha256) for file in paper.files]
    version = db.session.scalars(select(SubmissionVersion).where(SubmissionVersion.id == paper.version_id)).one()
    return [(_("Bản PDF tải từ cổng"), hash_of(db.session, version, issued_store()))]


def _address(endpoint: str, **values: Any) -> str:
    """An address in the language that is being read."""
    return url_for(endpoint, lang="en" if stranger_language() == "en" else None, **values)


def _other_language() -> str:
    """This page in the other language."""
    endpoint = "verify.show" if request.view_args else "verify.ask"
    return url_for(endpoint, lang=None if stranger_language() == "en" else "en", **(request.view_args or {}))
