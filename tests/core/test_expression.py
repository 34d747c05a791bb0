"""The expression language of questionnaires: what it understands, what that comes to, and what it says otherwise."""

import json
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.expression import (
    LONGEST,
    ExpressionError,
    asks_current,
    compiled,
    dump,
    evaluate,
    parse,
    references,
)
from tests.support.expressions import ANSWERS, CASES, CURRENT, TODAY


def written(value: str | bool | Decimal) -> str:
    """A value as the table writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else f"{value:f}" if value.is_finite() else "NaN"


@pytest.mark.parametrize(("text", "value"), CASES, ids=[text for text, _value in CASES])
def test_an_expression_comes_to_its_value(text: str, value: str) -> None:
    assert written(evaluate(parse(text), ANSWERS, CURRENT, TODAY)) == value


def test_a_number_is_a_decimal_outside() -> None:
    assert evaluate(parse("1 div 4"), {}) == Decimal("0.25")


def test_what_is_asked_for_is_known() -> None:
    node = parse("selected(${X2}, ${Q1}) and not(${Q1} = . or ${Q3} > today())")
    assert references(node) == {"X2", "Q1", "Q3"}
    assert asks_current(node)
    assert not asks_current(parse("${Q1} = '.'"))
    assert references(parse("1 + 1")) == frozenset()


def test_a_tree_is_plain_json() -> None:
    node = parse("if(${S2} = '4', -1.50, count-selected(.))")
    assert json.loads(json.dumps(dump(node))) == [
        "if", ["=", ["answer", "S2"], ["text", "4"]], ["negate", ["decimal", "1.50"]],
        ["count-selected", ["current"]]]


@pytest.mark.parametrize(("text", "position", "word"), [
    ("", 1, "trống"), ("   ", 1, "trống"), ("1 +", 4, "dở dang"), ("(1", 3, "dở dang"), ("not(", 5, "dở dang"),
    ("1 )", 3, "“)”"), ("()", 2, "“)”"), ("1 1", 3, "“1”"), ("and", 1, "“and”"), ("${Q1} ${Q2}", 7, "${Q1}"),
    ("${Q1", 1, "ngoặc nhọn"), ("${1}", 1, "ngoặc nhọn"), ("${}", 1, "ngoặc nhọn"), ("$Q1 = 1", 1, "ngoặc nhọn"),
    ("${Q1} = “4”", 9, "nháy thẳng"), ("${Q1} = '4", 9, "nháy đóng"), ("1 == 1", 4, "Dùng = để so sánh"),
    ("1 = 1 && 2", 7, "and và or"), ("exec('x')", 1, "Không có hàm “exec”"),
    ("regex(., 'a')", 1, "Không có hàm “regex”"),
    ("1 + Selected(${a}, 1)", 5, "Không có hàm “Selected”"), ("if(1, 2)", 1, "cần 3 giá trị"),
    ("today(1)", 1, "cần 0 giá trị"), ("round()", 1, "cần 1–2 giá trị"), ("jr:choice-name(1)", 1, "Không có hàm"),
    ("Q1 = 1", 1, "“Q1”"), ("1; 2", 2, "“;”"), ("../x", 2, "“./x”"), ("a[1]", 1, "“a[1]”"), ("1,2", 2, "“,2”"),
    ("\u0000", 1, "không đặt được"), ("'a' | 'b'", 5, "“|”"), ("doc('x')", 1, "Không có hàm “doc”"),
])
def test_what_is_not_understood_is_told_with_its_place(text: str, position: int, word: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert caught.value.position == position
    assert word in caught.value.message
    assert f"ký tự thứ {position}" in str(caught.value)


@pytest.mark.parametrize("text", [
    "(" * 100_000, "(" * 100_000 + "1" + ")" * 100_000, "1" + "+1" * 100_000, "-" * 100_000 + "1", "'" * 100_001,
    "not(" * 400 + "1" + ")" * 400, "-" * 1500 + "1", "1" + "+1" * 900, "${" * 900, "if(1,2," * 250 + "3" + ")" * 250,
])
def test_what_is_too_long_or_too_deep_gets_a_sentence(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse(text)


@pytest.mark.parametrize("text", [
    "(" * 999 + "1" + ")" * 999, "not(" * 98 + "1" + ")" * 98, "1" + "+1" * 98, "${a}='1' or " * 97 + "1",
])
def test_what_is_just_within_the_limits_is_answered(text: str) -> None:
    assert len(text) <= LONGEST
    assert bool(evaluate(parse(text), {})) is True
    json.dumps(dump(parse(text)))


def test_a_number_of_any_length_is_read_or_is_none() -> None:
    assert written(evaluate(parse("9" * 31), {})) == "NaN"
    assert written(evaluate(parse("${a} = ${a}"), {"a": "9" * 100_000})) == "true"
    assert written(evaluate(parse("${a} + 0"), {"a": "9" * 100_000})) == "NaN"


TEXTS = st.text(alphabet="${}Q1.'\"()<>=!+-* ,abdivmodnortselc😀đ\n", max_size=60)


@settings(derandomize=True, deadline=None)
@given(TEXTS)
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    position = 1
    try:
        evaluate(parse(text), {"Q1": text}, text, TODAY)
    except ExpressionError as error:
        position = error.position
    assert 1 <= position <= len(text) + 1


@settings(derandomize=True, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_whatever_is_answered_can_be_compared(left: str, right: str) -> None:
    def holds(text: str) -> bool:
        return bool(compiled(parse(text))({"l": left, "r": right}, "", ""))

    check: Callable[[str], bool] = holds
    assert check("${l} = ${r}") == (left == right)
    assert check("${l} != ${r}") != check("${l} = ${r}")
    assert not (check("${l} < ${r}") and check("${l} >= ${r}"))
