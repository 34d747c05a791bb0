"""A district's or the Department's consolidated report as an Excel workbook that computes.

Built from the same document as the paper, so a frozen version gives the same bytes each time. Sheets in reading order:
figures by indicator, by unit, who sent what, the plan's contents, models, inspections, charts, the text, and what the
numbers are over. Totals, rates and comparisons are formulas, each with the value that the report prints.
"""

from exports.consolidation_workbook import about, figures
from exports.consolidation_workbook import units as by_unit
from exports.consolidation_workbook.tables import write_tables
from exports.formula_book import FormulaBook, Line
from queries.document import ConsolidatedDocument


def build(document: ConsolidatedDocument) -> bytes:
    """The report as an XLSX file. Equal documents give equal bytes."""
    head = document.head
    book = FormulaBook(f"{head.type_name} {head.subject}".strip(), f"{head.parent_agency} {head.agency}".strip())
    units = by_unit.UnitSheet(document)
    book.compute(figures.NAME, figures.HEADS, figures.FigureSheet(document, units).lines(), 3)
    book.compute(by_unit.NAME, units.heads, units.lines(), 2)
    write_tables(book, document)
    book.compute(about.NAME, about.HEADS, (Line(row) for row in about.about(document, units)))
    return book.close()


__all__ = ["build"]
