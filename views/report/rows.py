"""Rows of a section's table of figures, ready for its template."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.translation import _
from forms.report import SectionForm
from models.figure import EMPTY, Figure, Provenance
from queries.figure import IndicatorLine
from queries.report import ReportState, SectionLine
from views.report.common import figure_url
from views.report.words import figure_words, source_note, source_word, unit_words


@dataclass(frozen=True)
class Row:
    """One indicator: what the unit says, what is counted, what the units below say, and what it may answer."""

    id: str
    code: str
    label: str
    unit: str
    value: str
    counted: str
    """What the portal counts; empty for a typed figure."""
    previous: str
    below: str
    """The units below together; empty for a unit that consolidates nobody."""
    total: str
    source: str
    source_note: str
    url: str
    is_typed: bool
    is_overridden: bool
    is_core: bool
    asked: str
    """What the reviewer asks for; empty when nothing."""
    field: Any = None
    """The box for the number; None while the cell is closed or computed."""
    nothing_field: Any = None
    reason_field: Any = None

    @property
    def is_open(self) -> bool:
        """Whether it may be answered now."""
        return self.field is not None

    @property
    def shows_errors(self) -> bool:
        """Whether one of its fields needs mending, so that nothing of it may be folded away."""
        fields = (self.field, self.nothing_field, self.reason_field)
        return any(field is not None and field.errors for field in fields)


def rows_of(state: ReportState, section: SectionLine, form: SectionForm | None,
            previous: Mapping[str, Figure]) -> list[Row]:
    """The rows of a section; ``form`` holds the fields of those that are open."""
    open_codes = {cell.code for cell in form.cells} if form is not None else set()
    reasons = state.returned_parts(section)
    return [
        _row(state, line, form if line.code in open_codes else None, previous.get(line.code, EMPTY),
             reasons.get(f"figure:{line.code}", ""))
        for line in state.indicators_of(section)
    ]


def _row(state: ReportState, line: IndicatorLine, form: SectionForm | None, previous: Figure, asked: str) -> Row:
    """One row."""
    own, gathered = state.gathered.own[line.code], state.gathered
    figure = gathered.figures.get(line.code, EMPTY)
    return Row(
        id=f"row-{line.code}", code=line.code, label=f"{line.code}. {line.name}", unit=unit_words(line),
        value=figure_words(line, own.figure), counted="" if line.is_typed else figure_words(line, own.counted),
        previous=figure_words(line, previous),
        below=figure_words(line, gathered.below.get(line.code, EMPTY)) if gathered.consolidates else "",
        total=figure_words(line, figure) if gathered.consolidates else "",
        source=source_word(line, own), source_note=source_note(line, own), url=figure_url(state.line, line.code),
        is_typed=line.is_typed, is_overridden=own.provenance is Provenance.OVERRIDDEN, is_core=line.is_core,
        asked=asked,
        field=form.value_field(line.code) if form is not None else None,
        nothing_field=form.nothing_field(line.code) if form is not None else None,
        reason_field=form.reason_field(line.code) if form is not None else None)


def answered_words(answered: int, asked: int) -> str:
    """How far a section is, as "7/8 số liệu"; empty where no figures are asked for."""
    return _("%(answered)s/%(asked)s số liệu", answered=answered, asked=asked) if asked else ""
