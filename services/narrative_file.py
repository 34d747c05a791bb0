"""Bringing texts of a report back from the DOCX file that somebody wrote on: heading by heading, beside the portal's.

Nothing is written until somebody has seen the comparison and chosen. A sentence that stands in the file as it was
printed comes back as the portal keeps it: with its live numbers, and with the signs that paper shows as codes.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from core.text import normalise
from core.translation import N_
from core.word_file import WordParagraph, read_word_about, read_word_file
from exports.fonts import code_of, printable
from exports.layout.paper import END_MARK, UNSAID
from exports.word.styles import CAPTION_NAME, CLOSING_NAME, NOTE_NAME
from models.outline_text import Heading, Line, place_texts
from models.permission import Viewer
from models.programme import Programme
from models.report import NARRATIVE_MAX_LENGTH
from models.requirement import Level
from models.sentence import render, split_sentences
from models.submission import Submission
from models.text_change import Side, compare_texts
from queries.consolidation.head import TYPE_NAME
from queries.report import ReportState, SectionLine
from queries.submission import SubmissionLine
from queries.survey.paper import agency_names
from queries.unit import get_unit
from services.narrative import NarrativeFacts, live_draft, live_numbers
from services.report import facts_of, save_section
from services.report.facts import written_text

_SKIPPED = frozenset({CAPTION_NAME.casefold(), NOTE_NAME.casefold()})


class NoHeadingError(ValueError):
    """A file in which none of the report's headings was found."""


@dataclass(frozen=True)
class BroughtText:
    """What a file says, as it is kept until somebody has chosen."""

    lines: tuple[Line, ...]
    table_count: int = 0
    """Tables between the headings, which do not come back."""
    aside_count: int = 0
    """Paragraphs there with a text box or a note, which does not come back."""
    stranger: str = ""
    """What the file calls itself when it is another document of the portal's, as "KẾ HOẠCH … (TRƯỜNG …)"."""
    same: frozenset[str] = frozenset()
    """Codes of headings under which the file said what the portal said when it came: nobody wrote there."""

    def dump(self) -> bytes:
        """As bytes to be kept."""
        rows = [[line.text, line.level] for line in self.lines]
        content = {"lines": rows, "tables": self.table_count, "asides": self.aside_count, "stranger": self.stranger,
                   "same": sorted(self.same)}
        return json.dumps(content, ensure_ascii=False).encode()

    @classmethod
    def load(cls, data: bytes) -> "BroughtText":
        """What ``dump`` made."""
        content = json.loads(data)
        lines = tuple(Line(text, level) for text, level in content["lines"])
        return cls(lines, content["tables"], content.get("asides", 0), content.get("stranger", ""),
                   frozenset(content["same"]))


@dataclass(frozen=True)
class SectionChange:
    """One heading: what the portal says, what the file says, and whether the one may take the other's place."""

    section: SectionLine
    left: Side
    right: Side
    text: str
    """What would be saved."""
    hindrance: str = ""
    """Why the text cannot be taken over, a message id; empty when it can."""
    is_pending: bool = False
    """Whether somebody has typed something under this heading that is not in the report yet."""


@dataclass(frozen=True)
class FileComparison:
    """A whole file beside the report."""

    changes: tuple[SectionChange, ...]
    same: frozenset[str]
    """Codes of headings with a text under which both say the same."""
    absent: tuple[str, ...]
    """Headings that the file lacks; they stay as they are."""
    strangers: tuple[str, ...]
    """Headings that only the file has."""
    table_count: int
    aside_count: int
    stranger: str
    """What the file calls itself when it is not this report's; empty otherwise."""
    digest: str
    """Names what was looked at: both sides of every change."""


def read_narrative(data: bytes) -> BroughtText:
    """The paragraphs of an uploaded DOCX file up to its closing sentence. Raises WordFileError."""
    lines: list[Line] = []
    tables = asides = 0
    for paragraph in read_word_file(data):
        if _is_closing(paragraph):
            break
        if paragraph.is_table:
            tables += any(line.level for line in lines)
            continue
        asides += paragraph.has_aside and any(line.level for line in lines)
        if paragraph.text.strip() and paragraph.style not in _SKIPPED and canonical(paragraph.text) != UNSAID:
            is_bullet = paragraph.is_listed and not paragraph.level
            lines.append(Line(f"- {paragraph.text}" if is_bullet else paragraph.text, paragraph.level))
    return BroughtText(tuple(lines), tables, asides)


def called_otherwise(session: Session, line: SubmissionLine, data: bytes, on: date) -> str:
    """What a file made by the portal calls itself when that is not the report of ``line``; else "". Two queries.

    Title and author stay while somebody writes on in Word or LibreOffice; what says nothing is not judged.
    """
    title, author = read_word_about(data)
    if not title or not title.split()[0].isupper():
        return ""
    unit, programme = get_unit(session, line.unit_id, on), session.get_one(Programme, line.programme_id)
    names = (programme.parent_agency, programme.agency) if line.level is Level.DEPARTMENT else \
        agency_names(unit) if unit else ("", "")
    wanted = canonical(f"{TYPE_NAME} {line.requirement_title}"[:_TOLD]), canonical(" ".join(names).strip()[:_TOLD])
    is_ours = (canonical(title).casefold(), canonical(author).casefold()) == tuple(one.casefold() for one in wanted)
    return "" if is_ours else f"{title} ({author})" if author else title


_TOLD = 255
"""Signs of a title or an author that a DOCX file holds."""


def _is_closing(paragraph: WordParagraph) -> bool:
    """Whether the text of the report ends here: the closing sentence is the portal's own."""
    return paragraph.style == CLOSING_NAME.casefold() or paragraph.text.rstrip().endswith(END_MARK)


def compare_file(session: Session, state: ReportState, brought: BroughtText, *, on: date,
                 pending: Collection[str] = ()) -> FileComparison:
    """The file beside the report as it would be printed now. Raises NoHeadingError.

    ``pending`` are codes of headings under which something is typed and not saved. What nobody wrote on is not looked
    at again, even when its figures have moved. As many queries as ``facts_of`` takes for the other headings.
    """
    headings = [Heading(row.code, row.level, row.mark, row.heading) for row in state.sections]
    found = place_texts(brought.lines, headings)
    if not found.texts:
        raise NoHeadingError
    written = [row for row in state.sections if row.code in found.texts and row.code not in brought.same]
    facts = facts_of(session, state, sections=frozenset(row.code for row in written), on=on)
    numbers = live_numbers(facts)
    changes, same = [], set(brought.same)
    for section in written:
        shown = written_text(state, section.id, section.code, facts) if section.has_text else ""
        typed = found.texts[section.code]
        if _lines(shown) == _lines(typed):
            same |= {section.code} if section.has_text else set()
            continue
        text = restore(_stored(state, section, shown, facts, numbers), typed, numbers)
        left, right = compare_texts(shown, render(text, numbers))
        changes.append(SectionChange(section, left, right, text, _hindrance(state, section, text),
                                     section.code in pending))
    absent = tuple(row.title for row in state.sections if row.has_text and row.code not in found.texts)
    return FileComparison(tuple(changes), frozenset(same), absent, tuple(found.strangers), brought.table_count,
                          brought.aside_count, brought.stranger, _digest(changes))


def _stored(state: ReportState, section: SectionLine, shown: str, facts: NarrativeFacts,
            numbers: Mapping[str, str]) -> str:
    """The text as the portal keeps it; a draft from figures with its numbers live, so that they go on following."""
    saved = state.texts.get(section.id)
    if saved is not None and not saved.is_drafted:
        return saved.text
    live = live_draft(section.code, facts)
    return live if _lines(render(live, numbers)) == _lines(shown) else shown


def _hindrance(state: ReportState, section: SectionLine, text: str) -> str:
    """Why a text cannot be taken over."""
    if not section.has_text:
        return N_("Mục này không có phần lời; hãy chuyển đoạn này xuống một mục bên dưới.")
    if not state.allows_text(section):
        return N_("Mục này không được mở để sửa trong lần trả lại này.")
    if len(text) > NARRATIVE_MAX_LENGTH:
        return N_("Nội dung dài hơn 20.000 ký tự. Rút ngắn trong tệp rồi tải lên lại.")
    return ""


def _digest(changes: Iterable[SectionChange]) -> str:
    """A name for what was compared."""
    said = [[change.section.code, *("".join(part.text for part in side) for side in (change.left, change.right)),
             change.text] for change in changes]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def apply_changes(session: Session, submission: Submission, changes: Sequence[SectionChange], viewer: Viewer | None,
                  now: datetime) -> int:
    """Save the texts that were chosen, all or none; returns how many. Raises SubmissionError when it is locked.

    Raises ValueError for a text that may not be taken over. Does not commit.
    """
    if any(change.hindrance for change in changes):
        raise ValueError("a text that may not be taken over was chosen")
    return sum(save_section(session, submission, change.section.id, change.text, viewer, now) for change in changes)


def canonical(text: str) -> str:
    """A line as paper shows it, whatever kind of blanks it has: what makes two lines the same."""
    return " ".join(printable(normalise(text))[0].split())


def _lines(text: str) -> list[str]:
    """The lines of a text that paper shows."""
    return [line for line in map(canonical, text.splitlines()) if line]


def restore(stored: str, typed: str, numbers: Mapping[str, str]) -> str:
    """Return ``typed`` with every line and sentence that was not changed as ``stored`` has it.

    ``stored`` may hold live numbers and signs that paper shows as codes: ``restore("tốt 😀", "rất tốt [U+1F600]", {})``
    is "rất tốt 😀".
    """
    lines = {canonical(render(line, numbers)): line.strip() for line in stored.splitlines()}
    sentences = {canonical(render(part, numbers)): part for line in stored.splitlines()
                 for part in split_sentences(line)}
    signs = {f"[{code_of(sign)}]": sign for sign in printable(normalise(stored))[1]}
    found = []
    for line in typed.splitlines():
        known = lines.get(canonical(line))
        found.append(known if known is not None else _restored(line, sentences, signs))
    return "\n".join(found)


def _restored(line: str, sentences: Mapping[str, str], signs: Mapping[str, str]) -> str:
    """A changed line: its unchanged sentences as they were, its codes as signs."""
    plain = " ".join(line.split())
    parts = [sentences.get(canonical(part), part) for part in split_sentences(plain)]
    text = " ".join(parts) or plain
    for code, sign in signs.items():
        text = text.replace(code, sign)
    return text


__all__ = ["BroughtText", "FileComparison", "NoHeadingError", "SectionChange", "apply_changes", "called_otherwise",
           "compare_file", "read_narrative", "restore"]
