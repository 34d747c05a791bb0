"""What people wrote in their own words at one place: masked, shuffled, and only where enough sheets came in."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.question import TEXTUAL, Body
from models.satisfaction import SMALLEST_GROUP
from models.sheet import SurveySheet

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class PlaceTexts:
    """Texts of one place, by question in the questionnaire's order."""

    is_released: bool
    """Whether enough sheets came in."""
    texts: tuple[tuple[str, str], ...]
    """Question code and text, shuffled: neither the order nor two texts of one person can be told."""


def place_texts(session: Session, place_id: int, body: Body) -> PlaceTexts:
    """All texts of the sheets that count at a place. One query.

    The shuffle is by a hash of the text, so that it is the same on every page and says nothing of the sheets.
    """
    codes = [question.code for question in body.questions() if question.kind in TEXTUAL]
    rows: Sequence[dict[str, object] | None] = session.scalars(
        select(SurveySheet.details).where(SurveySheet.place_id == place_id, SurveySheet.excluded_reason == "")).all()
    if len(rows) < SMALLEST_GROUP:
        return PlaceTexts(False, ())
    found = [(code, str(details[code])) for details in rows if details for code in codes if details.get(code)]
    found.sort(key=lambda pair: blake2b(f"{place_id} {pair[0]} {pair[1]}".encode(), digest_size=16).digest())
    return PlaceTexts(True, tuple(found))


__all__ = ["PAGE_SIZE", "PlaceTexts", "place_texts"]
