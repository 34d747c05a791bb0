"""XLSForm: every questionnaire comes back as it was, and what is wrong in a file is named by sheet, row and column."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pyxform.xls2xform import convert
from xlsxwriter import Workbook

from models.question import (
    NUMERIC,
    SCALED,
    TEXTUAL,
    Body,
    Choice,
    Factor,
    Question,
    QuestionKind,
    Section,
    Words,
)
from models.questionnaire_check import check
from services.xlsform import XLSFormError, read_xlsform, write_xlsform
from tests.support.survey import default_body

Rows = Sequence[Mapping[str, Any]]
LEVELS = [{"list_name": "muc", "name": str(level), "label": f"Mức {level}"} for level in range(1, 6)]
YES_NO = [{"list_name": "co_khong", "name": code, "label": text} for code, text in (("1", "Có"), ("2", "Không"))]


def workbook(survey: Rows, choices: Rows = (), settings: Rows = ({"form_title": "Phiếu", "form_id": "P-1"},),
             **others: Rows) -> bytes:
    """An XLSForm as somebody else's tool would write it."""
    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True})
    for name, rows in {"survey": survey, "choices": choices, "settings": settings, **others}.items():
        sheet = book.add_worksheet(name)
        heads = list(dict.fromkeys(head for row in rows for head in row))
        for place, head in enumerate(heads):
            sheet.write(0, place, head)
            for number, row in enumerate(rows, start=1):
                sheet.write(number, place, row.get(head, ""))
    book.close()
    return target.getvalue()


def faults(data: bytes) -> list[tuple[str, int, str]]:
    """Sheet, row and column of everything that is wrong; checks that all say what to do."""
    with pytest.raises(XLSFormError) as caught:
        read_xlsform(data, "phieu.xlsx")
    assert caught.value.problems and all(problem.message and problem.where for problem in caught.value.problems)
    return [(problem.sheet, problem.row, problem.column) for problem in caught.value.problems]


TEXT = {"type": "text", "name": "T1", "label": "Góp ý"}


@pytest.mark.parametrize("code", ["HL-TTHC", "NT-CBVC"])
def test_a_default_questionnaire_comes_back_as_it_was(code: str) -> None:
    data = write_xlsform(code, 3, default_body(code))
    read = read_xlsform(data)
    assert (read.code, read.body) == (code, default_body(code))
    assert data == write_xlsform(code, 3, default_body(code))
    warnings: list[str] = []
    assert "<h:html" in convert(data, warnings=warnings, validate=False).xform
    assert warnings == []


words_of = st.text("abcđưôÂ 0123=+-@<>&\"'|", min_size=1, max_size=20).map(str.strip).filter(bool)
words = st.builds(Words, words_of, st.one_of(st.just(""), words_of))
maybe_words = st.one_of(st.just(Words()), words)


@st.composite
def questions(draw: st.DrawFn, code: str, earlier: str) -> Question:
    """A sound question of any kind."""
    kind = draw(st.sampled_from(QuestionKind))
    values: dict[str, Any] = {"code": code, "kind": kind, "text": draw(words), "hint": draw(maybe_words)}
    if earlier:
        values["relevant"] = draw(st.sampled_from(["", f"${{{earlier}}} != '2'", f"selected(${{{earlier}}}, 'a')"]))
    if kind is not QuestionKind.NOTE:
        values["is_required"] = draw(st.booleans())
        values["constraint"] = draw(st.sampled_from(["", ". != ''", "string-length(.) < 9 and . != '7'"]))
        values["constraint_message"] = draw(maybe_words)
    if kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        texts = draw(st.lists(words, min_size=2, max_size=6, unique_by=lambda text: text.vi))
        values["choices"] = tuple(Choice(str(number), text) for number, text in enumerate(texts, start=1))
    if kind is QuestionKind.SINGLE:
        values["answer"] = draw(st.sampled_from(["", "1", "2"]))
    if kind is QuestionKind.GRID:
        texts = draw(st.lists(words, min_size=1, max_size=4))
        values["rows"] = tuple(Choice(f"{code}r{number}", text) for number, text in enumerate(texts))
    if kind in SCALED:
        values |= {"scale": draw(st.sampled_from(["satisfaction", "agreement"])),
                   "allows_not_applicable": draw(st.booleans()), "factor": draw(st.sampled_from(["", "F1"]))}
    if kind in NUMERIC:
        values |= {"minimum": draw(st.sampled_from(["", "-5", "0"])), "maximum": draw(st.sampled_from(["", "200"]))}
    if kind is QuestionKind.DATE:
        values["minimum"] = draw(st.sampled_from(["", "2023-05-01"]))
    if kind is QuestionKind.DECIMAL:
        values["decimals"] = draw(st.integers(0, 4))
    if kind in TEXTUAL:
        values["max_length"] = draw(st.integers(1, 4000))
    return Question(**values)


@st.composite
def bodies(draw: st.DrawFn) -> Body:
    """A sound questionnaire of any shape."""
    earlier = "A0"
    sections = [Section("start", questions=(Question(
        "A0", QuestionKind.SINGLE, Words("Đầu"), choices=(Choice("1", Words("x")), Choice("2", Words("y")))),))]
    for number in range(draw(st.integers(0, 3))):
        codes = [f"Q{number}_{place}" for place in range(draw(st.integers(1, 4)))]
        sections.append(Section(draw(st.sampled_from([f"s{number}", codes[0]])), draw(maybe_words),
                                draw(st.sampled_from(["", f"${{{earlier}}} = '1'"])),
                                tuple(draw(questions(code, earlier)) for code in codes)))
    scales = tuple((name, tuple(draw(words) for _level in range(5))) for name in ("satisfaction", "agreement"))
    return Body(
        title=draw(words), intro=draw(maybe_words), thanks=draw(maybe_words), pass_share=draw(st.integers(1, 100)),
        is_sectioned=draw(st.booleans()), scales=scales, sections=tuple(sections),
        factors=(Factor("F1", draw(words), draw(st.booleans())),))


@settings(max_examples=60, deadline=None)
@given(bodies())
def test_any_sound_questionnaire_comes_back_as_it_was(body: Body) -> None:
    assert check(body) == []
    data = write_xlsform("P-1", 1, body)
    assert read_xlsform(data).body == body
    assert convert(data, validate=False).xform


def test_a_text_that_begins_like_a_formula_stays_a_text() -> None:
    body = Body(title=Words("=1+1"), sections=(Section("s", questions=(
        Question("T1", QuestionKind.TEXT, Words("=HYPERLINK(\"http://x\")"), hint=Words("@SUM(A1)")),)),))
    data = write_xlsform("P-1", 1, body)
    assert read_xlsform(data).body == body
    book = load_workbook(io.BytesIO(data))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_a_form_of_another_tool_is_read_as_it_means() -> None:
    read = read_xlsform(workbook(
        [{"type": "select one co_khong", "name": "A", "label": "Đã đến?"},
         {"type": "begin group", "name": "G", "label": "Đánh giá", "relevant": "${A} = '1'"},
         {"type": "select_one muc", "name": "B", "label": "Thái độ", "required": "true"},
         {"type": "begin_group", "name": "L", "label": "Phòng ốc", "appearance": "table-list"},
         {"type": "select_one muc", "name": "L1", "label": "Sạch"},
         {"type": "select_one muc", "name": "L2", "label": "Đủ ghế"},
         {"type": "end group"}, {"type": "end_group"},
         {"type": "integer", "name": "N", "label": "Tuổi", "constraint": ". >= 16 and . <= 120"},
         {"type": "text", "name": "T", "label": "Góp ý", "appearance": "multiline"}],
        [*LEVELS, *YES_NO]))
    kinds = [question.kind for question in read.body.questions()]
    assert kinds == [QuestionKind.SINGLE, QuestionKind.SCALE, QuestionKind.GRID, QuestionKind.INTEGER,
                     QuestionKind.LONG_TEXT]
    number = next(question for question in read.body.questions() if question.code == "N")
    assert (number.minimum, number.maximum, number.constraint) == ("16", "120", "")
    assert [len(section.questions) for section in read.body.sections] == [1, 2, 2]
    assert read.body.sections[1].relevant == "${A} = '1'"
    assert [word.vi for word in read.body.scale_labels("muc")] == [f"Mức {level}" for level in range(1, 6)]


@pytest.mark.parametrize(("rows", "where"), [
    ([{"type": "geopoint", "name": "A", "label": "Ở đâu"}], ("survey", 2, "type")),
    ([TEXT, {"type": "image", "name": "A", "label": "Ảnh"}], ("survey", 3, "type")),
    ([TEXT, {"type": "calculate", "name": "A", "calculation": "1+1"}], ("survey", 3, "calculation")),
    ([TEXT, {"type": "begin_repeat", "name": "A"}, {"type": "end_repeat"}], ("survey", 3, "type")),
    ([TEXT, {"type": "deviceid", "name": "A"}], ("survey", 3, "type")),
    ([TEXT, {**TEXT, "label": "Hai"}], ("survey", 3, "name")),
    ([TEXT, {**TEXT, "name": ""}], ("survey", 3, "name")),
    ([TEXT, {"type": "", "name": "B", "label": "Không loại"}], ("survey", 3, "type")),
    ([TEXT, {"type": "select_one chua_co", "name": "B", "label": "Chọn"}], ("survey", 3, "type")),
    ([TEXT, {"type": "select_one co_khong or_other", "name": "B", "label": "Chọn"}], ("survey", 3, "type")),
    ([TEXT, {"type": "integer", "name": "B", "label": "Số", "relevant": "${T1} = ("}], ("survey", 3, "relevant")),
    ([TEXT, {"type": "integer", "name": "B", "label": "Số", "constraint": "regex(., 'a')"}],
     ("survey", 3, "constraint")),
    ([TEXT, {"type": "integer", "name": "B", "label": "Số", "required": "${T1} = 'x'"}], ("survey", 3, "required")),
    ([TEXT, {"type": "integer", "name": "B", "label": "Số", "relevant": "${KHONG} = '1'"}], ("survey", 3, "relevant")),
    ([{**TEXT, "relevant": "${B} = '1'"}, {"type": "text", "name": "B", "label": "Hai", "relevant": "${T1} = '1'"}],
     ("survey", 2, "relevant")),
    ([TEXT, {"type": "text", "name": "B"}], ("survey", 3, "label")),
    ([TEXT, {"type": "text", "name": "9x", "label": "Hai"}], ("survey", 3, "name")),
    ([TEXT, {"type": "integer", "name": "B", "label": "Số", "constraint": ". >= 9 and . <= 1"}],
     ("survey", 3, "constraint")),
    ([TEXT, {"type": "note", "name": "B", "label": "Lời dẫn", "constraint": ". > 1"}], ("survey", 3, "constraint")),
    ([TEXT, {"type": "begin_group", "name": "G", "label": "Nhóm"}], ("survey", 3, "type")),
    ([TEXT, {"type": "end_group"}], ("survey", 3, "type")),
    ([{**TEXT, "label::French (fr)": "Avis"}], ("survey", 1, "label::French (fr)")),
    ([{"type": "text", "name": "T1", "label::English (en)": "Remarks"}], ("survey", 1, "label")),
    ([{**TEXT, "portal::max_length": "nhiều"}], ("survey", 2, "portal::max_length")),
])
def test_what_cannot_be_used_is_named_by_sheet_row_and_column(rows: Rows, where: tuple[str, int, str]) -> None:
    assert where in faults(workbook(rows, YES_NO))


def test_every_fault_is_told_at_once() -> None:
    found = faults(workbook([TEXT, TEXT, {"type": "audio", "name": "A", "label": "x"}],
                            [*YES_NO, YES_NO[0], {"list_name": "co_khong", "label": "Không mã"}]))
    assert found == [("survey", 3, "name"), ("survey", 4, "type"), ("choices", 4, "name"), ("choices", 5, "name")]


def test_a_workbook_without_questions_says_so() -> None:
    assert faults(workbook([])) == [("survey", 0, "")]


def archive(**parts: bytes) -> bytes:
    """A workbook with parts added or replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook([TEXT]))) as old, zipfile.ZipFile(
            target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize("data", [
    b"", b"khong phai tep", b"PK\x03\x04 hong", b"\0" * (3 * 1024 * 1024),
    archive(**{"xl/worksheets/sheet1.xml": b"<worksheet>" + b" " * 20_000_000}),
    archive(**{"xl/vbaProject.bin": b"x"}),
    archive(**{"xl/workbook.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><workbook/>"}),
    archive(**{"xl/worksheets/sheet1.xml": b"<worksheet><broken"}),
    archive(**{f"xl/media/{number}.png": b"x" for number in range(300)}),
], ids=["empty", "no archive", "broken", "large", "bomb", "macro", "entity", "xml", "entries"])
def test_a_file_that_is_dangerous_or_broken_is_refused_as_a_whole(data: bytes) -> None:
    (fault,) = faults(data)
    assert fault == ("", 0, "")
