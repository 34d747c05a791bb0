"""The pages of consolidated reports: who sees which, issuing, versions, downloads."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from core.clock import clock
from models.account import Account, Role
from models.indicator import OutlineKind, OutlineSection
from models.submission import IssuedDocument, SubmissionVersion, VersionFigure
from services.report import save_section
from tests.exports.reading import lines
from tests.support.client import PageClient
from tests.support.consolidation import World
from tests.support.factories import make_account
from tests.support.pages import text_of
from tests.support.paper import Paper
from tests.support.queries import QueryGuard

CODE = re.compile(r"[A-Z][0-9]{1,2}$")
HOME = "/consolidations"
OWN = f"{HOME}/2023-half-year/SGDDT"


@pytest.fixture
def world(reported_world: World) -> World:
    return reported_world


@pytest.fixture
def district(world: World) -> Account:
    account = make_account(world.session, Role.DISTRICT, world.units["A"])
    world.session.commit()
    return account


def issue(client: PageClient, reason: str | None = None) -> None:
    client.submit(f"{OWN}/issue", "issue", number="5", reason=reason)


def test_the_office_sees_all_consolidations_and_a_district_its_own(client: PageClient, world: World,
                                                                   district: Account) -> None:
    client.sign_in(world.office)
    text = client.get(HOME).text
    assert "Sở Giáo dục và Đào tạo" in text and "Phòng GDĐT A" in text and "Phòng GDĐT B" in text
    client.sign_in(district)
    text = client.get(HOME).text
    assert "Phòng GDĐT A" in text and "Phòng GDĐT B" not in text
    client.page(f"{HOME}/2023-half-year/PGD-A")
    client.page(f"{HOME}/2023-half-year/PGD-B", 404)
    client.page(OWN, 404)
    assert client.get(f"{HOME}/2023-half-year/PGD-B/report.pdf").status_code == 404


@pytest.mark.parametrize("path", [
    f"{HOME}/2023-half-year/TH-a1", f"{HOME}/2023-half-year/NOBODY", f"{HOME}/2023-plan/SGDDT",
    f"{HOME}/2023-annual/SGDDT", f"{HOME}/nothing/SGDDT", f"{OWN}/report.pdf?version=1", f"{OWN}/report.pdf?version=x",
    f"{OWN}/summary.pdf?version=9", f"{HOME}/2023-half-year/PGD-A/issue"])
def test_what_is_not_there_is_not_found(client: PageClient, world: World, path: str) -> None:
    client.sign_in(world.office)
    assert client.get(path).status_code == 404


def test_the_page_names_who_is_lacking_and_on_whom_it_waits(client: PageClient, world: World) -> None:
    client.sign_in(world.office)
    page = client.page(OWN)
    rows = [text_of(row) for row in page.all("tr")]
    waiting = next(row for row in rows if row.startswith("Trường Tiểu học b2"))
    assert "Đã nộp, chưa duyệt" in waiting and waiting.endswith("Phòng GDĐT B (minh họa)")
    assert any(row.startswith("Đơn vị t2") and "Trả lại" in row for row in rows)
    assert not any(row.startswith("Đơn vị t3") and "Chưa" in row for row in rows)


def test_the_number_that_leads_the_page_stands_where_its_link_leads(client: PageClient, world: World) -> None:
    """The board counts schools as well, so it says another one."""
    client.sign_in(world.office)
    page = client.page(OWN)
    link = next(link for link in page.all("a") if re.fullmatch(r"\d+ trên \d+ đơn vị", text_of(link)))
    included, owed = re.findall(r"\d+", text_of(link))
    place = next(section for section in page.all("section") if f"#{section.get('id')}" == link.get("href"))
    assert f"{included}/{owed} đơn vị" in text_of(place)
    groups = re.findall(r"· (\d+)/(\d+)", text_of(place))
    assert (sum(int(one) for one, _ in groups), sum(int(all_) for _, all_ in groups)) == (int(included), int(owed))


def test_pages_stay_within_twenty_queries(client: PageClient, world: World, assert_queries: QueryGuard) -> None:
    client.sign_in(world.office)
    issue(client)
    for path in (HOME, OWN, f"{HOME}/2023-half-year/PGD-A", "/leadership"):
        with assert_queries(20):
            client.page(path)


def test_issuing_freezes_a_version_that_downloads_under_a_name_people_can_read(client: PageClient,
                                                                               world: World) -> None:
    client.sign_in(world.office)
    issue(client)
    answer = client.get(f"{OWN}/report.pdf")
    assert answer.mimetype == "application/pdf"
    assert "bao-cao-2023-half-year-sgddt-ban-1.pdf" in answer.headers["Content-Disposition"]
    first = Paper(answer.data).text(0)
    assert "Số: 05/BC-" in first and "ngày 25 tháng 5 năm 2023" in first and "DỰ THẢO" not in first
    issued = world.session.scalars(select(IssuedDocument)).one()
    assert issued.pdf_sha256[:12] in client.get(OWN).text


def test_headings_without_a_word_are_named_before_issuing(client: PageClient, world: World) -> None:
    """What the portal writes by itself is not among them; what somebody emptied is."""
    client.sign_in(world.office)
    said = text_of(client.page(f"{OWN}/issue").root)
    assert "Chưa có nội dung ở mục: IV.1. Ưu điểm; IV.3. Nguyên nhân; V. " in said and "II.2.a" not in said
    submission, session = world.submission(world.department), world.session
    own = select(OutlineSection).where(OutlineSection.programme_id == world.programme.id,
                                       OutlineSection.kind == OutlineKind.CONSOLIDATION)
    by_heading = {row.heading: row.id for row in session.scalars(own)}
    for heading, text in (("Ưu điểm", "Nhiều cách làm hay."), ("Mạng xã hội", " ")):
        save_section(session, submission, by_heading[heading], text, None, clock.now())
    session.commit()
    said = text_of(client.page(f"{OWN}/issue").root)
    assert "Chưa có nội dung ở mục: II.2.c. Mạng xã hội; IV.3. Nguyên nhân; V. " in said


def test_a_draft_says_so_and_says_so_in_its_name(client: PageClient, world: World) -> None:
    client.sign_in(world.office)
    answer = client.get(f"{OWN}/report.pdf")
    assert "du-thao.pdf" in answer.headers["Content-Disposition"]
    assert "DỰ THẢO" in Paper(answer.data).text(0)


def test_a_second_version_asks_why_and_the_first_stays(client: PageClient, world: World) -> None:
    client.sign_in(world.office)
    issue(client)
    first = client.get(f"{OWN}/report.pdf?version=1").data
    client.submit(OWN, "revise", 422, reason="")
    client.submit(OWN, "revise", reason="Bổ sung số liệu")
    world.accept(world.units["t2"], clock.now() + timedelta(hours=1))
    world.session.commit()
    assert "Thay đổi so với bản 1" in client.get(OWN).text
    answer = client.submit(f"{OWN}/issue", "issue", 422, number="6", reason="")
    assert "Ghi vì sao bản này thay bản đã phát hành" in answer.text
    issue(client, reason="Bổ sung số liệu")
    assert client.get(f"{OWN}/report.pdf?version=1").data == first
    assert client.get(f"{OWN}/report.pdf").data != first


def test_what_was_typed_comes_back_with_what_to_do(client: PageClient, world: World) -> None:
    client.sign_in(world.office)
    answer = client.submit(f"{OWN}/issue", "issue", 422, number="số năm", name="", issued_on="31/02/2023")
    for words in ("số năm", "Nhập số do văn thư cấp, ví dụ 05", "Nhập họ và tên người ký", "31/02/2023"):
        assert words in answer.text
    assert world.session.scalar(select(IssuedDocument)) is None


def test_leadership_reads_and_downloads_but_does_not_issue(client: PageClient, world: World) -> None:
    client.sign_in(world.leader)
    assert "Phát hành báo cáo" not in client.get(OWN).text
    assert client.get(f"{OWN}/report.pdf").status_code == 200
    assert client.get(f"{OWN}/issue").status_code == 403


def test_every_figure_of_the_printed_appendix_is_found_again_by_following_its_link(
        client: PageClient, world: World) -> None:
    client.sign_in(world.office)
    paper = Paper(client.get(f"{OWN}/report.pdf").data)
    start = next(page for page in range(len(paper)) if "TỔNG HỢP KẾT QUẢ THEO CHỈ TIÊU" in paper.text(page))
    end = next(page for page in range(start, len(paper)) if "KẾT QUẢ THEO ĐƠN VỊ" in paper.text(page))
    rows = [line.text.split() for page in range(start, end) for line in lines(paper, page)]
    codes = [row[0] for row in rows if CODE.match(row[0])]
    links = [(link.get("href") or "", text_of(link)) for link in client.page(OWN).all("a")]
    followed = {href.rpartition("/figures/")[2]: (href, text) for href, text in links if "/figures/" in href}
    assert codes and set(codes) <= set(followed)
    for code in codes[:3]:
        href, text = followed[code]
        assert text in paper.text()
        assert code in text_of(client.page(href).root)


def test_a_rate_of_few_answers_is_not_told_by_those_beside_it(client: PageClient, world: World) -> None:
    """Neither by the own part and the whole in the version that was sent, nor as things stand now."""
    code, office, school = "H2", world.units["A"], world.units["a1"]
    path = f"/reports/{world.obligation(office).id}/figures/{code}"
    client.sign_in(world.office)
    assert "giữ kín" not in text_of(client.page(f"{path}?version=1").root) + text_of(client.page(path).root)
    few = select(VersionFigure).join(SubmissionVersion, SubmissionVersion.id == VersionFigure.version_id).where(
        SubmissionVersion.submission_id == world.submission(school).id,
        VersionFigure.indicator_id == world.indicators[code].id)
    row = world.session.scalars(few).one()
    row.value, row.numerator, row.denominator = Decimal(100), Decimal(3), Decimal(3)
    world.session.commit()
    for address in (f"{path}?version=1", path):
        said = text_of(client.page(address).root)
        assert "dưới 5 phiếu" in said and "giữ kín" in said
