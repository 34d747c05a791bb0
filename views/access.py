"""Who is looking, and what each endpoint asks of them: deny by default (product law 10)."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, abort, current_app, redirect, request, session, url_for
from flask_login import UserMixin, current_user

from core.clock import clock
from core.extensions import db, login_manager
from models.permission import Action, Reach, Viewer, reach
from queries.account import Person, find_person
from queries.scope import may

View = TypeVar("View", bound=Callable[..., Any])
PERMISSION = "portal_permission"
PUBLIC = "public"
FREE_OF_CHANGE = frozenset({"account.change_password", "session.sign_out"})
"""What a person with a one-time password may open before choosing an own one."""


class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """The signed-in person, in plain values, for the length of a request."""

    def __init__(self, person: Person) -> None:
        """Hold the viewer and what the page's frame shows."""
        self.viewer = person.viewer
        self.id = str(person.viewer.account_id)
        self.name = person.viewer.name
        self.role_label = person.viewer.role.label
        self.unit_name = person.unit_name
        self.agency = person.agency
        self.session_version = person.session_version
        self.must_change_password = person.must_change_password
        self.is_demonstration = person.is_demonstration
        self.language = person.language
        self.theme = person.theme


@login_manager.user_loader  # type: ignore[untyped-decorator]  # Flask-Login has no types
def load_person(account_id: str) -> SignedIn | None:
    """The person of the session, unless the account was switched off or its sessions were ended."""
    person = find_person(db.session, int(account_id), clock.today())
    if person is None or person.session_version != session.get("session_version"):
        return None
    return SignedIn(person)


class UnguardedEndpointError(RuntimeError):
    """An endpoint neither names a permission nor is declared public; the app refuses to start."""


def public(view: View) -> View:
    """Declare that ``view`` needs no sign-in."""
    setattr(view, PERMISSION, PUBLIC)
    return view


def requires(action: Action) -> Callable[[View], View]:
    """Declare that ``view`` needs ``action`` somewhere; the view itself checks the object's unit with ``allow``."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return login_manager.unauthorized()
            if current_user.must_change_password and request.endpoint not in FREE_OF_CHANGE:
                return redirect(url_for("account.change_password"), 303)
            if reach(viewer().role, action) is Reach.NONE:
                abort(403)
            return current_app.ensure_sync(view)(*args, **kwargs)

        setattr(guarded, PERMISSION, action)
        return cast(View, guarded)

    return declare


def viewer() -> Viewer:
    """The signed-in person. Only to be called in a view that requires a permission."""
    return cast(SignedIn, current_user).viewer


def allow(action: Action, unit_id: int) -> None:
    """Answer 404 unless the viewer may do ``action`` for the unit: foreign and unknown look alike."""
    if not permits(action, unit_id):
        abort(404)


def permits(action: Action, unit_id: int) -> bool:
    """Whether the viewer may do ``action`` for the unit today."""
    return may(db.session, viewer(), action, unit_id, clock.today())


def check_guards(app: Flask) -> None:
    """Raise UnguardedEndpointError when an endpoint declares nothing."""
    missing = [name for name, view in app.view_functions.items() if not hasattr(view, PERMISSION)]
    if missing:
        raise UnguardedEndpointError("endpoints without a declared permission: " + ", ".join(sorted(missing)))


def registry(app: Flask) -> dict[str, Action | str]:
    """Every endpoint with the action it requires, or "public"."""
    return {name: getattr(view, PERMISSION) for name, view in app.view_functions.items()}
