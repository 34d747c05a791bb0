"""A year's programme as people read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import ColumnElement, literal, or_, select, true, union_all
from sqlalchemy.orm import Session

from models.ad_hoc import AdHocReport
from models.indicator import Indicator
from models.programme import (
    AppendixRow,
    Audience,
    Channel,
    FundingSource,
    LegalBasis,
    Medium,
    OfProgramme,
    Outlet,
    Passage,
    PassageKind,
    Programme,
    ProgrammeStatus,
    Theme,
)
from models.requirement import Requirement, RequirementStatus

Row = TypeVar("Row", bound=OfProgramme)


@dataclass(frozen=True)
class ProgrammePage:
    """Everything the programme page shows, each list in the order of the plan."""

    year: int
    title: str
    preamble: str
    closing: str
    themes: Sequence[Theme]
    channels: Sequence[tuple[Channel, list[Medium], list[Outlet]]]
    audiences: Sequence[Audience]
    funding_sources: Sequence[FundingSource]
    legal_bases: Sequence[LegalBasis]
    passages: dict[PassageKind, list[Passage]]
    appendix: Sequence[AppendixRow]
    indicators: Sequence[Indicator]
    requirements: Sequence[Requirement]


def list_years(session: Session, *, with_drafts: bool = False) -> list[int]:
    """Years that have a programme, newest first."""
    return list(session.scalars(
        select(Programme.year).where(_seen(with_drafts)).order_by(Programme.year.desc())))


def find_programme(session: Session, year: int | None = None, *, with_drafts: bool = False) -> Programme | None:
    """The programme of ``year``, or the newest; None when there is none. Drafts are for those who write them."""
    statement = select(Programme).where(_seen(with_drafts)).order_by(Programme.year.desc()).limit(1)
    return session.scalar(statement if year is None else statement.where(Programme.year == year))


def _seen(with_drafts: bool) -> ColumnElement[bool]:
    """Which programmes are shown."""
    return true() if with_drafts else Programme.status != ProgrammeStatus.DRAFT


def rows_of(session: Session, kind: type[Row], programme_id: int) -> list[Row]:
    """All rows of one kind in a programme, in order. One query."""
    return list(session.scalars(
        select(kind).where(kind.programme_id == programme_id).order_by(kind.position, kind.id)))


@dataclass(frozen=True, slots=True)
class Label:
    """A row of the programme by what it is called."""

    id: int
    code: str
    label: str


def labels_of(session: Session, programme_id: int, *kinds: type[Theme] | type[Channel]) -> list[list[Label]]:
    """The labels of several kinds of row, each kind in order. One query."""
    parts = [select(literal(place).label("kind"), kind.position.label("position"), kind.id.label("id"), kind.code,
                    kind.label).where(kind.programme_id == programme_id) for place, kind in enumerate(kinds)]
    found: list[list[Label]] = [[] for _kind in kinds]
    for place, _position, id_, code, label in session.execute(union_all(*parts).order_by("kind", "position", "id")):
        found[place].append(Label(id_, code, label))
    return found


def get_programme_page(session: Session, programme: Programme) -> ProgrammePage:
    """Read a whole programme; a query per table. Drafts of ad hoc reports are left out."""
    media = rows_of(session, Medium, programme.id)
    outlets = rows_of(session, Outlet, programme.id)
    passages: dict[PassageKind, list[Passage]] = {}
    for passage in rows_of(session, Passage, programme.id):
        passages.setdefault(passage.kind, []).append(passage)
    return ProgrammePage(
        year=programme.year, title=programme.title, preamble=programme.preamble, closing=programme.closing,
        themes=rows_of(session, Theme, programme.id),
        channels=[
            (channel, [medium for medium in media if medium.channel_id == channel.id],
             [outlet for outlet in outlets if outlet.channel_id == channel.id])
            for channel in rows_of(session, Channel, programme.id)],
        audiences=rows_of(session, Audience, programme.id),
        funding_sources=rows_of(session, FundingSource, programme.id),
        legal_bases=rows_of(session, LegalBasis, programme.id), passages=passages,
        appendix=rows_of(session, AppendixRow, programme.id),
        indicators=[row for row in rows_of(session, Indicator, programme.id) if row.requirement_id is None],
        requirements=list(session.scalars(
            select(Requirement)
            .where(Requirement.programme_id == programme.id,
                   or_(Requirement.status != RequirementStatus.DRAFT,
                       Requirement.id.not_in(select(AdHocReport.requirement_id))))
            .order_by(Requirement.due_on, Requirement.id))),
    )
