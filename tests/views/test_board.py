"""The board as page, paper and workbook: the same rows, filters, day and denominators."""

import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import update
from sqlalchemy.orm import Session

from models.unit import UnitName
from tests.support.client import PageClient
from tests.support.pages import text_of
from tests.support.paper import Paper
from tests.support.province import Province

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # tests/queries/test_board.py has both
ASKED = "/board?state=accepted&kind=thpt&requirement=2023-plan"


def names_on_page(client: PageClient, path: str) -> list[str]:
    """The units of the page, from the top."""
    table = client.page(path).all("table")[0]
    return [text_of(head) for head in table.iter("th") if head.attrib.get("scope") == "row"]


def test_page_paper_and_workbook_hold_the_same_units(client: PageClient, province: Province) -> None:
    client.sign_in("office")
    names = names_on_page(client, ASKED)
    hrefs = [link.attrib.get("href", "") for link in client.opened_page.all("a")]
    paper_url = next(href for href in hrefs if "board.pdf" in href)
    book = load_workbook(io.BytesIO(client.get(f"{ASKED}&format=xlsx").data))
    sheet = book["Theo dõi nộp"]
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == names and names
    paper = Paper(client.get(paper_url).data)
    assert all(name in paper.text() for name in names)
    for words in ("tình trạng: Đã duyệt", "loại đơn vị: Trường THPT", f"có {len(names)} trên 102 đơn vị"):
        assert words in paper.text()
    about = dict(book["Về tệp này"].iter_rows(min_row=2, max_col=2, values_only=True))
    assert (about["Tình trạng"], about["Số đơn vị trong bảng"]) == ("Đã duyệt", len(names))
    assert about["Trên số đơn vị trong phạm vi"] == 102


def test_the_paper_is_laid_across_with_its_head_on_every_page(client: PageClient, province: Province) -> None:
    client.sign_in("office")
    paper = Paper(client.get("/board/board.pdf").data)
    across = [number for number, (width, height) in enumerate(paper.sizes()) if width > height]
    assert len(across) > 2 and across == list(range(1, len(paper)))
    assert all("Đơn vị" in paper.text(number) and "Kế hoạch năm" in paper.text(number) for number in across[:-1])
    assert "□ Chưa bắt đầu" in paper.text() and "■ Đã duyệt" in paper.text()
    assert client.get("/board/board.pdf").data == paper.content


def test_days_and_numbers_stay_such_and_names_stay_texts(
        client: PageClient, province: Province, db_session: Session) -> None:
    db_session.execute(update(UnitName).values(name="=1+1"))
    client.sign_in("office")
    book = load_workbook(io.BytesIO(client.get("/board?format=xlsx").data))
    sheet = book["Theo dõi nộp"]
    assert sheet.freeze_panes == "C2" and sheet.auto_filter.ref
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert "f" not in {cell.data_type for cell in cells} and "=1+1" in {cell.value for cell in cells}
    heads = [cell.value for cell in sheet[1]]
    late, due = heads.index("Kế hoạch năm: ngày chậm"), heads.index("Kế hoạch năm: hạn")
    assert {sheet.cell(row, late + 1).data_type for row in range(2, 20)} == {"n"}
    assert sheet.cell(2, due + 1).is_date
    counts = book["Số đếm"].iter_rows(min_row=2, values_only=True)
    whole = next(row for row in counts if row[0] == "Tất cả đơn vị trong phạm vi" and row[1].startswith("Kế hoạch"))
    assert whole[2] == 102 and whole[4] == pytest.approx(whole[3] / whole[2])


def test_an_earlier_day_and_a_reading_are_said(client: PageClient, province: Province) -> None:
    client.sign_in("leader")
    page = client.page("/board?day=20/03/2023&reading=then")
    assert "hết ngày 20/03/2023" in text_of(page.root)
    text = Paper(client.get("/board/board.pdf?day=20/03/2023&reading=then").data).text()
    assert "tính đến hết ngày 20/03/2023" in text and "cách đọc: Theo tên và đầu mối lúc đó" in text


@pytest.mark.parametrize("asked", ["day=32/13/2023", "day=01/01/2999", "waiting=nobody", "kind=x&order=y&reading=z",
                                   "state=%00&district=%3Cb%3E", "requirement=khong-co"])
def test_what_makes_no_sense_is_no_error(client: PageClient, province: Province, asked: str) -> None:
    client.sign_in("office")
    client.page(f"/board?{asked}")


def test_a_district_office_sends_its_own_board_alone(client: PageClient, province: Province) -> None:
    client.sign_in("district")
    names = names_on_page(client, "/board")
    sheet = load_workbook(io.BytesIO(client.get("/board?format=xlsx").data))["Theo dõi nộp"]
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == names
