"""Criticisms as the Office and the leadership read them, and the places that the portal's own data point to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from core.numbers import format_integer, format_number
from core.text import fold
from models.criticism import LOW_SHARE, SMALLEST_SAMPLE, Basis, Criticism, CriticismDeed, CriticismStep
from models.indicator import Indicator
from models.programme import Programme
from models.requirement import Requirement
from models.submission import VersionFigure
from models.unit import Unit, UnitName
from queries.consolidation.standing import Standing, list_standings
from queries.document import DocumentHead
from queries.inspection.count import count_findings
from queries.unit import called, department_id, unit_names

SATISFIED = "H2"
"""The indicator of the share of people who are satisfied, in percent."""


@dataclass(frozen=True, slots=True)
class CriticismLine:
    """One recorded criticism."""

    id: int
    unit_id: int
    unit_code: str
    unit_name: str
    year: int
    basis: Basis
    what: str
    proposal: str
    facts: tuple[tuple[str, str], ...]
    """(what the portal's figures said then, the page that shows it)."""
    recorded_at: datetime
    closed_at: datetime | None
    closing_reason: str

    @property
    def is_closed(self) -> bool:
        """Whether nothing more is asked of anybody."""
        return self.closed_at is not None


def _select(on: date) -> Select[*tuple[Any, ...]]:
    """The columns behind a line."""
    return (
        select(Criticism, Unit.code, func.coalesce(UnitName.name, Unit.code), Programme.year)
        .join(Unit, Unit.id == Criticism.unit_id).join(Programme, Programme.id == Criticism.programme_id)
        .outerjoin(UnitName, called(UnitName, Criticism.unit_id, on)))


def _line(row: tuple[Any, ...]) -> CriticismLine:
    """Make a line of a row."""
    found, code, name, year = row
    return CriticismLine(
        found.id, found.unit_id, code, name, year, found.basis, found.what, found.proposal,
        tuple((fact["text"], fact["url"]) for fact in found.facts.get("lines", [])), found.recorded_at,
        found.closed_at, found.closing_reason)


def list_criticisms(session: Session, programme_id: int, on: date, *, search: str = "", basis: Basis | None = None,
                    with_closed: bool = True) -> list[CriticismLine]:
    """Criticisms of a year, open ones first, then the newest. One query."""
    statement = _select(on).where(Criticism.programme_id == programme_id)
    if basis is not None:
        statement = statement.where(Criticism.basis == basis)
    if not with_closed:
        statement = statement.where(Criticism.closed_at.is_(None))
    for word in fold(search).split():
        statement = statement.where(UnitName.folded.contains(word, autoescape=True))
    rows = session.execute(statement.order_by(
        Criticism.closed_at.is_not(None), Criticism.recorded_at.desc(), Criticism.id.desc()))
    return [_line(tuple(row)) for row in rows]


def get_criticism(session: Session, criticism_id: int, on: date) -> CriticismLine | None:
    """One criticism, or None. One query."""
    row = session.execute(_select(on).where(Criticism.id == criticism_id)).first()
    return _line(tuple(row)) if row is not None else None


def find_criticism_by_token(session: Session, form_token: str) -> int | None:
    """The id of the criticism that a form made already, or None. One query."""
    return session.scalar(select(Criticism.id).where(Criticism.form_token == form_token))


@dataclass(frozen=True, slots=True)
class CriticismEvent:
    """One line of a criticism's own trail."""

    deed: CriticismDeed
    at: datetime
    by: str
    reason: str
    before: str


def list_steps(session: Session, criticism_id: int) -> list[CriticismEvent]:
    """What happened to a criticism, newest first. One query."""
    rows = session.execute(
        select(CriticismStep.deed, CriticismStep.at, CriticismStep.by_name, CriticismStep.reason, CriticismStep.before)
        .where(CriticismStep.criticism_id == criticism_id)
        .order_by(CriticismStep.at.desc(), CriticismStep.id.desc()))
    return [CriticismEvent(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Sign:
    """One figure that speaks against a place; ``target`` is the kind of page that shows it, ``number`` its object."""

    text: str
    target: str
    """"plan", "report", "figure" or "findings"."""
    number: int


@dataclass(frozen=True, slots=True)
class Suspect:
    """A place that the portal's own data point to, on one basis."""

    unit_id: int
    unit_code: str
    unit_name: str
    basis: Basis
    signs: tuple[Sign, ...]
    weight: float
    """The more, the sooner it is looked at; compared within a basis only."""


def list_suspects(session: Session, programme: Programme, *, on: date, now: datetime) -> list[Suspect]:
    """Places with late reports, overdue findings or low satisfaction, basis by basis, the gravest first. Six queries.

    Lateness is that of the obligations, satisfaction that of accepted reports over at least ``SMALLEST_SAMPLE``
    answers: nothing here is weighed anew.
    """
    department = department_id(session)
    if department is None:
        return []
    asked = {row.id: row for row in session.scalars(
        select(Requirement).where(Requirement.programme_id == programme.id))}
    standings = [row for row in list_standings(session, list(asked), department, on)
                 if row.unit_id != department and not row.is_exempt and not row.is_closed]
    found = [*_late(standings, asked, now), *_dissatisfied(session, standings),
             *_overdue(session, programme, on, now)]
    order = {basis: place for place, basis in enumerate(Basis)}
    return sorted(found, key=lambda row: (order[row.basis], -row.weight, row.unit_name, row.unit_id))


def _late(standings: Iterable[Standing], asked: dict[int, Requirement], now: datetime) -> list[Suspect]:
    """Units with something handed in late, or overdue and not handed in."""
    by_unit: dict[int, list[tuple[Standing, int]]] = {}
    for row in standings:
        days = row.days_late(now)
        if days > 0:
            by_unit.setdefault(row.unit_id, []).append((row, days))
    return [
        Suspect(rows[0][0].unit_id, rows[0][0].code, rows[0][0].name, Basis.LATE, tuple(
            Sign(f"{asked[row.requirement_id].title}: "
                 f"{'chưa gửi, quá hạn' if row.late_days is None else 'gửi chậm'} {days} ngày",
                 "report" if asked[row.requirement_id].kind.is_report else "plan", row.obligation_id)
            for row, days in rows), sum(days for _row, days in rows))
        for rows in by_unit.values()]


def _dissatisfied(session: Session, standings: Iterable[Standing]) -> list[Suspect]:
    """Units whose accepted report tells of few satisfied among enough answers. One query."""
    versions = {row.version_id: row for row in standings if row.version_id is not None and row.is_included
                and not row.kind.is_intermediate}
    rows = session.execute(
        select(VersionFigure.version_id, VersionFigure.value, VersionFigure.denominator)
        .join(Indicator, Indicator.id == VersionFigure.indicator_id)
        .where(Indicator.code == SATISFIED, VersionFigure.version_id.in_(list(versions)),
               VersionFigure.value < LOW_SHARE, VersionFigure.denominator >= SMALLEST_SAMPLE))
    return [
        Suspect(versions[version].unit_id, versions[version].code, versions[version].name, Basis.SATISFACTION,
                (Sign(f"Hài lòng {format_number(value)}% trên {format_integer(int(count))} lượt trả lời", "figure",
                      versions[version].obligation_id),), float(LOW_SHARE - value))
        for version, value, count in rows if value is not None and count is not None]


def _overdue(session: Session, programme: Programme, on: date, now: datetime) -> list[Suspect]:
    """Units with findings that are past their day. Three queries."""
    counts = {unit_id: row for unit_id, row in count_findings(
        session, None, now=now, since=date(programme.year, 1, 1), until=on).items() if row.overdue}
    names = unit_names(session, counts, on)
    codes = dict(session.execute(select(Unit.id, Unit.code).where(Unit.id.in_(list(counts)))).all())
    return [
        Suspect(unit_id, codes[unit_id], names.get(unit_id, codes[unit_id]), Basis.FINDING,
                (Sign(f"{row.overdue} kiến nghị quá hạn khắc phục trên {row.total} kiến nghị", "findings", unit_id),),
                row.overdue)
        for unit_id, row in counts.items()]


@dataclass(frozen=True)
class CriticismDocument:
    """The internal report to the competent body."""

    head: DocumentHead
    opening: str
    lines: tuple[CriticismLine, ...]
    closing: str


def criticism_document(session: Session, programme: Programme, on: date) -> CriticismDocument:
    """The report of what is open, with room for number and day. One query."""
    lines = tuple(list_criticisms(session, programme.id, on, with_closed=False))
    units = len({line.unit_id for line in lines})
    told = (f"Văn phòng báo cáo {format_integer(len(lines))} nội dung tại {format_integer(units)} đơn vị làm chưa "
            f"tốt, còn hạn chế trong công tác cải cách hành chính năm {programme.year}, để cơ quan có thẩm quyền "
            "xem xét, giải quyết." if lines else
            f"Đến nay Văn phòng không có nội dung nào cần báo cáo về công tác cải cách hành chính năm "
            f"{programme.year}.")
    head = DocumentHead(
        parent_agency=programme.parent_agency, agency=programme.agency, number="",
        symbol="-".join(filter(None, ["BC", programme.symbol.partition("-")[2]])), place=programme.place,
        issued_on=None, year=on.year, type_name="BÁO CÁO (NỘI BỘ)",
        subject=f"Những nơi làm chưa tốt trong công tác cải cách hành chính năm {programme.year}",
        addressees=("Lãnh đạo Sở (cơ quan có thẩm quyền)",), recipients=("Như trên", "Lưu: VT, VP (không phổ biến)"),
        authority=programme.signer_authority, signer_position=programme.signer_position,
        signer_name=programme.signer_name)
    return CriticismDocument(head, told, lines, "Kính đề nghị cơ quan có thẩm quyền xem xét, cho ý kiến chỉ đạo")


__all__ = ["CriticismDocument", "CriticismEvent", "CriticismLine", "Sign", "Suspect", "criticism_document",
           "find_criticism_by_token", "get_criticism", "list_criticisms", "list_steps", "list_suspects"]
