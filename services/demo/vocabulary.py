"""The programme's rows that demonstration content is made of, read once."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.indicator import OutlineKind, OutlineSection
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
    theme_rows: dict[int, Theme]
    audience_rows: dict[int, Audience]
    plan_sections: dict[str, int]
    """Headings of a plan's outline that hold text."""


def read_vocabulary(session: Session, programme: Programme) -> Vocabulary:
    """Read the vocabulary of ``programme``."""

    def pairs(kind: type[Medium] | type[Audience] | type[FundingSource]) -> dict[str, int]:
        return dict(session.execute(
            select(kind.code, kind.id).where(kind.programme_id == programme.id).order_by(kind.position)).all())

    themes = session.scalars(
        select(Theme).where(Theme.programme_id == programme.id).order_by(Theme.position)).all()
    audiences = session.scalars(select(Audience).where(Audience.programme_id == programme.id)).all()
    return Vocabulary(
        programme.id, programme.year, tuple(theme.id for theme in themes), pairs(Medium), pairs(Audience),
        pairs(FundingSource), {theme.id: theme for theme in themes}, {row.id: row for row in audiences},
        _plan_sections(session, programme.id))


def _plan_sections(session: Session, programme_id: int) -> dict[str, int]:
    """Ids of the headings of a plan that hold text, by code."""
    return dict(session.execute(
        select(OutlineSection.code, OutlineSection.id).where(
            OutlineSection.programme_id == programme_id, OutlineSection.kind == OutlineKind.PLAN,
            OutlineSection.has_text)).all())
