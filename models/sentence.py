"""Sentences of a text: taken apart, put together, with numbers that follow the figures, and found again after a change.

A text is paragraphs, one a line; a sentence never holds a line break. ``join_text(split_text(text))`` loses nothing but
blanks.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME_ENOUGH = 0.6
"""From this likeness on a changed sentence is taken for the old one, so that its sources stay with it."""
LONGEST_COMPARED = 2_000
"""Signs of a sentence that are compared when a changed one is looked for."""
MOST_COMPARED = 12
"""So many of the next sentences are compared with a changed one."""
UNKNOWN = "(chưa có số liệu)"
"""Stands for a live number of a figure that has no value now."""
TOKEN = re.compile(r"\{\{(@?[A-Z][A-Za-z0-9_.\-]{0,39})\}\}")
"""A live number in a text, as {{B1}}."""
_END = re.compile(r"[.!?…]+[\"”’)\]]*\s+|;\s+(?=[-+–•]\s)")
_SHORT = frozenset({
    "tp", "tx", "tt", "tr", "nxb", "gs", "ts", "ths", "pgs", "bs", "cn", "ks", "vd", "vv", "v.v", "stt", "đ/c", "mr",
    "ms", "dr", "st", "no"})
"""Abbreviations after which a full stop ends nothing, in small letters."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence in its place."""

    text: str
    opens: bool = False
    """Whether a paragraph begins with it; the first sentence always opens one."""


def split_sentences(paragraph: str) -> list[str]:
    """The sentences of one paragraph, blanks around them left out.

    A stop ends a sentence when a capital, a digit, a quotation mark or a dash follows, and neither an abbreviation
    ("TP. Hạ Long"), an initial ("A. Tuấn") nor a number in an outline ("1. Công tác …") stands before it.
    """
    found, start = [], 0
    for match in _END.finditer(paragraph):
        if not _ends(paragraph, start, match):
            continue
        found.append(paragraph[start:match.end()].strip())
        start = match.end()
    found.append(paragraph[start:].strip())
    return [text for text in found if text]


def _ends(paragraph: str, start: int, match: re.Match[str]) -> bool:
    """Whether a stop ends the sentence that began at ``start``."""
    after = paragraph[match.end():match.end() + 1]
    if not after:
        return False
    if not (after.isupper() or after.isdigit() or after in "\"“‘([{-–•+"):
        return False
    if not match[0].startswith(".") or match[0].startswith(".."):
        return True
    before = paragraph[start:match.start()].split()
    last = before[-1] if before else ""
    word = last.lstrip("(“\"‘[").casefold()
    is_mark = len(before) <= 1 and (word.isdigit() or len(word) <= 1)
    is_initial = len(word) == 1 and word.isalpha() and last[-1:].isupper()
    return not (is_mark or is_initial or word in _SHORT)


def split_text(text: str) -> list[Piece]:
    """All sentences of a text, with where paragraphs begin."""
    pieces = []
    for line in text.splitlines():
        pieces += [Piece(sentence, number == 0) for number, sentence in enumerate(split_sentences(_flat(line)))]
    return pieces


def join_text(pieces: Iterable[Piece]) -> str:
    """The text of sentences in their order."""
    parts: list[str] = []
    for piece in pieces:
        parts += [("\n" if piece.opens else " ") if parts else "", piece.text]
    return "".join(parts)


def _flat(line: str) -> str:
    """A line with single blanks."""
    return " ".join(line.split())


def one_line(text: str) -> str:
    """A text as one sentence holds it: without line breaks, with single blanks."""
    return " ".join(text.split())


def merge(texts: Sequence[str]) -> str:
    """Several sentences as one, to be smoothed by hand: "A; b; c."."""
    bare = [text.rstrip(" .;") for text in texts]
    first = bare[0] if bare else ""
    rest = [_inner(text) for text in bare[1:] if text]
    return "; ".join(filter(None, [first, *rest])) + "."


def _inner(text: str) -> str:
    """A sentence as it goes on in the middle of another one."""
    text = text.lstrip("-–•+ ")
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def tokens_of(text: str) -> tuple[str, ...]:
    """Names of the live numbers in a text, each once, in order."""
    return tuple(dict.fromkeys(TOKEN.findall(text)))


def render(text: str, numbers: Mapping[str, str]) -> str:
    """The text with its live numbers as they are now; a figure without one says so, a stranger's braces stay."""
    def shown(match: re.Match[str]) -> str:
        is_known = match[1] in numbers or match[1].startswith("@")
        return numbers.get(match[1]) or UNKNOWN if is_known else match[0]
    return TOKEN.sub(shown, text)


def keep_live(before: str, typed: str, numbers: Mapping[str, str]) -> str:
    """Return ``typed`` with the sentences of ``before`` that still stand there word for word made live again.

    ``before`` holds tokens, ``typed`` was written over its rendering. A sentence that was changed keeps what was typed.
    """
    live = {render(piece.text, numbers): piece.text for piece in split_text(before) if TOKEN.search(piece.text)}
    lines = []
    for line in typed.splitlines():
        sentences = split_sentences(_flat(line))
        is_kept = any(sentence in live for sentence in sentences)
        lines.append(" ".join(live.get(sentence, sentence) for sentence in sentences) if is_kept else line)
    return "\n".join(lines)


def digest(text: str) -> str:
    """A short name for a wording."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Alignment:
    """How the sentences of a text fit those that are known."""

    known: tuple[int | None, ...]
    """For each sentence of the text the place of the known one that it is; None for a new one."""
    lost: tuple[int, ...]
    """Places of known ones that stood in the text and are no longer there."""


def align(standing: Sequence[str], removed: Sequence[str], wanted: Sequence[str]) -> Alignment:
    """Fit ``wanted`` to the sentences that stood in the text, then to those removed before (numbered after them).

    Equal ones first, in order, then wherever they went or come from; then the likest of those that stand between the
    same neighbours. Each known sentence is used once.
    """
    found: dict[int, int] = {}
    gaps: list[tuple[int, int, int, int]] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, list(standing), list(wanted), autojunk=False).get_opcodes():
        if tag == "equal":
            found |= dict(zip(range(b1, b2), range(a1, a2), strict=True))
        else:
            gaps.append((a1, a2, b1, b2))
    _match_equal(found, standing, wanted, 0)
    _match_equal(found, removed, wanted, len(standing))
    for a1, a2, b1, b2 in gaps:
        _match_alike(found, standing, wanted, range(a1, a2), range(b1, b2))
    used = set(found.values())
    return Alignment(tuple(found.get(place) for place in range(len(wanted))),
                     tuple(place for place in range(len(standing)) if place not in used))


def _match_equal(found: dict[int, int], known: Sequence[str], wanted: Sequence[str], offset: int) -> None:
    """Fit what is equal and not fitted yet, wherever it stands."""
    used = set(found.values())
    free: dict[str, list[int]] = {}
    for place in reversed(range(len(known))):
        if place + offset not in used:
            free.setdefault(known[place], []).append(place + offset)
    for place, text in enumerate(wanted):
        if place not in found and free.get(text):
            found[place] = free[text].pop()


def _match_alike(found: dict[int, int], known: Sequence[str], wanted: Sequence[str], old: Iterable[int],
                 new: Iterable[int]) -> None:
    """Fit changed sentences of one gap to the likest free ones."""
    used = set(found.values())
    free = [place for place in old if place not in used]
    for place in new:
        if place in found or not free:
            continue
        alike, best = max((_likeness(known[one], wanted[place]), -one) for one in free[:MOST_COMPARED])
        if alike >= SAME_ENOUGH:
            found[place] = -best
            free.remove(-best)


def _likeness(one: str, other: str) -> float:
    """How alike two wordings are, 0 to 1."""
    matcher = SequenceMatcher(None, one[:LONGEST_COMPARED].split(), other[:LONGEST_COMPARED].split(), autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= SAME_ENOUGH else 0.0

__all__ = ["TOKEN", "UNKNOWN", "Alignment", "Piece", "align", "digest", "join_text", "keep_live", "merge",
           "one_line", "render", "split_sentences", "split_text", "tokens_of"]
