"""A consolidated report as CSV for a Vietnamese spreadsheet: one row per unit and indicator, no totals to add twice.

UTF-8 with its mark, semicolons, decimals with a comma, no thousands. Empty, nil and zero are told apart in words.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal

from exports.layout.figures import EMPTY_WORDS, NIL_WORDS
from exports.survey_csv import MARK, harmless
from models.figure import EMPTY, Figure
from queries.document import ConsolidatedDocument, FigureRow, UnitFigures

HEADS = ("Khối", "Cấp", "Thuộc", "Mã đơn vị", "Đơn vị", "Tình trạng", "Mã chỉ tiêu", "Chỉ tiêu", "Đơn vị tính",
         "Trả lời", "Giá trị", "Tử số", "Mẫu số")
IN, HAS = "Đã có số liệu", "có số liệu"


def build(document: ConsolidatedDocument) -> bytes:
    """The file. Equal documents give equal bytes. Rates are per cent, money đồng."""
    buffer = io.StringIO()
    buffer.write(MARK)
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADS)
    writer.writerows(_rows(document))
    return buffer.getvalue().encode()


def _rows(document: ConsolidatedDocument) -> Iterator[list[str]]:
    """Units that report directly and those below them; the latter are in the figures of the former already."""
    known = {row.code: row for row in document.figures}
    units = [unit for group in document.unit_groups for unit in group.units]
    held = {code for unit in units for one in (unit, *unit.children) for code in one.figures}
    codes = [code for code in known if code in held] + sorted(held - known.keys())
    for group in document.unit_groups:
        for unit in group.units:
            yield from _unit(group.label, "1", "", unit, codes, known)
            for child in unit.children:
                yield from _unit(group.label, "2", unit.name, child, codes, known)


def _unit(group: str, level: str, above: str, unit: UnitFigures, codes: Sequence[str],
          known: dict[str, FigureRow]) -> Iterator[list[str]]:
    """One row an indicator; a unit that is not in has one row, which says why."""
    who = [harmless(text) for text in (group, level, above, unit.code, unit.name, unit.status or IN)]
    if unit.status:
        yield [*who, "", "", "", EMPTY_WORDS, "", "", ""]
        return
    for code in codes:
        if code not in unit.figures and level == "2":
            continue
        figure, row = unit.figures.get(code, EMPTY), known.get(code)
        words = (code, row.name, row.unit) if row is not None else (code, "", "")
        answer = HAS if figure.value is not None else NIL_WORDS if figure.is_nil else EMPTY_WORDS
        yield [*who, *map(harmless, words), answer, *_numbers(figure)]


def _numbers(figure: Figure) -> tuple[str, str, str]:
    """Value, numerator, denominator."""
    return _number(figure.value), _number(figure.numerator), _number(figure.denominator)


def _number(value: Decimal | None) -> str:
    """A number as "1234567,8": a comma, no thousands, no needless zeros."""
    if value is None:
        return ""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


__all__ = ["build"]
