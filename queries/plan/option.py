"""What a plan item may choose from: the programme's media, themes, audiences and sources of money."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.programme import Audience, Channel, FundingSource, Medium, Theme
from queries.programme import rows_of


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: the row's id, its code, what is read, and under which heading it stands."""

    id: int
    code: str
    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """All choices, each list in the order of the programme; media are grouped by channel."""

    media: tuple[Option, ...]
    themes: tuple[Option, ...]
    audiences: tuple[Option, ...]
    funding_sources: tuple[Option, ...]


def get_options(session: Session, programme_id: int) -> PlanOptions:
    """Read the choices. Five queries."""
    channels = rows_of(session, Channel, programme_id)
    media = rows_of(session, Medium, programme_id)
    return PlanOptions(
        media=tuple(
            Option(medium.id, medium.code, f"{medium.label} ({medium.unit})", channel.label)
            for channel in channels for medium in media if medium.channel_id == channel.id),
        themes=tuple(Option(row.id, row.code, row.label) for row in rows_of(session, Theme, programme_id)),
        audiences=tuple(Option(row.id, row.code, row.label) for row in rows_of(session, Audience, programme_id)),
        funding_sources=tuple(
            Option(row.id, row.code, row.label) for row in rows_of(session, FundingSource, programme_id)),
    )
