"""A real consolidation as a workbook: what its formulas give is what the report prints, of a draft and when issued."""

import pytest

from core.clock import clock
from exports import consolidation_workbook
from models.figure import EMPTY, Aggregate
from queries.consolidation import frozen_document
from queries.consolidation.lookup import find_version
from queries.unit import get_unit
from services.consolidation import compose, print_file
from tests.exports.test_consolidation_workbook import FIGURES, UNITS, is_like
from tests.support.consolidation import World
from tests.support.spreadsheet import Spreadsheet

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the same document on either engine


@pytest.mark.parametrize("name", ["", "A"])
def test_what_the_formulas_give_is_what_the_report_prints(reported_world: World, name: str) -> None:
    world = reported_world
    line = get_unit(world.session, world.units[name].id if name else world.department.id, clock.today())
    assert line is not None
    document = compose(world.session, world.requirement, line, clock.today())
    book = Spreadsheet(consolidation_workbook.build(document))
    rows = {book.value(FIGURES, row["Mã"]): row for row in book.rows(FIGURES)}
    computed = 0
    for row in document.figures:
        cell = rows[row.code]["Thực hiện kỳ này"]
        assert is_like(book.value(FIGURES, cell), row.current, row.aggregate), row.code
        computed += book.book[FIGURES][cell].data_type == "f"
    assert computed > 50
    whole = book.rows(UNITS)[-1]
    for head, cell in whole.items():
        code = head.partition(".")[0]
        if code in document.grand_total and ":" not in head:
            aggregate = next(row.aggregate for row in document.figures if row.code == code)
            assert is_like(book.value(UNITS, cell), document.grand_total.get(code, EMPTY), aggregate), code
    pooled = {row.code for row in document.figures if row.aggregate in (
        Aggregate.WEIGHTED_SHARE, Aggregate.WEIGHTED_MEAN)}
    assert not pooled & {head.partition(".")[0] for head in whole}  # answers are not told of by unit


def test_a_sent_version_gives_the_same_workbook_whatever_comes_after(reported_world: World) -> None:
    world = reported_world
    office = world.units["A"]
    line = get_unit(world.session, office.id, clock.today())
    assert line is not None
    found = find_version(world.session, world.requirement.id, office.id, 1)
    assert found is not None
    before = consolidation_workbook.build(frozen_document(*found))
    world.add_activity(world.units["a1"], clock.today(), "FACEBOOK", 99)
    file = print_file(world.session, world.requirement, line, "xlsx", version=None, on=clock.today(), now=clock.now())
    assert file is not None and file.version == 1 and file.name.endswith("-ban-1.xlsx") and file.content == before
