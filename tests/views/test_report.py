"""The pages of a report: filled in section by section, followed figure by figure, sent once, read as it was sent."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import clock
from models.account import Account
from models.figure import FigureState, Provenance
from models.indicator import Indicator
from models.report import ReportFigure
from models.requirement import Obligation, Requirement
from models.submission import Submission, SubmissionVersion
from models.unit import Unit, UnitKind
from models.workflow import Status
from services.submission import return_for_completion
from tests.support.client import PageClient, form_fields, posting_forms
from tests.support.pages import text_of
from tests.support.province import Province

MOST_STATEMENTS = 20


def obligation_of(session: Session, unit_id: int, code: str = "2023-half-year") -> Obligation:
    return session.scalars(
        select(Obligation).join(Requirement, Requirement.id == Obligation.requirement_id)
        .where(Requirement.code == code, Obligation.unit_id == unit_id)).one()


@pytest.fixture
def school(client: PageClient, province: Province) -> Account:
    """The officer of a school that has not begun its report, signed in."""
    return client.sign_in(province["school"])


@pytest.fixture
def path(db_session: Session, school: Account) -> str:
    """Where the school's half-year report is."""
    return f"/reports/{obligation_of(db_session, school.unit_id).id}"


def submission_of(session: Session, path: str) -> Submission | None:
    return session.scalar(select(Submission).where(Submission.obligation_id == int(path.split("/")[2])))


def said(session: Session, path: str, code: str) -> ReportFigure | None:
    submission = submission_of(session, path)
    if submission is None:
        return None
    return session.scalar(
        select(ReportFigure).join(Indicator, Indicator.id == ReportFigure.indicator_id)
        .where(ReportFigure.submission_id == submission.id, Indicator.code == code))


def filled(client: PageClient, path: str) -> dict[str, Any]:
    """What a browser would send for the section's form, untouched."""
    page = client.page(path)
    places = [place for place, form in enumerate(posting_forms(page)) if "data-draft-url" in form.attrib]
    return form_fields(page, places[0])


def test_the_report_is_a_list_of_sections_with_their_state(client: PageClient, path: str) -> None:
    page = client.page(path)
    shown = text_of(page.root)
    assert "Báo cáo 6 tháng đầu năm 2023" in shown and "Số liệu tính từ ngày 01/12/2022 đến ngày 25/05/2023" in shown
    assert "Đối tượng được tuyên truyền" in shown and "0/4 số liệu" in shown and "Còn 5 ngày" in shown
    assert len(client.statements) <= MOST_STATEMENTS


def test_a_section_is_filled_in_and_leads_to_the_next(client: PageClient, db_session: Session, path: str) -> None:
    data = filled(client, f"{path}/sections/II.3")
    assert len(client.statements) <= MOST_STATEMENTS
    typed = {"value_K1": "40", "value_K2": "42", "nothing_K4": "y", "value_K5": "1.200", "act": "next"}
    response = client.post(f"{path}/sections/II.3", data={**data, **typed})
    assert response.status_code == 303 and response.location == f"{path}/sections/II.4"
    staff, learners = said(db_session, path, "K2"), said(db_session, path, "K4")
    assert staff is not None and staff.value == 42 and staff.provenance is Provenance.TYPED
    assert learners is not None and learners.state is FigureState.NIL
    assert filled(client, f"{path}/sections/II.3")["value_K5"] == "1.200"
    shown = text_of(client.page(f"{path}/sections/II.3").root)
    assert "95,24%" in shown, "the rate is computed at once"


def test_the_first_text_is_made_of_the_figures_and_follows_them_until_it_is_edited(
        client: PageClient, db_session: Session, path: str) -> None:
    section = f"{path}/sections/II.4"
    client.post(section, data={**filled(client, section), "value_F1": "3", "act": "save"})
    assert "nêu gương 3 tập thể" in filled(client, section)["text"]
    data = {**filled(client, section), "text": "Lời của trường.", "value_F1": "5", "act": "save"}
    client.post(section, data=data)
    assert filled(client, section)["text"] == "Lời của trường."


def test_the_offered_sentences_never_overwrite_by_themselves(
        client: PageClient, db_session: Session, path: str) -> None:
    section = f"{path}/sections/II.4"
    client.post(section, data={**filled(client, section), "text": "Lời của trường.", "act": "save"})
    client.post(section, data={**filled(client, section), "value_F2": "7", "act": "append"})
    text = filled(client, section)["text"]
    assert text.startswith("Lời của trường.\n") and "7 cá nhân" in text
    client.post(section, data={**filled(client, section), "act": "replace"})
    assert filled(client, section)["text"].startswith("Tính đến hết ngày 25/5/2023")


def test_another_number_than_the_counted_one_asks_why_and_keeps_all_that_was_typed(
        client: PageClient, db_session: Session, path: str) -> None:
    section = f"{path}/sections/II.2.c"
    data = {**filled(client, section), "value_C1": "99", "value_C6": "1.234", "text": "Đang viết", "act": "next"}
    response = client.post(section, data=data)
    assert response.status_code == 422
    assert "C1: ghi lý do vì sao khác số cổng đếm được" in response.text and "1.234" in response.text
    assert said(db_session, path, "C1") is None
    kept = filled(client, section)
    assert (kept["value_C1"], kept["value_C6"], kept["text"]) == ("99", "1.234", "Đang viết")
    assert client.post(section, data={**kept, "reason_C1": "Trang cũ bị khóa", "act": "next"}).status_code == 303
    row = said(db_session, path, "C1")
    assert row is not None and (row.provenance, row.reason) == (Provenance.OVERRIDDEN, "Trang cũ bị khóa")
    story = text_of(client.page(f"{path}/figures/C1").root)
    assert "Trang cũ bị khóa" in story and "Sửa có lý do" in story


def test_a_draft_is_kept_and_an_unticked_box_stays_unticked(client: PageClient, path: str) -> None:
    section = f"{path}/sections/II.3"
    client.post(section, data={**filled(client, section), "nothing_K1": "y", "act": "save"})
    data = filled(client, section)
    assert data["nothing_K1"] == "y"
    data.pop("nothing_K1")
    assert client.post(section, data={**data, "value_K1": "12a", "keep": "1"}).status_code == 303
    kept = filled(client, section)
    assert "nothing_K1" not in kept and kept["value_K1"] == "12a"


def test_what_was_typed_and_not_saved_bars_sending_until_it_is_saved_or_dropped(
        client: PageClient, path: str) -> None:
    section = f"{path}/sections/IV.1"
    client.post(section, data={**filled(client, section), "text": "Viết dở", "keep": "1"})
    page = client.page(f"{path}/submit")
    assert "còn nội dung đã gõ nhưng chưa lưu" in text_of(page.root)
    assert not any("submit" in form.attrib.get("action", "") for form in posting_forms(page))
    client.post(section, data={**filled(client, section), "act": "discard"})
    assert not filled(client, section).get("text")
    assert "chưa lưu" not in text_of(client.page(f"{path}/submit").root)


def test_a_second_tab_gets_both_versions(client: PageClient, path: str) -> None:
    section = f"{path}/sections/IV.1"
    first, second = filled(client, section), filled(client, section)
    assert client.post(section, data={**first, "text": "Bản một", "act": "save"}).status_code == 303
    response = client.post(section, data={**second, "text": "Bản hai", "act": "save"})
    assert response.status_code == 409 and "Bản một" in response.text and "Bản hai" in response.text


def test_what_does_not_occur_is_said_at_once_for_all_that_is_open(
        client: PageClient, db_session: Session, path: str) -> None:
    client.submit(path, form="nothing")
    submission = submission_of(db_session, path)
    assert submission is not None
    rows = db_session.scalars(select(ReportFigure).where(ReportFigure.submission_id == submission.id)).all()
    assert rows and all(row.state is FigureState.NIL and row.provenance is Provenance.TYPED for row in rows)
    assert "số liệu" in text_of(client.page(path).root) and "0/4 số liệu" not in text_of(client.page(path).root)


def test_a_figure_leads_to_the_activities_behind_it(client: PageClient, path: str) -> None:
    for code in ("C1", "D2", "M5", "H2", "K3", "A2"):
        page = client.page(f"{path}/figures/{code}")
        assert len(client.statements) <= MOST_STATEMENTS, code
        links = [link.attrib["href"] for link in page.all("a")]
        is_counted = "(0)" not in text_of(page.root)
        assert code != "C1" or any("/activities/" in link for link in links) is is_counted
        assert code != "M5" or f"{path}/figures/M2" in links


def test_the_report_is_sent_once_and_then_read_as_it_was_sent(
        client: PageClient, db_session: Session, path: str) -> None:
    assert "Nên xem lại" in text_of(client.page(f"{path}/submit").root)
    assert len(client.statements) <= MOST_STATEMENTS
    page = client.page(f"{path}/submit")
    data = form_fields(page, "submit")
    for _press in range(2):
        response = client.post(f"{path}/submit", data=data)
        assert response.status_code == 303
    submission = submission_of(db_session, path)
    assert submission is not None and submission.status is Status.SUBMITTED and submission.version_count == 1
    assert len(db_session.scalars(select(SubmissionVersion).where(
        SubmissionVersion.submission_id == submission.id)).all()) == 1
    shown = text_of(client.page(path).root)
    assert len(client.statements) <= MOST_STATEMENTS
    assert "Chỉ để xem" in shown and "Số liệu tính đến hết ngày 25/05/2023" in shown
    assert client.get(f"{path}/sections/II.3").status_code == 303
    assert "Bản 1" in text_of(client.page(f"{path}/figures/C1?version=1").root)
    assert client.get(f"{path}/report.pdf?version=1").data.startswith(b"%PDF")
    assert client.get(f"{path}/report.pdf?version=2").status_code == 404


def test_after_a_return_only_the_named_parts_are_open(
        client: PageClient, db_session: Session, province: Province, path: str) -> None:
    client.submit(f"{path}/submit", form="submit")
    submission = submission_of(db_session, path)
    assert submission is not None
    return_for_completion(
        db_session, submission, [("section:II.3", "Đếm người, không đếm lượt"), ("figure:F1", "Xem lại")], "", None,
        clock.now())
    db_session.commit()
    assert "Đếm người, không đếm lượt" in text_of(client.page(path).root)
    asked = filled(client, f"{path}/sections/II.3")
    assert "text" in asked and client.post(
        f"{path}/sections/II.3", data={**asked, "value_K2": "42", "act": "save"}).status_code == 303
    assert "value_F1" in client.get(f"{path}/sections/II.4").text
    locked = client.page(f"{path}/sections/III")
    assert "đang khóa" in text_of(locked.root)
    typed = {"value_F1": "2", "value_F2": "9", "text": "Sửa lén", "act": "save"}
    data = {**filled(client, f"{path}/sections/II.4"), **typed}
    client.post(f"{path}/sections/II.4", data=data)
    changed, kept = said(db_session, path, "F1"), said(db_session, path, "F2")
    assert changed is not None and changed.value == 2 and kept is None


def test_number_day_and_signer_are_written(client: PageClient, db_session: Session, path: str) -> None:
    page = f"{path}/document"
    typed = {**filled(client, page), "document_number": "25/BC-TH", "signer_position": "Hiệu trưởng"}
    response = client.post(page, data={**typed, "document_on": "32/05/2023"})
    assert response.status_code == 422 and "25/BC-TH" in response.text
    assert client.post(page, data={**typed, "document_on": "26/05/2023"}).status_code == 303
    submission = submission_of(db_session, path)
    assert submission is not None and submission.document_number == "25/BC-TH"
    assert "Số 25/BC-TH." in text_of(client.page(path).root)


@pytest.mark.parametrize("tail", ["", "/sections/II.3", "/figures/C1", "/submit", "/document", "/report.pdf"])
def test_a_foreign_report_and_an_unknown_one_are_both_404(
        client: PageClient, db_session: Session, school: Account, tail: str) -> None:
    foreign = db_session.scalars(
        select(Obligation).join(Requirement, Requirement.id == Obligation.requirement_id)
        .where(Requirement.code == "2023-half-year", Obligation.unit_id != school.unit_id)).first()
    assert foreign is not None
    assert client.get(f"/reports/{foreign.id}{tail}").status_code == 404
    assert client.get(f"/reports/999999{tail}").status_code == 404


def test_a_plan_is_no_report_and_unknown_parts_are_404(client: PageClient, db_session: Session, school: Account,
                                                      path: str) -> None:
    plan = obligation_of(db_session, school.unit_id, "2023-plan")
    assert client.get(f"/reports/{plan.id}").status_code == 404
    for tail in ("/sections/II", "/sections/IX", "/figures/Z9", "/figures/C1?version=3"):
        assert client.get(path + tail).status_code == 404, tail


def test_a_district_sees_its_own_part_the_schools_and_the_sum(
        client: PageClient, db_session: Session, province: Province) -> None:
    account = client.sign_in(province["district"])
    path = f"/reports/{obligation_of(db_session, account.unit_id).id}"
    shown = text_of(client.page(path).root)
    assert len(client.statements) <= MOST_STATEMENTS
    assert "Số liệu tổng hợp chỉ cộng báo cáo đã duyệt" in shown
    shown = text_of(client.page(f"{path}/sections/II.3").root)
    assert len(client.statements) <= MOST_STATEMENTS
    assert "Riêng Phòng" in shown and "đơn vị trực thuộc" in shown and "Cộng:" in shown
    client.page(f"{path}/figures/K2")
    assert len(client.statements) <= MOST_STATEMENTS
    assert client.get(f"{path}/report.pdf").data.startswith(b"%PDF")


def test_the_office_writes_the_departments_report_and_does_not_send_it(
        client: PageClient, db_session: Session, province: Province) -> None:
    client.sign_in(province["office"])
    department = db_session.scalars(select(Unit).where(Unit.kind == UnitKind.DEPARTMENT)).one()
    path = f"/reports/{obligation_of(db_session, department.id).id}"
    section = f"{path}/sections/I.2"
    assert "phòng GD&ĐT" in filled(client, section)["text"]
    assert len(client.statements) <= MOST_STATEMENTS
    data = {**filled(client, section), "text": "Lời của Sở.", "act": "save"}
    assert client.post(section, data=data).status_code == 303
    assert filled(client, section)["text"] == "Lời của Sở."
    assert client.get(f"{path}/submit").status_code == 403


@pytest.mark.parametrize("state", [Status.RETURNED, Status.ACCEPTED, Status.SUBMITTED, Status.DRAFT])
def test_the_office_reads_reports_of_every_state(
        client: PageClient, db_session: Session, province: Province, state: Status) -> None:
    client.sign_in(province["office"])
    found = db_session.scalars(
        select(Obligation).join(Submission, Submission.obligation_id == Obligation.id)
        .join(Requirement, Requirement.id == Obligation.requirement_id)
        .where(Requirement.code == "2023-half-year", Submission.status == state)).first()
    assert found is not None
    page = client.page(f"/reports/{found.id}")
    assert len(client.statements) <= MOST_STATEMENTS
    assert "Kinh phí" in text_of(page.root) and not any("/sections/" in a.attrib["href"] for a in page.all("a"))
