"""The page of packages: what would be in one, asking for it, how far it is, stopping it."""

import secrets
from decimal import Decimal

from flask import Response as FileResponse
from flask import flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.numbers import format_decimal
from core.translation import _
from forms.package import PackageForm
from models.package import Package, PackageKind
from models.permission import Action
from models.requirement import Requirement
from queries.package import list_contents, list_packages
from services.package import PackageError, ask, cancel
from views.access import requires, viewer
from views.package.blueprint import blueprint, load, load_package

Answer = str | Response | tuple[str, int]


@blueprint.get("/<code>")
@requires(Action.BOARD_VIEW)
def show(code: str) -> Answer:
    """Show what a package would hold, and those that were asked for."""
    return _page(load(code), PackageForm())


@blueprint.post("/<code>")
@requires(Action.BOARD_VIEW)
def ask_for(code: str) -> Answer:
    """Queue a package; pressing twice queues one."""
    requirement = load(code)
    form = PackageForm(request.form)
    if not form.validate():
        return _page(requirement, form), 422
    try:
        ask(db.session, requirement, PackageKind(form.kind.data), only_accepted=form.which.data == "accepted",
            form_token=request.form.get("form_token", "")[:64] or secrets.token_urlsafe(24), viewer=viewer(),
            on=clock.today(), now=clock.now())
        db.session.commit()
        flash(_("Đã nhận yêu cầu. Gói được lập trong nền; Ông/Bà có thể làm việc khác rồi quay lại."), "success")
    except PackageError as error:
        db.session.rollback()
        flash(str(error), "error")
    return redirect(url_for("package.show", code=code), 303)


def _page(requirement: Requirement, form: PackageForm) -> str:
    """The page. Five queries."""
    contents = list_contents(db.session, viewer(), requirement, on=clock.today(), now=clock.now(), only_accepted=False)
    return render_template(
        "package/show.html", requirement=requirement, form=form, form_token=secrets.token_urlsafe(24),
        owed=len(contents),
        handed_in=sum(content.version_id is not None for content in contents),
        accepted=sum(content.line.is_accepted for content in contents),
        packages=[_told(package) for package in list_packages(db.session, viewer(), requirement.id)])


@blueprint.get("/<int:package_id>/state")
@requires(Action.BOARD_VIEW)
def state(package_id: int) -> FileResponse:
    """Say how far a package is, for the page's own script."""
    package, _requirement = load_package(package_id)
    told = _told(package)
    return jsonify({"going_on": package.state.is_going_on, "done": package.done, "total": package.total,
                    "words": told["words"]})


@blueprint.post("/<int:package_id>/stop")
@requires(Action.BOARD_VIEW)
def stop(package_id: int) -> Answer:
    """Stop a package that is not ready yet."""
    package, requirement = load_package(package_id)
    cancel(db.session, package, clock.now())
    db.session.commit()
    flash(_("Đã dừng lập gói."), "success")
    return redirect(url_for("package.show", code=requirement.code), 303)


def _told(package: Package) -> dict[str, object]:
    """A package with the words that say how far it is."""
    words = _(package.state.label)
    if package.state.is_going_on:
        words = _("Đã đưa vào %(done)s/%(total)s bản", done=package.done, total=package.total) if package.done \
            else words
    return {"package": package, "words": words, "size": format_decimal(Decimal(package.size) / 2**20, 1)}
