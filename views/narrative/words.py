"""The sentences of the desk as its pages show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import url_for

from core.dates import format_day, format_moment
from core.translation import _
from models.sentence import TOKEN, digest, render
from queries.narrative import Sentence, Source
from queries.submission import SubmissionLine


@dataclass(frozen=True)
class SourceView:
    """One source in words."""

    unit: str
    version: str
    """As "bản 2, gửi 23/05/2023"."""
    url: str
    excerpt: str
    is_same: bool
    """Whether the sentence still has the unit's own wording."""
    is_replaced: bool


@dataclass(frozen=True)
class SentenceView:
    """One sentence, in parts: plain text, and numbers that lead to their figures."""

    key: str
    tick: str
    """What its box posts: its name and wording."""
    parts: tuple[tuple[str, str], ...]
    """(text, address of what it tells of; empty for plain text)."""
    text: str
    opens: bool
    kind: str
    kind_label: str
    sources: tuple[SourceView, ...]
    note: str
    """Who changed it last and when; empty when the desk has not saved it."""


def sentence_view(sentence: Sentence, line: SubmissionLine, numbers: Mapping[str, str]) -> SentenceView:
    """A sentence as the desk shows it."""
    own = sentence.line
    note = ""
    if sentence.changed_at is not None:
        note = _("%(who)s, %(when)s", who=sentence.changed_by or _("Cổng"), when=format_moment(sentence.changed_at))
    sources = tuple(source_view(one, own.text) for one in sentence.sources)
    return SentenceView(
        own.key, f"{own.key}~{digest(own.text)}", tuple(parts_of(own.text, line, numbers)), render(own.text, numbers),
        own.opens, own.kind.value, _(own.kind.label), sources, note)


def parts_of(text: str, line: SubmissionLine, numbers: Mapping[str, str],
             version: int | None = None) -> Iterable[tuple[str, str]]:
    """A sentence cut at its live numbers, each with the address of what it tells of."""
    start = 0
    for match in TOKEN.finditer(text):
        if match.start() > start:
            yield text[start:match.start()], ""
        yield render(match[0], numbers), number_url(match[1], line, version) if match[1] in numbers else ""
        start = match.end()
    if start < len(text) or not text:
        yield text[start:], ""


def number_url(name: str, line: SubmissionLine, version: int | None = None) -> str:
    """Where a live number is found again: a figure's own page, else the report's units below."""
    if name.startswith("@"):
        return url_for("report.show", obligation_id=line.obligation_id, _anchor="children")
    return url_for("report.figure", obligation_id=line.obligation_id, code=name, version=version)


def source_view(source: Source, text: str) -> SourceView:
    """A source in words."""
    return SourceView(
        source.unit_name, _("bản %(number)s, gửi %(day)s", number=source.number, day=format_day(source.sent_at.date())),
        version_url(source.submission_id, source.number), source.ref.excerpt, source.ref.excerpt == text,
        source.is_replaced)


def version_url(submission_id: int, number: int) -> str:
    """Where a unit's frozen report is read."""
    return url_for("submission.show_version", submission_id=submission_id, number=number)


__all__ = ["SentenceView", "SourceView", "number_url", "parts_of", "sentence_view", "source_view",
           "version_url"]
