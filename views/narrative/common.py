"""What the pages of the narrative desk share: loading a section with its sentences, and saving what was done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import N_, _
from models.permission import Action
from models.report import NARRATIVE_MAX_LENGTH
from models.sentence import TOKEN, digest, render
from models.sentence_list import Line, Lines, text_of
from models.submission import Submission
from queries.narrative import Place, Sheet, Wish, list_places, read_sheets
from queries.report import ReportState, SectionLine, consolidates
from queries.submission import SubmissionLine
from services.narrative import OFFERED_ONLY, NarrativeFacts, is_drafted, live_draft, live_numbers
from services.narrative.sheet import save_lines
from services.narrative.telling import tell_form
from services.report import facts_of
from services.report.facts import WITH_THEMES
from services.submission import SubmissionError, lock
from views.access import viewer
from views.report.common import attempt, load, state_of

KEPT = ("pane", "district", "kind", "theme", "state", "q", "page")
"""What of an address stays from one page of the desk to the next."""

STALE = N_("Bài vừa được sửa ở nơi khác nên chưa làm gì. Xem lại bài dưới đây rồi chọn lại.")


@dataclass
class Bench:
    """One section on the desk, for one request."""

    state: ReportState
    section: SectionLine
    with_draft: bool = False
    """Whether the portal's own sentences are asked for beside what stands there."""

    @property
    def line(self) -> SubmissionLine:
        """The report that is being written."""
        return self.state.line

    @property
    def can_write(self) -> bool:
        """Whether the section may be changed now."""
        return self.line.is_editable and self.state.allows_text(self.section)

    @property
    def follows(self) -> bool:
        """Whether nobody has written yet, so that the portal's own sentences stand there."""
        saved = self.state.texts.get(self.section.id)
        if saved is not None:
            return saved.is_drafted
        return is_drafted(self.section.code, consolidates=True) or bool(self._own_figures)

    @property
    def _own_figures(self) -> bool:
        """Whether it is a heading of an ad hoc report with figures of its own."""
        return self.section.is_own and bool(self.section.indicator_codes)

    @cached_property
    def facts(self) -> NarrativeFacts:
        """What the section's sentences may tell; only figures where that is all they need."""
        saved = self.state.texts.get(self.section.id)
        needs_all = self.follows or self.with_draft or (saved is not None and "{{@" in saved.text)
        places = self.places if needs_all and self.section.code in WITH_THEMES else None
        return facts_of(db.session, self.state, sections=frozenset({self.section.code} if needs_all else ()),
                        on=clock.today(), places=places)

    @cached_property
    def places(self) -> list[Place]:
        """All versions that the report adds up. One query."""
        return list_places(db.session, self.state.gathered, is_wide=True)

    def places_for(self, wish: Wish) -> list[Place]:
        """The versions among which to look: without those behind the offices where nobody asks for them."""
        if wish.is_wide or "places" in vars(self):
            return self.places
        return list_places(db.session, self.state.gathered, is_wide=False)

    @cached_property
    def draft(self) -> str:
        """The portal's own sentences, with names in place of what follows the figures."""
        return live_draft(self.section.code, self.facts)

    @cached_property
    def raw(self) -> str:
        """The text as it is kept."""
        saved = self.state.texts.get(self.section.id)
        if saved is not None and not saved.is_drafted:
            return saved.text
        return "" if self.section.code in OFFERED_ONLY else self.draft

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """What live numbers say now."""
        return live_numbers(self.facts) if self.with_draft or TOKEN.search(self.raw) else {}

    @cached_property
    def sheet(self) -> Sheet:
        """The section's sentences, and those taken out of it."""
        return self.known(self.raw)

    def known(self, text: str) -> Sheet:
        """The sentences of a text with what is known of them. One query."""
        return read_sheets(db.session, self.line.submission_id, {self.section.id: text}, clock.today())[self.section.id]

    def shown(self, text: str) -> str:
        """A text with its numbers as they are now."""
        return render(text, self.numbers)

    def chosen(self, posted: Sequence[str]) -> list[str] | None:
        """Keys of ticked sentences, posted as "key~wording"; None when one of them is not as it was shown."""
        standing = {line.key: digest(line.text) for line in self.sheet.lines}
        pairs = [value.partition("~")[::2] for value in posted]
        return [key for key, _seen in pairs] if all(standing.get(key) == seen for key, seen in pairs) else None

    def url(self, endpoint: str = "show", anchor: str | None = None, **values: Any) -> str:
        """An address of this section, with what the page showed."""
        kept = {name: request.args[name] for name in KEPT if request.args.get(name)}
        return url_for(f"narrative.{endpoint}", obligation_id=self.line.obligation_id, code=self.section.code,
                       _anchor=anchor, **{**kept, **values})


def open_report(obligation_id: int) -> ReportState:
    """The consolidating report that the viewer may write; 404 otherwise."""
    line = load(obligation_id, Action.CONSOLIDATION_WRITE)
    if not consolidates(line):
        abort(404)
    return state_of(line)


def open_bench(obligation_id: int, code: str, *, with_draft: bool = False) -> Bench:
    """The section of a consolidating report that the viewer may write; 404 otherwise."""
    state = open_report(obligation_id)
    section = state.section(code)
    if section is None or not section.has_text:
        abort(404)
    return Bench(state, section, with_draft)


def save(bench: Bench, lines: Lines) -> bool:
    """Make ``lines`` the section's sentences; False, with the reason on the next page, when that cannot be."""
    text = text_of(lines)
    if len(text) > NARRATIVE_MAX_LENGTH:
        flash(_("Mục này đã dài quá %(most)s ký tự. Bớt câu rồi thêm sau.", most=NARRATIVE_MAX_LENGTH), "error")
        return False
    shown = bench.shown(text)

    def write(submission: Submission) -> None:
        if not bench.state.allows_text(bench.section):
            raise SubmissionError(N_("Mục này không nằm trong những phần được trả lại để bổ sung nên đang khóa."))
        lock(db.session, submission)
        if submission.revision != bench.line.revision:  # between reading and writing, on a server of databases
            raise SubmissionError(STALE)
        save_lines(db.session, submission, bench.section.id, bench.sheet, lines, viewer(), clock.now())
        tell_form(db.session, bench.line, bench.section.code, shown, viewer(), clock.now())

    return attempt(bench.line, write)


def do(bench: Bench, act: Callable[[Lines], Sequence[Line]], done: str, anchor: str = "own") -> Response:
    """Do something with the sentences, commit, and lead back to the desk."""
    if save(bench, tuple(act(bench.sheet.lines))):
        flash(done, "success")
    db.session.commit()
    return redirect(bench.url(anchor=anchor), 303)


def refuse(bench: Bench, why: str, anchor: str = "own") -> Response:
    """Lead back to the desk with a word on what is to be known."""
    if why:
        flash(why, "warning")
    db.session.commit()
    return redirect(bench.url(anchor=anchor), 303)
