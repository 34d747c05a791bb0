"""Results of a survey: sums that reconcile, channels apart, small groups hidden, tallies and earlier rounds beside."""

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import clock
from models.codebook import NOT_APPLICABLE, OUTCOME
from models.programme import Programme
from models.question import QuestionKind
from models.questionnaire import SurveyQuestion
from models.survey import (
    SurveyAnswerCount,
    SurveyAudience,
    SurveyChannel,
    SurveyPlace,
    SurveyRound,
    SurveyTally,
)
from models.unit import Unit, UnitKind
from queries.survey.compose import get_result
from queries.survey.count import place_lines, sheet_counts
from queries.survey.result import SurveyResult
from services.survey_count import roll_up
from tests.support.factories import make_department, make_unit
from tests.support.queries import QueryGuard
from tests.support.survey import (
    default_body,
    default_book,
    make_place,
    make_questionnaire,
    make_round,
    make_sheet,
    random_choices,
)


class Field:
    """A Department with two districts of two schools each and one school of its own, all asked."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.department = make_department(session)
        self.districts = [make_unit(session, UnitKind.DISTRICT_OFFICE, parent=self.department) for _ in range(2)]
        self.schools = [make_unit(session, parent=self.districts[number // 2]) for number in range(4)]
        self.schools.append(make_unit(session, UnitKind.UPPER_SECONDARY, parent=self.department))
        self.programme = Programme(year=2023, title="Chương trình (minh họa)", agency="Sở", parent_agency="")
        session.add(self.programme)
        session.flush()
        self.round = make_round(session, self.programme)
        self.places = {unit.id: make_place(session, self.round, unit, population=100) for unit in self.schools}
        self.random = Random(5)

    def fill(self, unit: Unit, count: int, *, channel: SurveyChannel = SurveyChannel.LINK, **others: Any) -> None:
        """Sheets of any answers."""
        for _ in range(count):
            sheet = make_sheet(self.session, self.places[unit.id], channel=channel, **others)
            sheet.choices = random_choices(self.random)
        self.session.flush()

    def result(self, unit: Unit | None = None, asked: SurveyRound | None = None) -> SurveyResult:
        """What may be shown."""
        found = get_result(self.session, (asked or self.round).id, unit.id if unit else None)
        assert found is not None
        return found


@pytest.fixture
def field(db_session: Session) -> Field:
    return Field(db_session)


def check_sums(found: SurveyResult) -> None:
    """Every sheet is in one group, missing or not applicable, question by question."""
    for question in found.questions:
        if question.is_shown:
            assert question.distribution is not None and question.n is not None
            assert question.n + (question.missing or 0) + (question.not_applicable or 0) == found.sheets, question.code
            if question.kind is not QuestionKind.MULTIPLE:
                assert sum(question.distribution) == question.n, question.code


def test_groups_missing_and_not_applicable_make_all_sheets(field: Field) -> None:
    for number, unit in enumerate(field.schools):
        field.fill(unit, 6 + 3 * number, channel=list(SurveyChannel)[number % 5])
        if number % 2:
            roll_up(field.session)
    whole = field.result()
    assert whole.sheets == sum(6 + 3 * number for number in range(5)) and whole.is_shown
    check_sums(whole)
    assert sum(group.sheets for group in whole.groups) == whole.sheets == sum(line.sheets for line in whole.channels)
    for unit in (*field.districts, *field.schools):
        check_sums(field.result(unit))
    assert whole.answered_count == whole.place_count == 5 and whole.population == 500 and whole.sample == 223


def test_what_is_rolled_up_and_what_is_not_make_the_same_result(field: Field) -> None:
    for unit in field.schools:
        field.fill(unit, 12)
    before = field.result()
    assert roll_up(field.session, limit=25) == 25
    assert field.result() == before
    assert roll_up(field.session) == 35 and roll_up(field.session) == 0
    assert field.result() == before


def test_the_headline_follows_the_formulae_with_the_finite_population(field: Field) -> None:
    for level in (5, 5, 4, 4, 3, 2, NOT_APPLICABLE):
        make_sheet(field.session, field.places[field.schools[4].id], {"Q17": level})
    head = field.result(field.schools[4]).headline
    assert head is not None and (head.n, head.not_applicable) == (6, 1)
    assert head.mean == Decimal(23) / 6 and head.satisfied == Decimal(4) / 6 and head.dissatisfied == Decimal(1) / 6
    assert head.margin == pytest.approx(Decimal("1.96") * (Decimal(8) / 36 / 6).sqrt() * (Decimal(94) / 99).sqrt())


def test_a_small_school_is_hidden_and_cannot_be_worked_out_from_its_district(field: Field) -> None:
    for unit, count in zip(field.schools, (3, 20, 20, 30, 40), strict=True):
        field.fill(unit, count)
    small = field.result(field.schools[0])
    assert small.sheets == 3 and not small.is_shown and small.headline is not None and small.headline.n is None
    assert all(not question.is_shown for question in small.questions)
    neighbour = field.result(field.schools[1])
    assert not neighbour.is_shown, "the district without it would tell the small one"
    district = field.result(field.districts[0])
    assert district.is_shown and [group.headline for group in district.groups] == [None, None]
    assert field.result(field.districts[1]).is_shown


def test_excluded_sheets_are_told_and_count_nowhere(field: Field) -> None:
    field.fill(field.schools[4], 8)
    field.fill(field.schools[4], 2, excluded_reason="Gửi liên tiếp")
    assert (field.result().sheets, field.result().excluded) == (8, 2)
    roll_up(field.session)
    assert (field.result().sheets, field.result().excluded) == (8, 2)
    assert sheet_counts(field.session, [field.places[field.schools[4].id].id]) == {
        field.places[field.schools[4].id].id: {SurveyChannel.LINK: 8}}


def add_tally(field: Field, unit: Unit, sheets: int, level: int) -> None:
    """A bundle of sheets that all give one level to the headline question."""
    version = make_questionnaire(field.session)
    question = field.session.scalars(select(SurveyQuestion).where(
        SurveyQuestion.questionnaire_id == version.id, SurveyQuestion.code == "Q17")).one()
    field.session.add(SurveyTally(
        unit_id=unit.id, programme_id=field.programme.id, questionnaire_id=version.id, round_id=field.round.id,
        collected_from=date(2023, 5, 2), collected_to=date(2023, 5, 3), sheet_count=sheets, form_token=f"t{unit.id}",
        created_at=clock.now(), changed_at=clock.now(),
        answers=[SurveyAnswerCount(question_id=question.id, **{f"level_{level}": sheets - 1}, blank=1)]))
    field.session.flush()


def test_tallies_are_a_channel_of_their_own(field: Field) -> None:
    field.fill(field.schools[4], 10)
    add_tally(field, field.schools[4], 20, 5)
    found = field.result(field.schools[4])
    check_sums(found)
    assert {line.channel: line.sheets for line in found.channels} == {
        SurveyChannel.LINK: 10, SurveyChannel.TALLY: 20}
    by_channel = {line.channel: line for line in found.channels}
    assert by_channel[SurveyChannel.TALLY].satisfied == 1
    assert [line.sheets for line in place_lines(field.session) if line.unit == field.schools[4].code] == [
        {SurveyChannel.LINK: 10, SurveyChannel.TALLY: 20}]


def test_earlier_rounds_of_the_same_questionnaire_make_the_trend(field: Field) -> None:
    field.fill(field.schools[4], 10)
    earlier = make_round(field.session, field.programme, opens_on=date(2022, 5, 1), closes_on=date(2022, 5, 31))
    place = make_place(field.session, earlier, field.schools[4])
    for level in (5, 5, 5, 1, 1):
        make_sheet(field.session, place, {"Q17": level})
    whole = field.result()
    assert [(point.round_id, point.sheets, point.satisfied) for point in whole.trend] == [
        (earlier.id, 5, Decimal(3) / 5)]
    roll_up(field.session)
    assert field.result().trend == whole.trend
    assert field.result(field.schools[0]).trend[0].counts is None
    assert field.result(asked=earlier).trend == ()


def test_results_ask_the_same_however_many_units(field: Field, assert_queries: QueryGuard) -> None:
    for unit in field.schools:
        field.fill(unit, 5)
    with assert_queries(8):
        field.result()


def test_knowledge_is_passed_of_answered(field: Field) -> None:
    version = make_questionnaire(field.session, default_body("NT-CBVC"), code="NT-CBVC")
    asked = make_round(field.session, field.programme, version, audience=SurveyAudience.STAFF)
    place, book = make_place(field.session, asked, field.schools[4]), default_book("NT-CBVC")
    for outcome in (2, 2, 2, 2, 1, 2):
        make_sheet(field.session, place, {OUTCOME: outcome}, book=book, channel=SurveyChannel.STAFF)
    known = field.result(asked=asked).knowledge
    assert known is not None and (known.passed, known.answered, known.share) == (5, 6, Decimal(5) / 6)


def test_units_without_a_part_have_no_result(field: Field) -> None:
    stranger = make_unit(field.session, parent=field.department)
    assert get_result(field.session, field.round.id, stranger.id) is None
    assert get_result(field.session, 10**6) is None
    assert isinstance(field.places[field.schools[0].id], SurveyPlace)
