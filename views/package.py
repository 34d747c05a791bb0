"""Packages of a requirement's papers: asked for, watched while they are made, downloaded in parts if need be."""

from pathlib import Path

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from werkzeug.wrappers import Response as BaseResponse

from core.clock import clock
from core.extensions import db
from core.translation import _
from forms.package import ACCEPTED, PackageForm
from models.package import KEPT_FOR, Entry, Package, PackageStatus
from models.permission import Action
from models.requirement import Requirement, RequirementStatus
from queries.package import find_package, list_entries, list_packages
from queries.requirement import find_requirement
from services.package import FOLDER, PackageError, ask, cancel
from views.access import requires, viewer
from views.attachment import guarded
from views.drafting import Desk, open_desk

blueprint = Blueprint("package", __name__, url_prefix="/packages")
Answer = str | BaseResponse | tuple[str, int]


@blueprint.route("/of/<code>", methods=["GET", "POST"])
@requires(Action.BOARD_VIEW)
def new(code: str) -> Answer:
    """Say what a package would hold, and show the earlier ones; on POST queue it."""
    requirement = _requirement(code)
    desk = open_desk(f"package:{requirement.id}", viewer().acts_for_id, Action.BOARD_VIEW)
    form = PackageForm(desk.data({"what": ACCEPTED}))
    status = 200
    if request.method == "POST":
        status = 422 if desk.take() else 409
        if status == 422 and form.validate() and (package := _ask(requirement, desk, form)):
            desk.done()
            db.session.commit()
            return redirect(url_for("package.show", package_id=package.id), 303)
        db.session.commit()
    entries = _entries(requirement, only_accepted=False)
    return render_template(
        "package/new.html", requirement=requirement, desk=desk, form=form, count=len(entries),
        handed_in=sum(entry.version_id is not None for entry in entries),
        packages=list_packages(db.session, viewer(), requirement.id)), status


@blueprint.get("/<int:package_id>")
@requires(Action.BOARD_VIEW)
def show(package_id: int) -> str:
    """Show how far it is, and hand it out when it is ready."""
    package = _load(package_id)
    missing = [entry for entry in package.entries if entry.version_id is None]
    return render_template("package/show.html", package=package, missing=missing,
                           requirement=db.session.get_one(Requirement, package.requirement_id),
                           kept_until=package.finished_at + KEPT_FOR if package.finished_at else None)


@blueprint.post("/<int:package_id>/cancel")
@requires(Action.BOARD_VIEW)
def stop(package_id: int) -> BaseResponse:
    """Stop making it."""
    cancel(db.session, _load(package_id), clock.now())
    db.session.commit()
    return redirect(url_for("package.show", package_id=package_id), 303)


@blueprint.get("/<int:package_id>/file")
@requires(Action.BOARD_VIEW)
def download(package_id: int) -> Response:
    """Hand the file out, whole or the part that is asked for (RFC 9110, 14)."""
    package = _load(package_id)
    path = Path(current_app.config["SETTINGS"].instance) / FOLDER / package.file
    if package.status is not PackageStatus.READY or not path.is_file():
        abort(404)
    answer = send_file(path, mimetype="application/zip", as_attachment=True, download_name=package.name,
                       etag=package.sha256, last_modified=None, conditional=True)
    answer.headers["Cache-Control"] = "private, no-cache"
    return guarded(answer)


def _ask(requirement: Requirement, desk: Desk, form: PackageForm) -> Package | None:
    """Queue the package; None, with the reason on the form, when there is nothing to pack."""
    only_accepted = form.what.data == ACCEPTED
    try:
        return ask(db.session, viewer(), requirement, _entries(requirement, only_accepted=only_accepted),
                   only_accepted=only_accepted, form_token=desk.token, now=clock.now())
    except PackageError as error:
        form.form_errors.append(_(str(error)))
        return None


def _entries(requirement: Requirement, *, only_accepted: bool) -> list[Entry]:
    """The units in scope with their versions as they stand now."""
    return list_entries(db.session, viewer(), requirement, only_accepted=only_accepted, on=clock.today(),
                        now=clock.now())


def _requirement(code: str) -> Requirement:
    """A requirement that units owe, or 404."""
    found = find_requirement(db.session, code)
    if found is None or found.status is RequirementStatus.DRAFT:
        abort(404)
    return found


def _load(package_id: int) -> Package:
    """A package that the viewer may open today, or 404."""
    return find_package(db.session, viewer(), package_id, clock.today()) or abort(404)
