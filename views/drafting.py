"""The writing desk behind every form: what was typed survives errors, sign-out, Back and a second tab (law 7).

A view opens a desk, builds its form from ``desk.data(initial)`` and, on POST, first hands what was typed to
``desk.take()``: it is in the draft from then on, whatever validation says. See CONTRIBUTING for the pattern.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import current_app, request, url_for
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.datastructures import MultiDict

from core.clock import clock
from core.dates import format_moment
from core.extensions import db
from core.translation import _
from models.draft import NAME_MAX_LENGTH, Draft
from models.permission import Action, Viewer
from queries.scope import may
from services.draft import (
    Conflict,
    DraftTooLongError,
    SaveResult,
    Typed,
    Value,
    apply_draft,
    find_draft,
    pending_fields,
    save_fields,
)
from views.access import viewer

RESERVED = frozenset({"csrf_token", "draft_handle", "draft_tab", "draft_revision", "form_token", "keep", "act"})
"""Names of a form's own machinery; they are never kept as fields."""


@dataclass(frozen=True)
class Handle:
    """What a page's draft address stands for; signed, so that it needs no look-up to be trusted."""

    key: str
    unit_id: int
    action: Action


def _signer() -> URLSafeSerializer:
    """The signer of handles."""
    return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt="draft-handle")


def read_handle(text: str) -> Handle | None:
    """Read a signed handle; None when it was tampered with."""
    try:
        key, unit_id, action = _signer().loads(text)
        return Handle(key, unit_id, Action(action))
    except (BadSignature, ValueError):
        return None


@dataclass
class Desk:
    """One form's draft, for one request."""

    handle: Handle
    draft: Draft | None
    token: str
    """The token the saved object will bear (unique): a double click makes one object."""
    tab: str
    """Names this page; it never conflicts with itself."""
    revision: int
    """The draft's revision that this page has seen."""
    conflicts: list[Conflict] = field(default_factory=list)
    own: Mapping[str, Value] = field(default_factory=dict)
    """What the object itself holds, as texts; set by ``data``."""

    @property
    def key(self) -> str:
        """The draft's key."""
        return self.handle.key

    @property
    def signed_handle(self) -> str:
        """The handle for the hidden field and the address."""
        return str(_signer().dumps([self.key, self.handle.unit_id, self.handle.action.value]))

    @property
    def url(self) -> str:
        """Where the page saves single fields."""
        return url_for("draft.save", handle=self.signed_handle)

    @property
    def has_pending(self) -> bool:
        """Whether there is something typed that is not yet saved in its place."""
        return bool(pending_fields(self.draft))

    @property
    def state_text(self) -> str:
        """The quiet line under a form, as 'Đã lưu nháp lúc 10:32 ngày 30/05/2023'."""
        if self.draft is None or not self.has_pending:
            return ""
        return _("Đã lưu nháp lúc %(moment)s", moment=format_moment(self.draft.saved_at))

    def data(self, initial: Mapping[str, Value]) -> MultiDict[str, str]:
        """The texts to fill the form with: what was just posted, else the object's own under what was typed."""
        self.own = initial
        if request.method == "POST":
            return self._chosen()
        filled: MultiDict[str, str] = MultiDict()
        for name, value in {**initial, **pending_fields(self.draft)}.items():
            filled.setlist(name, value if isinstance(value, list) else [value])
        return filled

    def _chosen(self) -> MultiDict[str, str]:
        """What was posted, with the other version where the person chose it."""
        theirs = {row.name: row.value for row in (self.draft.fields if self.draft else [])}
        chosen: MultiDict[str, str] = MultiDict(request.form)
        for name, value in theirs.items():
            if request.form.get(f"choice-{name}") == "theirs":
                chosen.setlist(name, value if isinstance(value, list) else [value])
        return chosen

    def take(self, multiple: frozenset[str] = frozenset(), worked_out: Mapping[str, Value] | None = None) -> bool:
        """Keep what was posted in the draft. False when another page changed a field: show ``conflicts``.

        ``multiple`` names fields of which several values may be ticked; ``worked_out`` replaces what was posted
        by what the server made of it, as the list of files with those it has just taken in. A field that says what
        the object says already, and was never in the draft, was not typed: it is left out. Does not commit.
        """
        worked_out = worked_out or {}
        posted = self._chosen()
        names = set(typed_names(posted)) | multiple
        typed = {
            name: Typed(worked_out.get(name, _posted_value(posted, name, name in multiple)), self._base(name))
            for name in names | worked_out.keys()
        }
        known = {row.name for row in self.draft.fields} if self.draft else set()
        typed = {name: value for name, value in typed.items() if name in known or value.value != self._own(name, value)}
        result = save_fields(
            db.session, key=self.key, unit_id=self.handle.unit_id, form_token=self.token,
            account_id=viewer().account_id, tab=self.tab, fields=typed, now=clock.now())
        self.revision, self.conflicts = result.revision, result.conflicts
        return not result.conflicts

    def _own(self, name: str, typed: Typed) -> Value:
        """What the object holds in a field; nothing where it holds nothing."""
        return self.own.get(name, [] if isinstance(typed.value, list) else "")

    def _base(self, name: str) -> int:
        """The revision a field is based on; a choice made between two versions settles the matter."""
        return 2**31 if request.form.get(f"choice-{name}") == "mine" else self.revision

    @property
    def wants_keep_only(self) -> bool:
        """Whether "Lưu nháp" was pressed: keep and come back, without validating."""
        return "keep" in request.form

    def done(self) -> None:
        """Say that everything typed is now saved in its place. Does not commit."""
        apply_draft(db.session, self.key, clock.now())


def keep_posted(author: Viewer) -> SaveResult | None:
    """Keep a posted form in its draft for a person whose session can do no more than that.

    None when the form keeps no draft or the person may not write it. The signed handle, which only a page of ours
    gives out, stands for the token against forged requests. Does not commit.
    """
    handle = read_handle(request.form.get("draft_handle", ""))
    if handle is None or not may(db.session, author, handle.action, handle.unit_id, clock.today()):
        return None
    draft = find_draft(db.session, handle.key)
    listed = {row.name for row in draft.fields if isinstance(row.value, list)} if draft else set()
    base = request.form.get("draft_revision", type=int, default=0)
    typed = {name: Typed(_posted_value(request.form, name, name in listed or len(request.form.getlist(name)) > 1), base)
             for name in listed | set(typed_names(request.form))}
    try:
        return save_fields(
            db.session, key=handle.key, unit_id=handle.unit_id, form_token=request.form.get("form_token", "")[:64],
            account_id=author.account_id, tab=request.form.get("draft_tab", "")[:64], fields=typed, now=clock.now())
    except DraftTooLongError:
        return None


def typed_names(posted: MultiDict[str, str]) -> list[str]:
    """The names of what a person typed, without the form's own machinery."""
    return [name for name in posted
            if name not in RESERVED and not name.startswith("choice-") and len(name) <= NAME_MAX_LENGTH]


def _posted_value(posted: MultiDict[str, str], name: str, is_multiple: bool) -> Value:
    """One field of the post, as a text or a list of texts."""
    return posted.getlist(name) if is_multiple else posted.get(name, "")


def open_desk(key: str, unit_id: int, action: Action) -> Desk:
    """Open the desk of the form ``key``; its unit is authorised by the caller. One or two queries, no write."""
    draft = find_draft(db.session, key)
    posted = request.form
    kept_token = draft.form_token if draft is not None and pending_fields(draft) else ""
    return Desk(
        handle=Handle(key, unit_id, action),
        draft=draft,
        token=posted.get("form_token", "")[:64] or kept_token or secrets.token_urlsafe(24),
        tab=posted.get("draft_tab", "")[:64] or secrets.token_urlsafe(12),
        revision=posted.get("draft_revision", type=int, default=draft.revision if draft else 0),
    )
