"""What reports get of surveys: sheets and tallies alike, by the day, and nothing of fewer than five."""

from datetime import date
from decimal import Decimal

import pytest

from models.codebook import OUTCOME
from models.figure import EMPTY, figure_of
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
