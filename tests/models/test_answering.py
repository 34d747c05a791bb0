"""Sheets are judged: what is taken, what is refused and in which words, and what the counts come to."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from time import process_time
from timeit import repeat

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.expression import ExpressionError
from models.answering import FAILED, PASSED, SHEET, Answering, Judged
from models.codebook import BLANK, GIVEN, NOT_APPLICABLE, NOT_ASKED, OUTCOME, UNTICKED
from models.question import Body, Choice, Factor, Question, QuestionKind, Section, Words
from tests.support.survey import default_body

TODAY = date(2023, 5, 30)
OPTIONS = tuple(Choice(code, Words(f"Phương án {code}")) for code in ("a", "b", "c"))
FIVE = tuple(Words(word) for word in ("Một", "Hai", "Ba", "Bốn", "Năm"))
EVERY_KIND = (
    Question("One", QuestionKind.SINGLE, Words("Chọn một"), choices=OPTIONS),
    Question("Many", QuestionKind.MULTIPLE, Words("Chọn nhiều"), choices=OPTIONS),
    Question("Level", QuestionKind.SCALE, Words("Mức"), allows_not_applicable=True, factor="F1"),
    Question("Plain", QuestionKind.SCALE, Words("Mức"), factor="F1"),
    Question("Grid", QuestionKind.GRID, Words("Bảng"), rows=(Choice("G1", Words("Ý 1")), Choice("G2", Words("Ý 2"))),
             allows_not_applicable=True),
    Question("Count", QuestionKind.INTEGER, Words("Số"), minimum="-5", maximum="2000"),
    Question("Share", QuestionKind.DECIMAL, Words("Tỷ lệ"), minimum="0", maximum="10.5", decimals=2),
    Question("Line", QuestionKind.TEXT, Words("Một dòng"), max_length=10),
    Question("Remark", QuestionKind.LONG_TEXT, Words("Góp ý"), max_length=40),
    Question("Day", QuestionKind.DATE, Words("Ngày"), minimum="2023-01-01", maximum="2023-12-31"),
    Question("Note", QuestionKind.NOTE, Words("Lời dẫn")),
)


def made(*questions: Question, relevant: str = "", **others: object) -> Answering:
    """An answering of these questions in one section, after the every-kind ones where ``relevant`` is given."""
    return Answering(Body(
        title=Words("Phiếu"), scales=(("s", FIVE),), factors=(Factor("F1", Words("Nhóm")),),
        sections=(Section("A", Words("A"), relevant=relevant, questions=questions),), **others))  # type: ignore[arg-type]


EVERY = made(*EVERY_KIND)


def judged(answering: Answering, by_field: Mapping[str, str | list[str]] | None = None, /, *, drop_hidden: bool = False,
           language: str = "vi", **answers: str | list[str]) -> Judged:
    """What becomes of these answers."""
    posted = {name: given if isinstance(given, list) else [given]
              for name, given in {**(by_field or {}), **answers}.items()}
    return answering.judge(posted, today=TODAY, drop_hidden=drop_hidden, language=language)


def cells(answering: Answering, sheet: Judged) -> dict[str, int]:
    """The packed values by cell."""
    return {cell.code: value for cell, value in zip(answering.book.cells, sheet.choices, strict=True)}


def words(sheet: Judged) -> dict[str, str]:
    """The messages by field, in Vietnamese; as translated without a page they are the same."""
    assert {name: str(message) for name, message in sheet.errors.items()} == {
        name: message.vi for name, message in sheet.errors.items()}
    return {name: message.vi for name, message in sheet.errors.items()}


def test_an_empty_sheet_is_blank_in_every_cell() -> None:
    sheet = judged(EVERY)
    assert sheet.is_valid and sheet.is_empty
    assert set(sheet.choices) == {BLANK}
    assert len(sheet.choices) == len(EVERY.book.cells)
    assert sheet.details is None


def test_every_kind_of_answer_finds_its_cell() -> None:
    sheet = judged(EVERY, One="b", Many=["c", "a"], Level="na", Plain="5", G1="1", G2="na", Count="1.234", Share="7,5",
                   Line="Tốt", Remark="Chờ\r\nlâu", Day="30/05/2023")
    assert sheet.errors == {} and not sheet.is_empty
    assert cells(EVERY, sheet) == {
        "One": 2, "Many.a": GIVEN, "Many.b": UNTICKED, "Many.c": GIVEN, "Level": NOT_APPLICABLE, "Plain": 5, "G1": 1,
        "G2": NOT_APPLICABLE, "Count": GIVEN, "Share": GIVEN, "Line": GIVEN, "Remark": GIVEN, "Day": GIVEN}
    assert sheet.details == {"Count": 1234, "Share": "7.5", "Line": "Tốt", "Remark": "Chờ\nlâu", "Day": "2023-05-30"}


@pytest.mark.parametrize(("field", "given", "kept"), [
    ("Count", "0", 0), ("Count", " 12 ", 12), ("Count", "-5", -5), ("Count", "-0", 0), ("Count", "007", 7),
    ("Count", "1 234", 1234), ("Share", "10,50", "10.5"), ("Share", "0,00", "0"), ("Share", "-0,0", "0"),
    ("Share", "3", "3"),
    ("Share", "3,10", "3.1"), ("Day", "1-1-2023", "2023-01-01"), ("Day", "31122023", "2023-12-31"),
    ("Day", "2023-05-30", "2023-05-30"), ("Line", "  hai   từ ", "hai từ"), ("Line", "a\nb", "a b"),
    ("Line", "u\u031b\u0301", "ứ"), ("Line", "😀" * 10, "😀" * 10), ("Remark", "a\u0000b", "ab"),
    ("Remark", "gọi 0912 345 678", "gọi [đã che]"), ("Line", "a@b.vn", "[đã che]"),
])
def test_an_answer_is_kept_in_one_form(field: str, given: str, kept: object) -> None:
    sheet = judged(EVERY, {field: given})
    assert sheet.errors == {}
    assert sheet.details == {field: kept}
    assert cells(EVERY, sheet)[field] == GIVEN


@pytest.mark.parametrize(("field", "given", "message"), [
    ("One", "d", "Chọn trong các phương án đã cho"), ("One", "na", "Chọn trong các phương án đã cho"),
    ("One", "1", "Chọn trong các phương án đã cho"), ("Many", "d", "Chọn trong các phương án đã cho"),
    ("Level", "0", "Chọn trong các phương án đã cho"), ("Level", "6", "Chọn trong các phương án đã cho"),
    ("Level", "254", "Chọn trong các phương án đã cho"), ("Level", "４", "Chọn trong các phương án đã cho"),
    ("Plain", "na", "Chọn trong các phương án đã cho"), ("G2", "x" * 100_000, "Chọn trong các phương án đã cho"),
    ("One", ["a", "b"], "Chỉ chọn một câu trả lời"), ("Level", ["1", "5"], "Chỉ chọn một câu trả lời"),
    ("Count", ["1", "2"], "Chỉ chọn một câu trả lời"), ("Line", ["a", "b"], "Chỉ chọn một câu trả lời"),
    ("Count", "12,5", "Nhập số nguyên, ví dụ 12"), ("Count", "mười", "Nhập số nguyên, ví dụ 12"),
    ("Count", "9" * 100_000, "Nhập số nguyên, ví dụ 12"), ("Count", "٣", "Nhập số nguyên, ví dụ 12"),
    ("Count", "-6", "Nhập số từ -5 trở lên"), ("Count", "2001", "Nhập số không quá 2.000"),
    ("Count", "9" * 60, "Nhập số không quá 2.000"),
    ("Share", "7.5", "Nhập số, phần thập phân sau dấu phẩy, ví dụ 12,5"),
    ("Share", "1e3", "Nhập số, phần thập phân sau dấu phẩy, ví dụ 12,5"),
    ("Share", "NaN", "Nhập số, phần thập phân sau dấu phẩy, ví dụ 12,5"),
    ("Share", "7,555", "Nhập nhiều nhất 2 chữ số sau dấu phẩy"), ("Share", "-0,01", "Nhập số từ 0 trở lên"),
    ("Share", "10,51", "Nhập số không quá 10,5"),
    ("Day", "30/13/2023", "Nhập ngày theo mẫu ngày/tháng/năm, ví dụ 30/05/2023"),
    ("Day", "29/02/2023", "Nhập ngày theo mẫu ngày/tháng/năm, ví dụ 30/05/2023"),
    ("Day", "9" * 100_000, "Nhập ngày theo mẫu ngày/tháng/năm, ví dụ 30/05/2023"),
    ("Day", "31/12/2022", "Nhập ngày từ 01/01/2023 trở đi"), ("Day", "1/1/2024", "Nhập ngày không sau 31/12/2023"),
    ("Line", "mười một ký", "Viết nhiều nhất 10 ký tự; đang có 11"),
    ("Remark", "x" * 1_000_000, "Viết nhiều nhất 40 ký tự; đang có 1000000"),
])
def test_what_cannot_be_taken_is_told_at_its_field(field: str, given: str | list[str], message: str) -> None:
    sheet = judged(EVERY, {field: given})
    assert words(sheet) == {field: message}
    assert not sheet.is_valid
    assert sheet.details is None and sheet.is_empty


def test_the_same_answer_twice_and_empty_fields_are_one_answer() -> None:
    sheet = judged(EVERY, One=["", "a", " a "], Many=["a", "a", ""], Count=["", "5"], Line=["", "  "])
    assert sheet.errors == {}
    assert cells(EVERY, sheet)["One"] == 1
    assert sheet.details == {"Count": 5}


def test_fields_of_the_page_are_left_alone_and_others_are_refused() -> None:
    assert judged(EVERY, _ticket="x", _page="2", One="a").is_valid
    for name in ("Note", "Grid", "one", "Q99", "", "Many.a"):
        assert words(judged(EVERY, {name: "1", "One": "a"})) == {
            SHEET: "Phiếu gửi lên có ô không thuộc bộ câu hỏi này; hãy tải lại trang rồi gửi lại"}


def test_a_required_question_wants_an_answer_of_every_row() -> None:
    required = made(*(Question(question.code, question.kind, question.text, is_required=True, choices=question.choices,
                               rows=question.rows, allows_not_applicable=question.allows_not_applicable)
                      for question in EVERY_KIND))
    missing = judged(required, G1="na", Line=" ")
    assert list(missing.errors) == ["One", "Many", "Level", "Plain", "G2", "Count", "Share", "Line", "Remark", "Day"]
    assert set(words(missing).values()) == {"Câu này cần câu trả lời"}


SKIPPING = Answering(Body(title=Words("Phiếu"), scales=(("s", FIVE),), sections=(
    Section("A", Words("A"), questions=(
        Question("S2", QuestionKind.SINGLE, Words("S2"), choices=OPTIONS),
        Question("Age", QuestionKind.INTEGER, Words("Tuổi"), maximum="150"),
        Question("Old", QuestionKind.TEXT, Words("Già"), relevant="${Age} >= 60", is_required=True))),
    Section("B", Words("B"), relevant="${S2} != 'c'", questions=(
        Question("Q1", QuestionKind.SCALE, Words("Q1"), is_required=True),
        Question("Many", QuestionKind.MULTIPLE, Words("Many"), choices=OPTIONS, relevant="${Q1} < 3"),
        Question("Grid", QuestionKind.GRID, Words("G"), rows=(Choice("G1", Words("1")), Choice("G2", Words("2")))))),
    Section("C", Words("C"), questions=(
        Question("Last", QuestionKind.TEXT, Words("Cuối"), relevant="${Q1} = ''"),)),
)))


def test_what_is_led_past_is_not_asked_and_not_required() -> None:
    sheet = judged(SKIPPING, S2="c", Age="30", Last="x")
    assert sheet.errors == {} and sheet.hidden == ()
    assert cells(SKIPPING, sheet) == {
        "S2": 3, "Age": GIVEN, "Old": NOT_ASKED, "Q1": NOT_ASKED, "Many.a": NOT_ASKED, "Many.b": NOT_ASKED,
        "Many.c": NOT_ASKED, "G1": NOT_ASKED, "G2": NOT_ASKED, "Last": GIVEN}


def test_an_answer_to_a_question_that_is_not_asked_is_refused() -> None:
    sheet = judged(SKIPPING, S2="c", Q1="5", Many=["a", "b"], G2="4", Old="x")
    assert sheet.hidden == ("Old", "Q1", "Many", "Grid")
    sentence = "Câu này không hỏi theo các câu trả lời phía trên; hãy bỏ trống"
    assert words(sheet) == dict.fromkeys(("Old", "Q1", "Many", "G2"), sentence)
    assert sheet.details is None


def test_an_answer_to_a_question_that_is_not_asked_can_be_dropped() -> None:
    dropped = judged(SKIPPING, drop_hidden=True, S2="c", Q1="1", Many=["x"], G2="4", Old="x", Last="y")
    kept = judged(SKIPPING, S2="c", Last="y")
    assert dropped.errors == {} and dropped.hidden == ("Old", "Q1", "Many", "Grid")
    assert (dropped.choices, dropped.details) == (kept.choices, kept.details)


def test_blank_fields_of_questions_not_asked_are_no_answers() -> None:
    assert judged(SKIPPING, S2="c", Q1=["", " "], Old="").hidden == ()


def test_an_answer_that_cannot_be_read_decides_nothing() -> None:
    assert list(judged(SKIPPING, Age="nhiều", S2="c").errors) == ["Age"]
    assert list(judged(SKIPPING, Age="nhiều", Old="x", S2="c").errors) == ["Age"]
    assert list(judged(SKIPPING, S2="d", Q1="2", Many="a").errors) == ["S2"]


def test_a_constraint_speaks_its_own_words_in_the_language_asked_for() -> None:
    answering = made(
        Question("From", QuestionKind.DATE, Words("Từ")),
        Question("To", QuestionKind.DATE, Words("Đến"), constraint=". >= ${From} and . <= today()",
                 constraint_message=Words("Ngày đến phải sau ngày từ", "The end must come after the beginning")),
        Question("Code", QuestionKind.TEXT, Words("Mã"), constraint="string-length(.) = 5 and . != ${From}"),
        Question("Pick", QuestionKind.MULTIPLE, Words("Chọn"), choices=OPTIONS, constraint="count-selected(.) <= 2"))
    wrong = judged(answering, From="2/5/2023", To="1/5/2023", Code="1234", Pick=["a", "b", "c"])
    assert words(wrong) == {
        "To": "Ngày đến phải sau ngày từ", "Code": "Câu trả lời chưa hợp với điều kiện của câu hỏi",
        "Pick": "Câu trả lời chưa hợp với điều kiện của câu hỏi"}
    english = judged(answering, From="2/5/2023", To="1/5/2023", language="en")
    assert str(english.errors["To"]) == "The end must come after the beginning"
    assert judged(answering, From="2/5/2023", To="30/5/2023", Code="12345", Pick=["c", "a"]).is_valid
    assert judged(answering, From="2/5/2023", To="31/5/2023").errors
    assert judged(answering).is_valid


def test_a_text_is_compared_as_it_was_written_and_kept_masked() -> None:
    answering = made(Question("Phone", QuestionKind.TEXT, Words("Số"), constraint=". = '0912345678'"))
    assert judged(answering, Phone="0912345678").details == {"Phone": "[đã che]"}


def test_codes_of_a_multiple_choice_come_in_the_order_of_the_questionnaire() -> None:
    answering = made(EVERY_KIND[1], Question("After", QuestionKind.TEXT, Words("Sau"), relevant="${Many} = 'a c'"))
    assert judged(answering, Many=["c", "a"], After="x").is_valid


def test_a_sheet_of_knowledge_passes_by_its_share_of_right_answers() -> None:
    knowledge = Answering(default_body("NT-CBVC"))
    right = {"K1": "1", "K2": "2", "K3": "3", "K4": "2", "K5": "2", "K6": "1", "K7": "3", "K8": "2"}

    def outcome(answers: Mapping[str, str]) -> int:
        return cells(knowledge, judged(knowledge, dict(answers)))[OUTCOME]

    assert outcome(right) == PASSED
    assert outcome(right | {"K1": "2", "K2": "1"}) == PASSED  # 6 of 8
    assert outcome(right | {"K1": "2", "K2": "1", "K3": "1"}) == FAILED  # 5 of 8
    assert outcome({"K1": "1"}) == PASSED
    assert outcome({"K1": "2"}) == FAILED
    assert outcome({"R1": "5"}) == BLANK


def test_a_sheet_of_knowledge_that_was_not_asked_has_no_outcome() -> None:
    answering = made(
        EVERY_KIND[0],
        Question("K", QuestionKind.SINGLE, Words("K"), choices=OPTIONS, answer="b", relevant="${One} = 'a'"))
    assert cells(answering, judged(answering, One="b"))[OUTCOME] == NOT_ASKED
    assert cells(answering, judged(answering, One="a"))[OUTCOME] == BLANK
    assert cells(answering, judged(answering, One="a", K="b"))[OUTCOME] == PASSED


def test_a_broken_condition_is_told_and_left_out_of_a_draft() -> None:
    body = Body(sections=(Section("A", relevant="${Q1", questions=(
        Question("Q1", QuestionKind.INTEGER, Words("Q1"), minimum="x", constraint="((", answer="z"),
        Question("Q2", QuestionKind.DATE, Words("Q2"), minimum="x", relevant="1 = 1"))),))
    with pytest.raises(ExpressionError):
        Answering(body)
    draft = Answering(body, is_draft=True)
    assert [step["question"] for step in draft.tree()["steps"]] == ["Q2"]
    assert judged(draft, Q1="5", Q2="1/1/2000").is_valid


def test_the_browser_gets_only_the_conditions_there_are() -> None:
    assert EVERY.tree() == {"steps": [], "kinds": {}}
    tree = SKIPPING.tree()
    assert [step.get("section") or step["question"] for step in tree["steps"]] == ["Old", "B", "Many", "Last"]
    assert tree["steps"][1] == {"section": "B", "questions": ["Q1", "Many", "Grid"],
                                "relevant": ["!=", ["answer", "S2"], ["text", "c"]]}
    assert tree["kinds"] == {"Age": "integer"}


ODD = ["", " ", "a", "b", "d", "1", "5", "6", "na", "c", "-1", "12", "70", "7,5", "1.234", "30/05/2023", "0912345678",
       "\u0000", "NaN", "'; drop", "a b", "ứ" * 50]
NAMES = [*sorted(EVERY.names | SKIPPING.names), "_page", "Q9"]


@settings(derandomize=True, deadline=None, max_examples=300, suppress_health_check=list(HealthCheck))
@given(st.lists(st.dictionaries(st.sampled_from(NAMES), st.lists(st.sampled_from(ODD), max_size=3)), max_size=12))
@pytest.mark.parametrize("answering", [EVERY, SKIPPING], ids=["every kind", "skipping"])
def test_whatever_is_sent_every_cell_adds_up_to_the_sheets(
        answering: Answering, sheets: list[Mapping[str, list[str]]]) -> None:
    book = answering.book
    taken = [sheet for sheet in (answering.judge(
        {name: given for name, given in posted.items() if name in answering.names or name.startswith("_")},
        today=TODAY, drop_hidden=True) for posted in sheets) if sheet.is_valid]
    counts = sum(book.count(sheet.choices, sheet.details) for sheet in taken)
    assert counts == book.tally(sheet.choices for sheet in taken) + sum(
        book.sums(sheet.details) for sheet in taken if sheet.details)
    for cell in book.cells:
        found = book.read(counts, cell.code)
        assert sum(found.values) + found.missing + found.not_applicable == len(taken)
        assert found.n + found.blank + found.not_asked + found.not_applicable == found.sheets
        if cell.has_sum:
            assert found.total == sum(Decimal(str((sheet.details or {}).get(cell.code, 0))) for sheet in taken)


def test_a_sheet_of_twenty_questions_is_judged_well_under_200_microseconds() -> None:
    answering = Answering(default_body())
    posted = {"S1": ["1"], "S2": ["1"], **{f"Q{number}": ["4"] for number in range(1, 18)}, "Q18": ["95"], "X1": ["1"],
              "X2": ["1", "3"], "X3": ["Cảm ơn, xin gọi 0912 345 678"], "_ticket": ["x"]}
    assert answering.judge(posted, today=TODAY).is_valid
    seconds = min(repeat(lambda: answering.judge(posted, today=TODAY), timer=process_time, number=200, repeat=5))
    assert seconds / 200 < 200e-6
