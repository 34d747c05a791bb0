"""The public page of good models: anybody may read what the Office published, without an account or a cookie."""

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, request, send_file, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from queries.commendation.public import (
    PublicPage,
    find_public,
    page_public,
    public_photos,
    public_themes,
    public_years,
)
from services.attachment import make_preview
from views.access import public
from views.evidence import file_store
from views.stranger import stranger_language, stranger_page

blueprint = Blueprint("good_model", __name__, url_prefix="/models")
EDGE = 960
"""Longest edge of a public photo, in pixels."""
KEPT = 32
"""Photos that are kept ready in the process."""
EXCERPT = 260
"""Signs of a text that the list shows."""


@blueprint.get("")
@public
def index() -> Response:
    """List what is published, with search without marks, by theme and year. Four queries."""
    theme, search = request.args.get("theme", "")[:60], request.args.get("q", "").strip()[:100]
    year = request.args.get("year", type=int)
    found = page_public(db.session, clock.today(), search=search, theme_code=theme, year=year,
                        page=request.args.get("page", 1, type=int))
    return stranger_page(
        "good_model/index.html", found=found, search=search, theme=theme, year=year, themes=public_themes(db.session),
        years=public_years(db.session), excerpt=_excerpt, pages=_pages(found), other_language_url=_other_language(),
        home_url=url_for("good_model.index"), address=_address)


@blueprint.get("/<int:commendation_id>")
@public
def show(commendation_id: int) -> Response:
    """Show one good model with its photos. Two queries."""
    model = find_public(db.session, commendation_id, clock.today())
    if model is None:
        abort(404)
    photos = [url_for("good_model.photo", commendation_id=model.id, attachment_id=number)
              for number, _sha256 in public_photos(db.session, model.id)]
    return stranger_page("good_model/show.html", model=model, photos=photos, other_language_url=_other_language(),
                         home_url=_address("good_model.index"))


@blueprint.get("/<int:commendation_id>/photos/<int:attachment_id>.jpg")
@public
def photo(commendation_id: int, attachment_id: int) -> Response:
    """Hand out a photo that was chosen for publication: made smaller, without what the camera wrote into it."""
    chosen = dict(public_photos(db.session, commendation_id))
    if attachment_id not in chosen:
        abort(404)
    small = _small(str(file_store().path(chosen[attachment_id])))
    if small is None:
        abort(404)
    return send_file(BytesIO(small), mimetype="image/jpeg", download_name=f"mo-hinh-{attachment_id}.jpg")


@lru_cache(maxsize=KEPT)
def _small(path: str) -> bytes | None:
    """A photo for the public; the file is named by its content, so it never changes."""
    return make_preview(Path(path), EDGE)


def _excerpt(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else line[:EXCERPT].rsplit(" ", 1)[0] + "…"


def _address(endpoint: str, **values: Any) -> str:
    """An address in the language that is being read."""
    language = "en" if stranger_language() == "en" else None
    return url_for(endpoint, lang=language, **values)


def _other_language() -> str:
    """This page in the other language."""
    kept: dict[str, Any] = {
        name: value for name, value in request.args.items() if name in ("q", "theme", "year", "page") and value}
    language = None if stranger_language() == "en" else "en"
    return url_for(str(request.endpoint), lang=language, **kept, **(request.view_args or {}))


def _pages(found: PublicPage) -> dict[str, str]:
    """Where the pages before and after are; empty where there is none."""
    kept = {name: request.args[name] for name in ("q", "theme", "year") if request.args.get(name)}

    def to(number: int) -> str:
        return _address("good_model.index", **kept, page=number) if 1 <= number <= found.page_count else ""

    return {"previous": to(found.number - 1), "next": to(found.number + 1),
            "here": _("Trang %(number)s trên %(count)s", number=found.number, count=found.page_count)}
