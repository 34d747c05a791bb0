"""Reading a programme into a book and writing it back: clone for another year, import, export, change row by row."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.translation import _
from models.ad_hoc import AdHocReport
from models.event import Subject
from models.indicator import Indicator, OutlineSection
from models.permission import Viewer
from models.programme import Channel, Programme, ProgrammeStatus
from models.programme_book import FORMAT, FRAME, TABLES, Book, Field, FieldKind, Table, plain, rows_of
from models.programme_change import RowDifference, compare, move_to_year
from models.programme_check import BookProblem, check_book
from models.requirement import Obligation, Requirement, RequirementStatus
from services.trail import record

FIXED_WHEN_OPEN = ("kind", "reporter_kinds")
"""What a requirement keeps once units owe it."""


class ProgrammeBookError(Exception):
    """A programme cannot be changed so; the message says why, in Vietnamese."""


class UnsoundBookError(ProgrammeBookError):
    """A book has problems; ``problems`` names each."""

    def __init__(self, problems: list[BookProblem]) -> None:
        """Hold the problems."""
        super().__init__(_("Chương trình còn %(count)s chỗ cần sửa.", count=len(problems)))
        self.problems = problems


def read_book(session: Session, programme: Programme) -> Book:
    """A programme as a book, every list in its order. One query a table."""
    book: Book = {"format": FORMAT, "programme": {field.name: plain(getattr(programme, field.name)) for field in FRAME}}
    channels = dict(session.execute(select(Channel.id, Channel.code).where(Channel.programme_id == programme.id)).all())
    for table in TABLES.values():
        book[table.name] = [_row(table, row, channels) for row in _stored(session, table, programme.id)]
    return book


def _stored(session: Session, table: Table, programme_id: int) -> list[Any]:
    """The rows of one table in their order; what belongs to one ad hoc report alone is no part of a year's book."""
    model = table.model
    rows = select(model).where(model.programme_id == programme_id)
    if model in (Indicator, OutlineSection):
        rows = rows.where(model.requirement_id.is_(None))
    if model is Requirement:
        rows = rows.where(model.id.not_in(select(AdHocReport.requirement_id)))
    order = (model.due_on, model.id) if model is Requirement else (model.position, model.id)
    return list(session.scalars(rows.order_by(*order)))


def _row(table: Table, row: Any, channels: Mapping[int, str]) -> dict[str, Any]:
    """A stored row as the book holds it."""
    values = {
        field.name: channels[row.channel_id] if field.table == "channels" else plain(getattr(row, field.name))
        for field in table.fields}
    return {"code": row.code, **values}


def clone_programme(session: Session, source: Programme, year: int, *, viewer: Viewer, now: datetime) -> Programme:
    """A draft for ``year`` made from another year's programme. Raises ProgrammeBookError. Does not commit."""
    if session.scalar(select(Programme.id).where(Programme.year == year)) is not None:
        raise ProgrammeBookError(_("Năm %(year)s đã có chương trình. Mở chương trình đó để sửa.", year=year))
    return _write_new(session, move_to_year(read_book(session, source), year), viewer, now,
                      {"cloned_from": source.year})


def import_book(session: Session, book: Book, *, viewer: Viewer, now: datetime) -> Programme:
    """A draft from an exported file. Raises UnsoundBookError or ProgrammeBookError. Does not commit."""
    if book.get("format") != FORMAT:
        raise ProgrammeBookError(_("Tệp này không phải chương trình xuất từ cổng."))
    problems = check_book(book)
    if problems:
        raise UnsoundBookError(problems)
    year = book["programme"]["year"]
    if session.scalar(select(Programme.id).where(Programme.year == year)) is not None:
        raise ProgrammeBookError(_("Năm %(year)s đã có chương trình. Mở chương trình đó để sửa.", year=year))
    taken = session.scalar(
        select(Requirement.code).where(Requirement.code.in_([row["code"] for row in book["requirements"]])).limit(1))
    if taken is not None:
        raise ProgrammeBookError(_("Mã yêu cầu %(code)s đã dùng ở chương trình khác.", code=taken))
    return _write_new(session, book, viewer, now, {"imported": True})


def _write_new(session: Session, book: Book, viewer: Viewer, now: datetime, detail: dict[str, Any]) -> Programme:
    """Write a new programme, as a draft, with all its rows."""
    programme = Programme(status=ProgrammeStatus.DRAFT, **_values(FRAME, book["programme"]))
    session.add(programme)
    session.flush()
    for table in TABLES.values():
        for position, row in enumerate(rows_of(book, table.name), start=1):
            add_row(session, programme, table, row, position)
    session.flush()
    record(session, at=now, viewer=viewer, subject=Subject.PROGRAMME, subject_id=programme.id, action="create",
           unit_id=viewer.acts_for_id, detail=detail)
    return programme


def add_row(session: Session, programme: Programme, table: Table, row: Mapping[str, Any], position: int) -> Any:
    """Add one row of a book; nothing is checked here. Does not commit."""
    values = _values(table.fields, row)
    if "channel" in values:
        values["channel_id"] = _channel_id(session, programme.id, values.pop("channel"))
    if table.model is not Requirement:
        values["position"] = position
    made = table.model(programme_id=programme.id, code=row["code"], **values)
    session.add(made)
    if table.model is Channel:
        session.flush()
    return made


def _channel_id(session: Session, programme_id: int, code: str) -> int:
    """The id of a channel of the programme."""
    return session.scalars(
        select(Channel.id).where(Channel.programme_id == programme_id, Channel.code == code)).one()


def _values(fields: tuple[Field, ...], row: Mapping[str, Any]) -> dict[str, Any]:
    """The columns' values of a row of a book; what it leaves out takes the column's own default."""
    return {field.name: _value(field, row[field.name]) for field in fields
            if row.get(field.name) is not None or (field.kind is FieldKind.DAY and field.name in row)}


def _value(field: Field, value: Any) -> Any:
    """One value as its column takes it."""
    if field.options is not None:
        return field.options(value)
    if field.kind is FieldKind.DAY:
        return date.fromisoformat(value) if value else None
    return value


def change_programme(session: Session, programme: Programme, after: Book, *, viewer: Viewer,
                     now: datetime) -> list[RowDifference]:
    """Make a programme what ``after`` says; what changed, nothing when it is the same. Does not commit.

    Raises UnsoundBookError for a book that does not hold together and ProgrammeBookError where a row that is in
    use would be lost, or a requirement that is open would change what it asks for. After publishing, every change
    is written to the trail with before and after, and the units see it.
    """
    problems = check_book(after)
    if problems:
        raise UnsoundBookError(problems)
    _refuse_taken(session, programme, after)
    before = read_book(session, programme)
    changes = compare(before, after)
    if not changes:
        return []
    if after["programme"]["year"] != programme.year:
        raise ProgrammeBookError(_("Không đổi được năm của chương trình. Nhân bản sang năm khác."))
    for name, value in _values(FRAME, after["programme"]).items():
        setattr(programme, name, value)
    for table in TABLES.values():
        _change_table(session, programme, table, after)
    try:
        with session.begin_nested():
            session.flush()
    except IntegrityError as error:
        raise ProgrammeBookError(_("Có dòng đang được kế hoạch hoặc hoạt động dùng nên chưa bỏ được.")) from error
    record(session, at=now, viewer=viewer, subject=Subject.PROGRAMME, subject_id=programme.id, action="change",
           unit_id=viewer.acts_for_id, detail={"changes": [describe(change) for change in changes]})
    return changes


def _refuse_taken(session: Session, programme: Programme, after: Book) -> None:
    """Raise ProgrammeBookError for codes that ad hoc reports of the year bear already. Two queries."""
    own = select(Indicator.code).where(Indicator.programme_id == programme.id, Indicator.requirement_id.is_not(None))
    reports = select(Requirement.code).join(AdHocReport, AdHocReport.requirement_id == Requirement.id)
    for table, codes in (("indicators", own), ("requirements", reports)):
        taken = set(session.scalars(codes)) & {row["code"] for row in after[table]}
        if taken:
            raise ProgrammeBookError(_("Mã %(codes)s đã dùng ở báo cáo đột xuất. Chọn mã khác.",
                                       codes=", ".join(sorted(taken))))


def describe(change: RowDifference) -> dict[str, Any]:
    """A change in plain values, for the trail."""
    return {
        "table": change.table.name if change.table else "programme", "key": change.key, "change": change.change.value,
        "name": change.name,
        "fields": {part.field.name: [part.before, part.after] for part in change.fields}}


def _change_table(session: Session, programme: Programme, table: Table, after: Book) -> None:
    """Bring the rows of one table to what the book says, keeping the rows whose key stays."""
    stored = {table.key_of({"code": row.code, "kind": plain(getattr(row, "kind", ""))}): row
              for row in _stored(session, table, programme.id)}
    wanted = {table.key_of(row): row for row in rows_of(after, table.name)}
    for key, row in stored.items():
        if key not in wanted:
            _remove(session, table, row)
    for position, (key, given) in enumerate(wanted.items(), start=1):
        if key in stored:
            _change_row(session, programme, table, stored[key], given, position)
        else:
            add_row(session, programme, table, given, position)


def _remove(session: Session, table: Table, row: Any) -> None:
    """Take a row out. Raises ProgrammeBookError for a requirement that was opened, or a row in use."""
    if isinstance(row, Requirement) and row.status is not RequirementStatus.DRAFT:
        raise ProgrammeBookError(_("“%(title)s” đã mở nên không bỏ được.", title=row.title))
    try:
        with session.begin_nested():
            session.execute(delete(table.model).where(table.model.id == row.id))
    except IntegrityError as error:
        raise ProgrammeBookError(_("“%(name)s” đang được dùng nên chưa bỏ được.",
                                   name=getattr(row, "label", "") or row.code)) from error
    session.expunge(row)


def _change_row(session: Session, programme: Programme, table: Table, row: Any, given: Mapping[str, Any],
                position: int) -> None:
    """Bring one row to what the book says."""
    values = _values(table.fields, given)
    if "channel" in values:
        values["channel_id"] = _channel_id(session, programme.id, values.pop("channel"))
    is_open = isinstance(row, Requirement) and row.status is not RequirementStatus.DRAFT
    if is_open and any(values.get(name, getattr(row, name)) != getattr(row, name) for name in FIXED_WHEN_OPEN):
        raise ProgrammeBookError(_("“%(title)s” đã mở: loại và đơn vị phải nộp không đổi được nữa.", title=row.title))
    if not isinstance(row, Requirement):
        values["position"] = position
    changed = {name for name, value in values.items() if getattr(row, name) != value}
    for name in changed:
        setattr(row, name, values[name])
    if isinstance(row, Requirement) and changed & {"due_on", "counts_due_day"}:
        _move_deadlines(session, row)


def _move_deadlines(session: Session, requirement: Requirement) -> None:
    """Let the units' obligations follow the requirement's due day, but for those that were given longer."""
    for obligation in session.scalars(
            select(Obligation).where(Obligation.requirement_id == requirement.id, Obligation.extended_to.is_(None))):
        obligation.set_due(requirement.due_on, requirement.counts_due_day)


def publish(session: Session, programme: Programme, *, viewer: Viewer, now: datetime) -> None:
    """Publish a draft. Raises UnsoundBookError, or ProgrammeBookError for one without the parts that reports need.

    Does not commit.
    """
    if programme.status is not ProgrammeStatus.DRAFT:
        raise ProgrammeBookError(_("Chương trình này đã ban hành."))
    book = read_book(session, programme)
    problems = check_book(book)
    if problems:
        raise UnsoundBookError(problems)
    empty = [TABLES[name].label for name in ("themes", "channels", "indicators", "outline", "requirements")
             if not book[name]]
    if empty:
        raise ProgrammeBookError(_("Chưa có: %(parts)s.", parts=", ".join(_(label).lower() for label in empty)))
    programme.status = ProgrammeStatus.PUBLISHED
    record(session, at=now, viewer=viewer, subject=Subject.PROGRAMME, subject_id=programme.id, action="publish",
           unit_id=viewer.acts_for_id)


__all__ = ["ProgrammeBookError", "UnsoundBookError", "add_row", "change_programme", "clone_programme",
           "describe", "import_book", "publish", "read_book"]
