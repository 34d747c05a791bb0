"""Rows of surveys for tests: the default questionnaire, a round, places, sheets packed as the portal packs them."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from itertools import count
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import clock
from core.settings import ROOT
from models.codebook import BLANK, NOT_APPLICABLE, Codebook
from models.programme import Programme
from models.question import Body, QuestionKind
from models.questionnaire import Questionnaire, QuestionnaireStatus, SurveyQuestion
from models.sheet import SurveySheet, SurveyUncounted
from models.survey import SurveyAudience, SurveyChannel, SurveyPlace, SurveyRound
from models.unit import Unit

_numbers = count(1)


@cache
def default_body(code: str = "HL-TTHC") -> Body:
    """What a questionnaire of data/survey asks."""
    data = json.loads((ROOT / "data" / "survey" / f"{code}.json").read_text(encoding="utf-8"))
    return Body.load(data["body"])


@cache
def default_book(code: str = "HL-TTHC") -> Codebook:
    """The codebook of a questionnaire of data/survey."""
    return Codebook(default_body(code))


def make_questionnaire(session: Session, body: Body | None = None, *, code: str = "HL-TTHC") -> Questionnaire:
    """A published version of a questionnaire, the default one without a body; found again when it is there."""
    asked = body or default_body(code)
    latest = session.scalar(
        select(Questionnaire).where(Questionnaire.code == code).order_by(Questionnaire.version.desc()).limit(1))
    if latest is not None and latest.body == asked.dump():
        return latest
    factors = {factor.code: factor.name.vi for factor in asked.factors}
    scaled = [(item, question) for question in asked.questions()
              if question.kind in (QuestionKind.SCALE, QuestionKind.GRID) for item in question.items]
    made = Questionnaire(
        code=code, version=latest.version + 1 if latest else 1, status=QuestionnaireStatus.PUBLISHED, body=asked.dump(),
        published_at=clock.now(), title=asked.title.vi, intro=asked.intro.vi, headline_code=asked.headline,
        level_labels=[words.vi for words in asked.scales[0][1]] if asked.scales else [],
        questions=[
            SurveyQuestion(code=item.code, position=position, factor_code=question.factor,
                           factor_name=factors.get(question.factor, ""), text=item.text.vi,
                           allows_not_applicable=question.allows_not_applicable)
            for position, (item, question) in enumerate(scaled, start=1)
        ])
    session.add(made)
    session.flush()
    return made


def make_round(session: Session, programme: Programme, questionnaire: Questionnaire | None = None, *,
               code: str | None = None, audience: SurveyAudience = SurveyAudience.PEOPLE,
               opens_on: date = date(2023, 5, 1), closes_on: date = date(2023, 5, 31)) -> SurveyRound:
    """An open round of the default questionnaire in May 2023."""
    number = next(_numbers)
    made = SurveyRound(
        code=code or f"DKS-{number}", programme_id=programme.id,
        questionnaire_id=(questionnaire or make_questionnaire(session)).id, title=f"Khảo sát số {number} (minh họa)",
        audience=audience, host="Sở Giáo dục và Đào tạo (minh họa)", contact="Văn phòng Sở (minh họa)",
        opens_on=opens_on, closes_on=closes_on, created_at=clock.now())
    session.add(made)
    session.flush()
    return made


def make_place(session: Session, survey_round: SurveyRound, unit: Unit, *, code: str | None = None,
               population: int | None = None) -> SurveyPlace:
    """A unit in a round."""
    made = SurveyPlace(round_id=survey_round.id, unit_id=unit.id, code=code or f"abcd{next(_numbers):04d}",
                       population=population)
    session.add(made)
    session.flush()
    return made


def make_sheet(session: Session, place: SurveyPlace, answers: Mapping[str, int] | None = None, *,
               channel: SurveyChannel = SurveyChannel.LINK, answered_on: date = date(2023, 5, 10),
               details: dict[str, Any] | None = None, book: Codebook | None = None, **others: Any) -> SurveySheet:
    """One sheet of the default questionnaire: ``answers`` by cell code as packed values, everything else blank."""
    book = book or default_book()
    choices = bytes((answers or {}).get(cell.code, BLANK) for cell in book.cells)
    made = SurveySheet(
        id=Random(next(_numbers)).getrandbits(62), place_id=place.id, channel=channel, answered_on=answered_on,
        choices=choices, details=details, **others)
    session.add_all([made, SurveyUncounted(place_id=place.id, sheet_id=made.id)])
    session.flush()
    return made


def random_choices(random: Random, book: Codebook | None = None) -> bytes:
    """A plausible sheet: any value of every cell, now and then blank or not applicable."""
    values = []
    for cell in (book or default_book()).cells:
        question = cell.question
        special = [BLANK]
        if question is not None and question.allows_not_applicable:
            special.append(NOT_APPLICABLE)
        lot = random.random()
        values.append(random.choice(special) if lot < 0.1 else random.randint(1, len(cell.values)))
    return bytes(values)
