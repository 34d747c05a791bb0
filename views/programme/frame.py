"""The programme's own fields: title, agency, number and day, signer, recipients."""

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from core.extensions import db
from core.translation import _
from forms.programme import frame_form, frame_of, texts_of
from models.permission import Action
from models.programme_book import FRAME
from services.programme_book import read_book
from views.access import requires, viewer
from views.drafting import open_desk
from views.programme.blueprint import blueprint, load
from views.programme.saving import Answer, save


@blueprint.route("/<int:year>/frame", methods=["GET", "POST"])
@requires(Action.PROGRAMME_MANAGE)
def write_frame(year: int) -> Answer:
    """Change the programme's own fields."""
    programme = load(year)
    book = read_book(db.session, programme)
    desk = open_desk(f"programme:{year}:frame", viewer().acts_for_id, Action.PROGRAMME_MANAGE)
    form = frame_form(desk.data(texts_of(FRAME, book["programme"])))
    back, status = url_for("programme.edit", year=year), 200
    if request.method == "POST":
        answer = save(desk, form, programme, lambda: {**book, "programme": frame_of(form, book["programme"])}, back)
        if isinstance(answer, Response):
            return answer
        status = answer
    title = _("Phần chung của chương trình năm %(year)s", year=year)
    return render_template("programme/row.html", title=title, desk=desk, form=form, programme=programme, back=back,
                           table=None), status
