"""Publishing the points of a year, and what has moved since."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from forms.emulation import PublishForm
from models.permission import Action
from models.programme import Programme
from queries.emulation import find_version, list_rules, list_versions, load_year, shifts
from services.emulation import EmulationError, problems_of, publish_year, reckon, stored_digest
from views.access import requires, viewer
from views.drafting import Desk, open_desk
from views.emulation.blueprint import blueprint, load
from views.emulation.words import difference_words, points_words, rank_words

Answer = str | Response | tuple[str, int]


@blueprint.route("/<int:year>/publish", methods=["GET", "POST"])
@requires(Action.EMULATION_MANAGE)
def publish(year: int) -> Answer:
    """Show what publishing freezes and ask for the ground; on POST freeze the points as they stand."""
    programme = load(year)
    desk = open_desk(f"emulation-publish:{programme.id}", viewer().acts_for_id, Action.EMULATION_MANAGE)
    form = PublishForm(desk.data({}))
    status = 200
    if request.method == "POST":
        answer = _post(desk, form, programme)
        if not isinstance(answer, int):
            return answer
        status = answer
    rows = list_rules(db.session, programme.id)
    is_sound = bool(rows) and not problems_of(rows)
    now = reckon(db.session, programme, rows, today=clock.today(), now=clock.now()) if is_sound else None
    return render_template("emulation/publish.html", programme=programme, form=form, desk=desk, now=now,
                           versions=list_versions(db.session, programme.id)), status


def _post(desk: Desk, form: PublishForm, programme: Programme) -> Response | int:
    """Keep what was typed, check it, freeze: the answer, or the status with which to show the form again."""
    is_mine = desk.take()
    if is_mine and desk.wants_keep_only:
        db.session.commit()
        return redirect(url_for("emulation.publish", year=programme.year), 303)
    if not is_mine or not form.validate():
        db.session.commit()
        return 422 if is_mine else 409
    try:
        with db.session.begin_nested():
            frozen = publish_year(db.session, programme, form.reason.data, submit_key=desk.token[:64],
                                  viewer=viewer(), today=clock.today(), now=clock.now())
    except EmulationError as error:
        form.form_errors.append(str(error))
        db.session.commit()
        return 422
    desk.done()
    db.session.commit()
    flash(_("Đã công bố bản %(version)s. Bảng điểm được giữ nguyên dù số liệu đổi về sau.", version=frozen.version),
          "success")
    return redirect(url_for("emulation.index", year=programme.year, version=frozen.version), 303)


@blueprint.get("/<int:year>/drift")
@requires(Action.EMULATION_MANAGE)
def drift(year: int) -> Answer:
    """Show whose points would be others today by the rules that were frozen."""
    programme = load(year)
    frozen = find_version(db.session, programme.id, request.args.get("version", type=int))
    if frozen is None:
        return redirect(url_for("emulation.index", year=year), 303)
    then = load_year(db.session, frozen)
    now = reckon(db.session, programme, list(map(dict, then.rows)), today=clock.today(), now=clock.now())
    moved = [row for row in shifts(then, now) if row.is_moved]
    return render_template(
        "emulation/drift.html", programme=programme, frozen=frozen, moved=moved, total=len(then.standings),
        is_intact=stored_digest(db.session, frozen) == frozen.sha256,
        rules_differ=list_rules(db.session, programme.id) != list(map(dict, then.rows)), points=points_words,
        rank=rank_words, difference=difference_words)
