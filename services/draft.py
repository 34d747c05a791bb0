"""Keeping what was typed, per field, and telling two writers of one form apart (product law 7)."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload, selectinload

from core.dates import format_moment
from core.text import normalise
from models.account import Account
from models.draft import VALUE_MAX_LENGTH, Draft, DraftField

Value = str | list[str]


class DraftTooLongError(ValueError):
    """A field is longer than a draft keeps."""


@dataclass(frozen=True)
class Typed:
    """One field as it came from a page: the value, and the revision of the draft that page last saw."""

    value: Value
    base: int


@dataclass(frozen=True)
class Conflict:
    """Two versions of one field; nothing is decided until a person chooses."""

    name: str
    mine: Value
    theirs: Value
    who: str
    when: datetime
    revision: int

    @property
    def when_text(self) -> str:
        """When the other version was kept, as "10:32 ngày 30/05/2023"."""
        return format_moment(self.when)


@dataclass
class SaveResult:
    """What became of saving: the revision of every field that was kept, and the conflicts left to a person."""

    revision: int
    saved: dict[str, int] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)


def find_draft(session: Session, key: str, *, is_claimed: bool = False) -> Draft | None:
    """The draft with its fields, or None; claimed it is this writer's alone until the transaction ends.

    One query, one or two where it is claimed.
    """
    statement = select(Draft).where(Draft.key == key)
    if not is_claimed:
        return session.scalars(statement.options(joinedload(Draft.fields))).unique().one_or_none()
    return session.scalar(statement.options(selectinload(Draft.fields)).with_for_update()
                          .execution_options(populate_existing=True))


def pending_fields(draft: Draft | None) -> dict[str, Value]:
    """What was typed and not yet saved in its place, by field name."""
    if draft is None:
        return {}
    return {kept.name: kept.value for kept in draft.fields if kept.revision > draft.applied_revision}


def save_fields(session: Session, *, key: str, unit_id: int, form_token: str, account_id: int, tab: str,
                fields: Mapping[str, Typed], now: datetime) -> SaveResult:
    """Keep ``fields`` in the draft ``key``; a field that another page changed since ``base`` becomes a conflict.

    Raises DraftTooLongError; then nothing is kept. Does not commit.
    """
    if any(_length(typed.value) > VALUE_MAX_LENGTH for typed in fields.values()):
        raise DraftTooLongError(key)
    draft = _claim(session, key, unit_id, form_token, now)
    if not pending_fields(draft):
        draft.form_token = form_token
    result = SaveResult(draft.revision)
    kept = {row.name: row for row in draft.fields}
    names = {row.saved_by_id for row in draft.fields if row.saved_by_id is not None}
    for name, typed in fields.items():
        _save_field(session, draft, kept.get(name), name, typed, account_id, tab, now, result)
    result.revision = draft.revision
    session.flush()
    _name_authors(session, result, draft, names)
    return result


def _claim(session: Session, key: str, unit_id: int, form_token: str, now: datetime) -> Draft:
    """The draft of ``key``, begun when there is none, for this writer alone until the transaction ends."""
    draft = find_draft(session, key, is_claimed=True)
    if draft is not None:
        return draft
    with suppress(IntegrityError), session.begin_nested():  # another page may begin it at the same moment
        session.add(Draft(key=key, unit_id=unit_id, form_token=form_token, revision=0, applied_revision=0,
                          saved_at=now, fields=[]))
    draft = find_draft(session, key, is_claimed=True)
    assert draft is not None
    return draft


def _save_field(session: Session, draft: Draft, row: DraftField | None, name: str, typed: Typed, account_id: int,
                tab: str, now: datetime, result: SaveResult) -> None:
    """Keep one field, or note the conflict."""
    value = _normalised(typed.value)
    is_done = row is not None and row.revision <= draft.applied_revision
    if row is not None and row.value == value and (not is_done or row.tab == tab):
        result.saved[name] = row.revision  # kept already; or it comes late, after its page saved the form
        return
    if row is not None and row.revision > typed.base and row.tab != tab and row.value != value:
        result.conflicts.append(Conflict(name, value, row.value, "", row.saved_at, row.revision))
        return
    draft.revision += 1
    draft.saved_at = now
    if row is None:
        row = DraftField(name=name)
        draft.fields.append(row)
    row.value, row.revision, row.tab = value, draft.revision, tab
    row.saved_at, row.saved_by_id = now, account_id
    result.saved[name] = draft.revision


def _name_authors(session: Session, result: SaveResult, draft: Draft, account_ids: set[int]) -> None:
    """Put the other writer's name on each conflict."""
    if not result.conflicts:
        return
    found = select(Account.id, Account.full_name).where(Account.id.in_(account_ids))
    names = dict(session.execute(found).all())
    author = {row.name: names.get(row.saved_by_id or 0, "") for row in draft.fields}
    result.conflicts = [
        Conflict(c.name, c.mine, c.theirs, author.get(c.name, ""), c.when, c.revision) for c in result.conflicts
    ]


def apply_draft(session: Session, key: str, now: datetime) -> None:
    """Mark everything typed so far as saved in its place; the row stays to warn other tabs. Does not commit."""
    draft = find_draft(session, key)
    if draft is not None:
        draft.applied_at, draft.applied_revision = now, draft.revision


def discard_draft(session: Session, key: str, now: datetime) -> None:
    """Drop what was typed and not saved ("Bỏ bản nháp"). Does not commit."""
    apply_draft(session, key, now)


def _normalised(value: Value) -> Value:
    """NFC, with line breaks as the portal stores them."""
    if isinstance(value, list):
        return [normalise(item) for item in value]
    return normalise(value.replace("\r\n", "\n"))


def _length(value: Value) -> int:
    """Length of a value in signs."""
    return sum(map(len, value)) if isinstance(value, list) else len(value)
