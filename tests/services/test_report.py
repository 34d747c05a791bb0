"""Writing in a report leaves before and after on the trail; what is frozen prints the same document again."""

import unicodedata
from datetime import date

import pytest
from sqlalchemy import select

from core.clock import clock
from exports import report as paper
from models.account import Role
from models.activity import Activity
from models.event import Event, Subject
from models.figure import EMPTY, NIL, FigureState, Provenance, figure_of
from models.indicator import OutlineKind, OutlineSection
from models.permission import Viewer
from models.plan import SectionText
from models.report import FigureEntry, ReasonNeededError, ReportFigure
from models.submission import Submission, SubmissionVersion, VersionFigure
from queries.report.content import document_of
from queries.report.pending import draft_key
from services.draft import Typed, save_fields
from services.report import freeze_report, save_figures, save_section
from services.submission import SubmissionError, submit
from tests.support.clock import FrozenClock
from tests.support.consolidation import World
from tests.support.factories import make_account

UNTIL = date(2023, 5, 25)


@pytest.fixture
def world(fresh_world: World) -> World:
    return fresh_world


@pytest.fixture
def report(world: World) -> Submission:
    """The report of a school that has held two training classes, among other things."""
    world.add_activity(world.units["a1"], date(2023, 3, 1), "TAP_HUAN", 2)
    return world.submission(world.units["a1"])


@pytest.fixture
def writer(world: World) -> Viewer:
    account = make_account(world.session, Role.OFFICER, world.units["a1"])
    return Viewer(account.id, account.full_name, Role.OFFICER, world.units["a1"].id, world.units["a1"].id)


def said(world: World, report: Submission, code: str) -> ReportFigure | None:
    return world.session.get(ReportFigure, (report.id, world.indicators[code].id))


def trail(world: World, report: Submission, part: str) -> list[Event]:
    rows = world.session.scalars(
        select(Event).where(Event.subject_kind == Subject.SUBMISSION, Event.subject_id == report.id)
        .order_by(Event.id))
    return [row for row in rows if row.detail.get("part") == part]


def section(world: World, code: str) -> OutlineSection:
    return world.session.scalars(select(OutlineSection).where(
        OutlineSection.programme_id == world.programme.id, OutlineSection.kind == OutlineKind.REPORT,
        OutlineSection.code == code)).one()


def test_a_typed_figure_is_saved_and_its_change_is_on_the_trail(
        world: World, report: Submission, writer: Viewer) -> None:
    assert save_figures(world.session, report, {"A3": FigureEntry(figure_of(2))}, writer, clock.now())
    assert save_figures(world.session, report, {"A3": FigureEntry(NIL)}, writer, clock.now())
    row = said(world, report, "A3")
    assert row is not None and row.provenance is Provenance.TYPED and row.changed_by_id == writer.account_id
    assert [event.detail["figure"] for event in trail(world, report, "figure:A3")] == [
        ["", "2"], ["2", "Không phát sinh"]]


def test_saying_the_same_again_changes_nothing(world: World, report: Submission, writer: Viewer) -> None:
    save_figures(world.session, report, {"A3": FigureEntry(figure_of(2))}, writer, clock.now())
    revision = report.revision
    assert not save_figures(world.session, report, {"A3": FigureEntry(figure_of(2))}, writer, clock.now())
    assert report.revision == revision and len(trail(world, report, "figure:A3")) == 1


def test_a_counted_figure_is_replaced_only_with_a_reason(world: World, report: Submission, writer: Viewer) -> None:
    entries = {"A3": FigureEntry(figure_of(1)), "D5": FigureEntry(figure_of(900))}
    with pytest.raises(ReasonNeededError, match="D5"):
        save_figures(world.session, report, entries, writer, clock.now())
    assert said(world, report, "A3") is None, "nothing is saved when one cell lacks its reason"
    entries["D5"] = FigureEntry(figure_of(900), "Thiếu sổ theo dõi")
    assert save_figures(world.session, report, entries, writer, clock.now())
    row = said(world, report, "D5")
    assert row is not None and (row.provenance, row.reason) == (Provenance.OVERRIDDEN, "Thiếu sổ theo dõi")
    event = trail(world, report, "figure:D5")[0]
    assert (event.action, event.reason) == ("override", "Thiếu sổ theo dõi") and event.detail["counted"]


def test_the_counted_figure_itself_needs_no_row(world: World, report: Submission, writer: Viewer) -> None:
    save_figures(world.session, report, {"D5": FigureEntry(figure_of(900), "Thiếu sổ")}, writer, clock.now())
    assert save_figures(world.session, report, {"D5": FigureEntry(EMPTY)}, writer, clock.now())
    assert said(world, report, "D5") is None


def test_nil_needs_no_reason_where_nothing_was_recorded(world: World, report: Submission, writer: Viewer) -> None:
    for activity in world.session.scalars(select(Activity).where(Activity.unit_id == world.units["a1"].id)):
        activity.removed_at = clock.now()
    world.session.flush()
    assert save_figures(world.session, report, {"D5": FigureEntry(NIL)}, writer, clock.now())
    row = said(world, report, "D5")
    assert row is not None and (row.state, row.provenance) == (FigureState.NIL, Provenance.TYPED)


def test_a_formula_cannot_be_typed(world: World, report: Submission, writer: Viewer) -> None:
    with pytest.raises(KeyError):
        save_figures(world.session, report, {"K3": FigureEntry(figure_of(99))}, writer, clock.now())


def test_a_locked_report_takes_nothing(world: World, writer: Viewer) -> None:
    report = world.send(world.units["a1"])
    with pytest.raises(SubmissionError):
        save_figures(world.session, report, {"A3": FigureEntry(figure_of(2))}, writer, clock.now())
    with pytest.raises(SubmissionError):
        save_section(world.session, report, section(world, "IV.1").id, "Muộn rồi", writer, clock.now())


def test_a_text_is_saved_with_what_stood_there_before(world: World, report: Submission, writer: Viewer) -> None:
    found = section(world, "IV.1")
    assert save_section(world.session, report, found.id, "Kịp thời", writer, clock.now())
    assert save_section(world.session, report, found.id, "Kịp thời, đầy đủ", writer, clock.now())
    assert not save_section(world.session, report, found.id, "Kịp thời, đầy đủ", writer, clock.now())
    assert [event.detail["text"] for event in trail(world, report, "section:IV.1")] == [
        ["", "Kịp thời"], ["Kịp thời", "Kịp thời, đầy đủ"]]


def freeze(world: World, report: Submission, unit_name: str = "a1") -> dict[str, str]:
    obligation = world.obligation(world.units[unit_name])
    frozen = freeze_report(world.session, report, obligation, world.requirement, UNTIL)
    return {row["code"]: row["text"] for row in frozen.content["sections"]}


def test_texts_that_nobody_wrote_follow_the_figures_and_written_ones_do_not(
        world: World, report: Submission, writer: Viewer) -> None:
    before = freeze(world, report)["II.2.d"]
    world.add_activity(world.units["a1"], date(2023, 4, 1), "CUOC_THI", 3)
    after = freeze(world, report)["II.2.d"]
    assert before != after and "cuộc thi tìm hiểu cải cách hành chính" in after
    save_section(world.session, report, section(world, "II.2.d").id, "Lời của trường.", writer, clock.now())
    world.add_activity(world.units["a1"], date(2023, 4, 2), "CUOC_THI", 3)
    assert freeze(world, report)["II.2.d"] == "Lời của trường."


def test_an_emptied_text_stays_empty(world: World, report: Submission, writer: Viewer) -> None:
    save_section(world.session, report, section(world, "II.3").id, "", writer, clock.now())
    assert freeze(world, report)["II.3"] == ""


def test_an_offered_sentence_is_printed_only_when_it_was_taken(
        world: World, report: Submission, writer: Viewer) -> None:
    assert freeze(world, report)["VI"] == ""
    text = "Đơn vị không có kiến nghị, đề xuất."
    save_section(world.session, report, section(world, "VI").id, text, writer, clock.now(), is_drafted=True)
    assert freeze(world, report)["VI"] == text


def test_a_draft_that_was_not_saved_stands_in_the_way(world: World, report: Submission, writer: Viewer) -> None:
    obligation = world.obligation(world.units["a1"])
    save_fields(world.session, key=draft_key(obligation.id, "IV.2"), unit_id=obligation.unit_id, form_token="t",
                account_id=writer.account_id, tab="tab", fields={"text": Typed("Đang viết dở", 0)}, now=clock.now())
    frozen = freeze_report(world.session, report, obligation, world.requirement, UNTIL)
    assert [problem.part for problem in frozen.problems] == ["section:IV.2"]
    with pytest.raises(SubmissionError):
        submit(world.session, report, frozen, submit_key="k", viewer=writer, now=clock.now())


def test_warnings_name_gaps_and_contradictions_but_let_it_be_sent(
        world: World, report: Submission, writer: Viewer) -> None:
    save_figures(world.session, report, {"K1": FigureEntry(figure_of(10_000))}, writer, clock.now())
    obligation = world.obligation(world.units["a1"])
    frozen = freeze_report(world.session, report, obligation, world.requirement, UNTIL)
    parts = [warning.part for warning in frozen.warnings]
    assert "figure:K1" in parts and "section:I.3" in parts and "document" in parts and "sign_off" in parts
    assert submit(world.session, report, frozen, submit_key="k", viewer=writer, now=clock.now()).number == 1


def test_a_district_is_warned_of_the_schools_that_are_lacking(world: World) -> None:
    world.accept(world.units["a1"])
    office = world.units["A"]
    frozen = freeze_report(world.session, world.submission(office), world.obligation(office), world.requirement, UNTIL)
    warning = next(row for row in frozen.warnings if row.part == "children")
    assert (warning.values["count"], warning.values["of"]) == (2, 3)
    assert "Trường Tiểu học late" in warning.values["names"]
    assert [child["version"] for child in frozen.content["children"]] == [1, None, None]


def test_the_frozen_version_prints_the_same_bytes_whatever_is_recorded_later(world: World) -> None:
    def pages() -> bytes:
        version = world.session.scalars(select(SubmissionVersion)).one()
        rows = world.session.scalars(select(VersionFigure).where(VersionFigure.version_id == version.id))
        return paper.build(document_of(version.content, rows, is_draft=False))

    report = world.send(world.units["a1"])
    world.session.commit()
    before = pages()
    world.add_activity(world.units["a1"], date(2023, 4, 2), "PANO", 30)
    world.session.delete(said(world, report, "A1"))
    for text in world.session.scalars(select(SectionText)):
        text.text = "Viết lại"
    world.session.flush()
    world.session.expire_all()
    assert pages() == before


def test_figures_stop_at_the_cut_off_however_late_it_is_sent(world: World, clock: FrozenClock) -> None:
    world.add_activity(world.units["a1"], date(2023, 5, 30), "PANO", 30)
    clock.set(date(2023, 6, 3))
    report = world.send(world.units["a1"])
    version = world.session.scalars(select(SubmissionVersion).where(SubmissionVersion.submission_id == report.id)).one()
    frozen = world.session.get_one(VersionFigure, (version.id, world.indicators["E1"].id))
    assert version.data_until == date(2023, 5, 29) and report.late_days == 4
    assert frozen.value is None or frozen.value < 30


def test_wild_text_comes_back_equal_and_prints(world: World, report: Submission, writer: Viewer) -> None:
    wild = "<script>alert(1)</script> & \u202eRTL 😀 " + unicodedata.normalize("NFD", "Tuyên truyền ở Móng Cái")
    save_section(world.session, report, section(world, "V").id, wild, writer, clock.now())
    world.session.commit()
    obligation = world.obligation(world.units["a1"])
    frozen = freeze_report(world.session, report, obligation, world.requirement, UNTIL)
    texts = {row["code"]: row["text"] for row in frozen.content["sections"]}
    assert texts["V"] == unicodedata.normalize("NFC", wild)
    assert paper.build(document_of(frozen.content, frozen.figures, is_draft=True)).startswith(b"%PDF")
