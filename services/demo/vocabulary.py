"""The programme's rows that demonstration content is made of, read once."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.programme import Audience, FundingSource, Medium, Programme, Theme


@dataclass(frozen=True)
class Vocabulary:
    """Codes and ids of one programme."""

    programme_id: int
    year: int
    themes: tuple[int, ...]
    media: dict[str, int]
    audiences: dict[str, int]
    funding: dict[str, int]


def read_vocabulary(session: Session, programme: Programme) -> Vocabulary:
    """Read the vocabulary of ``programme``."""

    def pairs(kind: type[Medium] | type[Audience] | type[FundingSource]) -> dict[str, int]:
        return dict(session.execute(
            select(kind.code, kind.id).where(kind.programme_id == programme.id).order_by(kind.position)).all())

    themes = session.scalars(select(Theme.id).where(Theme.programme_id == programme.id).order_by(Theme.position))
    return Vocabulary(programme.id, programme.year, tuple(themes), pairs(Medium), pairs(Audience),
                      pairs(FundingSource))
