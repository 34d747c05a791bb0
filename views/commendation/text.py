"""The Office's own short text of an accepted proposal, with the photos that go with it."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from forms.activity import Option
from forms.commendation import PHOTOS, TextForm
from models.commendation import CommendationError, Deed, fits
from models.permission import Action
from queries.commendation import CommendationPage, find_commendation
from queries.commendation.public import PICTURES
from services.commendation import edit_text as save_text
from services.draft import Value
from views.access import requires, viewer
from views.commendation.blueprint import blueprint, load
from views.drafting import Desk, open_desk

Answer = str | Response | tuple[str, int]


@blueprint.route("/<int:commendation_id>/text", methods=["GET", "POST"])
@requires(Action.COMMENDATION_MODERATE)
def edit_text(commendation_id: int) -> Answer:
    """Write the text for report and public page beside the unit's own."""
    page = load(commendation_id, Action.COMMENDATION_MODERATE)
    if not fits(Deed.EDIT_TEXT, page.status, is_picked=page.is_picked, is_public=page.is_public,
                has_consent=page.has_consent):
        flash(_("Chấp nhận đề xuất trước khi biên tập bài đăng."), "warning")
        return redirect(url_for("commendation.show", commendation_id=page.id), 303)
    desk = open_desk(f"commendation:{page.id}:text", page.unit_id, Action.COMMENDATION_MODERATE)
    pictures = [Option(str(file.id), file.name) for file in page.files if file.media_type in PICTURES]
    form = TextForm(desk.data(_texts(page)), pictures, may_name=page.has_consent)
    if request.method != "POST":
        return _show(page, desk, form)
    if not desk.take(PHOTOS if pictures else frozenset()) or desk.wants_keep_only or not form.validate():
        db.session.commit()
        kept = desk.wants_keep_only and not desk.conflicts
        return redirect(request.path, 303) if kept else (_show(page, desk, form), 409 if desk.conflicts else 422)
    return _save(page, desk, form)


def _save(page: CommendationPage, desk: Desk, form: TextForm) -> Answer:
    """Save a good text, unless it names somebody who has not agreed."""
    found = find_commendation(db.session, page.id)
    photos = tuple(int(text) for text in form.photos.data or ()) if "photos" in form else ()
    try:
        with db.session.begin_nested():
            if found is not None:
                save_text(db.session, found, title=form.public_title.data, text=form.public_text.data,
                          shows_name="shows_name" in form and form.shows_name.data == "yes", photo_ids=photos,
                          viewer=viewer(), now=clock.now())
    except CommendationError as error:
        db.session.commit()
        form.form_errors.append(_(str(error)))
        return _show(page, desk, form), 422
    desk.done()
    db.session.commit()
    flash(_("Đã lưu bài biên tập. Nội dung đơn vị viết vẫn giữ nguyên bên cạnh."), "success")
    return redirect(url_for("commendation.show", commendation_id=page.id), 303)


def _texts(page: CommendationPage) -> dict[str, Value]:
    """How the form begins: the text as it stands, else the unit's own words to shorten."""
    return {
        "public_title": page.public_title or page.title,
        "public_text": page.public_text or f"{page.description}\n{page.results}",
        "shows_name": "yes" if page.shows_name else "no",
        "photos": [str(number) for number in sorted(page.photo_ids)],
    }


def _show(page: CommendationPage, desk: Desk, form: TextForm) -> str:
    """The text beside what the unit wrote."""
    return render_template("commendation/text.html", page=page, desk=desk, form=form)
