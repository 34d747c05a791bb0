"""The code of a paper, and what a copy of it is judged to be."""

from typing import Any

import pytest

from models.issued import CODE_LENGTH, SIGNS, CopyState, new_code, read_code
from models.paper_reading import judge

CODE = "K7PM-4TQX-92HD"
SIGNATURE = {"name": "Người ký (minh họa)", "organisation": "", "at": "", "intact": True, "trusted": False,
             "changed": False, "trouble": ""}


def reading(**changes: Any) -> dict[str, Any]:
    """What was read of an unsigned copy that says the same."""
    return {"ok": True, "pages": 2, "issued_pages": 2, "words": 300, "codes": [CODE], "signatures": [],
            "differing": [], "likeness": 1.0} | changes


def page(missing: list[str], added: list[str], number: int = 1) -> dict[str, Any]:
    """A page that differs."""
    return {"page": number, "missing": missing, "added": added, "missing_count": len(missing),
            "added_count": len(added)}


def test_a_code_has_sixty_bits_and_no_sign_that_is_mistaken_for_another() -> None:
    assert len(set(SIGNS)) == 32 and 5 * CODE_LENGTH == 60
    assert not set("01OI") & set(SIGNS)
    codes = {new_code() for _number in range(500)}
    assert len(codes) == 500
    assert all(read_code(code) == code and len(code) == 14 for code in codes)


@pytest.mark.parametrize("typed", [CODE, "k7pm4tqx92hd", " K7PM 4TQX 92HD ", "K7PM–4TQX–92HD", "K7PM.4TQX.92HD"])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert read_code(typed) == CODE


@pytest.mark.parametrize("typed", ["", "K7PM-4TQX-92H", "K7PM-4TQX-92HDD",
                                   "K7PM-4TQX-92H0", "OOOO-IIII-1111", "Đ" * 12])
def test_what_can_be_no_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


def laid(what: str, number: int = 1) -> dict[str, Any]:
    """What a page shows beside its words."""
    return {"page": number, "what": what, "count": 1}


@pytest.mark.parametrize(("read", "state"), [
    (reading(signatures=[SIGNATURE]), CopyState.SIGNED),
    (reading(signatures=[SIGNATURE, {**SIGNATURE, "intact": False}]), CopyState.BROKEN),
    (reading(signatures=[{**SIGNATURE, "changed": True}]), CopyState.BROKEN),
    (reading(), CopyState.UNSIGNED),
    (reading(words=0), CopyState.SCAN),
    (reading(words=0, signatures=[SIGNATURE]), CopyState.SCAN),
    (reading(signatures=[SIGNATURE], likeness=0.99, differing=[page(["12"], ["13"])]), CopyState.CHANGED),
    (reading(likeness=0.1, codes=[], differing=[page(["a"], ["b"])]), CopyState.FOREIGN),
    (reading(likeness=0.1, differing=[page(["a"], ["b"])]), CopyState.CHANGED),
    ({"ok": False, "reason": "encrypted"}, CopyState.UNREAD),
    (reading(laid=[laid("note")]), CopyState.CHANGED),
    (reading(signatures=[SIGNATURE], laid=[laid("drawing")]), CopyState.CHANGED),
    (reading(signatures=[SIGNATURE], laid=[laid("written")]), CopyState.CHANGED),
    (reading(signatures=[SIGNATURE], laid=[]), CopyState.SIGNED),
    (reading(laid=[laid("script", 0)]), CopyState.CHANGED),
    (reading(signatures=[SIGNATURE], laid=[laid("written")], likeness=0.99,
             differing=[page(["/BC-SGDĐT"], ["05/BC-SGDĐT"], 1)]), CopyState.SIGNED),
    (reading(signatures=[SIGNATURE], laid=[laid("note")], likeness=0.99,
             differing=[page(["/BC-SGDĐT"], ["05/BC-SGDĐT"], 1)]), CopyState.CHANGED),
    (reading(signatures=[SIGNATURE], likeness=0.99,
             differing=[page(["/BC-SGDĐT"], ["05/BC-SGDĐT"], 1) | {"in_head": False}]), CopyState.CHANGED),
])
def test_a_copy_is_judged_by_its_signatures_then_by_its_words_and_by_what_else_it_shows(
        read: dict[str, Any], state: CopyState) -> None:
    assert judge(read, CODE) is state


@pytest.mark.parametrize(("missing", "added", "number", "is_filled"), [
    (["/BC-SGDĐT"], ["05/BC-SGDĐT"], 1, True),
    (["ngày", "…"], ["ngày", "25"], 1, True),
    (["/BC-SGDĐT"], ["05/BC-SGDĐT"], 2, False),
    (["12"], ["13"], 1, False),
    ([], ["không"], 1, False),
    ([], ["1", "2", "3", "4", "5", "6", "7"], 1, False),
])
def test_only_the_number_and_day_left_blank_on_the_first_page_may_be_filled_in(
        missing: list[str], added: list[str], number: int, is_filled: bool) -> None:
    read = reading(signatures=[SIGNATURE], likeness=0.99, differing=[page(missing, added, number)])
    assert (judge(read, CODE) is CopyState.SIGNED) is is_filled
