"""The narrative desk: what is picked, changed and printed, by whom, and what is kept when two write at once."""

import re
from html import unescape

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import clock
from models.account import Role
from models.indicator import OutlineKind, OutlineSection
from models.narrative import TRACE, NarrativeSentence
from models.plan import SectionText
from models.submission import Submission, SubmissionVersion
from services.report import save_section
from services.submission import reopen
from tests.support.client import PageClient
from tests.support.consolidation import World
from tests.support.factories import make_account
from tests.support.naughty import NAUGHTY
from tests.support.pages import text_of
from tests.support.paper import Paper
from tests.support.queries import QueryGuard
from views.narrative import common

A1 = "Trường đã làm tốt TP. Hạ Long. Còn ít kinh phí."
A = "Phòng chỉ đạo kịp thời. Các trường hưởng ứng."
T1 = "Nhà trường phát thanh hằng tuần.\n- Có câu lạc bộ."


def write_text(world: World, name: str, text: str, code: str = "IV.1") -> None:
    """Write what a unit says under a heading of its report, and let it be accepted again."""
    unit = world.units[name]
    kind = OutlineKind.CONSOLIDATION if name in "AB" else OutlineKind.REPORT
    section = world.session.scalars(select(OutlineSection).where(
        OutlineSection.programme_id == world.programme.id, OutlineSection.kind == kind,
        OutlineSection.code == code)).one()
    world.session.merge(SectionText(submission_id=world.submission(unit).id, section_id=section.id, text=text))
    world.session.flush()


@pytest.fixture
def world(reported_world: World) -> World:
    """Two districts and three units of which some wrote under IV.1."""
    for name, text in (("a1", A1), ("A", A), ("t1", T1)):
        submission = reported_world.submission(reported_world.units[name])
        version = reported_world.session.scalars(
            select(SubmissionVersion).where(SubmissionVersion.submission_id == submission.id)).one()
        sections = [{**row, "text": text} if row["code"] == "IV.1" else row for row in version.content["sections"]]
        version.content = {**version.content, "sections": sections}
    reported_world.session.commit()
    return reported_world


def home(world: World, code: str = "IV.1", unit: str = "") -> str:
    """The desk of a heading of the Department's report, or of a district's."""
    owner = world.units[unit] if unit else world.department
    return f"/narrative/{world.obligation(owner).id}/{code}"


def ticks(client: PageClient, name: str) -> dict[str, str]:
    """What boxes of a page post, by their words."""
    page = client.opened_page
    labels = {label.attrib.get("for"): text_of(label) for label in page.all("label")}
    return {re.sub(r"^Câu \d+: ", "", labels[box.attrib["id"]]): box.attrib["value"]
            for box in page.all("input") if box.attrib.get("name") == name and box.attrib["type"] == "checkbox"}


def lines(client: PageClient, path: str) -> list[str]:
    """The sentences of the own text."""
    client.page(path)
    return list(ticks(client, "line"))


def pick(client: PageClient, path: str, *words: str) -> None:
    """Put units' sentences into the text."""
    client.page(path)
    found = ticks(client, "pick")
    client.submit(path, "/pick", pick=[found[word] for word in words], act="pick", read=None, unread=None)


def arrange(client: PageClient, path: str, act: str, *words: str) -> None:
    """Press a button beneath the sentences."""
    client.page(path)
    found = ticks(client, "line")
    client.submit(path, "/lines", line=[found[word] for word in words] or None, act=act)


def write(client: PageClient, path: str, text: str, status: int = 303) -> None:
    """Write on at the end."""
    client.submit(f"{path}/sentences/new", "/sentences/", status, text=text, keep=None)


def test_units_texts_stand_beside_and_schools_come_with_a_filter(client: PageClient, world: World) -> None:
    client.sign_in(world.office)
    page = client.page(home(world))
    names = [text_of(head) for head in page.all("h3")]
    assert names == ["Đơn vị t1 (minh họa)", "Phòng GDĐT A (minh họa)"]
    assert "Chưa đọc 2" in text_of(page.root)
    for query in ("kind=tieu_hoc", "q=ha+long", f"district={world.units['A'].id}&q=kinh+phi"):
        names = [text_of(head) for head in client.page(f"{home(world)}?{query}").all("h3")]
        assert names == ["Trường Tiểu học a1 (minh họa)"], query
    assert "Không có bài nào" in text_of(client.page(f"{home(world)}?district={world.units['B'].id}").root)
    for query in ("district=x&kind=nothing&theme=none&state=odd&page=-3", "page=99", "pane=odd"):
        client.page(f"{home(world)}?{query}")


def test_a_theme_leaves_those_who_did_something_for_it(client: PageClient, world: World) -> None:
    client.sign_in(world.office)
    client.page(home(world))
    themes = [option.attrib["value"] for option in client.opened_page.all("option")]
    found: list[str] = []
    for theme in [theme for theme in themes if "CCHC" in theme][:2]:
        client.page(f"{home(world)}?theme={theme}")
        found += ticks(client, "pick")
    assert found


def test_picked_sentences_keep_their_unit_and_version(client: PageClient, world: World) -> None:
    client.sign_in(world.office)
    path = home(world)
    pick(client, path, "Phòng chỉ đạo kịp thời.", "Nhà trường phát thanh hằng tuần.")
    assert lines(client, path) == ["Phòng chỉ đạo kịp thời.", "Nhà trường phát thanh hằng tuần."]
    page = client.opened_page
    said = text_of(page.root)
    assert "Nguồn: Phòng GDĐT A (minh họa)" in said and "Đã dùng 2" in said and "Chưa đọc 0" in said
    version = next(link for link in page.all("a") if "bản 1, gửi" in text_of(link))
    assert "Phòng chỉ đạo kịp thời." in text_of(client.page(version.attrib["href"]).root)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_sentences_are_merged_changed_moved_taken_out_and_put_back(client: PageClient, world: World) -> None:
    client.sign_in(world.office)
    path = home(world)
    pick(client, path, "Phòng chỉ đạo kịp thời.", "Các trường hưởng ứng.")
    write(client, path, "Sở tự viết. Còn câu nữa.")
    arrange(client, path, "merge", "Phòng chỉ đạo kịp thời.", "Các trường hưởng ứng.")
    assert lines(client, path)[0] == "Phòng chỉ đạo kịp thời; các trường hưởng ứng."
    arrange(client, path, "down", "Phòng chỉ đạo kịp thời; các trường hưởng ứng.")
    arrange(client, path, "remove", "Còn câu nữa.")
    assert lines(client, path) == ["Sở tự viết.", "Phòng chỉ đạo kịp thời; các trường hưởng ứng."] or lines(
        client, path) == ["Phòng chỉ đạo kịp thời; các trường hưởng ứng.", "Sở tự viết."]
    arrange(client, path, "undo")
    assert "Còn câu nữa." in lines(client, path)
    client.submit(path, "/restore")
    assert "Phòng chỉ đạo kịp thời." in lines(client, path) or "Các trường hưởng ứng." in lines(client, path)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_nothing_ticked_changes_nothing(client: PageClient, world: World) -> None:
    client.sign_in(world.office)
    write(client, home(world), "Một câu.")
    for act in ("up", "merge", "remove", "nonsense"):
        client.submit(home(world), "/lines", line=None, act=act)
    client.submit(home(world), "/pick", pick=["9999:0", "x:y", "1"], act="pick", read=None, unread=None)
    assert lines(client, home(world)) == ["Một câu."]


def test_a_sentence_that_was_changed_meanwhile_is_neither_taken_out_nor_written_over(
        client: PageClient, world: World) -> None:
    client.sign_in(world.office)
    path = home(world)
    write(client, path, "Câu đầu.")
    client.page(path)
    seen = ticks(client, "line")["Câu đầu."]
    form = f"{path}/sentences/{seen.partition('~')[0]}"
    mine, action = client.fields(form, "/sentences/"), action_of(client, "/sentences/")
    client.submit(form, "/sentences/", text="Người khác đã sửa.", keep=None)
    client.submit(path, "/lines", line=[seen], act="remove")
    assert lines(client, path) == ["Người khác đã sửa."]
    mine |= {"text": "Tôi sửa.", "draft_tab": "another"}
    answer = client.post(action, data={name: value for name, value in mine.items() if name != "keep"})
    assert answer.status_code == 409
    both = text_of(client.opened_page.root)
    assert "Tôi sửa." in both and "Người khác đã sửa." in both
    hidden = [box.attrib for box in client.opened_page.all("input") if box.attrib.get("type") == "hidden"]
    page_fields = {box["name"]: box.get("value", "") for box in hidden if box["name"].startswith(("draft", "form_t"))}
    action = action_of(client, "/sentences/")
    token = client.csrf_token()
    answer = client.post(action, data={**page_fields, "text": "Tôi sửa.", "choice-text": "mine", "csrf_token": token})
    assert answer.status_code == 303 and lines(client, path) == ["Tôi sửa."]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_who_comes_second_at_the_same_moment_writes_over_nothing(
        client: PageClient, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client.sign_in(world.office)
    path = home(world)
    write(client, path, "Câu đầu.")

    def overtaken(_session: Session, submission: Submission) -> None:
        submission.revision += 1  # somebody saved between this page's reading and its writing

    with monkeypatch.context() as patched:
        patched.setattr(common, "lock", overtaken)
        write(client, path, "Câu của người đến sau.")
    assert lines(client, path) == ["Câu đầu."]
    assert "Câu của người đến sau." in client.get(f"{path}/sentences/new").text


def action_of(client: PageClient, part: str) -> str:
    """Where a form of the opened page posts to."""
    return next(unescape(form.attrib["action"]) for form in client.opened_page.all("form")
                if part in form.attrib.get("action", ""))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_sentence_that_is_gone_keeps_what_was_typed(client: PageClient, world: World) -> None:
    client.sign_in(world.office)
    path = home(world)
    write(client, path, "Sẽ bị bỏ.")
    client.page(path)
    key = ticks(client, "line")["Sẽ bị bỏ."].partition("~")[0]
    mine, action = client.fields(f"{path}/sentences/{key}", "/sentences/"), action_of(client, "/sentences/")
    arrange(client, path, "remove", "Sẽ bị bỏ.")
    answer = client.post(action, data={**{k: v for k, v in mine.items() if k != "keep"}, "text": "Công sức của tôi."})
    assert answer.status_code == 409 and "Công sức của tôi." in answer.text
    assert "Công sức của tôi." in client.get(f"{path}/sentences/new").text


def test_live_numbers_follow_the_figures_until_the_report_is_issued(client: PageClient, world: World) -> None:
    client.sign_in(world.office)
    path = home(world, "II.2.c")
    client.page(f"{path}?pane=figures")
    before = lines(client, path)[0]
    write(client, path, "Riêng tin là {{B1}}; số gõ tay là 7.")
    world.session.expire_all()
    kept = world.session.scalars(select(SectionText.text).where(SectionText.text.contains("{{B1}}"))).one()
    assert "{{C1}}" in kept and before in client.get(path).text
    number = re.search(r"Riêng tin là (\S+);", text_of(client.page(path).root))
    assert number is not None
    world.add_activity(world.department, world.requirement.coverage_from, "BAO_VIET", 1000)
    world.session.commit()
    said = text_of(client.page(path).root)
    more = re.search(r"Riêng tin là (\S+);", said)
    assert more is not None and number[1] != more[1]
    assert any(link.attrib["href"].endswith("/figures/B1") for link in client.opened_page.all("a"))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_plain_form_keeps_sources_and_live_numbers_and_is_told_of_the_desk(
        client: PageClient, world: World) -> None:
    client.sign_in(world.office)
    path, form = home(world), f"/reports/{world.obligation(world.department).id}/sections/IV.1"
    stale = client.fields(form, -1)
    pick(client, path, "Phòng chỉ đạo kịp thời.")
    write(client, path, "Có {{B1}} tin.")
    token = {"csrf_token": client.csrf_token()}
    assert client.post(form, data={**stale, **token, "text": "Ghi đè.", "act": "save"}).status_code == 409
    shown = client.fields(form, -1)["text"]
    client.submit(form, -1, text=f"{shown} Câu thêm ở trang kia.", act="save", keep=None)
    assert lines(client, path)[-1] == "Câu thêm ở trang kia." and "Nguồn: Phòng GDĐT A" in client.get(path).text
    world.session.expire_all()
    kept = world.session.scalars(select(SectionText.text).where(SectionText.text.contains("trang kia"))).one()
    assert "{{B1}}" in kept
    client.submit(form, -1, text="Viết lại hết.", act="save", keep=None)
    said = text_of(client.page(path).root)
    assert "Câu đã bỏ" in said and "Nguồn: Phòng GDĐT A" in said


def test_an_issued_report_tells_where_each_sentence_came_from(client: PageClient, world: World) -> None:
    client.sign_in(world.office)
    path, owner = home(world), world.obligation(world.department).id
    pick(client, path, "Phòng chỉ đạo kịp thời.")
    arrange(client, home(world, "II.2.c"), "part", lines(client, home(world, "II.2.c"))[0])
    base = "/consolidations/2023-half-year/SGDDT"
    client.submit(f"{base}/issue", "issue", number="5")
    plain = client.get(f"{base}/report.pdf?version=1").data
    annexed = Paper(client.get(f"{base}/report.pdf?version=1&annex=1").data)
    said = " ".join(annexed.text().split())
    assert "NGUỒN CỦA NỘI DUNG" in said and "Phòng GDĐT A (minh họa): báo cáo bản 1" in said
    assert "NGUỒN CỦA NỘI DUNG" not in Paper(plain).text()
    assert client.get(f"{base}/report.pdf?version=1").data == plain
    world.session.expire_all()
    version = world.session.scalars(select(SubmissionVersion).order_by(SubmissionVersion.id.desc())).first()
    assert version is not None and [one["code"] for one in version.content[TRACE] if one["code"] == "IV.1"]
    page = client.page(f"/narrative/{owner}/sources")
    links = [link.attrib["href"] for link in page.all("a")]
    figures = [link for link in links if "/figures/" in link]
    assert figures and all("version=1" in link for link in figures)
    for link in {*figures[:3], *(link for link in links if "/versions/" in link)}:
        client.page(link)
    client.sign_in(world.leader)
    client.page(f"/narrative/{owner}/sources?version=1")
    client.page(f"/narrative/{owner}", 403)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_district_writes_its_own_and_no_other(client: PageClient, world: World) -> None:
    client.sign_in(make_account(world.session, Role.DISTRICT, world.units["B"]))
    assert "Chưa có báo cáo" in text_of(client.page(home(world, unit="B")).root)
    for path in (home(world), home(world, unit="A"), f"/narrative/{world.obligation(world.units['b1']).id}/IV.1",
                 home(world, "XX", "B"), "/narrative/99999999/IV.1"):
        client.page(path, 404)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_odd_and_long_texts_are_kept_whole(client: PageClient, world: World) -> None:
    client.sign_in(world.office)
    path = home(world)
    for text in NAUGHTY[::7]:
        if text.strip("\x00\ud800 \t\r\n\u2028"):
            write(client, path, text)
    write(client, path, "", 422)
    write(client, path, "dài " * 6000, 422)
    count = len(lines(client, path))
    write(client, path, "dài " * 4995)
    assert len(lines(client, path)) == count  # beyond 20,000 signs together
    client.page(f"{path}?q=" + "x" * 3000)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_later_version_of_a_unit_is_said_and_the_link_stays(client: PageClient, world: World) -> None:
    client.sign_in(world.office)
    path = home(world)
    pick(client, path, "Nhà trường phát thanh hằng tuần.")
    submission = world.submission(world.units["t1"])
    reopen(world.session, submission, "Bổ sung (minh họa)", None, clock.now())
    write_text(world, "t1", "Nhà trường phát thanh hằng ngày.")
    world.accept(world.units["t1"])
    world.session.commit()
    said = text_of(client.page(path).root)
    assert "đã có bản mới hơn" in said and "Bản 2" in said
    assert lines(client, path) == ["Nhà trường phát thanh hằng tuần."]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_text_saved_by_another_hand_keeps_what_is_known(client: PageClient, world: World) -> None:
    client.sign_in(world.office)
    path = home(world)
    pick(client, path, "Phòng chỉ đạo kịp thời.", "Các trường hưởng ứng.")
    row = world.session.scalars(select(NarrativeSentence)).first()
    assert row is not None
    save_section(world.session, world.submission(world.department), row.section_id,
                 "Câu mới. Các trường hưởng ứng.", None, clock.now())
    world.session.commit()
    assert lines(client, path) == ["Câu mới.", "Các trường hưởng ứng."]
    said = text_of(client.opened_page.root)
    assert said.count("Nguồn: Phòng GDĐT A") == 2 and "Câu đã bỏ (1)" in said


def test_pages_stay_within_twenty_queries(client: PageClient, world: World, assert_queries: QueryGuard) -> None:
    client.sign_in(world.office)
    pick(client, home(world), "Phòng chỉ đạo kịp thời.")
    owner = world.obligation(world.department).id
    for path in (f"/narrative/{owner}", home(world), f"{home(world)}?q=truong", home(world, "II.1"),
                 f"{home(world, 'II.1')}?theme=x&kind=tieu_hoc", f"{home(world, 'II.1')}/sentences/new?q=a",
                 f"{home(world, 'I.3')}/sentences/new?theme=x&q=a", f"{home(world, 'I.3')}?pane=figures",
                 f"{home(world)}?pane=earlier", f"/narrative/{owner}/sources"):
        with assert_queries(20):
            client.page(path)
