"""A report as it is read: under each heading its figures and its text, as they stand or as they were sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from core.clock import clock
from core.extensions import db
from core.translation import _
from models.figure import EMPTY, Figure, Provenance
from models.submission import SubmissionVersion, VersionFigure
from queries.figure import IndicatorLine, list_indicators
from queries.inspection import FindingLine
from queries.report import ReportState, SectionLine, list_sections, outline_kind
from queries.submission import SubmissionLine
from services.report import facts_of, written_text
from views.report.common import figure_url
from views.report.words import figure_words, source_word, unit_words


@dataclass(frozen=True)
class ReadFigure:
    """One figure as it is read."""

    label: str
    value: str
    unit: str
    source: str
    reason: str
    url: str


@dataclass(frozen=True)
class ReadSection:
    """One heading with what stands under it."""

    title: str
    level: int
    anchor: str
    text: str
    has_text: bool
    figures: tuple[ReadFigure, ...]


def read_working(state: ReportState, findings: Iterable[FindingLine]) -> list[ReadSection]:
    """The report as it stands now; texts that nobody wrote are the sentences from the figures and findings."""
    facts = facts_of(db.session, state, on=clock.today(), findings=findings)
    return [
        _section(section, written_text(state, section.id, section.code, facts) if section.has_text else "",
                 [_working_figure(state, line) for line in state.indicators_of(section)])
        for section in state.sections
    ]


def _working_figure(state: ReportState, line: IndicatorLine) -> ReadFigure:
    """A figure as it stands now."""
    own = state.gathered.own[line.code]
    figure = state.gathered.figures.get(line.code, EMPTY)
    provenance = state.gathered.provenance(line.code)
    source = _(provenance.label) if provenance is Provenance.CONSOLIDATED else source_word(line, own)
    return _figure(line, figure, source, own.reason, figure_url(state.line, line.code))


def read_frozen(line: SubmissionLine, version: SubmissionVersion) -> list[ReadSection]:
    """A version as it was sent. Three queries."""
    rows = db.session.scalars(select(VersionFigure).where(VersionFigure.version_id == version.id))
    frozen = {row.indicator_id: row for row in rows}
    indicators = {row.code: row for row in list_indicators(db.session, line.programme_id, line.requirement_id)}
    outline = list_sections(db.session, line.programme_id, outline_kind(line), line.kind, line.year,
                            line.requirement_id)
    texts = {row["code"]: row["text"] for row in version.content["sections"]}
    return [
        _section(section, texts.get(section.code, ""), _frozen_figures(line, version, section, indicators, frozen))
        for section in outline
    ]


def _frozen_figures(line: SubmissionLine, version: SubmissionVersion, section: SectionLine,
                    indicators: Mapping[str, IndicatorLine],
                    frozen: Mapping[int, VersionFigure]) -> Iterable[ReadFigure]:
    """The frozen figures under a heading."""
    for code in section.indicator_codes:
        indicator = indicators.get(code)
        row = frozen.get(indicator.id) if indicator is not None else None
        if indicator is not None and row is not None:
            source = _(Provenance(row.provenance).label)
            yield _figure(indicator, row.figure, source, row.reason, figure_url(line, code, version.number))


def _figure(line: IndicatorLine, figure: Figure, source: str, reason: str, url: str) -> ReadFigure:
    """One figure in words."""
    return ReadFigure(f"{line.code}. {line.name}", figure_words(line, figure), unit_words(line), source, reason, url)


def _section(section: SectionLine, text: str, figures: Iterable[ReadFigure]) -> ReadSection:
    """One heading."""
    return ReadSection(section.title, section.level, f"section-{section.code}", text, section.has_text, tuple(figures))
