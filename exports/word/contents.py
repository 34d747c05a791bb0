"""The contents of a long DOCX document: a field of Word's own whose entries stand there already.

Headings carry bookmarks, entries lead to them, and their page numbers are fields that ask for the bookmark's page. The
numbers in them are the paper's, so that the file is right as it is opened and no program asks whether to update it;
whoever writes on updates them in Word or LibreOffice. Appendices, whose pages are numbered apart, stand below it.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from exports.fonts import BOLD, REGULAR
from exports.layout.contents import APART, DEEPEST, HEADING, LINE, STEP, TITLE
from exports.layout.preset import TEXT_WIDTH, Style
from exports.layout.sheet import Entry
from exports.word.markup import attribute, paragraph, run, twips

STYLES: dict[str, tuple[str, Style]] = {
    "TOCHeading": ("toc heading", TITLE),
    "TOC1": ("toc 1", replace(LINE, face=BOLD)),
    "TOC2": ("toc 2", replace(LINE, face=REGULAR, left=STEP)),
}
"""Style by its id, as for other styles: the name that Word knows it by, and how lines are set."""
TABS = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{twips(TEXT_WIDTH)}"/></w:tabs>'
"""Dots lead to page numbers at the right edge of the text."""
_TAB = "<w:r><w:tab/></w:r>"
_FIELD = f'TOC \\o "1-{DEEPEST + 1}" \\h \\z'


class WordContents:
    """Collects the headings of one text as they are written, then writes the contents."""

    def __init__(self, entries: Sequence[Entry], appendices: Sequence[str]) -> None:
        """Take the headings with their pages on paper, and how the appendices are called."""
        self._waiting = [entry for entry in entries if entry.level <= DEEPEST]
        self._listed: list[tuple[Entry, str]] = []
        self._appendices = appendices
        self._marks = 0

    def heading(self, words: str, level: int) -> str:
        """The bookmark around a heading's ready words, where the contents list it."""
        if level > DEEPEST or not self._waiting:
            return words
        name = f"_Toc{len(self._listed) + 1:09}"
        self._listed.append((self._waiting.pop(0), name))
        return self._bookmark(name, words)

    def appendix(self, number: int, words: str) -> str:
        """The bookmark around the words of an appendix, counted from 0."""
        return self._bookmark(_appendix_name(number), words)

    def _bookmark(self, name: str, words: str) -> str:
        """Ready words with a bookmark around them."""
        self._marks += 1
        return (f'<w:bookmarkStart w:id="{self._marks}" w:name="{name}"/>{words}'
                f'<w:bookmarkEnd w:id="{self._marks}"/>')

    def blocks(self, printable: Callable[[str], str]) -> list[str]:
        """The finished contents, on a page of their own; ``printable`` gives the form of a text that paper shows."""
        found = [paragraph("TOCHeading", run(HEADING))]
        last = len(self._listed) - 1
        for place, (entry, name) in enumerate(self._listed):
            opening = _char("begin") + _instruction(_FIELD) + _char("separate") if place == 0 else ""
            ending = _char("end") if place == last else ""
            words = run(printable(entry.title)) + _TAB + _page_of(name, entry.page)
            found.append(paragraph(f"TOC{entry.level + 1}", opening + _link(name, words) + ending))
        found += [paragraph("TOC1", _link(_appendix_name(number), run(printable(called))))
                  for number, called in enumerate(self._appendices)]
        if self._appendices:
            found.append(paragraph("TOC1", run(APART, bold=False, italic=True)))
        return found


def _appendix_name(number: int) -> str:
    """The name of an appendix's bookmark; Word hides those that begin so."""
    return f"_Appendix{number + 1}"


def _link(name: str, words: str) -> str:
    """Ready words that lead to a bookmark."""
    return f'<w:hyperlink w:anchor="{attribute(name)}" w:history="1">{words}</w:hyperlink>'


def _page_of(name: str, page: int) -> str:
    """The page on which a bookmark stands; it says ``page`` until somebody updates it."""
    return _char("begin") + _instruction(f"PAGEREF {name} \\h") + _char("separate") + run(str(page)) + _char("end")


def _char(kind: str) -> str:
    """The beginning, middle or end of a field."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _instruction(words: str) -> str:
    """What a field does."""
    return f'<w:r><w:instrText xml:space="preserve"> {words} </w:instrText></w:r>'


__all__ = ["STYLES", "TABS", "WordContents"]
