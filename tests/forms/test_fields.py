"""Fields read what Vietnamese write, say what to do about the rest, and show it again as it was typed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, FormField, IntegerField, SelectField

from core.extensions import babel
from forms.base import MESSAGES, Form
from forms.fields import (
    AmountField,
    DayField,
    StringField,
    TextAreaField,
    VietnameseDecimal,
    VietnameseInteger,
    choice,
    clean_text,
)
from forms.validators import AtMost, Between, DayBetween, NotBefore, Required, RequiredWhen, WebLink


@pytest.fixture(scope="module")
def speaking() -> Flask:
    """An application that has words and nothing else."""
    app = Flask("words")
    babel.init_app(app, default_locale="vi")
    return app


class RowForm(Form):
    plain = IntegerField("Số")


class SampleForm(Form):
    count = VietnameseInteger("Số lượng", [Between(1, 5000)])
    share = VietnameseDecimal("Tỷ lệ")
    amount = AmountField("Số tiền", [Between(0)])
    first = DayField(
        "Từ ngày", [Required("Nhập ngày bắt đầu"), DayBetween(date(2023, 1, 1), date(2023, 12, 31))])
    last = DayField("Đến ngày", [NotBefore("first", "Ngày cuối đứng sau ngày đầu")])
    title = StringField("Tên", [AtMost(10)])
    kind = SelectField("Loại", choices=[choice("", "–"), choice("a", "A"), choice("b", "B")])
    host = StringField("Ở đâu", [RequiredWhen("kind", frozenset({"b"}), "Nhập nơi tổ chức")])
    link = StringField("Liên kết", [WebLink()])
    text = TextAreaField("Ghi chú")
    rows = FieldList(FormField(RowForm))


def filled(speaking: Flask, **typed: Any) -> tuple[SampleForm, dict[str, Any]]:
    """The form after validation, and its errors."""
    with speaking.test_request_context():
        form = SampleForm(MultiDict({"kind": "", "first": "01/02/2023", **typed}))
        form.validate()
        return form, form.errors


@pytest.mark.parametrize(("name", "typed", "read"), [
    ("count", "1.250", 1250), ("count", " 1 250 ", 1250), ("count", "", None), ("count", "   ", None),
    ("share", "82,66", Decimal("82.66")), ("share", "1.234,5", Decimal("1234.5")),
    ("amount", "1.500.000 đồng", 1500000), ("amount", "1500000đ", 1500000),
    ("last", "3/2/2023", date(2023, 2, 3)), ("last", "2023-02-03", date(2023, 2, 3)),
    ("title", "  Hội nghị ", "Hội nghị"), ("link", "https://truong.edu.vn/bai?id=1", "https://truong.edu.vn/bai?id=1"),
])
def test_what_vietnamese_write_is_read(speaking: Flask, name: str, typed: str, read: Any) -> None:
    form, errors = filled(speaking, **{name: typed})
    assert errors == {}
    assert form[name].data == read


@pytest.mark.parametrize(("name", "typed", "message"), [
    ("count", "12,5", "Nhập số nguyên, ví dụ 1.250"),
    ("count", "nhiều", "Nhập số nguyên, ví dụ 1.250"),
    ("count", "0", "Nhập số từ 1 trở lên"),
    ("count", "5.001", "Nhập số không quá 5.000"),
    ("share", "82.66", "Nhập số, phần lẻ sau dấu phẩy, ví dụ 82,66"),
    ("share", "0,1234567", "Nhập tối đa 6 chữ số sau dấu phẩy"),
    ("amount", "1,5 triệu", "Nhập số tiền bằng đồng, chỉ gồm chữ số, ví dụ 1.500.000"),
    ("amount", "-1", "Nhập số từ 0 trở lên; nếu không có thì để trống"),
    ("first", "", "Nhập ngày bắt đầu"),
    ("first", "31/02/2023", "Nhập ngày theo mẫu ngày/tháng/năm, ví dụ 30/05/2023"),
    ("first", "31/12/2022", "Chọn ngày từ 01/01/2023 trở đi"),
    ("first", "01/01/2024", "Chọn ngày không sau 31/12/2023"),
    ("last", "31/01/2023", "Ngày cuối đứng sau ngày đầu"),
    ("title", "x" * 12, "Viết ngắn lại còn tối đa 10 ký tự (hiện có 12)"),
    ("kind", "c", "Chọn một mục có trong danh sách"),
    ("link", "javascript:alert(1)", "Dán địa chỉ trang bắt đầu bằng https:// hoặc http://"),
    ("link", "https://", "Dán địa chỉ trang bắt đầu bằng https:// hoặc http://"),
    ("link", "http://[", "Dán địa chỉ trang bắt đầu bằng https:// hoặc http://"),
])
def test_a_message_says_what_to_do_and_what_was_typed_stays(
        speaking: Flask, name: str, typed: str, message: str) -> None:
    form, errors = filled(speaking, **{name: typed})
    assert errors == {name: [message]}
    assert form[name].raw_data == [typed]


def test_a_condition_asks_only_when_it_holds(speaking: Flask) -> None:
    assert filled(speaking, kind="a")[1] == {}
    assert filled(speaking, kind="b")[1] == {"host": ["Nhập nơi tổ chức"]}
    assert filled(speaking, kind="b", host="Sân trường")[1] == {}


def test_rows_speak_vietnamese_too(speaking: Flask) -> None:
    _form, errors = filled(speaking, **{"rows-0-plain": "x"})
    assert errors == {"rows": [{"plain": ["Nhập số nguyên, ví dụ 1.250"]}]}


def test_text_comes_back_equal_in_nfc() -> None:
    decomposed = "Ha\u0323 Long \u202eabc\u202c <script>x</script> 🙂"
    assert clean_text(decomposed) == "Hạ Long \u202eabc\u202c <script>x</script> 🙂"
    assert clean_text("a\r\nb\rc\x00d\te") == "a\nb\ncd\te"


def test_no_message_of_the_library_is_left_in_english() -> None:
    import re
    from pathlib import Path

    import wtforms

    told = re.compile(r"gettext\(\s*\"([^\"]+)\"(?:,\s*\"([^\"]+)\")?", re.S)
    said = {
        message
        for path in Path(wtforms.__file__).parent.rglob("*.py")
        for pair in told.findall(path.read_text(encoding="utf-8")) for message in pair if message
    }
    assert len(said) > 25
    assert said - set(MESSAGES) == set()
