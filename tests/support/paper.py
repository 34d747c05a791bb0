"""Read a PDF as a reader, a printer and an archivist would: words, fonts, boxes, pictures, soundness."""

import io
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
from pdfplumber.pdf import PDF
from PIL.Image import Image
from pypdf import PdfReader

from tests.support.missing import tool

POINTS_PER_MM = 72 / 25.4
A4 = (595.28, 841.89)


@dataclass(frozen=True)
class Word:
    """A word on a page: its text, its box in points from the top left corner, its font and size."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    font: str
    size: float


class Paper:
    """A document, read by independent readers."""

    def __init__(self, content: bytes) -> None:
        """Read ``content``, the bytes of a PDF."""
        self.content = content
        self.reader = PdfReader(io.BytesIO(content))
        self._plumber: PDF | None = None
        self._pages: dict[int, tuple[list[Word], list[dict[str, Any]]]] = {}

    def __len__(self) -> int:
        """How many pages there are."""
        return len(self.reader.pages)

    def sizes(self) -> list[tuple[float, float]]:
        """Width and height of each page in points, as it is seen, two decimals."""
        boxes = [page.mediabox for page in self.reader.pages]
        return [(round(float(box.width), 2), round(float(box.height), 2)) for box in boxes]

    def text(self, page: int | None = None) -> str:
        """The words of one page (from 0), or of all, spaces and line ends made single."""
        with pypdfium2.PdfDocument(self.content) as document:
            numbers = range(len(document)) if page is None else [page]
            parts = [document[number].get_textpage().get_text_bounded() for number in numbers]
        return " ".join(" ".join(parts).split())

    def words(self, page: int) -> list[Word]:
        """The words of one page, where they stand and in what; read once."""
        return self._measured(page)[0]

    def strokes(self, page: int) -> list[dict[str, Any]]:
        """The drawn lines and curves of one page as pdfplumber tells them; read once."""
        return self._measured(page)[1]

    def _measured(self, page: int) -> tuple[list[Word], list[dict[str, Any]]]:
        """Words and strokes of one page; the file's fonts are read once for all pages."""
        if page not in self._pages:
            if self._plumber is None:
                self._plumber = pdfplumber.open(io.BytesIO(self.content))
            read = self._plumber.pages[page]
            found: list[dict[str, Any]] = read.extract_words(extra_attrs=["fontname", "size"])
            words = [
                Word(word["text"], word["x0"], word["top"], word["x1"], word["bottom"],
                     word["fontname"].partition("+")[2] or word["fontname"], round(word["size"], 1))
                for word in found
            ]
            self._pages[page] = words, [*read.lines, *read.curves]
            read.close()
        return self._pages[page]

    def margins_mm(self, page: int) -> tuple[float, float, float, float]:
        """Free space left, top, right, below the words of one page, in millimetres."""
        words, (width, height) = self.words(page), self.sizes()[page]
        edges = (
            min(word.left for word in words), min(word.top for word in words),
            width - max(word.right for word in words), height - max(word.bottom for word in words),
        )
        left, top, right, bottom = (round(edge / POINTS_PER_MM, 1) for edge in edges)
        return left, top, right, bottom

    def fonts(self) -> dict[str, bool]:
        """Every font that the document names, without its subset's prefix, and whether it is embedded."""
        return {name: is_embedded for page in self.reader.pages for name, is_embedded in page_fonts(page)}

    def picture(self, page: int, dots_per_inch: int = 100) -> Image:
        """One page as a picture."""
        with pypdfium2.PdfDocument(self.content) as document:
            image: Image = document[page].render(scale=dots_per_inch / 72).to_pil()
        return image

    def complaints(self, folder: Path) -> str:
        """What qpdf finds wrong with the file; empty if it is sound. ``folder`` takes a copy of it."""
        path = folder / "checked.pdf"
        path.write_bytes(self.content)
        done = subprocess.run([tool("qpdf"), "--check", str(path)], capture_output=True, text=True)
        return "" if done.returncode == 0 else done.stdout + done.stderr

    def text_by_poppler(self, folder: Path) -> str:
        """The words as poppler reads them, the reader of most desktops; laid out in lines."""
        path = folder / "read.pdf"
        path.write_bytes(self.content)
        done = subprocess.run([tool("pdftotext"), "-layout", str(path), "-"], capture_output=True, check=True)
        return done.stdout.decode("utf-8")


def page_fonts(page: Any) -> Iterator[tuple[str, bool]]:
    """The fonts of one page's resources, those within its forms included."""
    waiting = [page.get("/Resources", {})]
    while waiting:
        resources = waiting.pop().get_object()
        for font in resources.get("/Font", {}).values():
            yield font_state(font.get_object())
        for form in resources.get("/XObject", {}).values():
            if "/Resources" in form.get_object():
                waiting.append(form.get_object()["/Resources"])


def font_state(font: Any) -> tuple[str, bool]:
    """A font's name without its subset's prefix, and whether its shapes are in the file."""
    inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
    descriptor = inner.get("/FontDescriptor", {}).get_object() if "/FontDescriptor" in inner else {}
    name = str(font["/BaseFont"]).removeprefix("/")
    prefix, plus, rest = name.partition("+")
    is_embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    return (rest if plus and len(prefix) == 6 else name), is_embedded
