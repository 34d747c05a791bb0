"""What one figure's page tells: how it came about, and the records and units behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flask import url_for
from sqlalchemy import select

from core.dates import format_day, format_moment
from core.extensions import db
from core.numbers import format_number
from core.translation import _
from models.figure import EMPTY, Figure, Provenance, figure_of
from models.satisfaction import SMALLEST_GROUP, TOO_FEW, WITHHELD
from models.submission import SubmissionVersion, VersionFigure
from models.survey import SurveyChannel
from models.withheld import POOLED, is_small, may_stand_together
from queries.figure import (
    ActivityRecord,
    ChildSource,
    IndicatorLine,
    TallyRecord,
    figure_sources,
    records_behind,
)
from queries.report import ReportState, section_of
from queries.submission import SubmissionLine
from views.report.common import below_name, coverage_words, figure_url, own_name, section_url
from views.report.words import figure_words, source_note, source_word


@dataclass(frozen=True)
class Story:
    """One figure, now or in a version, in words."""

    value: str
    source: str
    note: str
    coverage: str
    operands: list[dict[str, Any]] = field(default_factory=list)
    """Figures that a formula is made of."""
    activities: list[dict[str, Any]] = field(default_factory=list)
    tallies: list[dict[str, Any]] = field(default_factory=list)
    children: list[dict[str, Any]] = field(default_factory=list)
    own: str = ""
    """The own part of a consolidating unit; empty for any other."""
    own_label: str = ""
    below: str = ""
    below_label: str = ""
    edit_url: str | None = None


def working_story(state: ReportState, indicator: IndicatorLine, *, may_write: bool) -> Story:
    """The figure as it stands now. Four queries at most."""
    line, gathered, own = state.line, state.gathered, state.gathered.own[indicator.code]
    records = records_behind(db.session, line.unit_id, gathered.window, indicator)
    section = section_of(state.sections, indicator.code)
    is_open = may_write and section is not None and not indicator.is_formula
    is_open = is_open and section is not None and state.allows_figure(section, indicator.code)
    provenance = gathered.provenance(indicator.code)
    children = [
        ChildSource(part.unit_id, part.name, part.version, part.figures.get(indicator.code, EMPTY), part.why_not,
                    part.obligation_id) for part in gathered.parts]
    below = gathered.below.get(indicator.code, EMPTY)
    is_told = may_stand_together(indicator.aggregate, [own.figure, below, *(child.figure for child in children)])
    return Story(
        value=_said(indicator, gathered.figures.get(indicator.code, EMPTY)),
        source=_(provenance.label) if provenance is Provenance.CONSOLIDATED else source_word(indicator, own),
        note=source_note(indicator, own), coverage=coverage_words(state),
        operands=_operands(line, {row.code: row for row in gathered.indicators}, indicator, gathered.figures, None),
        activities=[_activity(row, indicator) for row in records.activities],
        tallies=[_tally(row) for row in records.tallies],
        children=[_child(child, indicator, is_told) for child in children],
        own=_part(indicator, own.figure, is_told) if gathered.consolidates else "", own_label=own_name(line),
        below=_part(indicator, below, is_told), below_label=below_name(state),
        edit_url=section_url(line, section, f"row-{indicator.code}") if is_open and section is not None else None)


def frozen_story(line: SubmissionLine, version: SubmissionVersion, indicators: Mapping[str, IndicatorLine],
                 indicator: IndicatorLine) -> Story | None:
    """The figure as it was in a version; None when the version has none of it. Three queries."""
    rows = {row.indicator_id: row for row in db.session.scalars(
        select(VersionFigure).where(VersionFigure.version_id == version.id))}
    row = rows.get(indicator.id)
    if row is None:
        return None
    sources = figure_sources(db.session, version, indicator)
    figures = {code: rows[each.id].figure for code, each in indicators.items() if each.id in rows}
    own = _own_part(indicator, row, [child.figure for child in sources.children])
    is_told = may_stand_together(indicator.aggregate, [own, *(child.figure for child in sources.children)])
    return Story(
        value=_said(indicator, row.figure), source=_(Provenance(row.provenance).label),
        note=_frozen_note(indicator, row),
        coverage=_("Bản %(number)s, gửi lúc %(when)s, số liệu đến hết ngày %(day)s", number=version.number,
                   when=format_moment(version.submitted_at), day=format_day(version.data_until)),
        operands=_operands(line, indicators, indicator, figures, version.number),
        activities=[_activity(each, indicator) for each in sources.activities],
        tallies=[_tally(each) for each in sources.tallies],
        children=[_child(each, indicator, is_told) for each in sources.children], own_label=own_name(line),
        own=_part(indicator, own, is_told) if "children" in version.content else "")


def _said(indicator: IndicatorLine, figure: Figure) -> str:
    """A figure as the page's first fact."""
    return _("Chưa có số liệu") if figure.is_empty else figure_words(indicator, figure)


def _part(indicator: IndicatorLine, figure: Figure, is_told: bool) -> str:
    """A part of the figure; not where the parts together would tell of a few answers."""
    if is_told or figure.value is None or is_small(figure):
        return figure_words(indicator, figure)
    return _(WITHHELD)


def _own_part(indicator: IndicatorLine, row: VersionFigure, children: list[Figure]) -> Figure:
    """The own part of a frozen figure; of a rate over as many answers as those below leave."""
    if row.own_value is None:
        return EMPTY
    rest = (row.figure.denominator or Decimal(0)) - sum(child.denominator or Decimal(0) for child in children)
    size = rest if indicator.aggregate in POOLED else Decimal(10**6)
    return figure_of(row.own_value, row.own_value, size)


def _frozen_note(indicator: IndicatorLine, row: VersionFigure) -> str:
    """Why a frozen figure was overridden, and what had been counted."""
    if not row.reason:
        return ""
    return _("Lúc gửi, cổng đếm được: %(counted)s. Lý do: %(reason)s",
             counted=_number(indicator, row.counted), reason=row.reason)


def _number(indicator: IndicatorLine, value: Decimal | None) -> str:
    """A bare frozen number in words."""
    return figure_words(indicator, EMPTY if value is None else figure_of(value, value, Decimal(10**6)))


def _operands(line: SubmissionLine, indicators: Mapping[str, IndicatorLine], indicator: IndicatorLine,
              figures: Mapping[str, Figure], version: int | None) -> list[dict[str, Any]]:
    """The figures that a formula is made of, with their values and addresses."""
    if not indicator.is_formula:
        return []
    return [
        {"label": f"{code}. {indicators[code].name}", "unit": indicators[code].unit,
         "value": figure_words(indicators[code], figures.get(code, EMPTY)), "url": figure_url(line, code, version)}
        for code in indicator.rule.operands if code in indicators]


def _activity(row: ActivityRecord, indicator: IndicatorLine) -> dict[str, Any]:
    """One activity with what it adds."""
    return {"day": row.day, "title": row.title, "medium": row.medium_label,
            "adds": format_number(row.contribution(indicator) or 0),
            "url": url_for("activity.show", activity_id=row.id)}


def _tally(row: TallyRecord) -> dict[str, Any]:
    """One bundle of sheets."""
    why_not = TOO_FEW if row.sheet_count < SMALLEST_GROUP else WITHHELD
    told = {"valid": format_number(sum(row.levels)), "satisfied": format_number(row.levels[3] + row.levels[4])}
    return {"days": row.days, "title": row.title, "channel": _(SurveyChannel(row.channel).label),
            "sheets": format_number(row.sheet_count), "why_not": "" if row.is_told else _(why_not), **told}


def _child(child: ChildSource, indicator: IndicatorLine, is_told: bool) -> dict[str, Any]:
    """One unit below with its frozen figure, or why it is lacking."""
    url = url_for("report.figure", obligation_id=child.obligation_id, code=indicator.code, version=child.version)
    return {"name": child.name, "value": _part(indicator, child.figure, is_told) if child.version else "",
            "why_not": _(child.why_not) if child.why_not else "", "version": child.version,
            "url": url if child.version else url_for("report.show", obligation_id=child.obligation_id)}
