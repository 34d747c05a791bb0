"""The questionnaire on paper: every question with room for its answer, boxes drawn, skips in words, few pages."""

import io
from dataclasses import replace

import pdfplumber
import pytest

from exports import paper_form
from exports.layout.form import BOX
from exports.skip import skip_words
from models.paper import paper_cells
from models.question import Body, Choice, Question, QuestionKind, Section, Words
from tests.exports.reading import ink_boxes
from tests.exports.survey_samples import FORMS, form
from tests.support.paper import Paper
from tests.support.survey import default_body


def boxes_of(paper: Paper, edge: float = BOX) -> int:
    """How many empty boxes of one size are drawn."""
    with pdfplumber.open(io.BytesIO(paper.content)) as document:
        return sum(1 for page in document.pages for box in page.rects
                   if box["stroke"] and not box["fill"] and abs(box["width"] - edge) < 0.1
                   and abs(box["height"] - edge) < 0.1)


def expected_boxes(body: Body) -> int:
    """Boxes that a questionnaire takes, and the two of the key (the filled one is drawn twice)."""
    return 2 + sum(len(cell.codes) + cell.allows_not_applicable for cell in paper_cells(body) if cell.kind != "free")


@pytest.mark.parametrize("size", FORMS)
def test_a_form_is_the_same_each_time_with_embedded_faces_inside_the_page(size: str) -> None:
    content = paper_form.build(FORMS[size])
    assert paper_form.build(FORMS[size]) == content
    paper = Paper(content)
    assert all(name.startswith("Tinos") and embedded for name, embedded in paper.fonts().items())
    for width, height, left, top, right, bottom in ink_boxes(paper):
        assert left > 28 and right < width - 28 and top > 0 and bottom < height


@pytest.mark.parametrize("size", ["ordinary", "absurd"])
def test_every_answer_that_can_be_typed_in_has_a_drawn_box(size: str) -> None:
    document = FORMS[size]
    assert boxes_of(Paper(paper_form.build(document))) == expected_boxes(document.body)


@pytest.mark.parametrize("code", ["HL-TTHC", "NT-CBVC"])
def test_the_default_questionnaires_stand_whole_on_few_pages(code: str) -> None:
    body = default_body(code)
    paper = Paper(paper_form.build(form(body)))
    assert len(paper) <= 3
    text = paper.text()
    for question in body.questions():
        assert " ".join(question.text.vi.split()[:4]) in text
        assert question.code in text
        for choice in question.choices:
            assert choice.text.vi.split()[0] in text
    for factor in body.factors:
        assert factor.name.vi.split()[0] in text
    assert "Nộp phiếu là đồng ý tham gia" in text and "Sở Giáo dục và Đào tạo (minh họa)" in text
    assert "Ngày thu phiếu" in text and "abcd2345" in text


def test_the_head_of_the_grid_stands_on_every_page_of_it() -> None:
    paper = Paper(paper_form.build(form()))
    pages = [number for number in range(len(paper)) if "5. Rất hài lòng" in paper.text(number)]
    assert pages == [0, 1]


def test_a_skip_is_said_once_for_all_questions_that_hang_on_it() -> None:
    text = Paper(paper_form.build(form())).text()
    assert text.count("chỉ trả lời nếu câu S2 không chọn") == 1
    assert "Câu Q1 đến Q14: chỉ trả lời nếu câu S2 không chọn “Chưa làm thủ tục trong 12 tháng qua”" in text


def test_codes_stand_in_the_margin_and_signs_are_those_that_are_typed() -> None:
    words = Paper(paper_form.build(form())).words(0)
    code = next(word for word in words if word.text == "S1")
    text = next(word for word in words if word.text == "Ông/Bà" and abs(word.top - code.top) < 8)
    assert code.right < text.left and code.size == 8
    column = [word.text for word in words if word.size == 8 and word.text.isdigit()]
    assert sorted(column[:5]) == list("12345")


def test_an_empty_questionnaire_still_makes_a_page() -> None:
    assert len(Paper(paper_form.build(FORMS["empty"]))) == 1


def test_signs_without_glyph_are_named() -> None:
    assert "[U+1F600]" in Paper(paper_form.build(FORMS["absurd"])).text()


def test_a_form_without_address_or_contact_says_nothing_of_them() -> None:
    text = Paper(paper_form.build(replace(form(), address="", contact=""))).text()
    assert "Có thể trả lời bằng điện thoại" not in text and "Thắc mắc xin liên hệ" not in text


QUESTIONS = (
    Question("A", QuestionKind.SINGLE, Words("A?"), choices=(Choice("1", Words("Có")), Choice("2", Words("Không")))),
    Question("B", QuestionKind.MULTIPLE, Words("B?"), choices=(Choice("1", Words("Zalo")), Choice("2", Words("Báo")))),
    Question("C", QuestionKind.INTEGER, Words("C?")),
    Question("D", QuestionKind.SCALE, Words("D?"), scale="s"),
)
BODY = Body(scales=(("s", tuple(Words(f"mức {number}") for number in "12345")),),
            sections=(Section("S", questions=QUESTIONS),))


@pytest.mark.parametrize(("condition", "words"), [
    ("", ""),
    ("${A} = '1'", "Chỉ trả lời nếu câu A chọn “Có”."),
    ("'2' != ${A}", "Chỉ trả lời nếu câu A không chọn “Không”."),
    ("selected(${B}, '1')", "Chỉ trả lời nếu câu B chọn “Zalo”."),
    ("not(selected(${B}, '1'))", "Chỉ trả lời nếu câu B không chọn “Zalo”."),
    ("${C} >= 3.5", "Chỉ trả lời nếu câu C từ 3,5."),
    ("10 > ${C}", "Chỉ trả lời nếu câu C nhỏ hơn 10."),
    ("not(${C} < 5)", "Chỉ trả lời nếu câu C từ 5."),
    ("${C} != ''", "Chỉ trả lời nếu câu C có trả lời."),
    ("${D} = '5'", "Chỉ trả lời nếu câu D chọn “mức 5”."),
    ("${A} = '1' and ${C} > 2", "Chỉ trả lời nếu câu A chọn “Có” và câu C lớn hơn 2."),
    ("not(${A} = '1' and ${C} > 2)", "Chỉ trả lời nếu câu A không chọn “Có” hoặc câu C không quá 2."),
    ("count-selected(${B}) > 1", "Chỉ trả lời nếu câu trả lời ở B phù hợp với phần này."),
    ("${A} = '9'", "Chỉ trả lời nếu câu trả lời ở A phù hợp với phần này."),
    ("1 = 1", ""),
    ("${", ""),
])
def test_conditions_are_said_in_words(condition: str, words: str) -> None:
    assert skip_words(BODY, condition) == words
