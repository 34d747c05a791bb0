"""Everything one section's page shows and saves."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from core.clock import clock
from core.extensions import db
from core.translation import _
from forms.report import SectionForm, initial_texts, make_section_form
from models.figure import Figure, Provenance
from models.permission import Action
from models.sentence import keep_live
from queries.figure import IndicatorLine
from queries.report import ReportState, SectionLine, frozen_of_period
from queries.report.pending import draft_key
from services.narrative import draft_section, is_drafted, live_numbers
from services.report import facts_of, written_text
from views.drafting import Desk, open_desk
from views.report.common import below_name, coverage_words, desk_url, own_name, previous_name, section_url
from views.report.rows import rows_of


@dataclass
class Editor:
    """One section under the hands of a person."""

    state: ReportState
    section: SectionLine
    desk: Desk
    form: SectionForm
    draft: str
    """The sentences from the figures as they are now."""
    shown_text: str
    """What stood in the box before anything was typed."""
    numbers: Mapping[str, str]
    """What live numbers of the text say now."""

    @cached_property
    def place(self) -> int:
        """The section's place among those with a page."""
        return self.state.steps.index(self.section)

    @property
    def previous(self) -> SectionLine | None:
        """The section before, or None."""
        return self.state.steps[self.place - 1] if self.place else None

    @property
    def following(self) -> SectionLine | None:
        """The section after, or None."""
        steps = self.state.steps
        return steps[self.place + 1] if self.place + 1 < len(steps) else None

    @property
    def allows_text(self) -> bool:
        """Whether the text may be changed now."""
        return self.section.has_text and self.state.allows_text(self.section)

    def kept_live(self, text: str) -> str:
        """What was typed, with the sentences that were left as they stood following the figures as before."""
        saved = self.state.texts.get(self.section.id)
        return keep_live(saved.text, text, self.numbers) if saved is not None and not saved.is_drafted else text

    def context(self) -> dict[str, Any]:
        """The variables of the page."""
        line, state = self.state.line, self.state
        earlier = frozen_of_period(db.session, line.unit_id, line.kind, line.year - 1) if self.form.cells else {}
        return {
            "line": line, "section": self.section, "desk": self.desk, "form": self.form,
            "rows": rows_of(state, self.section, self.form, earlier), "draft": self.draft,
            "draft_differs": bool(self.draft) and (self.form.text.data or "").strip() != self.draft.strip(),
            "allows_text": self.allows_text, "is_open": self.allows_text or bool(self.form.cells),
            "saved_text": self.shown_text,
            "coverage": coverage_words(state), "previous_label": previous_name(line),
            "own_label": own_name(line), "below_label": below_name(state),
            "consolidates": state.gathered.consolidates, "asked": state.returned_parts(self.section),
            "sections": section_links(state, self.section),
            "previous_url": section_url(line, self.previous) if self.previous else None,
            "next_url": section_url(line, self.following) if self.following else None,
            "progress": state.progress(self.section), "narrative_url": desk_url(line, self.section),
        }


def editor_of(state: ReportState, section: SectionLine) -> Editor:
    """The editor of a section, with what the unit has said so far and what it was typing."""
    cells = [line for line in state.indicators_of(section)
             if not line.is_formula and state.allows_figure(section, line.code)]
    counted = {line.code: state.gathered.own[line.code].counted for line in cells}
    facts = facts_of(db.session, state, sections=frozenset({section.code}), on=clock.today())
    draft = draft_section(section.code, facts)
    shown = written_text(state, section.id, section.code, facts)
    line = state.line
    desk = open_desk(draft_key(line.obligation_id, section.code), line.unit_id, Action.REPORT_WRITE)
    form = make_section_form(cells, counted)(desk.data(initial_texts(_said(state, cells), shown)))
    return Editor(state, section, desk, form, draft, shown, live_numbers(facts))


def _said(state: ReportState, cells: list[IndicatorLine]) -> dict[str, tuple[Figure, str]]:
    """What the unit itself says of the open cells; what is only counted is not among it."""
    own = {line.code: state.gathered.own[line.code] for line in cells}
    return {code: (cell.figure, cell.reason) for code, cell in own.items()
            if cell.provenance in (Provenance.TYPED, Provenance.OVERRIDDEN) and not cell.figure.is_empty}


def section_links(state: ReportState, current: SectionLine | None) -> list[dict[str, Any]]:
    """The sections for the map at the side."""
    links = []
    for section in state.steps:
        kind, word = section_status(state, section)
        links.append({
            "label": section.title, "url": section_url(state.line, section),
            "is_current": current is not None and section.code == current.code,
            "status": kind, "status_label": word})
    return links


def section_status(state: ReportState, section: SectionLine) -> tuple[str, str]:
    """How a section stands: kind and word for the status component."""
    if state.returned_parts(section):
        return "returned", _("Cần bổ sung")
    progress = state.progress(section)
    if not progress.is_full:
        return "draft", _("%(answered)s/%(asked)s số liệu", answered=progress.answered, asked=progress.asked)
    saved = state.texts.get(section.id)
    has_text = bool(saved is not None and saved.text.strip())
    if progress.asked or has_text or not section.has_text:
        return "accepted", _("Đã có")
    if not section.is_own and is_drafted(section.code, consolidates=state.gathered.consolidates):
        return "accepted", _("Câu soạn sẵn")
    return "not_started", _("Chưa viết")
