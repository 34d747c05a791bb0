"""Survey rounds: the list, one round with what came in, and its places."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from core.translation import N_
from models.permission import Action, Viewer
from models.questionnaire import Questionnaire, QuestionnaireStatus
from models.survey import SurveyAudience, SurveyChannel, SurveyPlace, SurveyRound
from queries.scope import scope
from queries.survey.place import channel_counts

Counts = Mapping[SurveyChannel, int]


class RoundState(StrEnum):
    """Whether a round takes answers on a day."""

    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The Vietnamese word."""
        return _STATE_LABELS[self]


_STATE_LABELS = {
    RoundState.UPCOMING: N_("Sắp mở"), RoundState.OPEN: N_("Đang mở"), RoundState.CLOSED: N_("Đã đóng"),
}


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One round as a list shows it; counts are those of the places that the viewer sees."""

    id: int
    code: str
    title: str
    questionnaire_id: int
    questionnaire_title: str
    questionnaire_version: int
    audience: SurveyAudience
    host: str
    contact: str
    opens_on: date
    closes_on: date
    closed_at: datetime | None
    place_count: int = 0
    """Units that take part."""
    answered_count: int = 0
    """Of these, units with a sheet at least."""
    sheets: Counts = field(default_factory=dict)
    only_place_id: int | None = None
    """The one place, where the viewer sees no other."""

    @property
    def sheet_count(self) -> int:
        """Sheets of all channels."""
        return sum(self.sheets.values())

    def state(self, on: date) -> RoundState:
        """Upcoming, open or closed on a day."""
        if self.closed_at is not None or on > self.closes_on:
            return RoundState.CLOSED
        return RoundState.OPEN if on >= self.opens_on else RoundState.UPCOMING


@dataclass(frozen=True, slots=True)
class QuestionnaireOption:
    """A published version that a round may put."""

    id: int
    code: str
    version: int
    title: str


def _rounds() -> Select[*tuple[object, ...]]:
    """The statement behind rounds, the last to open first."""
    return (
        select(SurveyRound.id, SurveyRound.code, SurveyRound.title, SurveyRound.questionnaire_id,
               Questionnaire.title.label("questionnaire_title"), Questionnaire.version, SurveyRound.audience,
               SurveyRound.host, SurveyRound.contact, SurveyRound.opens_on, SurveyRound.closes_on,
               SurveyRound.closed_at)
        .join(Questionnaire, Questionnaire.id == SurveyRound.questionnaire_id)
        .order_by(SurveyRound.opens_on.desc(), SurveyRound.id.desc()))


def list_rounds(session: Session, viewer: Viewer, on: date, *, sees_all: bool = False) -> list[RoundLine]:
    """Rounds in which a unit takes part that the viewer sees, the last to open first; all of them for the Office.

    Three queries and those of the counts.
    """
    places: dict[int, list[tuple[int, bool]]] = {}
    seen = select(SurveyPlace.round_id, SurveyPlace.id, SurveyPlace.withdrawn_at).where(
        SurveyPlace.unit_id.in_(scope(viewer, Action.SURVEY_VIEW, on)))
    for round_id, place_id, withdrawn_at in session.execute(seen):
        places.setdefault(round_id, []).append((place_id, withdrawn_at is None))
    counts = channel_counts(session, [place_id for found in places.values() for place_id, _is_in in found])
    lines = [RoundLine(*row) for row in session.execute(_rounds())]  # type: ignore[arg-type]  # in the fields' order
    return [_with_counts(line, places.get(line.id, []), counts) for line in lines if sees_all or line.id in places]


def _with_counts(line: RoundLine, places: Sequence[tuple[int, bool]], counts: Mapping[int, Counts]) -> RoundLine:
    """A round with what came in at its places (id, and whether it still takes part)."""
    total = add_counts(counts.get(place_id, {}) for place_id, _is_in in places)
    answered = sum(1 for place_id, is_in in places if is_in and any(counts.get(place_id, {}).values()))
    return RoundLine(
        line.id, line.code, line.title, line.questionnaire_id, line.questionnaire_title, line.questionnaire_version,
        line.audience, line.host, line.contact, line.opens_on, line.closes_on, line.closed_at,
        place_count=sum(is_in for _place_id, is_in in places), answered_count=answered, sheets=total,
        only_place_id=places[0][0] if len(places) == 1 else None)


def add_counts(counts: Iterable[Counts]) -> Counts:
    """Sheets by channel, every channel named."""
    total: Counter[SurveyChannel] = Counter()
    for found in counts:
        total.update(found)
    return {channel: total[channel] for channel in SurveyChannel}


def get_round(session: Session, code: str) -> RoundLine | None:
    """One round by code without its counts, or None. One query."""
    row = session.execute(_rounds().where(SurveyRound.code == code)).first()
    return None if row is None else RoundLine(*row)  # type: ignore[arg-type]  # in the fields' order


def round_by_token(session: Session, token: str) -> str | None:
    """The code of the round that a form made, or None."""
    return session.scalar(select(SurveyRound.code).where(SurveyRound.form_token == token)) if token else None


def list_published(session: Session) -> list[QuestionnaireOption]:
    """Published versions, by code, the newest first; only those that ask something."""
    rows = session.execute(
        select(Questionnaire.id, Questionnaire.code, Questionnaire.version, Questionnaire.title, Questionnaire.body)
        .where(Questionnaire.status == QuestionnaireStatus.PUBLISHED)
        .order_by(Questionnaire.code, Questionnaire.version.desc()))
    return [QuestionnaireOption(*row[:4]) for row in rows if row.body]


__all__ = ["Counts", "QuestionnaireOption", "RoundLine", "RoundState", "add_counts", "get_round", "list_published",
           "list_rounds", "round_by_token"]
