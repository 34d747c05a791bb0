"""What changed between two texts, word by word, for a page that shows both side by side."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_PAIRS = 1_500_000
"""Words of one text times words of the other beyond which a passage is shown as rewritten whole."""
_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a text; ``is_changed`` says that the other text lacks it."""

    text: str
    is_changed: bool = False


Side = tuple[Passage, ...]


def compare_texts(old: str, new: str) -> tuple[Side, Side]:
    """Both texts in passages: what only the old one has, what only the new one has. Their texts add up to the whole.

    ``compare_texts("có 3 lớp", "có 4 lớp")`` marks "3" and "4". Paragraphs are compared first, then their words.
    """
    left: list[Passage] = []
    right: list[Passage] = []
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        one, other = "".join(before[a:b]), "".join(after[c:d])
        if kind == "equal":
            left.append(Passage(one))
            right.append(Passage(other))
        else:
            _compare_words(one, other, left, right)
    return _joined(left), _joined(right)


def _compare_words(old: str, new: str, left: list[Passage], right: list[Passage]) -> None:
    """Compare one passage word by word; one that is too long or has nothing in common is marked whole."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if len(before) * len(after) > MOST_PAIRS:
        left.append(Passage(old, True))
        right.append(Passage(new, True))
        return
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        is_changed = kind != "equal"
        left.append(Passage("".join(before[a:b]), is_changed))
        right.append(Passage("".join(after[c:d]), is_changed))


def _joined(passages: Sequence[Passage]) -> Side:
    """Neighbours of one kind drawn together, empty ones left out; a blank between two changed words is changed too."""
    found: list[Passage] = []
    for place, passage in enumerate(passages):
        following = next((later for later in passages[place + 1:] if later.text), None)
        is_bridge = (found and found[-1].is_changed and not passage.text.strip() and "\n" not in passage.text
                     and following is not None and following.is_changed)
        if not passage.text:
            continue
        is_changed = passage.is_changed or bool(is_bridge)
        if found and found[-1].is_changed == is_changed:
            found[-1] = Passage(found[-1].text + passage.text, is_changed)
        else:
            found.append(Passage(passage.text, is_changed))
    return tuple(found)


__all__ = ["Passage", "Side", "compare_texts"]
