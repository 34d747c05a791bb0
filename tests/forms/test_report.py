"""A cell of a report has three answers and a counted one a fourth: another number, with the reason."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from core.extensions import babel
from forms.report import SectionForm, initial_texts, make_section_form, ticks
from models.figure import EMPTY, NIL, Figure, figure_of
from models.indicator import ValueKind
from models.report import NARRATIVE_MAX_LENGTH


@dataclass(frozen=True)
class Asked:
    code: str
    value_kind: ValueKind = ValueKind.INTEGER
    is_counted: bool = False
    name: str = "Chỉ tiêu"


CELLS = (Asked("A1"), Asked("B1", is_counted=True), Asked("C1", is_counted=True), Asked("H5", ValueKind.PERCENT),
         Asked("M2", ValueKind.AMOUNT, is_counted=True), Asked("A2", ValueKind.YES_NO, is_counted=True))
COUNTED = {"B1": figure_of(3), "C1": EMPTY, "M2": figure_of(500_000), "A2": figure_of(1)}


@pytest.fixture(autouse=True)
def speaking() -> Iterator[None]:
    app = Flask("words")
    babel.init_app(app, default_locale="vi")
    with app.test_request_context():
        yield


def read(**typed: str) -> SectionForm:
    return make_section_form(CELLS, COUNTED)(MultiDict(typed))


def messages(form: SectionForm, field: str) -> str:
    return " ".join(str(message) for message in form[field].errors)


def test_a_number_nothing_and_not_yet_are_three_answers() -> None:
    form = read(value_A1="1.200", nothing_C1="y")
    assert form.validate()
    entries = form.entries()
    assert (entries["A1"].figure, entries["C1"].figure, entries["B1"].figure) == (figure_of(1200), NIL, EMPTY)


def test_zero_is_a_number() -> None:
    assert read(value_A1="0").entries()["A1"].figure == figure_of(0)


@pytest.mark.parametrize("typed", [
    {"value_B1": "4"}, {"nothing_B1": "y"}, {"value_C1": "2"}, {"value_M2": "600.000"}, {"value_A2": "0"}])
def test_another_answer_than_the_counted_one_asks_why(typed: dict[str, str]) -> None:
    code = next(iter(typed)).split("_")[1]
    form = read(**typed)
    assert not form.validate()
    assert f"{code}: ghi lý do" in messages(form, f"reason_{code}")
    assert read(**typed, **{f"reason_{code}": "Có sổ theo dõi riêng"}).validate()


def test_a_reason_of_a_few_letters_is_none() -> None:
    assert not read(value_B1="4", reason_B1="ừ").validate()


@pytest.mark.parametrize("typed", [{"value_B1": "3"}, {"value_M2": "500.000 đồng"}, {"nothing_C1": "y"}, {}])
def test_the_counted_figure_itself_asks_nothing(typed: dict[str, str]) -> None:
    assert read(**typed).validate()


def test_a_number_and_nothing_at_once_is_asked_about() -> None:
    form = read(value_A1="2", nothing_A1="y")
    assert not form.validate()
    assert messages(form, "value_A1") == "A1: nhập số, hoặc đánh dấu “Không phát sinh”, không cả hai"


@pytest.mark.parametrize(("field", "text"), [
    ("value_A1", "-1"), ("value_A1", "2,5"), ("value_A1", "abc"), ("value_H5", "100,1"), ("value_M2", "1.5")])
def test_what_does_not_fit_is_refused_and_stands_as_it_was_typed(field: str, text: str) -> None:
    form = read(**{field: text})
    assert not form.validate()
    assert messages(form, field) and f'value="{text}"' in str(form[field]())


def test_the_rest_is_nil_where_neither_unit_nor_portal_knows() -> None:
    form = read(value_A1="5")
    assert form.validate()
    entries = form.entries(nil_rest=True)
    assert {code: entry.figure for code, entry in entries.items()} == {
        "A1": figure_of(5), "B1": EMPTY, "C1": NIL, "H5": NIL, "M2": EMPTY, "A2": EMPTY}


def test_a_text_as_long_as_allowed_passes_and_one_sign_more_does_not() -> None:
    assert read(text="ơ" * NARRATIVE_MAX_LENGTH).validate()
    form = read(text="ơ" * (NARRATIVE_MAX_LENGTH + 1))
    assert not form.validate()
    assert "20.000" in messages(form, "text")


def test_what_was_said_fills_the_form_again() -> None:
    said: dict[str, tuple[Figure, str]] = {
        "A1": (figure_of(1200), ""), "B1": (figure_of(4), "Có sổ riêng"), "C1": (NIL, "")}
    form = read(**initial_texts(said, "Nội dung"))
    assert form.validate()
    assert [form.entries()[code].figure for code in ("A1", "B1", "C1")] == [figure_of(1200), figure_of(4), NIL]
    assert {name for name, text in ticks(form).items() if text} == {"nothing_C1"}
    assert set(ticks(form)) == {f"nothing_{cell.code}" for cell in CELLS}
