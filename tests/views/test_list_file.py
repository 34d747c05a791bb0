"""Every list as a workbook: the page's columns, all its rows, its filters and its scope, and texts that stay texts."""

import io
from dataclasses import dataclass
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import update
from sqlalchemy.orm import Session

from exports.list_book import ABOUT, SHEET
from models.unit import UnitName
from tests.support.client import PageClient
from tests.support.pages import Page, text_of
from tests.support.province import Province

FORMULA = "=1+1"


@dataclass(frozen=True)
class Listed:
    """One list: its page, who opens it, and what stands on the page alone."""

    path: str
    usernames: tuple[str, ...]
    name: str = ""
    """Which list of the page, where it has several."""
    table: int = 0
    """Its place among the page's tables."""
    only_on_page: frozenset[str] = frozenset()
    names_units: bool = True

    @property
    def file(self) -> str:
        """The address of the file."""
        sign = "&" if "?" in self.path else "?"
        return f"{self.path}{sign}format=xlsx" + (f"&list={self.name}" if self.name else "")


LISTS = {
    "activities": Listed("/activities?unit=all", ("office", "district", "school")),
    "emulation points": Listed("/emulation", ("office", "district")),
    "inspections": Listed("/inspections", ("division", "school")),
    "findings": Listed("/inspections/findings", ("office", "district")),
    "activities filtered": Listed("/activities?unit=all&plan=unplanned&q=ha", ("office",), names_units=False),
}
CASES = [pytest.param(listed, username, id=f"{name}-{username}")
         for name, listed in LISTS.items() for username in listed.usernames]
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the queries are the pages' own


def open_list(client: PageClient, path: str) -> Any:
    """The workbook behind an address."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert 'filename="' in answer.headers["Content-Disposition"]
    return load_workbook(io.BytesIO(answer.data))


def heads_of(page: Page, place: int) -> list[str]:
    """The heads of the columns of a table."""
    table = page.all("table")[place]
    return [text_of(head) for head in table.iter("th") if head.attrib.get("scope") == "col"]


def count_rows(client: PageClient, listed: Listed) -> int:
    """The rows of a list on all of its pages."""
    total, number = 0, 1
    while True:
        sign = "&" if "?" in listed.path else "?"
        page = client.page(f"{listed.path}{sign}page={number}")
        tables = page.all("table")[listed.table:listed.table + 1]
        total += sum(1 for table in tables for row in table.iter("tr")
                     if any(cell.attrib.get("scope") == "row" for cell in row.iter("th")))
        if not any(link.attrib.get("rel") == "next" for link in page.all("a")):
            return total
        number += 1


@pytest.mark.parametrize(("listed", "username"), CASES)
def test_a_file_holds_the_columns_and_all_rows_of_its_page(
        client: PageClient, province: Province, db_session: Session, listed: Listed, username: str) -> None:
    db_session.execute(update(UnitName).values(name=FORMULA))
    client.sign_in(username)
    page = client.page(listed.path)
    book = open_list(client, listed.file)
    heads, *rows = list(book[SHEET].iter_rows(values_only=True))
    assert set(heads_of(page, listed.table)) - listed.only_on_page <= set(heads)
    assert len(rows) == count_rows(client, listed) > 0
    assert listed.file in {link.attrib.get("href") for link in page.all("a")}
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "inlineStr"}
    assert not listed.names_units or FORMULA in {cell.value for cell in cells}
    assert ("Số dòng", len(rows)) in list(book[ABOUT].iter_rows(values_only=True))


def test_a_file_says_what_was_asked_for_and_keeps_days_and_numbers(client: PageClient, province: Province) -> None:
    client.sign_in("office")
    book = open_list(client, "/activities?unit=all&q=tuyen&format=xlsx")
    assert ("Tìm", "tuyen") in list(book[ABOUT].iter_rows(values_only=True))
    first = dict(zip(*list(book[SHEET].iter_rows(values_only=True, max_row=2)), strict=True))
    assert first["Ngày"].year == 2023
    assert isinstance(first["Số lượng"], int)
    assert book[SHEET].freeze_panes == "B2"
    assert book[SHEET].auto_filter.ref
