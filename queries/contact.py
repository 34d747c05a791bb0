"""The contact list: how units are reached, who heads them, who of them works with the portal."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from core.text import fold
from models.account import Account, Role
from models.contact import UnitContact
from models.permission import Action, Viewer
from models.unit import Unit, UnitKind, UnitParent
from queries.scope import scope
from queries.unit import department_id, unit_lines

PAGE_SIZE = 50
IN_CHARGE = (Role.OFFICER, Role.DISTRICT, Role.OFFICE)
"""Whose accounts stand in the list; heads stand there by the unit's own record."""


@dataclass(frozen=True, slots=True)
class ContactPerson:
    """Somebody of a unit with an account; position and e-mail may be empty."""

    full_name: str
    position: str
    role: Role
    email: str


@dataclass(frozen=True, slots=True)
class ContactLine:
    """How one unit is reached; empty for what is not known."""

    id: int
    code: str
    name: str
    kind: UnitKind
    district: str
    parent_name: str
    head_name: str
    head_position: str
    address: str
    phone: str
    email: str
    officer: str
    """Whom the unit names itself."""
    people: tuple[ContactPerson, ...]
    is_below: bool
    """False for units above the viewer's, which are here to be reached and for nothing else."""

    @property
    def head(self) -> str:
        """As "Hiệu trưởng Nguyễn Thị A"; a position alone while nobody is named."""
        return " ".join(filter(None, (self.head_position, self.head_name)))

    @property
    def in_charge(self) -> tuple[str, ...]:
        """Those to ask for: whom the unit names, else its people with accounts, as "Trần B (Phó Hiệu trưởng)"."""
        if self.officer:
            return (self.officer,)
        return tuple(f"{one.full_name} ({one.position})" if one.position else one.full_name for one in self.people)

    @property
    def emails(self) -> tuple[str, ...]:
        """The unit's own address, else those of its people."""
        return (self.email,) if self.email else tuple(dict.fromkeys(one.email for one in self.people if one.email))


def _above(unit_id: int, on: date) -> Select[int]:
    """Ids of the units above one on a day."""
    line = (select(UnitParent.parent_id.label("id"))
            .where(UnitParent.unit_id == unit_id, UnitParent.covering(on)).cte("above", recursive=True))
    line = line.union(select(UnitParent.parent_id).join(line, UnitParent.unit_id == line.c.id)
                      .where(UnitParent.covering(on)))
    return select(line.c.id)


def list_contacts(session: Session, viewer: Viewer, on: date) -> list[ContactLine]:
    """Units in the viewer's scope and those above the viewer's own, by name. Three queries."""
    within = scope(viewer, Action.UNIT_VIEW, on)
    reached = or_(Unit.id.in_(within), Unit.id.in_(_above(viewer.acts_for_id, on)))
    rows = session.execute(
        unit_lines(on)
        .add_columns(UnitContact.address, UnitContact.phone, UnitContact.email, UnitContact.officer,
                     Unit.id.in_(within))
        .outerjoin(UnitContact, UnitContact.unit_id == Unit.id).where(reached)).all()
    people = _people(session)
    return [
        ContactLine(row.id, row.code, row.name, row.kind, row.district, row.parent_name or "", row.head_name or "",
                    row.head_position or "", row.address or "", row.phone or "", row.email or "", row.officer or "",
                    tuple(people.get(row.id, ())), bool(row[-1]))
        for row in rows]


def _people(session: Session) -> dict[int, list[ContactPerson]]:
    """People with accounts by the unit they act for. Two queries."""
    department = department_id(session)
    rows = session.execute(
        select(Account.unit_id, Account.full_name, Account.position, Account.role, Account.email)
        .where(Account.is_active, Account.role.in_(IN_CHARGE)).order_by(Account.full_name, Account.id))
    found: dict[int, list[ContactPerson]] = {}
    for unit_id, name, position, role, email in rows:
        acts_for = department if role is Role.OFFICE and department else unit_id
        found.setdefault(acts_for, []).append(ContactPerson(name, position, role, email))
    return found


@dataclass(frozen=True, slots=True)
class ContactPage:
    """One page of contacts, and how many the search found by kind and by district."""

    lines: tuple[ContactLine, ...]
    every: tuple[ContactLine, ...]
    """All that fit, not one page of them."""
    number: int
    page_count: int
    by_kind: dict[UnitKind, int]
    by_district: dict[str, int]
    with_phone: int
    """Of all that fit, how many have given a telephone number."""


def page_contacts(session: Session, viewer: Viewer, on: date, *, search: str = "", kind: UnitKind | None = None,
                  district: str = "", page: int = 1) -> ContactPage:
    """Contacts that fit, PAGE_SIZE a page; ``search`` finds every word, with or without marks. Three queries."""
    words = fold(search).split()
    found = [line for line in list_contacts(session, viewer, on) if _holds(line, words)]
    lines = [line for line in found if kind in (None, line.kind) and district in ("", line.district)]
    page_count = max(1, -(-len(lines) // PAGE_SIZE))
    number = min(max(page, 1), page_count)
    first = (number - 1) * PAGE_SIZE
    return ContactPage(
        tuple(lines[first:first + PAGE_SIZE]), tuple(lines), number, page_count,
        dict(Counter(line.kind for line in found if district in ("", line.district))),
        dict(Counter(line.district for line in found if line.district and kind in (None, line.kind))),
        sum(1 for line in lines if line.phone))


def _holds(line: ContactLine, words: Iterable[str]) -> bool:
    """Whether every word stands somewhere in the line; a number is found however it is grouped."""
    said = fold(" ".join((line.name, line.code, line.district, line.head, line.address, line.phone, *line.in_charge,
                          *line.emails)))
    digits = "".join(sign for sign in line.phone if sign.isdigit())
    return all(word in said or (word.isdigit() and word in digits) for word in words)


def find_contact(session: Session, unit_id: int) -> UnitContact | None:
    """What a unit has said of itself, or None. Not scoped."""
    return session.scalar(select(UnitContact).where(UnitContact.unit_id == unit_id))


__all__ = ["ContactLine", "ContactPage", "ContactPerson", "find_contact", "list_contacts", "page_contacts"]
