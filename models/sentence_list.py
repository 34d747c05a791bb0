"""What can be done with the sentences of a section: pick, merge, change, move, part, take out and put back.

Every deed makes a new list and leaves the old one; a sentence that is not there any more is left out of a deed.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from models.narrative import SentenceKind
from models.sentence import TOKEN, Piece, join_text, merge, one_line, split_text


@dataclass(frozen=True, slots=True)
class Ref:
    """A unit's own sentence that a sentence was made of."""

    version_id: int
    section_code: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence with what is known of it."""

    key: str
    """How pages call it: "s12" by its row, else by its wording."""
    text: str
    opens: bool = False
    kind: SentenceKind = SentenceKind.TYPED
    refs: tuple[Ref, ...] = ()
    id: int | None = None
    """Its row; None before the desk has saved it."""


Lines = tuple[Line, ...]
_MARK = None
"""Stands in a list where a paragraph begins."""


def text_of(lines: Iterable[Line]) -> str:
    """The section's text."""
    return join_text(Piece(line.text, line.opens) for line in lines)


def typed(lines: Sequence[Line], text: str) -> Lines:
    """The list with what was typed at its end: each line of it a paragraph."""
    return (*lines, *_lines(text))


def _lines(text: str, like: Line | None = None) -> list[Line]:
    """Sentences of a text; all of them come from where ``like`` comes from."""
    refs = like.refs if like is not None else ()
    kind = like.kind if like is not None else SentenceKind.TYPED
    return [Line("", piece.text, piece.opens, kind_of(piece.text, kind), refs) for piece in split_text(text)]


def kind_of(text: str, kind: SentenceKind) -> SentenceKind:
    """The kind of a changed sentence: it follows figures while it holds a live number, and not without one."""
    is_live = bool(TOKEN.search(text))
    if kind in (SentenceKind.TYPED, SentenceKind.LIVE):
        return SentenceKind.LIVE if is_live else SentenceKind.TYPED
    return kind


def changed(lines: Sequence[Line], key: str, text: str) -> Lines:
    """The list with another wording of one sentence, which may have become several or none."""
    result: list[Line] = []
    for line in lines:
        if line.key != key:
            result.append(line)
            continue
        parts = _lines(text, line)
        if parts:
            parts[0] = replace(parts[0], key=line.key, id=line.id, opens=line.opens)
        result += parts
    return _opened(result)


def picked(lines: Sequence[Line], choices: Iterable[tuple[str, Ref]], *, as_paragraph: bool = False) -> Lines:
    """The list with units' sentences at its end; one that stands there already only gets one more source."""
    result = list(lines)
    is_first = True
    for text, ref in choices:
        text = one_line(text)
        place = next((place for place, line in enumerate(result) if line.text == text), None)
        if place is not None:
            found = result[place]
            result[place] = replace(found, refs=_union([found.refs, (ref,)]))
            continue
        opens = (as_paragraph and is_first) or not result or text.startswith(("- ", "+ ", "• "))
        result.append(Line("", text, opens, SentenceKind.PICKED, (ref,)))
        is_first = False
    return tuple(result)


def inserted(lines: Sequence[Line], texts: Iterable[tuple[str, bool]]) -> Lines:
    """The list with sentences from figures at its end: (sentence, whether a paragraph begins with it)."""
    standing = {line.text for line in lines}
    return (*lines, *(Line("", text, opens, SentenceKind.LIVE) for text, opens in texts if text not in standing))


def merged(lines: Sequence[Line], keys: Collection[str]) -> Lines:
    """The list with the sentences of ``keys`` made one, where the first of them stood, with the sources of all."""
    chosen = [line for line in lines if line.key in keys]
    if len(chosen) < 2:
        return tuple(lines)
    whole = Line("", merge([line.text for line in chosen]), chosen[0].opens, SentenceKind.MERGED,
                 _union(line.refs for line in chosen))
    result = [whole if line is chosen[0] else line for line in lines if line is chosen[0] or line.key not in keys]
    return _opened(result)


def removed(lines: Sequence[Line], keys: Collection[str]) -> Lines:
    """The list without some sentences; the paragraph that one began begins with the next."""
    result: list[Line] = []
    owes_opening = False
    for line in lines:
        if line.key in keys:
            owes_opening = owes_opening or line.opens
            continue
        result.append(replace(line, opens=line.opens or owes_opening))
        owes_opening = False
    return _opened(result)


def restored(lines: Sequence[Line], line: Line, place: int) -> Lines:
    """The list with a sentence put back at ``place``, as far as the list reaches."""
    if any(one.text == line.text and one.id == line.id for one in lines):
        return tuple(lines)
    place = min(max(place, 0), len(lines))
    return _opened([*lines[:place], line, *lines[place:]])


def moved(lines: Sequence[Line], keys: Collection[str], step: int) -> Lines:
    """The list with some sentences one place earlier (``step`` -1) or later (1), over the edge of a paragraph too."""
    items: list[Line | None] = []
    for line in lines:
        items += [_MARK, line] if line.opens and items else [line]
    places = [place for place, item in enumerate(items) if item is not None and item.key in keys]
    held = set[int]()
    for place in places if step < 0 else reversed(places):
        target = place + step
        if not 0 <= target < len(items) or target in held:
            held.add(place)
            continue
        items[place], items[target] = items[target], items[place]
        held.add(target)
    return _from_items(items)


def _from_items(items: Iterable[Line | None]) -> Lines:
    """A list from sentences with marks where paragraphs begin."""
    result: list[Line] = []
    opens = True
    for item in items:
        if item is None:
            opens = True
            continue
        result.append(replace(item, opens=opens))
        opens = False
    return tuple(result)


def parted(lines: Sequence[Line], keys: Collection[str]) -> Lines:
    """The list with a paragraph beginning at each of ``keys``, or no longer where one begins already."""
    return _opened([replace(line, opens=not line.opens) if line.key in keys else line for line in lines])


def _opened(lines: Sequence[Line]) -> Lines:
    """The list, its first sentence beginning a paragraph."""
    return tuple(replace(line, opens=True) if place == 0 else line for place, line in enumerate(lines))


def _union(groups: Iterable[tuple[Ref, ...]]) -> tuple[Ref, ...]:
    """Sources together, each once."""
    return tuple(dict.fromkeys(ref for group in groups for ref in group))


__all__ = [
    "Line", "Lines", "Ref", "changed", "inserted", "kind_of", "merged", "moved", "parted", "picked", "removed",
    "restored", "text_of", "typed",
]
