"""The table of emulation points (bảng điểm thi đua): how it was reckoned, and an annex laid across for each group."""

from collections.abc import Iterator
from decimal import Decimal

from core.numbers import format_decimal
from exports.layout.paper import Paper
from exports.layout.preset import NOTE
from exports.layout.prose import Prose
from exports.layout.rows import Column, Row, TableStyle
from exports.layout.sheet import Sheet
from exports.layout.table import RowTable
from models.emulation import Side
from models.emulation_rule import Rule
from queries.emulation import EmulationDocument, Group, Standing

SMALL = TableStyle(size=10, leading=12.5)
NOT_APPLICABLE = "–"
NOTE_TEXT = "Dấu “–”: tiêu chí không áp dụng cho đơn vị, không tính vào điểm đạt và điểm tối đa."
CLOSING = "Trên đây là bảng điểm thi đua; điểm của từng tiêu chí được giải thích trên trang của đơn vị"
WIDTH, NUMBER, RANK, SUM, RULE_MOST = 252.0, 10.0, 15.0, 15.0, 12.0
"""Widths in mm: the table, number, rank, a sum, a rule's column at most."""
RULES_SHARE = 0.62
"""How much of the room beside the sums many rules may take from the units' names."""


def build(document: EmulationDocument, sheet: type[Sheet] = Sheet) -> bytes:
    """The paper as a PDF file."""
    paper = Paper(document.head)
    paper.letterhead()
    for paragraph in document.paragraphs:
        paper.text(paragraph)
    paper.closing(CLOSING)
    rules = document.year.rules
    for group in document.year.groups:
        paper.appendix(group.label, RowTable(_columns(rules), _rows(group, rules), SMALL),
                       Prose(f"{NOTE_TEXT} {_legend(rules)}", NOTE))
    return paper.print(sheet)


def _columns(rules: tuple[Rule, ...]) -> list[Column]:
    """Number, unit, one column a rule by its code with its cap beneath, the sums, the rank."""
    sums = ("Quy về 100", "Điểm cộng", "Điểm trừ", "Tổng điểm")
    room = WIDTH - NUMBER - RANK - SUM * len(sums)
    each = min(RULE_MOST, RULES_SHARE * room / max(1, len(rules)))
    return [
        Column("TT", NUMBER, "centre"), Column("Đơn vị", room - each * len(rules)),
        *(Column(rule.code, each, "right", str(rule.points), over="Điểm theo tiêu chí (trong ngoặc là tối đa)")
          for rule in rules),
        *(Column(head, SUM, "right") for head in sums), Column("Hạng", RANK, "centre")]


def _rows(group: Group, rules: tuple[Rule, ...]) -> Iterator[Row]:
    """One row a unit, best first."""
    for number, row in enumerate(group.standings, start=1):
        yield Row((str(number), row.unit.name, *_points(row, rules), *_sums(row),
                   str(row.rank) if row.rank else NOT_APPLICABLE))


def _points(row: Standing, rules: tuple[Rule, ...]) -> Iterator[str]:
    """The unit's points by rule."""
    found = {point.code: point.points for point in row.score.points}
    for rule in rules:
        yield _number(found.get(rule.code), is_taken=rule.kind.side is Side.DEDUCTION)


def _sums(row: Standing) -> tuple[str, ...]:
    """Main points of a hundred, added, taken off, total."""
    score = row.score
    return (_number(score.main), _number(score.bonus), _number(score.deduction, is_taken=True), _number(score.total))


def _number(value: Decimal | None, *, is_taken: bool = False) -> str:
    """Points as "8,50", what is taken off as "−2,00"; a dash where a rule does not apply."""
    if value is None:
        return NOT_APPLICABLE
    return f"{'−' if is_taken and value else ''}{format_decimal(value, 2)}"


def _legend(rules: tuple[Rule, ...]) -> str:
    """What the codes of the heads stand for."""
    return "Ký hiệu cột: " + "; ".join(f"{rule.code}: {rule.label[:1].lower()}{rule.label[1:]}" for rule in rules) + "."
