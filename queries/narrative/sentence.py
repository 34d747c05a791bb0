"""The sentences of a report's sections as they stand, each with where it came from.

The text that is printed is the truth: sentences that it holds word for word, or nearly, keep what the desk knows of
them, whoever wrote the text; those that left it are kept beside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.account import Account
from models.narrative import NarrativeSentence, NarrativeSource, SentenceKind
from models.requirement import Obligation
from models.sentence import align, digest, split_text
from models.sentence_list import Line, Ref, kind_of
from models.submission import Submission, SubmissionVersion
from models.unit import UnitName
from queries.unit import called


@dataclass(frozen=True, slots=True)
class Source:
    """Where a sentence came from, with what may be said of it today."""

    ref: Ref
    unit_id: int
    unit_name: str
    """As the unit is called on the day; closed units by their last name."""
    obligation_id: int
    submission_id: int
    number: int
    """Of the version."""
    sent_at: datetime
    newest: int | None
    """Number of the version that is accepted now; None while there is none."""

    @property
    def is_replaced(self) -> bool:
        """Whether the unit's report has been accepted in a later version since."""
        return self.newest is not None and self.newest > self.number


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, standing or taken out."""

    line: Line
    sources: tuple[Source, ...] = ()
    was: str = ""
    """Its wording before the last change."""
    place: int = 0
    """Where it stood, of one that was taken out."""
    changed_at: datetime | None = None
    changed_by: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One section at the desk."""

    sentences: tuple[Sentence, ...]
    removed: tuple[Sentence, ...] = ()
    """Taken out of the text and not come back, the last first."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """The sentences, for what is done with them."""
        return tuple(sentence.line for sentence in self.sentences)

    def find(self, key: str) -> Sentence | None:
        """The sentence that a page called ``key``, or that had this wording until it was last changed."""
        found = next((one for one in self.sentences if one.line.key == key), None)
        if found is not None or not key.startswith("x"):
            return found
        return next((one for one in self.sentences if one.was and _name(one.was) == key), None)

    @property
    def sources(self) -> tuple[Source, ...]:
        """All sources of what stands in the text."""
        return tuple(source for sentence in self.sentences for source in sentence.sources)


def read_sheets(session: Session, submission_id: int | None, texts: Mapping[int, str], on: date) -> dict[int, Sheet]:
    """The sheets of sections by id, from the texts that stand there. One query, none before the report is begun."""
    rows = _rows(session, submission_id, list(texts), on) if submission_id is not None else []
    known: defaultdict[int, dict[int, list[Any]]] = defaultdict(dict)
    for row in rows:
        known[row[0].section_id].setdefault(row[0].id, []).append(row)
    return {section_id: _sheet(text, [_sentence(group) for group in known[section_id].values()])
            for section_id, text in texts.items()}


def _rows(session: Session, submission_id: int, section_ids: Sequence[int], on: date) -> Sequence[Any]:
    """Each known sentence with each of its sources, one row for one without."""
    rows: Any = session.execute(
        select(NarrativeSentence, Account.full_name, NarrativeSource, SubmissionVersion.number,
               SubmissionVersion.submitted_at, Submission.id, Obligation.id, Obligation.unit_id, UnitName.name,
               Submission.accepted_version)
        .outerjoin(Account, Account.id == NarrativeSentence.changed_by_id)
        .outerjoin(NarrativeSource, NarrativeSource.sentence_id == NarrativeSentence.id)
        .outerjoin(SubmissionVersion, SubmissionVersion.id == NarrativeSource.version_id)
        .outerjoin(Submission, Submission.id == SubmissionVersion.submission_id)
        .outerjoin(Obligation, Obligation.id == Submission.obligation_id)
        .outerjoin(UnitName, called(UnitName, Obligation.unit_id, on))
        .where(NarrativeSentence.submission_id == submission_id, NarrativeSentence.section_id.in_(section_ids))
        .order_by(NarrativeSentence.position, NarrativeSentence.id, NarrativeSource.id))
    return list(rows)


def _sentence(rows: Sequence[Any]) -> tuple[NarrativeSentence, Sentence]:
    """One known sentence from its rows."""
    row, author = rows[0][0], rows[0][1]
    sources = tuple(
        Source(Ref(found.version_id, found.section_code, found.excerpt), unit_id, name or "", obligation_id,
               submission_id, number, sent_at, newest)
        for _row, _author, found, number, sent_at, submission_id, obligation_id, unit_id, name, newest in rows
        if found is not None)
    line = Line(f"s{row.id}", row.text, row.opens, row.kind, tuple(source.ref for source in sources), row.id)
    return row, Sentence(line, sources, row.was, row.position, row.changed_at, author or "")


def _sheet(text: str, known: Iterable[tuple[NarrativeSentence, Sentence]]) -> Sheet:
    """A section's text fitted to the sentences that are known of it."""
    known = list(known)
    standing = [sentence for row, sentence in known if row.removed_at is None]
    gone = sorted(((row.removed_at, sentence) for row, sentence in known if row.removed_at is not None),
                  key=lambda pair: (pair[0], pair[1].line.id or 0), reverse=True)
    removed = [sentence for _moment, sentence in gone]
    pieces = split_text(text)
    fit = align([one.line.text for one in standing], [one.line.text for one in removed], [one.text for one in pieces])
    every = [*standing, *removed]
    sentences = []
    for number, (piece, place) in enumerate(zip(pieces, fit.known, strict=True)):
        if place is None:
            key = _name(piece.text, sum(one.text == piece.text for one in pieces[:number]))
            sentences.append(Sentence(Line(key, piece.text, piece.opens, kind_of(piece.text, SentenceKind.TYPED))))
            continue
        old = every[place]
        sentences.append(Sentence(
            Line(old.line.key, piece.text, piece.opens, kind_of(piece.text, old.line.kind), old.line.refs, old.line.id),
            old.sources, old.was, place, old.changed_at, old.changed_by))
    back = {place for place in fit.known if place is not None}
    lost = [every[place] for place in fit.lost]
    return Sheet(tuple(sentences),
                 (*lost, *(one for number, one in enumerate(removed, start=len(standing)) if number not in back)))


def _name(text: str, repeat: int = 0) -> str:
    """How pages call a sentence that has no row yet."""
    return f"x{digest(text)}" + (f".{repeat}" if repeat else "")
