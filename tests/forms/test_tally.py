"""A tally's form holds each question to the number of sheets and names the question that does not keep to it."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from core.extensions import babel
from forms.tally import TallyForm, TallyLimits, TallyQuestion, tally_form

QUESTIONS = [TallyQuestion("Q1", True), TallyQuestion("Q2", False)]
LIMITS = TallyLimits(2023, date(2022, 12, 1), date(2023, 12, 31), date(2023, 5, 25))
GOOD = {
    "collected_from": "10/05/2023", "collected_to": "12/05/2023", "sheet_count": "40",
    "Q1_4": "20", "Q1_5": "10", "Q1_na": "4", "Q2_5": "40",
}


@pytest.fixture(scope="module")
def speaking() -> Flask:
    """An application that has words and nothing else."""
    app = Flask("words")
    babel.init_app(app, default_locale="vi")
    return app


def filled(app: Flask, **typed: Any) -> TallyForm:
    """The form after validation."""
    with app.test_request_context():
        texts = {name: value for name, value in {**GOOD, **typed}.items() if value is not None}
        form = tally_form(MultiDict(texts), QUESTIONS, LIMITS)
        form.validate()
        return form


def test_an_empty_blank_cell_takes_the_remainder(speaking: Flask) -> None:
    form = filled(speaking)
    assert form.errors == {}
    first, second = (row.counts(40) for row in form.rows)
    assert (first.levels, first.not_applicable, first.blank) == ((0, 0, 0, 20, 10), 4, 6)
    assert (second.levels, second.blank) == ((0, 0, 0, 0, 40), 0)


@pytest.mark.parametrize(("typed", "field", "message"), [
    ({"Q1_5": "30"}, "Q1_1", "Câu 1 cộng lại được 54, nhiều hơn 40 phiếu. Bớt 14."),
    ({"Q1_blank": "5"}, "Q1_1", "Câu 1 cộng lại được 39, còn thiếu 1 so với 40 phiếu. "
                                "Sửa các mức hoặc ô “Bỏ trống”."),
    ({"Q2_5": None}, "Q2_1", "Câu 2 chưa có số. Nếu không ai trả lời, ghi số phiếu vào ô “Bỏ trống”."),
    ({"Q2_3": "ba"}, "Q2_3", "Câu 2, mức 3: Nhập số nguyên, ví dụ 1.250"),
    ({"Q1_na": "-1"}, "Q1_na", "Câu 1, “Không áp dụng”: Nhập số từ 0 trở lên; nếu không có thì để trống"),
    ({"sheet_count": ""}, "sheet_count", "Đếm và nhập số phiếu hợp lệ"),
    ({"sheet_count": "0"}, "sheet_count", "Nhập số từ 1 trở lên"),
    ({"collected_to": "26/05/2023"}, "collected_to",
     "Ngày này chưa đến (hôm nay là 25/05/2023). Nhập phiếu sau khi thu xong."),
    ({"collected_to": "09/05/2023"}, "collected_to", "Nhập ngày cuối không trước ngày đầu"),
    ({"collected_from": "10/05/2021"}, "collected_from",
     "Chương trình năm 2023 nhận phiếu thu từ 01/12/2022 đến 31/12/2023. Kiểm tra lại ngày, nhất là năm."),
])
def test_a_message_names_the_question_and_what_to_mend(
        speaking: Flask, typed: dict[str, Any], field: str, message: str) -> None:
    assert filled(speaking, **typed).errors == {field: [message]}


def test_a_question_nobody_answered_is_said_on_purpose(speaking: Flask) -> None:
    form = filled(speaking, Q2_5=None, Q2_blank="40")
    assert form.errors == {}
    assert form.rows[1].counts(40).n == 0


@given(st.lists(st.integers(0, 500), min_size=6, max_size=6), st.integers(0, 500))
def test_whatever_is_accepted_accounts_for_every_sheet(cells: list[int], extra: int) -> None:
    app = Flask("words")
    babel.init_app(app, default_locale="vi")
    sheets = max(1, sum(cells) + extra)
    names = ["Q1_1", "Q1_2", "Q1_3", "Q1_4", "Q1_5", "Q1_na"]
    typed = dict(zip(names, map(str, cells), strict=True))
    form = filled(app, **typed, sheet_count=str(sheets), Q2_5=str(sheets))
    assert form.errors == {}
    assert all(row.counts(sheets).total == sheets for row in form.rows)


def test_a_question_without_the_choice_has_no_cell_for_it(speaking: Flask) -> None:
    form = filled(speaking)
    assert form.rows[1].not_applicable is None and "Q2_na" not in form
