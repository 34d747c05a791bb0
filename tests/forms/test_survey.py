"""The units of a round are chosen by kind, district or code, and every wrong line of a paste is named."""

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from forms.survey import NewRoundForm, UnitOption, UnitsForm, read_populations, split_codes
from models.unit import UnitKind

UNITS = [
    UnitOption(1, "TH-1", "Trường Tiểu học 1 (minh họa)", UnitKind.PRIMARY, "huyện Cô Tô"),
    UnitOption(2, "TH-2", "Trường Tiểu học 2 (minh họa)", UnitKind.PRIMARY, "huyện Ba Chẽ"),
    UnitOption(3, "THPT-3", "Trường THPT 3 (minh họa)", UnitKind.UPPER_SECONDARY, "huyện Cô Tô"),
    UnitOption(4, "SGDDT", "Sở (minh họa)", UnitKind.DEPARTMENT, ""),
]
BY_CODE = {unit.code.casefold(): unit for unit in UNITS}


def filled(**typed: str) -> UnitsForm:
    """The form with what was typed."""
    return UnitsForm(MultiDict(typed), UNITS)


@pytest.mark.parametrize(("typed", "ids"), [
    ({"selection": "all"}, [1, 2, 3]),
    ({"selection": "kinds", "kinds": "tieu_hoc"}, [1, 2]),
    ({"selection": "districts", "districts": "huyện Cô Tô"}, [1, 3]),
    ({"selection": "codes", "codes": "thpt-3, TH-1\nTH-1"}, [3, 1]),
    ({"selection": "kinds", "kinds": "so"}, [4]),
])
def test_units_are_chosen(app: Flask, typed: dict[str, str], ids: list[int]) -> None:
    with app.test_request_context():
        form = filled(**typed)
        assert form.validate(), form.errors
        assert [unit.id for unit in form.chosen()] == ids


def test_unknown_codes_are_named_and_a_choice_without_units_is_told(app: Flask) -> None:
    with app.test_request_context():
        form = filled(selection="codes", codes="TH-1 XX-9 YY-8")
        assert not form.validate() and "XX-9, YY-8" in str(form.codes.errors)
        form = filled(selection="kinds")
        assert not form.validate() and form.kinds.errors == ["Chọn ít nhất một loại"]


def test_numbers_of_people_are_pasted_from_a_spreadsheet_with_or_without_heads(app: Flask) -> None:
    with app.test_request_context():
        assert read_populations("Mã;Số người\nTH-1\t1.250\n\nth-2;30", BY_CODE) == ({1: 1250, 2: 30}, [])
        found, faults = read_populations("TH-1;0\nNO-1;5\nTH-2;nhiều\nTH-2;-4", BY_CODE)
        assert found == {} and [fault.partition(":")[0] for fault in faults] == ["Dòng 1", "Dòng 2", "Dòng 3", "Dòng 4"]


def test_the_last_day_does_not_come_before_the_first(app: Flask) -> None:
    with app.test_request_context():
        form = NewRoundForm(MultiDict({"opens_on": "10/05/2023", "closes_on": "09/05/2023", "selection": "all"}), UNITS)
        form.questionnaire.choices = []
        assert not form.validate() and "không trước" in str(form.closes_on.errors)


def test_codes_are_split_however_they_are_pasted() -> None:
    assert split_codes(" a;b\r\nc,,a ") == ["a", "b", "c"]
