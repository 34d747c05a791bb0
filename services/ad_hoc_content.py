"""What belongs to one ad hoc report alone: its own indicators, its headings, its survey round."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models.ad_hoc import (
    ACTIVITIES,
    MEDIUM,
    REACH,
    Brief,
    OwnIndicator,
    RoundBrief,
    number_of,
    round_days,
    survey_codes,
)
from models.figure import Aggregate
from models.indicator import Indicator, OutlineKind, OutlineSection, SourceKind, ValueKind
from models.permission import Viewer
from models.programme import Programme
from models.questionnaire import Questionnaire
from models.requirement import Requirement
from models.survey import SurveyAudience
from services.survey import RoundInput, add_places, add_round

AFTER_THE_PROGRAMME = 10_000
"""Own indicators stand behind the programme's."""
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
MONEY = "đồng"


def add_own_indicators(session: Session, requirement: Requirement, brief: Brief) -> list[Indicator]:
    """Write the report's own indicators, with those that its round is told by; in their order."""
    rows = [_indicator(requirement, own) for own in brief.own]
    if brief.survey is not None:
        rows += _of_survey(requirement, session.get_one(Questionnaire, brief.survey.questionnaire_id))
    for place, row in enumerate(rows, start=1):
        row.position = AFTER_THE_PROGRAMME + place
    session.add_all(rows)
    session.flush()
    return rows


def _indicator(requirement: Requirement, own: OwnIndicator) -> Indicator:
    """An indicator of the form."""
    source, filters = _source(own)
    return Indicator(
        programme_id=requirement.programme_id, requirement_id=requirement.id, code=own.code, name=own.name,
        unit=own.unit, value_kind=_value_kind(own), aggregate=own.aggregate, operand_codes=list(own.operands),
        is_core=True, source=source, filters=filters)


def _value_kind(own: OwnIndicator) -> ValueKind:
    """What kind of value it holds, from how it adds up and what it is measured in."""
    kinds = {Aggregate.RATIO: ValueKind.PERCENT, Aggregate.COUNT_YES: ValueKind.YES_NO}
    return kinds.get(own.aggregate, ValueKind.AMOUNT if own.unit == MONEY else ValueKind.INTEGER)


def _source(own: OwnIndicator) -> tuple[SourceKind, dict[str, Any]]:
    """Where its figure comes from, and which activities count."""
    if own.aggregate.is_formula:
        return SourceKind.FORMULA, {}
    if own.source.startswith(MEDIUM):
        return SourceKind.ACTIVITY_QUANTITY, {"media": [own.source.removeprefix(MEDIUM)]}
    return {ACTIVITIES: SourceKind.ACTIVITY_COUNT, REACH: SourceKind.ACTIVITY_REACH}.get(
        own.source, SourceKind.TYPED), {}


def _of_survey(requirement: Requirement, questionnaire: Questionnaire) -> list[Indicator]:
    """Sheets of the questionnaire, and with a headline question the share satisfied and the mean."""
    sheets, share, mean = survey_codes(number_of(requirement.code))
    rows: list[tuple[str, str, str, ValueKind, Aggregate, SourceKind]] = [
        (sheets, "Số phiếu khảo sát thu được", "phiếu", ValueKind.INTEGER, Aggregate.SUM, SourceKind.SURVEY_SHEETS)]
    if questionnaire.headline_code:
        rows += [
            (share, "Tỷ lệ hài lòng (mức 4 và 5)", "%", ValueKind.PERCENT, Aggregate.WEIGHTED_SHARE,
             SourceKind.SURVEY_SHARE),
            (mean, "Điểm hài lòng trung bình", "điểm", ValueKind.MEAN, Aggregate.WEIGHTED_MEAN,
             SourceKind.SURVEY_MEAN)]
    return [
        Indicator(programme_id=requirement.programme_id, requirement_id=requirement.id, code=code, name=name,
                  unit=unit, value_kind=kind, aggregate=aggregate, source=source, is_core=False,
                  operand_codes=[] if code == sheets else [sheets], filters={"questionnaire": questionnaire.code})
        for code, name, unit, kind, aggregate, source in rows]


def add_outline(session: Session, requirement: Requirement, brief: Brief, codes: Sequence[str]) -> None:
    """Write the headings, for units' reports and consolidated ones alike; figures stand under the first."""
    number = number_of(requirement.code)
    session.add_all(
        OutlineSection(
            programme_id=requirement.programme_id, requirement_id=requirement.id, code=f"dx{number}-{place}",
            kind=kind, level=1, mark=f"{ROMAN[place - 1]}.", heading=heading, hint="", has_text=True, position=place,
            indicator_codes=list(codes) if place == 1 else [])
        for kind in (OutlineKind.REPORT, OutlineKind.CONSOLIDATION)
        for place, heading in enumerate(brief.all_headings, start=1))


def open_round(session: Session, requirement: Requirement, survey: RoundBrief, unit_ids: Iterable[int], *,
               viewer: Viewer | None, now: datetime) -> int:
    """Open the survey round for the chosen units; its id."""
    opens_on, closes_on = round_days(survey)
    given = RoundInput(
        title=requirement.title, host=survey.host, contact=survey.contact, opens_on=opens_on, closes_on=closes_on,
        questionnaire_id=survey.questionnaire_id, audience=SurveyAudience(survey.audience))
    year = session.get_one(Programme, requirement.programme_id).year
    made = add_round(session, given, programme_id=requirement.programme_id, year=year,
                     form_token=f"ad-hoc-{requirement.id}", viewer=viewer, now=now)
    add_places(session, made, dict.fromkeys(unit_ids), viewer=viewer, now=now)
    return made.id


__all__ = ["ROMAN", "add_outline", "add_own_indicators", "open_round"]
