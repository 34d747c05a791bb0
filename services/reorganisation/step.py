"""Steps of a decision: as rows of a file, as rows of the database, and the file that people fill in."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from io import BytesIO

from sqlalchemy.orm import Session

from core.table_file import Column, Fault, Table, TableFileError, TableRow, read_table
from core.text import fold
from core.translation import N_, _
from models.reorganisation import MOST_STEPS, ReorganisationStep, StepKind
from models.unit import CODE_MAX_LENGTH, CODE_PATTERN, NAME_MAX_LENGTH, PLACE_MAX_LENGTH, UnitKind
from services.reorganisation.workbook import read_workbook, write_workbook

KIND_WORDS = {**{fold(kind.label): kind for kind in StepKind}, **{kind.value: kind for kind in StepKind}}
UNIT_KIND_WORDS = {**{fold(kind.label): kind for kind in UnitKind}, **{kind.value: kind for kind in UnitKind}}
_YES = frozenset({"x", "co", "1", "yes"})
COLUMNS = (
    Column("step", N_("Việc"), 60, is_required=True),
    Column("unit_code", N_("Mã đơn vị"), CODE_MAX_LENGTH, is_required=True),
    Column("target_code", N_("Mã đơn vị tiếp nhận"), CODE_MAX_LENGTH),
    Column("name", N_("Tên mới"), NAME_MAX_LENGTH),
    Column("kind", N_("Loại đơn vị"), NAME_MAX_LENGTH),
    Column("parent_code", N_("Mã đơn vị cấp trên"), CODE_MAX_LENGTH),
    Column("district", N_("Địa bàn"), PLACE_MAX_LENGTH),
    Column("head", N_("Thủ trưởng"), NAME_MAX_LENGTH),
    Column("position", N_("Chức vụ"), NAME_MAX_LENGTH),
    Column("duties", N_("Nhận nghĩa vụ (x)"), 10),
    Column("accounts", N_("Nhận tài khoản (x)"), 10),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step in plain values; ``row`` is its place in the file or in the list. Empty text: not said."""

    row: int
    kind: StepKind
    unit_code: str
    target_code: str = ""
    name: str = ""
    unit_kind: UnitKind | None = None
    parent_code: str = ""
    district: str = ""
    head: str = ""
    head_position: str = ""
    takes_duties: bool = False
    takes_accounts: bool = False


def step_of(row: ReorganisationStep) -> Step:
    """A row of the database as a step."""
    return Step(
        row.position, row.kind, row.unit_code, row.target_code, row.name,
        UnitKind(row.unit_kind) if row.unit_kind else None, row.parent_code, row.district, row.head,
        row.head_position, row.takes_duties, row.takes_accounts)


def keep_steps(session: Session, reorganisation_id: int, steps: Iterable[Step]) -> None:
    """Write steps as rows of a decision. Does not commit."""
    session.add_all(
        ReorganisationStep(
            reorganisation_id=reorganisation_id, position=step.row, kind=step.kind, unit_code=step.unit_code,
            target_code=step.target_code, name=step.name, unit_kind=step.unit_kind or "",
            parent_code=step.parent_code, district=step.district, head=step.head,
            head_position=step.head_position, takes_duties=step.takes_duties, takes_accounts=step.takes_accounts)
        for step in steps)
    session.flush()


def read_steps(data: bytes) -> tuple[list[Step], Table]:
    """Read a file of steps, CSV or XLSX; faults of single cells stand in ``Table.faults``.

    Raises TableFileError when the file is no table with these columns.
    """
    table = read_table(read_workbook(data) if data.startswith(b"PK\x03\x04") else data, COLUMNS)
    if len(table.rows) > MOST_STEPS:
        raise TableFileError([Fault(0, "", _(
            "Tệp có %(rows)s dòng; một quyết định có nhiều nhất %(most)s việc.", rows=len(table.rows),
            most=MOST_STEPS))])
    steps = [step for row in table.rows if (step := _read_step(table, row)) is not None]
    return steps, table


def _read_step(table: Table, row: TableRow) -> Step | None:
    """Read one row; None when it says no step or no unit."""
    kind = KIND_WORDS.get(fold(row["step"]))
    if kind is None:
        table.fault(row, "step", _("Không có việc “%(step)s”. Các việc: %(steps)s.", step=row["step"],
                                   steps=", ".join(StepKind)))
    unit_kind = UNIT_KIND_WORDS.get(fold(row["kind"]))
    if row["kind"] and unit_kind is None:
        table.fault(row, "kind", _("Không có loại đơn vị “%(kind)s”. Các loại: %(kinds)s.", kind=row["kind"],
                                   kinds=", ".join(UnitKind)))
    if not row["unit_code"]:
        table.fault(row, "unit_code", _("Nhập mã đơn vị."))
    elif not re.fullmatch(CODE_PATTERN, row["unit_code"]):
        table.fault(row, "unit_code", _(
            "Mã chỉ gồm chữ, số, dấu chấm, gạch nối, gạch dưới; không có dấu cách."))
    marks = {name: _mark(table, row, name) for name in ("duties", "accounts")}
    if kind is None or not row["unit_code"]:
        return None
    return Step(row.number, kind, row["unit_code"], row["target_code"], row["name"], unit_kind, row["parent_code"],
                row["district"], row["head"], row["position"], marks["duties"], marks["accounts"])


def _mark(table: Table, row: TableRow, name: str) -> bool:
    """Whether a cell holds a cross; anything but a cross or nothing is a fault."""
    word = fold(row[name])
    if word and word not in _YES and word not in ("khong", "0", "no"):
        table.fault(row, name, _("Ghi “x” hoặc để trống."))
    return word in _YES


def _cells(step: Step) -> list[str]:
    """A step as the cells of a file, in the order of COLUMNS."""
    return [step.kind.value, step.unit_code, step.target_code, step.name,
            step.unit_kind.value if step.unit_kind else "", step.parent_code, step.district, step.head,
            step.head_position, "x" if step.takes_duties else "", "x" if step.takes_accounts else ""]


def write_steps_csv(steps: Sequence[Step] = ()) -> bytes:
    """A file of steps as a Vietnamese spreadsheet opens it; without steps the empty form."""
    lines = [[column.name for column in COLUMNS], *map(_cells, steps)]
    return ("\ufeff" + "".join(";".join(map(_quoted, line)) + "\r\n" for line in lines)).encode()


def _quoted(cell: str) -> str:
    """A cell that may hold separators and quotes."""
    return '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in ';,"\n') else cell


def write_steps_xlsx(steps: Sequence[Step] = ()) -> bytes:
    """The same as a workbook, with the words for people in a second sheet."""
    words: Mapping[str, Sequence[tuple[str, str]]] = {
        _("Việc"): [(kind.value, _(kind.label)) for kind in StepKind],
        _("Loại đơn vị"): [(kind.value, _(kind.label)) for kind in UnitKind],
        _("Cột"): [(column.name, _(column.label)) for column in COLUMNS],
    }
    buffer = BytesIO()
    write_workbook(buffer, [column.name for column in COLUMNS], [_cells(step) for step in steps], words)
    return buffer.getvalue()


FIELD_COLUMNS = {"kind": "step", "unit_kind": "kind", "head_position": "position", "takes_duties": "duties",
                 "takes_accounts": "accounts", **{field.name: field.name for field in fields(Step) if field.name in (
                     "unit_code", "target_code", "name", "parent_code", "district", "head")}}
"""By the name of a step's field: the column of the file that holds it."""
__all__ = ["COLUMNS", "FIELD_COLUMNS", "KIND_WORDS", "Step", "keep_steps", "read_steps", "step_of",
           "write_steps_csv", "write_steps_xlsx"]
