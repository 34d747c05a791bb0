"""What a ruler and a reader find on a page: ink in the margins, page numbers, lines of text and what they say."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cached_property
from typing import Any

import pypdfium2
from PIL.Image import Image

from exports.fonts import printable
from tests.support.paper import POINTS_PER_MM, Paper

MM = POINTS_PER_MM
DOTS = 80
"""Dots an inch of the pictures that are searched for ink: one dot is 0.32 mm."""
SLACK_MM = 0.6
UNSEEN = re.compile(r"[\s\u00a0\u0002\ufffe\u00ad-]+")
"""Blanks, and the hyphens that a reader of PDF makes of a dash at the end of a line."""
PRINTED = frozenset({
    "parent_agency", "agency", "place", "type_name", "subject", "addressees", "recipients", "authority", "signer_name",
    "signer_position", "opening", "legal_bases", "coverage", "missing", "mark", "heading", "text", "title", "form",
    "lead", "partner", "window", "day", "channel", "evidence", "content", "forms", "units", "result", "assessment",
    "name", "unit", "provenance", "label", "unit_name", "plan_number", "plan_status", "report_number", "closing", "vi",
    "report_status", "reviewer", "state", "paragraphs", "contact"})
"""Fields whose texts are printed as they are."""


class MeasuredPaper(Paper):
    """A document whose pages are searched for ink, and read without what stands in the margins."""

    _drawn: tuple[int, Image] | None = None

    @cached_property
    def pdfium(self) -> pypdfium2.PdfDocument:
        """The file, opened once."""
        return pypdfium2.PdfDocument(self.content)

    def grey(self, page: int) -> Image:
        """A page as a picture in grey, black on white made white on black; that of the page asked for last is kept."""
        if self._drawn is None or self._drawn[0] != page:
            picture: Image = self.pdfium[page].render(scale=DOTS / 72, grayscale=True, may_draw_forms=False).to_pil()
            self._drawn = page, picture.point(lambda tone: 255 if tone < 200 else 0)
        return self._drawn[1]

    def close(self) -> None:
        """Let the file go."""
        self.pdfium.close()

    def ink_mm(self, page: int, left: float, top: float, right: float, bottom: float
               ) -> tuple[float, float, float, float] | None:
        """The edges of all ink within a part of the page, millimetres from left and top; None when it is blank."""
        dot = DOTS / 25.4
        x, y = round(left * dot), round(top * dot)
        found = self.grey(page).crop((x, y, round(right * dot), round(bottom * dot))).getbbox()
        if found is None:
            return None
        return ((found[0] + x) / dot, (found[1] + y) / dot, (found[2] + x) / dot, (found[3] + y) / dot)

    def size_mm(self, page: int) -> tuple[float, float]:
        """Width and height of a page."""
        width, height = self.pdfium[page].get_size()
        return width / MM, height / MM

    def text_between(self, page: int, top_mm: float, bottom_mm: float) -> str:
        """The words between two heights of a page, measured from its top."""
        width, height = self.pdfium[page].get_size()
        letters = self.pdfium[page].get_textpage()
        return str(letters.get_text_bounded(0, height - bottom_mm * MM, width, height - top_mm * MM))

    @cached_property
    def body(self) -> str:
        """All words between the top and the bottom margins."""
        pages = range(len(self))
        return "\n".join(self.text_between(page, 18.5, self.size_mm(page)[1] - 19.5) for page in pages)

    @cached_property
    def starts(self) -> list[int]:
        """The pages on which the text and the appendices begin."""
        return [page for page in range(len(self)) if page == 0 or self.text_between(page, 19, 60).lstrip().startswith(
            "Phụ lục")]

    @cached_property
    def last_of_text(self) -> int:
        """The last page before the appendices."""
        return (self.starts[1] if len(self.starts) > 1 else len(self)) - 1


def squeezed(text: str) -> str:
    """The text as it is printed, without its blanks and dashes."""
    return UNSEEN.sub("", printable(text)[0])


def texts_in(thing: Any, is_printed: bool = False) -> Iterator[str]:
    """Every text of a document that is printed as it is, line by line."""
    if isinstance(thing, Enum):
        return
    if isinstance(thing, str):
        yield from thing.splitlines() if is_printed else ()
    elif is_dataclass(thing) and not isinstance(thing, type):
        for field in fields(thing):
            yield from texts_in(getattr(thing, field.name), field.name in PRINTED)
    elif isinstance(thing, list | tuple):
        for part in thing:
            yield from texts_in(part, is_printed)


def letters_of(text: str) -> Counter[str]:
    """How often each sign but blanks and dashes stands in a text, small."""
    return Counter(squeezed(text).casefold())
