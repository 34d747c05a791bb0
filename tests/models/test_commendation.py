"""The table of deeds: what may be done with a proposal in each state, by whom, and whose name a text tells."""

from itertools import product

import pytest

from models.commendation import RULES, CommendationStatus, Deed, fits, names_person, possible_deeds
from models.permission import Action

UNIT, OFFICE, DISTRICT = Action.COMMENDATION_WRITE, Action.COMMENDATION_MODERATE, Action.REPORT_REVIEW
TABLE = """
    proposed   unit      change withdraw
    proposed   office    ask accept refuse
    proposed   district  give_opinion
    returned   unit      propose withdraw
    returned   office    refuse
    returned   district  give_opinion
    withdrawn  unit      propose
    withdrawn  office
    withdrawn  district
    refused    unit
    refused    office    ask accept
    refused    district
    accepted   unit
    accepted   office    refuse edit_text pick publish
    accepted   district
"""
RIGHTS = {"unit": UNIT, "office": OFFICE, "district": DISTRICT}
ROWS = [line.split() for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize(("status", "who", "deeds"), [(row[0], row[1], row[2:]) for row in ROWS])
def test_what_may_be_done_follows_from_the_state_and_the_right(status: str, who: str, deeds: list[str]) -> None:
    found = possible_deeds(CommendationStatus(status), is_picked=False, is_public=False, has_consent=False,
                           rights=frozenset({RIGHTS[who]}))
    assert sorted(deed.value for deed in found) == sorted(deeds)


def test_what_is_public_can_be_taken_down_by_unit_and_office_and_is_not_published_twice() -> None:
    for right in (UNIT, OFFICE):
        found = possible_deeds(CommendationStatus.ACCEPTED, is_picked=True, is_public=True, has_consent=True,
                               rights=frozenset({right}))
        assert {Deed.TAKE_DOWN, Deed.END_CONSENT} <= set(found)
        assert not {Deed.PUBLISH, Deed.PICK} & set(found)


def test_only_what_is_accepted_is_ever_picked_or_published() -> None:
    marks = (Deed.PICK, Deed.DROP, Deed.PUBLISH, Deed.TAKE_DOWN, Deed.EDIT_TEXT)
    for status, picked, public in product(CommendationStatus, (False, True), (False, True)):
        possible = [deed for deed in marks
                    if fits(deed, status, is_picked=picked, is_public=public, has_consent=False)]
        assert not possible or status is CommendationStatus.ACCEPTED


def test_nobody_is_turned_down_or_taken_back_without_a_reason() -> None:
    with_reason = {deed for deed, rule in RULES.items() if rule.needs_reason}
    assert with_reason == {Deed.WITHDRAW, Deed.ASK, Deed.REFUSE, Deed.DROP, Deed.TAKE_DOWN, Deed.END_CONSENT}


def test_no_deed_has_two_meanings() -> None:
    assert set(RULES) == set(Deed)
    assert len({deed.label for deed in Deed}) == len(Deed)


@pytest.mark.parametrize(("name", "text", "is_named"), [
    ("Cán bộ A", "Nhờ cán bộ A, hồ sơ xong sớm.", True),
    ("Cán bộ A", "nho CAN BO A", True),
    ("Cán bộ A", "Cán bộ An toàn giao thông", False),
    ("An", "Bảo đảm an toàn", True),
    ("Cán bộ A (minh họa)", "Do cán bộ A, (minh họa), làm.", True),
    ("", "Bất kỳ lời nào", False),
])
def test_a_name_is_found_with_or_without_marks_as_whole_words(name: str, text: str, is_named: bool) -> None:
    assert names_person(name, text) is is_named
