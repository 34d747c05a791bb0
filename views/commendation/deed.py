"""What is done with a proposal: by one press, or on a page that asks for a reason or an opinion."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from forms.commendation import OpinionForm, ReasonForm
from models.commendation import Commendation, CommendationError, Deed, fits
from models.permission import Action
from queries.commendation import CommendationPage, find_commendation
from services.commendation import decide, give_opinion
from views.access import permits, requires, viewer
from views.commendation.blueprint import blueprint, load
from views.commendation.words import BUTTONS, DONE
from views.drafting import Desk, open_desk

Answer = str | Response | tuple[str, int]
Act = Callable[[Commendation], None]


@blueprint.post("/<int:commendation_id>/<any(accept, pick, publish):deed>")
@requires(Action.COMMENDATION_MODERATE)
def settle(commendation_id: int, deed: str) -> Response:
    """Accept, pick for the report, publish."""
    page = load(commendation_id, Action.COMMENDATION_MODERATE)
    try:
        with db.session.begin_nested():
            decide(db.session, _found(page), Deed(deed), viewer=viewer(), now=clock.now())
    except CommendationError as error:
        flash(_(str(error)), "error")
    else:
        flash(_(DONE[Deed(deed)]), "success")
    db.session.commit()
    return _back(page)


@blueprint.route("/<int:commendation_id>/<any(ask, refuse, drop):deed>", methods=["GET", "POST"])
@requires(Action.COMMENDATION_MODERATE)
def moderate(commendation_id: int, deed: str) -> Answer:
    """Ask to mend, refuse, take out of the report: with a reason."""
    return _with_reason(load(commendation_id, Action.COMMENDATION_MODERATE), Deed(deed), Action.COMMENDATION_MODERATE)


@blueprint.route("/<int:commendation_id>/withdraw", methods=["GET", "POST"])
@requires(Action.COMMENDATION_WRITE)
def withdraw(commendation_id: int) -> Answer:
    """Withdraw what the own unit proposed, with a reason."""
    return _with_reason(load(commendation_id, Action.COMMENDATION_WRITE), Deed.WITHDRAW, Action.COMMENDATION_WRITE)


@blueprint.route("/<int:commendation_id>/<any(take_down, end_consent):deed>", methods=["GET", "POST"])
@requires(Action.COMMENDATION_VIEW)
def take_back(commendation_id: int, deed: str) -> Answer:
    """Take a text off the public page, or note that a person no longer agrees: the unit or the Office, any time."""
    page = load(commendation_id, Action.COMMENDATION_VIEW)
    rights = (Action.COMMENDATION_WRITE, Action.COMMENDATION_MODERATE)
    action = next((right for right in rights if permits(right, page.unit_id)), None) or abort(404)
    return _with_reason(page, Deed(deed), action)


@blueprint.route("/<int:commendation_id>/opinion", methods=["GET", "POST"])
@requires(Action.REPORT_REVIEW)
def opinion(commendation_id: int) -> Answer:
    """Write what the district office thinks of a school's proposal."""
    page = load(commendation_id, Action.REPORT_REVIEW)
    desk = open_desk(f"commendation:{page.id}:opinion", page.unit_id, Action.REPORT_REVIEW)
    form = OpinionForm(desk.data({"opinion": page.opinion}))

    def act(found: Commendation) -> None:
        give_opinion(db.session, found, form.opinion.data, by=viewer().name, viewer=viewer(), now=clock.now())

    return _ask(page, Deed.GIVE_OPINION, desk, form, act, _("Đã ghi ý kiến."))


def _with_reason(page: CommendationPage, deed: Deed, action: Action) -> Answer:
    """Show the form for the reason of a deed, or do it."""
    desk = open_desk(f"commendation:{page.id}:{deed.value}", page.unit_id, action)
    form = ReasonForm(desk.data({}))

    def act(found: Commendation) -> None:
        decide(db.session, found, deed, reason=form.reason.data, viewer=viewer(), now=clock.now())

    return _ask(page, deed, desk, form, act, _(DONE[deed]))


def _ask(page: CommendationPage, deed: Deed, desk: Desk, form: ReasonForm | OpinionForm, act: Act,
         done: str) -> Answer:
    """Show a form of one text, keep what was typed, and act once it is good."""
    if request.method != "POST":
        if not fits(deed, page.status, is_picked=page.is_picked, is_public=page.is_public,
                    has_consent=page.has_consent):
            return _back(page)
        return _show(page, deed, desk, form)
    if not desk.take() or desk.wants_keep_only or not form.validate():
        db.session.commit()
        kept = desk.wants_keep_only and not desk.conflicts
        return redirect(request.path, 303) if kept else (
            _show(page, deed, desk, form), 409 if desk.conflicts else 422)
    try:
        with db.session.begin_nested():
            act(_found(page))
    except CommendationError as error:
        flash(_(str(error)), "error")
    else:
        desk.done()
        flash(done, "success")
    db.session.commit()
    return _back(page)


def _show(page: CommendationPage, deed: Deed, desk: Desk, form: ReasonForm | OpinionForm) -> str:
    """The page of a form of one text."""
    return render_template("commendation/deed.html", page=page, desk=desk, form=form, title=_(BUTTONS[deed]))


def _found(page: CommendationPage) -> Commendation:
    """The row, held against others."""
    return find_commendation(db.session, page.id) or abort(404)


def _back(page: CommendationPage) -> Response:
    """To the page of the proposal."""
    return redirect(url_for("commendation.show", commendation_id=page.id), 303)
