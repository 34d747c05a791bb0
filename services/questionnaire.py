"""Questionnaires as versions: loading those of the product, and writing what a version asks.

A file is ``{"code": …, "body": …}`` with the body as ``models.question.Body.dump`` writes it.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from core.clock import clock
from core.settings import ROOT
from core.translation import _
from models.question import SCALED, Body
from models.questionnaire import AWARENESS, SATISFACTION, Questionnaire, QuestionnaireStatus, SurveyQuestion

SURVEY_FOLDER = ROOT / "data" / "survey"


class QuestionnaireFileError(ValueError):
    """A questionnaire's file cannot be used; the message says what is wrong, in Vietnamese."""


def load_default_questionnaires(session: Session) -> list[Questionnaire]:
    """Load the product's own questionnaires, the satisfaction one first. Does not commit."""
    return [load_questionnaire_file(session, SURVEY_FOLDER / f"{code}.json") for code in (SATISFACTION, AWARENESS)]


def load_questionnaire_file(session: Session, path: Path) -> Questionnaire:
    """Load a questionnaire of a file. Raises QuestionnaireFileError. Does not commit."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise QuestionnaireFileError(_("Không đọc được tệp phiếu khảo sát %(file)s.", file=path.name)) from error
    return load_questionnaire(session, data if isinstance(data, dict) else {})


def load_questionnaire(session: Session, data: Mapping[str, Any]) -> Questionnaire:
    """Publish what a file asks; see ``publish_body``. Raises QuestionnaireFileError with the part that is wrong."""
    try:
        code, body = str(data["code"]), Body.load(data["body"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise QuestionnaireFileError(
            _("Tệp phiếu khảo sát thiếu hoặc sai phần %(part)s.", part=str(error).strip("'"))) from error
    return publish_body(session, code, body, clock.now())


def publish_body(session: Session, code: str, body: Body, now: datetime) -> Questionnaire:
    """Return the newest published version of ``code`` if it asks just this, else publish it as the next version.

    A version from before bodies were kept, with the same scale questions word for word, gets its body in place.
    Soundness is the caller's matter. Does not commit.
    """
    latest = session.scalar(
        select(Questionnaire).where(Questionnaire.code == code, Questionnaire.status == QuestionnaireStatus.PUBLISHED)
        .order_by(Questionnaire.version.desc()).limit(1).options(selectinload(Questionnaire.questions)))
    if latest is not None and not latest.body and _rows(latest.questions) == _rows(scale_questions(body)):
        fill(latest, body)
        latest.published_at = latest.published_at or now
        session.flush()
    if latest is not None and latest.body == body.dump():
        return latest
    made = Questionnaire(code=code, version=next_version(session, code), status=QuestionnaireStatus.PUBLISHED,
                         published_at=now, questions=scale_questions(body))
    fill(made, body)
    session.add(made)
    session.flush()
    return made


def next_version(session: Session, code: str) -> int:
    """The number after the highest version of a code, drafts counted; 1 for a new code."""
    return (session.scalar(select(func.max(Questionnaire.version)).where(Questionnaire.code == code)) or 0) + 1


def fill(version: Questionnaire, body: Body) -> None:
    """Write a body into a version, and what lists show of it."""
    version.body = body.dump()
    version.title, version.intro = body.title.vi, body.intro.vi
    version.headline_code = body.headline
    version.level_labels = [words.vi for words in body.scales[0][1]] if body.scales else []


def scale_questions(body: Body) -> list[SurveyQuestion]:
    """The rows of a published version: one per scale question and per row of a grid, in order from 1."""
    factors = {factor.code: factor.name.vi for factor in body.factors}
    scaled = [(item, question) for question in body.questions() if question.kind in SCALED
              for item in question.items]
    return [
        SurveyQuestion(code=item.code, position=position, factor_code=question.factor,
                       factor_name=factors.get(question.factor, ""), text=item.text.vi,
                       allows_not_applicable=question.allows_not_applicable)
        for position, (item, question) in enumerate(scaled, start=1)
    ]


def _rows(questions: list[SurveyQuestion]) -> list[tuple[Any, ...]]:
    """Scale questions as plain values, to be compared."""
    return [(row.code, row.factor_code, row.factor_name, row.text, row.allows_not_applicable) for row in questions]


__all__ = ["SURVEY_FOLDER", "QuestionnaireFileError", "fill", "load_default_questionnaires", "load_questionnaire",
           "load_questionnaire_file", "next_version", "publish_body", "scale_questions"]
