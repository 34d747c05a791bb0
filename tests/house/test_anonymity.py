"""Nobody can be led from a sheet to the person who answered: proved over the tables themselves (product law 9)."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy import Date, ForeignKeyConstraint, Table

import app  # noqa: F401 - so that every table is known
from models.base import Model

SHEET_COLUMNS = {
    "id", "place_id", "channel", "answered_on", "choices", "details", "suspicion", "excluded_reason",
}
"""All that a sheet has. A new column is argued over here first."""
TELLING = ("account", "user", "person", "address", "ip", "agent", "time", "at", "code", "token", "ticket", "digest",
           "session", "source", "device", "batch")
HUBS = {"survey_place", "survey_round", "unit", "questionnaire", "programme"}
"""Rows that many share; who stands behind such a row cannot be told from another one there."""
ANSWERED = "survey_sheet"
PERSONAL = {"account", "survey_code", "survey_pace", "survey_pace_key", "event"}


def tables() -> dict[str, Table]:
    return dict(Model.metadata.tables)


def neighbours(name: str) -> Iterator[tuple[str, ForeignKeyConstraint]]:
    """Tables that a foreign key joins to one, in either direction."""
    for table in tables().values():
        for key in table.foreign_key_constraints:
            ends = {table.name, key.referred_table.name}
            if name in ends:
                yield (ends - {name} or {name}).pop(), key


def reachable(start: str, *, without: set[str]) -> set[str]:
    """Every table that joins lead to from one, never passing through those in ``without``."""
    found, waiting = {start}, [start]
    while waiting:
        for name, _key in neighbours(waiting.pop()):
            if name not in found | without:
                found.add(name)
                waiting.append(name)
    return found


def test_a_sheet_has_these_columns_and_no_other() -> None:
    assert set(tables()[ANSWERED].columns.keys()) == SHEET_COLUMNS


def test_no_column_of_a_sheet_could_hold_who_whence_or_when() -> None:
    for column in tables()[ANSWERED].columns:
        assert not set(column.name.split("_")) & set(TELLING), column.name
        assert not isinstance(column.type, sa.DateTime | sa.Time), column.name
        assert not isinstance(getattr(column.type, "impl", None), sa.DateTime), column.name
    assert isinstance(tables()[ANSWERED].c.answered_on.type, Date)


def test_a_sheet_points_to_its_place_alone_and_nothing_points_to_a_sheet() -> None:
    assert [name for name, _key in neighbours(ANSWERED)] == ["survey_place"]


def test_without_the_shared_rows_no_join_leads_from_a_sheet_to_anybody() -> None:
    assert reachable(ANSWERED, without=HUBS) == {ANSWERED}
    for name in PERSONAL:
        assert ANSWERED not in reachable(name, without=HUBS)


def test_a_code_shares_with_a_sheet_no_column_but_the_place() -> None:
    shared = set(tables()["survey_code"].columns.keys()) & SHEET_COLUMNS
    assert shared == {"id", "place_id"}
    assert tables()["survey_code"].c.id.autoincrement and not tables()[ANSWERED].c.id.autoincrement


def test_a_code_keeps_no_moment_and_no_person() -> None:
    columns = tables()["survey_code"].columns
    assert not [column.name for column in columns if isinstance(column.type, sa.DateTime | Date)]
    assert set(columns.keys()) == {"id", "place_id", "digest", "batch", "is_used", "is_withdrawn"}


@pytest.mark.parametrize("name", ["survey_pace", "survey_pace_key"])
def test_what_watches_the_pace_is_joined_to_nothing(name: str) -> None:
    assert list(neighbours(name)) == []


def test_no_place_is_so_narrow_that_it_stands_for_one_person() -> None:
    unique = {tuple(column.name for column in constraint.columns)
              for constraint in tables()["survey_place"].constraints if isinstance(constraint, sa.UniqueConstraint)}
    assert unique == {("round_id", "unit_id"), ("code",)}  # a place is a unit in a round, never a person in it
    assert not any("account" in column.name for column in tables()["survey_place"].columns)
