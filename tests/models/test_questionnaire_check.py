"""A questionnaire is checked before it is published, and every fault is named with its place."""

from dataclasses import replace
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.answering import Answering
from models.question import Body, Choice, Factor, Question, QuestionKind, Section, Words
from models.questionnaire_check import MOST_PROBLEMS, check
from tests.support.survey import default_body

YES_NO = (Choice("1", Words("Có")), Choice("2", Words("Không")))
FIVE = tuple(Words(word) for word in ("Một", "Hai", "Ba", "Bốn", "Năm"))
ROWS = (Choice("R1", Words("Ý một")), Choice("R2", Words("Ý hai")))
S = Question("S", QuestionKind.SINGLE, Words("S"), choices=YES_NO)
Q = Question("Q", QuestionKind.SCALE, Words("Q"), factor="F", scale="s")
G = Question("G", QuestionKind.GRID, Words("G"), rows=ROWS)
N = Question("N", QuestionKind.INTEGER, Words("N"), minimum="1", maximum="5")
P = Question("P", QuestionKind.DECIMAL, Words("P"), minimum="-0.5", maximum="100")
D = Question("D", QuestionKind.DATE, Words("D"), minimum="2023-01-01", maximum="2023-12-31")
T = Question("T", QuestionKind.TEXT, Words("T"))


def body(*questions: Question, **others: object) -> Body:
    """A sound questionnaire of these questions."""
    return Body(**{  # type: ignore[arg-type]
        "title": Words("Phiếu"), "scales": (("s", FIVE),), "factors": (Factor("F", Words("Nhóm")),),
        "sections": (Section("A", Words("A"), questions=questions),), **others})


def found(asked: Body) -> list[tuple[str, str]]:
    """All problems, with their places."""
    return [(problem.where, problem.message) for problem in check(asked)]


@pytest.mark.parametrize("code", ["HL-TTHC", "NT-CBVC"])
def test_the_two_questionnaires_of_the_portal_are_sound(code: str) -> None:
    assert check(default_body(code)) == []


@pytest.mark.parametrize("code", ["HL-TTHC", "NT-CBVC"])
def test_the_two_questionnaires_of_the_portal_are_whole_in_english(code: str) -> None:
    asked = default_body(code)
    texts = [asked.title, asked.intro, asked.thanks, *(words for _name, five in asked.scales for words in five),
             *(factor.name for factor in asked.factors), *(section.title for section in asked.sections)]
    for question in asked.questions():
        texts += [question.text, *(choice.text for choice in (*question.choices, *question.rows))]
    assert [text for text in texts if not (text.vi and text.en)] == []
    assert {text.en for text in texts if text.en == text.vi} <= {"Facebook", "Zalo"}


def test_a_sound_questionnaire_of_every_kind_has_no_problem() -> None:
    later = replace(T, code="T2", relevant="${S} = '1' and ${R2} >= 4 and ${D} < today()", constraint=". != ${T}")
    note = Question("Note", QuestionKind.NOTE, Words("Lời dẫn"), relevant="${Q} = 'na'")
    many = Question("M", QuestionKind.MULTIPLE, Words("M"), choices=YES_NO)
    long = Question("L", QuestionKind.LONG_TEXT, Words("L"), max_length=4000)
    assert found(body(S, Q, G, N, P, D, T, many, long, later, note, headline="R2")) == []


@pytest.mark.parametrize(("asked", "where", "words"), [
    (body(S, title=Words()), "title", "chưa có tên"),
    (body(), "A", "chưa có câu hỏi"), (body(), "title", "chưa có câu nào"),
    (body(sections=()), "title", "chưa có câu nào"),
    (body(Question("Note", QuestionKind.NOTE, Words("Lời dẫn"))), "title", "chưa có câu nào"),
    (body(*(replace(T, code=f"T{number}") for number in range(301))), "title", "301 câu; nhiều nhất là 300"),
    (body(S, pass_share=0), "title", "từ 1 đến 100"), (body(S, pass_share=101), "title", "từ 1 đến 100"),
    (body(S, scales=(("s", FIVE[:4]),)), "scales", "đủ năm mức"),
    (body(S, scales=(("s", (*FIVE[:4], Words())),)), "scales", "đủ năm mức"),
    (body(S, scales=(("s", FIVE), ("s", FIVE))), "scales", "hai lần"),
    (body(S, factors=(Factor("F", Words("a")), Factor("F", Words("b")))), "factors", "hai lần"),
    (body(S, factors=(Factor("F"),)), "factors", "cần có tên"),
    (body(S, factors=(Factor("1 F", Words("a")),)), "factors", "bắt đầu bằng chữ cái"),
    (body(S, N, headline="N"), "headline", "thang năm mức"), (body(S, headline="Z"), "headline",
     "thang năm mức"),
    (body(G, headline="G"), "headline", "thang năm mức"),
    (body(replace(T, code="")), "", "bắt đầu bằng chữ cái"),
    (body(replace(T, code="1a")), "1a", "bắt đầu bằng chữ cái"),
    (body(replace(T, code="_ticket")), "_ticket", "bắt đầu bằng chữ cái"),
    (body(replace(T, code="Câu")), "Câu", "bắt đầu bằng chữ cái"), (body(replace(T, code="a.b")), "a.b",
     "bắt đầu"),
    (body(replace(T, code="a" * 32)), "a" * 32, "nhiều nhất 31"), (body(replace(T, code="T\n")), "T\n",
     "bắt đầu"),
    (body(replace(G, rows=(*ROWS, Choice("x y", Words("z"))))), "x y", "bắt đầu bằng chữ cái"),
    (body(T, S, T), "T", "hai lần"), (body(T, replace(S, code="t")), "T", "hai lần"),
    (body(G, replace(T, code="R2")), "R2", "hai lần"), (body(replace(G, rows=ROWS + ROWS[:1])), "R1",
     "hai lần"),
    (body(replace(G, rows=(*ROWS, Choice("G", Words("z"))))), "G", "hai lần"),
    (body(sections=(Section("A", questions=(S,)), Section("A", questions=(T,)))), "A", "hai lần"),
    (body(sections=(Section("", questions=(S,)),)), "", "Mã phần"),
    (body(replace(T, text=Words("", "Only English"))), "T", "chưa có lời"),
    (body(replace(S, choices=())), "S", "ít nhất hai"), (body(replace(S, choices=YES_NO[:1])), "S",
     "ít nhất hai"),
    (body(replace(S, choices=tuple(Choice(f"c{number}", Words(f"{number}")) for number in range(251)))), "S",
     "251 phương án; nhiều nhất là 250"),
    (body(replace(S, choices=(*YES_NO, Choice("1", Words("Khác"))))), "S", "“1” được dùng hai lần"),
    (body(replace(S, choices=(*YES_NO, Choice("3", Words("Có"))))), "S", "“Có” có hai lần"),
    (body(replace(S, choices=(*YES_NO, Choice("3")))), "S", "“3” chưa có lời"),
    (body(replace(S, choices=(*YES_NO, Choice("na", Words("x"))))), "S", "không dùng “na”"),
    (body(replace(S, choices=(*YES_NO, Choice("a b", Words("x"))))), "S", "chỉ gồm chữ không dấu"),
    (body(replace(S, choices=(*YES_NO, Choice("", Words("x"))))), "S", "chỉ gồm chữ không dấu"),
    (body(replace(T, choices=YES_NO)), "T", "không có phương án"), (body(replace(G, rows=())), "G",
     "chưa có ý nào"),
    (body(replace(G, rows=(*ROWS, Choice("R3")))), "G", "chưa có lời"),
    (body(replace(T, rows=ROWS)), "T", "Chỉ bảng"),
    (body(replace(Q, scale="z")), "Q", "Không có thang “z”"), (body(Q, scales=()), "Q", "cần một thang"),
    (body(replace(Q, factor="Z")), "Q", "Không có nhóm “Z”"), (body(replace(T, factor="F")), "T",
     "chỉ dùng cho câu"),
    (body(replace(S, allows_not_applicable=True)), "S", "chỉ dùng cho câu"),
    (body(replace(S, answer="3")), "S", "Đáp án “3” không có"),
    (body(replace(T, answer="x")), "T", "Chỉ câu chọn một"),
    (body(replace(N, minimum="6")), "N", "nhỏ nhất đang lớn hơn"),
    (body(replace(N, minimum="1.5")), "N", "số nguyên"),
    (body(replace(N, maximum="NaN")), "N", "số nguyên"), (body(replace(P, maximum="1,5")), "P", "ví dụ 0.5"),
    (body(replace(P, maximum="9" * 13)), "P", "không quá 1.000.000.000.000"),
    (body(replace(P, decimals=5)), "P", "0 đến 4"),
    (body(replace(P, minimum="101")), "P", "nhỏ nhất đang lớn hơn"),
    (body(replace(D, minimum="30/5/2023")), "D", "năm-tháng-ngày"),
    (body(replace(D, minimum="20230530")), "D", "năm-tháng"),
    (body(replace(D, minimum="2024-01-01")), "D", "sớm nhất đang sau"),
    (body(replace(T, minimum="1")), "T", "Chỉ câu số và câu ngày"),
    (body(replace(T, max_length=0)), "T", "từ 1 đến 4.000"),
    (body(replace(T, max_length=4001)), "T", "từ 1 đến 4.000"),
    (body(S, replace(T, relevant="${S} = ")), "T", "Điều kiện hỏi chưa đọc được: Biểu thức còn dở dang"),
    (body(S, replace(T, constraint="len(.)")), "T", "Ràng buộc chưa đọc được: Không có hàm “len”"),
    (body(S, replace(T, relevant="(" * 100_000)), "T", "dài quá"),
    (body(S, replace(T, relevant="${Z} = 1")), "T", "Không có câu “Z”"),
    (body(replace(T, relevant="${S} = 1"), S), "T", "đứng sau"),
    (body(replace(T, constraint=". != ${S}"), S), "T", "Câu “S” đứng sau"),
    (body(replace(T, relevant="${T} = 1")), "T", "chính nó quyết định"),
    (body(replace(T, constraint="${T} = 1")), "T", "bằng dấu chấm"),
    (body(replace(T, relevant=". = 1")), "T", "Dấu chấm"),
    (body(G, replace(T, relevant="${G} = 1")), "T", "“G” là một bảng"),
    (body(Question("Note", QuestionKind.NOTE, Words("x")), replace(T, relevant="${Note} = 1")), "T",
     "Không có câu “Note”"),
    (body(S, Question("Note", QuestionKind.NOTE, Words("x"), constraint="${S} = 1")), "Note",
     "không có câu trả lời"),
    (body(sections=(Section("A", questions=(S,)), Section("B", relevant="${T} = 1", questions=(T,)))), "B",
     "chính nó quyết định"),
    (body(sections=(Section("A", relevant="${T} = 1", questions=(S,)), Section("B", questions=(T,)))), "A",
     "đứng sau"),
    (body(sections=(Section("A", relevant="${", questions=(S,)),)), "A", "chưa đọc được"),
])
def test_a_fault_is_named_with_its_place(asked: Body, where: str, words: str) -> None:
    assert [message for place, message in found(asked) if place == where and words in message] != []


def test_conditions_that_go_round_in_a_circle_are_called_that() -> None:
    first, second, third = (replace(T, code=code, relevant=f"${{{other}}} = '1'")
                            for code, other in (("X", "Y"), ("Y", "Z"), ("Z", "X")))
    assert found(body(S, first, second, third)) == [("X", "Các điều kiện hỏi vòng quanh nhau: X → Y → Z → X")]


def test_a_circle_through_a_section_is_found() -> None:
    asked = body(sections=(
        Section("A", relevant="${T} = 1", questions=(S,)), Section("B", relevant="${S} = 1", questions=(T,))))
    assert found(asked) == [("S", "Các điều kiện hỏi vòng quanh nhau: S → T → S")]


def test_problems_come_in_the_order_of_the_page_and_once_each() -> None:
    asked = body(replace(T, text=Words()), replace(S, choices=()), replace(N, minimum="x"), title=Words(), headline="N")
    assert [problem.where for problem in check(asked)] == ["title", "headline", "T", "S", "N"]


def test_an_absurd_questionnaire_is_checked_in_a_moment() -> None:
    many = [replace(T, code=f"T{number}", relevant=" or ".join(
        f"${{T{(number + other) % 300}}}={other}" for other in range(90))) for number in range(300)]
    start = perf_counter()
    assert [message for _where, message in found(body(*many))] == [
        "Các điều kiện dài tổng cộng quá 60.000 ký tự; hãy viết gọn lại"]
    assert len(check(body(*many[:40]))) == MOST_PROBLEMS
    assert perf_counter() - start < 5


TEXTS = st.text(alphabet="aQ1_ ${}.='đ\n", max_size=8)
CHOICES = st.lists(st.builds(Choice, TEXTS, st.builds(Words, TEXTS, TEXTS)), max_size=3).map(tuple)
QUESTIONS = st.builds(
    Question, TEXTS, st.sampled_from(QuestionKind), st.builds(Words, TEXTS), relevant=TEXTS, constraint=TEXTS,
    choices=CHOICES, rows=CHOICES, scale=TEXTS, factor=TEXTS, minimum=TEXTS, maximum=TEXTS, answer=TEXTS,
    decimals=st.integers(-5, 9), max_length=st.integers(-5, 9999))


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.lists(QUESTIONS, max_size=4), TEXTS)
def test_no_tree_is_too_odd_to_be_checked_or_shown_as_a_draft(questions: list[Question], relevant: str) -> None:
    asked = body(sections=(Section("A", relevant=relevant, questions=tuple(questions)),))
    check(asked)
    assert Body.load(asked.dump()) is not None
    Answering(asked, is_draft=True).tree()
