"""Finding the headings of a report's outline among paragraphs that somebody wrote on, with the text below each.

A heading is known by its mark ("I.", "2.", "a)") on a line in a heading's style, or by its mark and its words on any
line. Marks come again below each heading, so headings are looked for in the order of the outline alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of the outline, as printed."""

    code: str
    level: int
    """1 for "I.", 2 for "1.", 3 for "a)"."""
    mark: str
    heading: str


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a file: its text, and the level of its heading's style (0 for a paragraph)."""

    text: str
    level: int = 0


@dataclass
class Outline:
    """What was found: texts by the code of their heading, and what belongs to none."""

    texts: dict[str, str] = field(default_factory=dict)
    """Of every heading that was found, also of one without text."""
    strangers: list[str] = field(default_factory=list)
    """Headings that the outline does not have; with the text below them they are in ``texts`` of the one above."""


def place_texts(lines: Iterable[Line], headings: Sequence[Heading]) -> Outline:
    """The text below each heading, paragraphs parted by line breaks; what stands above the first one is left out."""
    found, here = Outline(), -1
    written: dict[str, list[str]] = {}
    for line in lines:
        place = _find(line, headings, here)
        if place is not None:
            here = place
            written[headings[here].code] = []
        elif here >= 0:
            if line.level:
                found.strangers.append(line.text.strip())
            written[headings[here].code] += [part.strip() for part in line.text.splitlines() if part.strip()]
    found.texts = {code: "\n".join(parts) for code, parts in written.items()}
    return found


def _find(line: Line, headings: Sequence[Heading], here: int) -> int | None:
    """The place of the heading that a line is, below the one at ``here``; None for text or a stranger.

    Its own words win over its mark alone, wherever they stand further down.
    """
    said = _plain(line.text)
    if not said or (not line.level and len(said) > _LONGEST):
        return None
    later = range(here + 1, len(headings))
    for place in later:
        row = headings[place]
        whole = _plain(f"{row.mark} {row.heading}")
        if said == whole or (line.level == row.level and row.heading and said == _plain(row.heading)):
            return place
    if not line.level:
        return None
    for place in later:
        row = headings[place]
        if row.level == line.level and said.startswith(f"{_plain(row.mark)} "):
            return place
        if row.level < line.level and place > here + 1:
            return None
    return None


_LONGEST = 1_000
"""Signs of a line without a heading's style that may still be a heading."""


def _plain(text: str) -> str:
    """A text with single blanks in small letters."""
    return " ".join(text.split()).casefold()


__all__ = ["Heading", "Line", "Outline", "place_texts"]
