"""Questionnaires from files."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from core.settings import ROOT
from core.translation import _
from models.questionnaire import Questionnaire, SurveyQuestion
from models.survey import LEVELS

SURVEY_FILE = ROOT / "data" / "survey" / "surveys.json"
DEFAULT_HEADLINE = "Q17"


class QuestionnaireFileError(ValueError):
    """A questionnaire's file cannot be used; the message says what is missing, in Vietnamese."""


def load_questionnaire_file(session: Session, path: Path = SURVEY_FILE) -> Questionnaire:
    """Load the satisfaction questionnaire of a file. Raises QuestionnaireFileError. Does not commit."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise QuestionnaireFileError(_("Không đọc được tệp phiếu khảo sát %(file)s.", file=path.name)) from error
    if not isinstance(data, dict):
        raise QuestionnaireFileError(_("Tệp %(file)s không đúng cấu trúc.", file=path.name))
    return load_questionnaire(session, data)


def load_questionnaire(session: Session, data: Mapping[str, Any]) -> Questionnaire:
    """Write the five-level questions of ``data["satisfaction"]`` as a questionnaire.

    What is there already, word for word, is left as it is and returned; a change makes the next version. Raises
    QuestionnaireFileError with the part that is missing. Does not commit.
    """
    try:
        part = data["satisfaction"]
        factors = {row["code"]: row["name"] for row in part["factors"]}
        questions = [
            (row["id"], row["factor"], factors[row["factor"]], row["text"], bool(row.get("allow_na")))
            for row in part["questions"] if row["type"] == "scale5"
        ]
        labels = [row["label"] for row in sorted(data["scale5"], key=lambda row: row["value"])]
        wanted = (part["title"], part.get("intro", ""), part.get("headline", DEFAULT_HEADLINE), labels, questions)
        code = part["code"]
    except (KeyError, TypeError) as error:
        raise QuestionnaireFileError(
            _("Tệp phiếu khảo sát thiếu phần %(part)s.", part=str(error).strip("'"))) from error
    codes = [row[0] for row in questions]
    if len(labels) != len(LEVELS) or wanted[2] not in codes or len(set(codes)) != len(codes):
        raise QuestionnaireFileError(_("Phiếu khảo sát cần năm mức, câu chung và mã câu không trùng nhau."))
    latest = session.scalar(
        select(Questionnaire).where(Questionnaire.code == code).order_by(Questionnaire.version.desc()).limit(1)
        .options(selectinload(Questionnaire.questions)))
    if latest is not None and _as_loaded(latest) == wanted:
        return latest
    return _write(session, code, (latest.version if latest else 0) + 1, wanted)


def _as_loaded(present: Questionnaire) -> tuple[Any, ...]:
    """A questionnaire in the shape in which a file gives it."""
    return (present.title, present.intro, present.headline_code, list(present.level_labels), [
        (row.code, row.factor_code, row.factor_name, row.text, row.allows_not_applicable)
        for row in present.questions])


def _write(session: Session, code: str, version: int, wanted: tuple[Any, ...]) -> Questionnaire:
    """Add a version of a questionnaire."""
    title, intro, headline, labels, questions = wanted
    made = Questionnaire(
        code=code, version=version, title=title, intro=intro, headline_code=headline, level_labels=labels,
        questions=[
            SurveyQuestion(code=row[0], position=position, factor_code=row[1], factor_name=row[2], text=row[3],
                           allows_not_applicable=row[4])
            for position, row in enumerate(questions, start=1)
        ])
    session.add(made)
    session.flush()
    return made


__all__ = ["QuestionnaireFileError", "load_questionnaire", "load_questionnaire_file"]
