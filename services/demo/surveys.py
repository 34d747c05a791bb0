"""Survey rounds of the demonstration province: an early one that is closed, one of people and one of staff, open.

Sheets are made column by column for a place, packed as the portal packs them, and written in bulk.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from models.codebook import BLANK, GIVEN, NOT_APPLICABLE, NOT_ASKED, OUTCOME, UNTICKED, Cell, Codebook
from models.question import Body, QuestionKind
from models.questionnaire import Questionnaire
from models.sheet import SurveyCode
from models.survey import PLACE_ALPHABET, SurveyAudience, SurveyChannel, SurveyPlace, SurveyRound
from services.sheet import add_rows

BATCH = 5000
HOST = "Sở Giáo dục và Đào tạo tỉnh Quảng Ninh"
CONTACT = "Văn phòng Sở (minh họa)"
PEOPLE, STAFF = "HL-TTHC", "NT-CBVC"
NEVER_DID = "4"
"""The answer to S2 that leads past the questions on a procedure."""
REMARKS = (
    "Cô ở phòng tiếp nhận hướng dẫn rất tận tình (minh họa).",
    "Nên có ghế chờ và nước uống (minh họa).",
    "Đề nghị nhắn Zalo khi hồ sơ xong (minh họa).",
    "Nộp trực tuyến còn khó với người lớn tuổi (minh họa).",
)
_CHANNELS = {
    SurveyAudience.PEOPLE: ((SurveyChannel.QR, SurveyChannel.LINK, SurveyChannel.PAPER), (50, 20, 30)),
    SurveyAudience.STAFF: ((SurveyChannel.STAFF,), (1,)),
}


@dataclass(frozen=True)
class _Wave:
    """One round and how large a share of all sheets it has."""

    code: str
    questionnaire: str
    title: str
    audience: SurveyAudience
    opens_on: date
    closes_on: date
    share: float


WAVES = (
    _Wave("2023-HL-1", PEOPLE, "Khảo sát thử quý I năm 2023 (minh họa)", SurveyAudience.PEOPLE, date(2023, 2, 13),
          date(2023, 3, 10), 0.2),
    _Wave("2023-HL-2", PEOPLE, "Khảo sát hài lòng 6 tháng đầu năm 2023 (minh họa)", SurveyAudience.PEOPLE,
          date(2023, 4, 10), date(2023, 6, 15), 0.6),
    _Wave("2023-NT-1", STAFF, "Khảo sát nhận thức của viên chức 6 tháng đầu năm 2023 (minh họa)", SurveyAudience.STAFF,
          date(2023, 5, 8), date(2023, 6, 15), 0.2),
)


def add_rounds(session: Session, unit_ids: Sequence[int], sheets: int, programme_id: int, until: date, now: datetime,
               random: Random, favoured: frozenset[int]) -> None:
    """Share ``sheets`` out over rounds, units and channels; some units have none, one too few. Does not commit.

    ``favoured`` units, those with accounts, always have sheets to look at. Nothing without a questionnaire.
    """
    for wave in WAVES:
        questionnaire = session.scalar(
            select(Questionnaire).where(Questionnaire.code == wave.questionnaire)
            .order_by(Questionnaire.version.desc()).limit(1))
        if questionnaire is None or not questionnaire.body:
            continue
        places = _open(session, wave, questionnaire, unit_ids, programme_id, now, random)
        body = Body.load(questionnaire.body)
        asked = [place for place in places if place.unit_id in favoured or random.random() < 0.85]
        if not asked:
            continue
        number = max(round(sheets * wave.share) // len(asked), 2)
        for count, place in enumerate(asked):
            size = 3 if count == len(asked) - 1 else max(number + random.randint(-number // 3, number // 3), 1)
            _answer(session, place, wave, body, size, until, random)


def _open(session: Session, wave: _Wave, questionnaire: Questionnaire, unit_ids: Sequence[int], programme_id: int,
          now: datetime, random: Random) -> list[SurveyPlace]:
    """The round with a place for every unit, and codes for its staff."""
    made = SurveyRound(
        code=wave.code, programme_id=programme_id, questionnaire_id=questionnaire.id, title=wave.title,
        audience=wave.audience, host=HOST, contact=CONTACT, opens_on=wave.opens_on, closes_on=wave.closes_on,
        created_at=now)
    session.add(made)
    session.flush()
    is_staff = wave.audience is SurveyAudience.STAFF
    places = [
        SurveyPlace(round_id=made.id, unit_id=unit_id, code="".join(random.choices(PLACE_ALPHABET, k=8)),
                    population=random.randint(25, 70) if is_staff else random.randint(250, 900))
        for unit_id in unit_ids
    ]
    session.add_all(places)
    session.flush()
    return places


def _answer(session: Session, place: SurveyPlace, wave: _Wave, body: Body, size: int, until: date,
            random: Random) -> None:
    """Write ``size`` sheets of a place, and, for staff, the codes that were used for them."""
    book = Codebook(body)
    size = min(size, place.population or size)
    mood = random.uniform(0.6, 0.95)
    days = (min(wave.closes_on, until - timedelta(days=1)) - wave.opens_on).days
    channels, weights = _CHANNELS[wave.audience]
    columns = {cell.code: _column(cell, size, mood, random) for cell in book.cells}
    _lead_past(columns, book, size)
    rows = []
    for number, choices in enumerate(zip(*(columns[cell.code] for cell in book.cells), strict=True)):
        rows.append({
            "id": random.getrandbits(62), "place_id": place.id, "channel": random.choices(channels, weights)[0],
            "answered_on": wave.opens_on + timedelta(days=random.randint(0, days)), "choices": bytes(choices),
            "details": _details(columns, number, random), "suspicion": "speed" if random.random() < 0.004 else "",
            "excluded_reason": ""})
    for start in range(0, len(rows), BATCH):
        add_rows(session, rows[start:start + BATCH])
    if wave.audience is SurveyAudience.STAFF:
        session.execute(insert(SurveyCode), [
            {"place_id": place.id, "digest": f"{random.getrandbits(256):064x}", "batch": 1, "is_used": used < size,
             "is_withdrawn": False} for used in range(place.population or size)])


def _column(cell: Cell, size: int, mood: float, random: Random) -> list[int]:
    """The answers of ``size`` sheets to one cell."""
    question = cell.question
    if question is None:
        return [BLANK] * size
    if question.kind in (QuestionKind.SCALE, QuestionKind.GRID):
        unhappy = 1 - mood
        values = [BLANK, NOT_APPLICABLE, 1, 2, 3, 4, 5]
        not_applicable = 0.08 if question.allows_not_applicable else 0
        weights = [0.02, not_applicable, unhappy * 0.1, unhappy * 0.25, unhappy * 0.65, mood * 0.55, mood * 0.45]
        return random.choices(values, weights, k=size)
    if question.kind is QuestionKind.MULTIPLE:
        return random.choices([GIVEN, UNTICKED], [3, 7], k=size)
    if question.answer:
        weights = [8.0 if code == question.answer else 1.0 for code in cell.values]
        return random.choices(range(1, len(cell.values) + 1), weights, k=size)
    if question.kind is QuestionKind.SINGLE:
        return random.choices(range(1, len(cell.values) + 1), [9, 4, 3, 1, 2][:len(cell.values)], k=size)
    return random.choices([BLANK, GIVEN], [4, 6] if question.kind is QuestionKind.INTEGER else [19, 1], k=size)


def _lead_past(columns: dict[str, list[int]], book: Codebook, size: int) -> None:
    """What follows from the answers: questions nobody was asked, and whether a sheet of knowledge has passed."""
    for number in range(size):
        if "S2" in columns and columns["S2"][number] == int(NEVER_DID):
            for code in (f"Q{question}" for question in range(1, 15)):
                columns[code][number] = NOT_ASKED
        if OUTCOME in columns:
            right = [
                cell.values[columns[cell.code][number] - 1] == cell.question.answer
                for cell in book.cells if cell.question is not None and cell.question.answer]
            columns[OUTCOME][number] = 2 if sum(right) * 100 >= 70 * len(right) else 1


def _details(columns: dict[str, list[int]], number: int, random: Random) -> dict[str, Any] | None:
    """The number and the remark of a sheet whose cells say that they were given."""
    details: dict[str, Any] = {}
    if columns.get("Q18", [BLANK] * (number + 1))[number] == GIVEN:
        details["Q18"] = random.choice((80, 90, 95, 100, 100, 100, 105, 110))
    for code in ("X3", "R4"):
        if code in columns and columns[code][number] == GIVEN:
            details[code] = random.choice(REMARKS)
    return details or None


__all__ = ["WAVES", "add_rounds"]
