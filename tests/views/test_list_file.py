"""Every list as a workbook: the page's columns, all its rows, its filters and its scope, and texts that stay texts."""

import io
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.clock import clock as portal_clock
from exports.list_book import ABOUT, SHEET
from models.holiday import Holiday, HolidayKind
from models.survey import SurveyRound
from models.unit import UnitName
from services.reorganisation import add_decision
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
    caption: str = ""
    """Words of its table's caption, where the page has several tables; all that have them are one list."""
    only_on_page: frozenset[str] = frozenset()
    names_units: bool = True
    extra_rows: int = 0
    """Rows of the page that are no lines of the list, as a total."""
    is_table: bool = True
    """Whether the page shows it as a table; links and timelines have no columns to compare."""

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
    "commendations": Listed("/commendations?unit=all", ("office", "district", "school")),
    "criticisms": Listed("/criticisms", ("office", "leader")),
    "places to look at": Listed("/criticisms/suspects", ("office",), only_on_page=frozenset({"Ghi nhận"})),
    "announcements": Listed("/announcements", ("office", "school"), names_units=False),
    "readers of an announcement": Listed("/announcements/1/readers", ("office",)),
    "contacts": Listed("/contacts", ("office", "school")),
    "units": Listed("/units", ("office", "district")),
    "units filtered": Listed("/units?kind=thpt", ("office",)),
    "units below": Listed("/units/PGD-193", ("district",), name="children", is_table=False),
    "obligations of a unit": Listed("/units/TH-193-02", ("district", "school"), name="obligations",
                                    caption="Kế hoạch và báo cáo", names_units=False),
    "obligations of a requirement": Listed("/requirements/2023-plan", ("office",), caption="Đơn vị phải nộp",
                                           only_on_page=frozenset({"Việc của Văn phòng"})),
    "ad hoc reports": Listed("/requirements/ad-hoc", ("office",), only_on_page=frozenset({"Việc của Văn phòng"}),
                             names_units=False),
    "trail of a requirement": Listed("/requirements/2023-plan", ("office",), name="history", is_table=False,
                                     names_units=False),
    "accounts": Listed("/accounts", ("admin", "district")),
    "review queue": Listed("/reviews?state=accepted", ("office", "district"), only_on_page=frozenset({"Chọn"})),
    "tallies": Listed("/tallies?unit=all", ("office", "district", "school")),
    "rounds": Listed("/surveys", ("office", "district"), names_units=False),
    "places of a round": Listed("/surveys/{round}", ("office", "district"), caption="Các đơn vị tham gia"),
    "questionnaires": Listed("/questionnaires", ("office",), caption="Các bản của phiếu", names_units=False),
    "requirements of the year": Listed("/programme", ("school",), caption="các mốc thời gian", names_units=False),
    "reminders": Listed("/reminders", ("office", "district"), names_units=False),
    "units to remind": Listed("/reminders/2023-half-year", ("office", "district"), caption="Đơn vị chưa gửi"),
    "holidays": Listed("/holidays", ("office",), only_on_page=frozenset({"Việc"})),
    "decisions": Listed("/reorganisations", ("office",)),
    "reports of then": Listed("/reorganisations/then", ("leader",)),
    "consolidations": Listed("/consolidations", ("office", "district"), caption="Kết quả"),
    "odd sheets": Listed("/surveys/{round}/suspects", ("office",), only_on_page=frozenset({"Câu trả lời", "Việc"})),
    "units of a consolidation": Listed("/consolidations/2023-half-year/SGDDT", ("office", "leader"),
                                       caption="Kết quả theo đơn vị", extra_rows=1),
    "units of a district": Listed("/consolidations/2023-half-year/PGD-193", ("district",),
                                  caption="Kết quả theo đơn vị", extra_rows=1),
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


def tables_of(page: Page, caption: str) -> list[Any]:
    """The tables of a list: those with the words in their caption, or the first."""
    if not caption:
        return page.all("table")[:1]
    return [table for table in page.all("table") if caption in text_of(table.findall("caption")[0])]


def heads_of(page: Page, caption: str) -> set[str]:
    """The heads of the columns of a list."""
    return {text_of(head) for table in tables_of(page, caption) for head in table.iter("th")
            if head.attrib.get("scope") == "col"}


def count_rows(client: PageClient, listed: Listed) -> int:
    """The rows of a list on all of its pages."""
    total, number = 0, 1
    while True:
        sign = "&" if "?" in listed.path else "?"
        page = client.page(f"{listed.path}{sign}page={number}")
        total += sum(1 for table in tables_of(page, listed.caption) for row in table.iter("tr")
                     if any(cell.attrib.get("scope") == "row" for cell in row.iter("th")))
        if not any(link.attrib.get("rel") == "next" for link in page.all("a")):
            return total
        number += 1


def arrange(listed: Listed, session: Session) -> Listed:
    """Call things like a formula, add what the demonstration lacks; the list at the address of an object of it."""
    session.execute(update(UnitName).values(name=FORMULA))
    day = date(2023, 9, 1)
    session.add(Holiday(day=day, name=FORMULA, kind=HolidayKind.OFF, source="minh họa"))
    add_decision(session, {"number": "12", "decided_on": day, "issuer": FORMULA, "effective_on": day,
                           "title": FORMULA}, token="minh-hoa", viewer=None, now=portal_clock.now())
    if "{round}" not in listed.path:
        return listed
    code = session.scalars(select(SurveyRound.code).order_by(SurveyRound.opens_on, SurveyRound.id)).first()
    return replace(listed, path=listed.path.format(round=code))


@pytest.mark.parametrize(("listed", "username"), CASES)
def test_a_file_holds_the_columns_and_all_rows_of_its_page(
        client: PageClient, province: Province, db_session: Session, listed: Listed, username: str) -> None:
    listed = arrange(listed, db_session)
    client.sign_in(username)
    page = client.page(listed.path)
    hrefs = {link.attrib.get("href") for link in page.all("a")}
    book = open_list(client, listed.file)
    heads, *rows = list(book[SHEET].iter_rows(values_only=True))
    if listed.is_table:
        assert heads_of(page, listed.caption) - listed.only_on_page <= set(heads)
        assert len(rows) == count_rows(client, listed) - listed.extra_rows
    assert rows and listed.file in hrefs
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
