"""Where each sentence of a report came from, as plain JSON to be frozen with a version, and as rows to be printed."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from core.dates import format_document_day, local_day
from models.figure import EMPTY
from models.narrative import SentenceKind
from models.sentence import TOKEN, render, tokens_of
from queries.narrative import Sentence, Source, read_sheets
from queries.report import ReportState
from queries.trace_annex import TraceLine
from services.narrative.draft import OFFERED_ONLY
from services.narrative.live import live_draft, live_numbers
from services.narrative.speech import NarrativeFacts

Trace = list[dict[str, Any]]
"""By heading in order: {"code", "title", "sentences": [{"parts", "kind", "sources"}]}; a part is [text, name of the
figure or ""]."""


def trace_of(session: Session, state: ReportState, facts: NarrativeFacts, on: date, *,
             written_only: bool = False) -> Trace:
    """Every sentence of the report as it stands, with its figures and units' versions. One query.

    ``written_only`` leaves out headings under which the portal's own sentences stand; what ``facts`` do not tell of is
    shown as "…" then.
    """
    rows = [row for row in state.sections if row.has_text and not (written_only and _follows(state, row.id))]
    texts = {row.id: raw_text(state, row.id, row.code, facts) for row in rows}
    numbers = dict(live_numbers(facts))
    if written_only:
        numbers = {name: "…" for text in texts.values() for name in tokens_of(text) if name[0] == "@"} | numbers
    sheets = read_sheets(session, state.line.submission_id, texts, on)
    return [
        {"code": row.code, "title": row.title,
         "sentences": [_sentence(one, numbers, facts) for one in sheets[row.id].sentences]}
        for row in rows if sheets[row.id].sentences]


def _follows(state: ReportState, section_id: int) -> bool:
    """Whether nobody has written under a heading."""
    saved = state.texts.get(section_id)
    return saved is None or saved.is_drafted


def raw_text(state: ReportState, section_id: int, code: str, facts: NarrativeFacts) -> str:
    """What stands under a heading with names in place of the numbers that follow the figures."""
    saved = state.texts.get(section_id)
    if saved is not None and not saved.is_drafted:
        return saved.text
    return "" if saved is None and code in OFFERED_ONLY else live_draft(code, facts)


def _sentence(sentence: Sentence, numbers: Mapping[str, str], facts: NarrativeFacts) -> dict[str, Any]:
    """One sentence as JSON."""
    text = sentence.line.text
    return {
        "parts": [[words, name if _leads(name, numbers, facts) else ""] for words, name in cut(text, numbers)],
        "kind": sentence.line.kind.value, "sources": [_source(one, text) for one in sentence.sources]}


def _leads(name: str, numbers: Mapping[str, str], facts: NarrativeFacts) -> bool:
    """Whether a name stands for something that has a page."""
    return name in numbers and (name.startswith("@") or facts.figures.get(name, EMPTY) is not EMPTY)


def cut(text: str, numbers: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """A sentence cut at its live numbers: (words, name), the name empty for plain words."""
    start = 0
    for match in TOKEN.finditer(text):
        if match.start() > start:
            yield text[start:match.start()], ""
        yield render(match[0], numbers), match[1]
        start = match.end()
    if start < len(text):
        yield text[start:], ""


def _source(source: Source, text: str) -> dict[str, Any]:
    """One source as JSON."""
    return {
        "unit_id": source.unit_id, "unit": source.unit_name, "obligation_id": source.obligation_id,
        "submission_id": source.submission_id, "version_id": source.ref.version_id, "version": source.number,
        "sent_on": local_day(source.sent_at).isoformat(), "section": source.ref.section_code,
        "excerpt": source.ref.excerpt, "is_same": source.ref.excerpt == text, "is_replaced": source.is_replaced}


def trace_lines(trace: Iterable[Mapping[str, Any]]) -> tuple[TraceLine, ...]:
    """The rows of the annex, numbered through under each heading."""
    return tuple(
        TraceLine(heading["title"], number, "".join(words for words, _name in sentence["parts"]),
                  "\n".join(_told(sentence)))
        for heading in trace for number, sentence in enumerate(heading["sentences"], start=1))


def _told(sentence: Mapping[str, Any]) -> Iterable[str]:
    """Where one sentence came from, a line each."""
    names = dict.fromkeys(name for _words, name in sentence["parts"] if name and not name.startswith("@"))
    if names:
        yield f"Chỉ tiêu {', '.join(names)} (Phụ lục I)"
    for row in sentence["sources"]:
        day = format_document_day(date.fromisoformat(row["sent_on"]))
        yield f"{row['unit']}: báo cáo bản {row['version']}, gửi ngày {day}, mục {row['section']}"
    if not names and not sentence["sources"]:
        is_live = any(name for _words, name in sentence["parts"]) or sentence["kind"] == SentenceKind.LIVE
        yield "Số liệu tổng hợp của báo cáo" if is_live else "Đơn vị lập báo cáo viết"


__all__ = ["Trace", "cut", "raw_text", "trace_lines", "trace_of"]
