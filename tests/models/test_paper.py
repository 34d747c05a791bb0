"""Signs on paper say what they say, and nothing else is guessed."""

import pytest

from models.paper import paper_cells, read_signs
from tests.support.survey import default_body

CELLS = paper_cells(default_body())


def read(**typed: str) -> tuple[dict[str, list[str]], dict[str, str]]:
    """What signs say, without the cells that say nothing."""
    posted, errors = read_signs(CELLS, typed)
    return {name: value for name, value in posted.items() if value}, errors


def test_every_question_but_notes_has_its_cells_in_order() -> None:
    names = [cell.name for cell in CELLS]
    assert names[:3] == ["S1", "S2", "Q1"] and names[-2:] == ["X2", "X3"]
    assert [cell.name for cell in CELLS if cell.kind == "free"] == ["Q18", "X3"]


@pytest.mark.parametrize("sign", ["", " ", "0", "-"])
def test_blank_signs_leave_a_question_blank(sign: str) -> None:
    assert read(Q1=sign, X2=sign) == ({}, {})


def test_a_number_is_the_option_in_its_order_and_n_says_not_applicable() -> None:
    assert read(S1="3", Q1="n", Q2="5", Q3="9", X2="135", Q18="90") == (
        {"S1": ["3"], "Q1": ["na"], "Q2": ["5"], "Q3": ["na"], "X2": ["1", "3", "5"], "Q18": ["90"]}, {})


@pytest.mark.parametrize(("name", "sign"), [
    ("Q1", "6"), ("Q2", "n"), ("Q2", "9"), ("S1", "x"), ("S1", "٣"), ("X2", "10"), ("Q1", "55"), ("Q1", "=1+1")])
def test_a_sign_off_the_scale_is_told_at_its_cell(name: str, sign: str) -> None:
    posted, errors = read(**{name: sign})
    assert posted == {} and list(errors) == [name] and "Gõ số từ 1 đến" in errors[name]
