"""What reports get of surveys: sheets and tallies alike, by the day, and nothing of fewer than five."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest
from sqlalchemy import literal, select, union_all

from core.dates import local_day
from models.base import Utc
from models.codebook import OUTCOME
from models.figure import EMPTY, figure_of
from models.sheet import SurveySheet
from models.survey import SurveyChannel, SurveyPlace
from models.unit import Unit, UnitKind
from queries.consolidation.counted import all_units, count_answers
from queries.figure import count_figures, list_indicators, load_records, records_behind, window_of
from queries.survey.answer import Days, read_answers, told_of
from services.survey_count import roll_up
from tests.support.consolidation import World
from tests.support.factories import make_unit
from tests.support.survey import (
    default_body,
    default_book,
    make_place,
    make_questionnaire,
    make_round,
    make_sheet,
)

UNTIL = date(2023, 5, 25)


class Asked:
    """A unit of a small province that was asked about procedures."""

    def __init__(self, world: World) -> None:
        self.world, self.session = world, world.session
        session = world.session
        self.unit: Unit = make_unit(session, UnitKind.PRIMARY, parent=self.world.units["A"])
        version = make_questionnaire(session, default_body())
        self.round = make_round(session, self.world.programme, version)
        self.place = make_place(session, self.round, self.unit)
        self.window = window_of(self.world.requirement, UNTIL)
        self.lines = {line.code: line for line in list_indicators(session, self.world.programme.id)}

    def answer(self, *levels: int, on: date = date(2023, 5, 10), channel: SurveyChannel = SurveyChannel.LINK,
               place: SurveyPlace | None = None) -> None:
        for level in levels:
            make_sheet(self.session, place or self.place, {"Q17": level}, answered_on=on, channel=channel)

    def figures(self) -> dict:
        return count_figures(self.session, self.lines.values(), self.window, [self.unit.id])[self.unit.id]


@pytest.fixture
def asked(fresh_world: World) -> Asked:
    return Asked(fresh_world)


def test_sheets_make_the_figures_whether_rolled_up_or_not(asked: Asked) -> None:
    asked.answer(5, 5, 4, 3, 1)
    asked.answer(1, 1, on=date(2023, 5, 26))
    before = asked.figures()
    assert before["H1"] == figure_of(5)
    assert before["H2"] == figure_of(60, Decimal(3), Decimal(5))
    assert before["H3"] == figure_of(Decimal(18) / 5, Decimal(18), Decimal(5))
    roll_up(asked.session)
    assert asked.figures() == before


def test_under_five_answers_tell_how_many_sheets_and_nothing_more(asked: Asked) -> None:
    asked.answer(5, 5, 4, 3)
    found = asked.figures()
    assert found["H1"] == figure_of(4) and found["H2"] is EMPTY and found["H3"] is EMPTY
    units = all_units(asked.world.requirement.id, asked.world.units["A"].id)
    assert [row for row in count_answers(asked.session, units, asked.window) if row.unit_id == asked.unit.id] == []
    line, = records_behind(asked.session, asked.unit.id, asked.window, asked.lines["H2"]).tallies
    assert (line.sheet_count, line.is_told, line.levels) == (4, False, (0, 0, 0, 0, 0))


def test_provenance_names_each_channel_and_can_be_frozen(asked: Asked) -> None:
    asked.answer(5, 5, 4, 3, 1)
    asked.answer(2, 2, 2, 2, 2, 2, channel=SurveyChannel.QR)
    records = records_behind(asked.session, asked.unit.id, asked.window, asked.lines["H2"])
    assert [(row.channel, row.sheet_count, row.levels) for row in records.tallies] == [
        ("link", 5, (1, 0, 1, 1, 2)), ("qr", 6, (0, 6, 0, 0, 0))]
    assert load_records(records.dump()) == records
    old = records.dump()
    for row in old["tallies"]:
        del row["channel"], row["is_told"]
    assert [row.channel for row in load_records(old).tallies] == ["tally", "tally"]


def test_a_small_channel_silences_the_others_in_the_provenance(asked: Asked) -> None:
    asked.answer(5, 5, 4, 3, 1)
    asked.answer(2, 2, channel=SurveyChannel.QR)
    records = records_behind(asked.session, asked.unit.id, asked.window, asked.lines["H2"])
    assert [row.is_told for row in records.tallies] == [False, False]
    assert asked.figures()["H2"].denominator == 7


def test_knowledge_fills_how_many_took_part_and_how_many_passed(asked: Asked) -> None:
    version = make_questionnaire(asked.session, default_body("NT-CBVC"), code="NT-CBVC")
    place = make_place(asked.session, make_round(asked.session, asked.world.programme, version), asked.unit)
    book = default_book("NT-CBVC")
    for outcome in (2, 2, 2, 1):
        make_sheet(asked.session, place, {OUTCOME: outcome}, book=book, channel=SurveyChannel.STAFF)
    assert asked.figures()["H4"] == figure_of(4) and asked.figures()["H5"] is EMPTY
    make_sheet(asked.session, place, {OUTCOME: 2}, book=book, channel=SurveyChannel.STAFF)
    assert asked.figures()["H5"] == figure_of(80, Decimal(4), Decimal(5))
    assert asked.figures()["H1"] is EMPTY, "a sheet of knowledge is none of satisfaction"


def test_two_sheets_beside_many_tallied_ones_are_not_told(asked: Asked) -> None:
    asked.answer(1, 1)
    window = asked.window
    rows = read_answers(asked.session, Days(window.programme_id, window.since, window.until), [asked.unit.id])
    assert [row.sheets for row in rows] == [2] and told_of(rows) == []


@pytest.mark.parametrize("until_at", [
    datetime(2023, 5, 12, 16, 59, tzinfo=UTC), datetime(2023, 5, 12, 17, tzinfo=UTC),
    datetime(2023, 5, 20, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC),
])
def test_totals_tell_what_a_recount_of_the_days_tells(asked: Asked, until_at: datetime) -> None:
    """Places of which all days count, some, or none, with excluded days at the edge and sheets not yet counted."""
    session, random, window = asked.session, Random(7), asked.window
    places = [asked.place, *(make_place(session, asked.round, unit) for unit in asked.world.units.values())]
    sheets: list[tuple[SurveyPlace, SurveySheet]] = []
    for number, place in enumerate(places):
        for channel in (SurveyChannel.LINK, SurveyChannel.QR):
            first = random.choice((date(2022, 11, 20), date(2023, 5, 1), date(2023, 5, 11), date(2023, 5, 24)))
            sheets += [(place, make_sheet(
                session, place, {"Q17": random.randint(1, 5)}, channel=channel,
                answered_on=first + timedelta(days=random.randint(0, 3)),
                excluded_reason="gửi trùng" if random.random() < 0.2 else "")) for _ in range(2 + number % 4)]
        if number == len(places) - 2:
            roll_up(session)
    wanted: Counter[tuple[int, str, int]] = Counter()
    for place, sheet in sheets:
        day = sheet.answered_on
        if not sheet.excluded_reason and window.since <= day <= min(window.until, local_day(until_at)):
            wanted[place.unit_id, sheet.channel.value, sheet.choices[default_book().index["Q17"]]] += 1
    units = union_all(*(select(literal(place.unit_id).label("unit_id"), literal(until_at, Utc()).label("until_at"))
                        for place in places)).subquery()
    for given in (units, [place.unit_id for place in places]) if until_at.year == 9999 else (units,):
        found: Counter[tuple[int, str, int]] = Counter()
        for row in read_answers(session, Days(window.programme_id, window.since, window.until), given):
            assert row.sheets == row.headline_levels.n
            for level, count in enumerate(row.headline_levels.levels, start=1):
                found[row.unit_id, row.channel.value, level] += count if row.channel is not SurveyChannel.TALLY else 0
        assert +found == wanted and len(wanted) > 5
