"""To whom an announcement goes, and who of them has read it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from core.text import fold
from core.translation import N_
from models.account import Account
from models.announcement import AnnouncementUnit, AudienceKind
from models.unit import Unit, UnitKind, UnitName, UnitParent
from queries.scope import tree_of
from queries.unit import called

PAGE_SIZE = 50
READER_STATES = {"unread": N_("Chưa đọc"), "old": N_("Mới đọc bản trước"), "read": N_("Đã đọc")}


@dataclass(frozen=True, slots=True)
class Recipient:
    """A unit that can be addressed."""

    id: int
    code: str
    name: str
    kind: UnitKind


def list_recipients(session: Session, issuer_id: int, on: date) -> list[Recipient]:
    """Units below the one that announces, by name. One query."""
    rows = session.execute(
        select(Unit.id, Unit.code, UnitName.name, Unit.kind)
        .join(UnitName, (UnitName.unit_id == Unit.id) & UnitName.covering(on))
        .where(Unit.id.in_(tree_of(issuer_id, on)), Unit.id != issuer_id, Unit.covering(on))
        .order_by(UnitName.sort_key, Unit.id))
    return [Recipient(*row) for row in rows]


def choose_recipients(session: Session, issuer_id: int, audience: AudienceKind, codes: tuple[str, ...],
                      on: date) -> list[int]:
    """Ids of the units that a choice means on a day, in order; those that the issuer does not stand above are left out.

    ``codes`` are kinds of units, the code of the head of a tree, or codes of units. Two queries at most.
    """
    recipients = list_recipients(session, issuer_id, on)
    match audience:
        case AudienceKind.ALL:
            return [unit.id for unit in recipients if unit.kind.is_reporter]
        case AudienceKind.KINDS:
            return [unit.id for unit in recipients if unit.kind.value in codes]
        case AudienceKind.UNITS:
            return [unit.id for unit in recipients if unit.code in codes]
    head = next((unit.id for unit in recipients if unit.code in codes), None)
    if head is None:
        return []
    within = set(session.scalars(tree_of(head, on)))
    return [unit.id for unit in recipients if unit.id in within]


@dataclass(frozen=True, slots=True)
class Reader:
    """An addressed unit; ``state`` is a key of READER_STATES."""

    unit_code: str
    unit_name: str
    parent_name: str
    read_version: int
    read_at: datetime | None
    reader: str
    reminded_on: date | None
    state: str


def list_readers(session: Session, announcement_id: int, version: int, on: date, *, search: str = "") -> list[Reader]:
    """The addressed units that are at work on a day, by name, with what they have read. Not scoped. One query."""
    parent_name = aliased(UnitName)
    statement = (
        select(Unit.code, UnitName.name, parent_name.name, AnnouncementUnit.read_version, AnnouncementUnit.read_at,
               Account.full_name, AnnouncementUnit.reminded_on)
        .select_from(AnnouncementUnit).join(Unit, Unit.id == AnnouncementUnit.unit_id)
        .join(UnitName, called(UnitName, Unit.id, on))
        .outerjoin(UnitParent, (UnitParent.unit_id == Unit.id) & UnitParent.covering(on))
        .outerjoin(parent_name, called(parent_name, UnitParent.parent_id, on))
        .outerjoin(Account, Account.id == AnnouncementUnit.read_by_id)
        .where(AnnouncementUnit.announcement_id == announcement_id, Unit.covering(on))
        .order_by(UnitName.sort_key, Unit.id))
    for word in fold(search).split():
        statement = statement.where(UnitName.folded.contains(word, autoescape=True))
    return [
        Reader(code, name, parent or "", read, read_at, reader or "", reminded_on,
               "unread" if not read else "read" if read == version else "old")
        for code, name, parent, read, read_at, reader, reminded_on in session.execute(statement)]


__all__ = ["PAGE_SIZE", "READER_STATES", "Reader", "Recipient", "choose_recipients", "list_readers",
           "list_recipients"]
