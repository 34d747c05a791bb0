"""A PDF whose words stayed may still show something else: notes, pictures, other signs, other sheets."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pypdf
import pytest
from pypdf.annotations import FreeText, Highlight, Rectangle
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    RectangleObject,
    StreamObject,
    TextStringObject,
)
from reportlab.pdfgen.canvas import Canvas

from core.drawn_pdf import is_in_head, laid_over
from exports import report
from tests.exports import samples
from tests.support.signing import make_signer

Spoil = Callable[[pypdf.PdfWriter], object]


@pytest.fixture(scope="module")
def issued() -> bytes:
    """A unit's report of several pages."""
    document = samples.unit_report()
    return report.build(replace(document, head=replace(document.head, is_draft=False, code="K7PM-4TQX-92HD")))


def spoiled(content: bytes, spoil: Spoil) -> bytes:
    """The PDF after ``spoil``, written by another program."""
    writer, buffer = pypdf.PdfWriter(clone_from=BytesIO(content)), BytesIO()
    spoil(writer)
    writer.write(buffer)
    return buffer.getvalue()


def shown(issued: bytes, content: bytes) -> list[tuple[int, str]]:
    """Pages and what is on them."""
    rows = laid_over(pypdf.PdfReader(BytesIO(issued)), pypdf.PdfReader(BytesIO(content)))
    return [(row["page"], row["what"]) for row in rows]


def drawn(at: tuple[float, float], text: str) -> pypdf.PageObject:
    """A page with a text at a place."""
    buffer = BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(*at, text)
    canvas.save()
    return pypdf.PdfReader(buffer).pages[0]


def redraw(page: pypdf.PageObject, change: Callable[[bytes], bytes]) -> None:
    """Change what draws a page."""
    stream, own = DecodedStreamObject(), page.get_contents()
    assert own is not None
    stream.set_data(change(own.get_data()))
    page[NameObject("/Contents")] = stream


def redraw_font(writer: pypdf.PdfWriter) -> None:
    """Let a font draw other signs for the same letters."""
    for number in range(1, len(writer._objects) + 1):
        found = writer.get_object(number)
        if isinstance(found, DictionaryObject) and "/FontFile2" in found:
            own, other = found["/FontFile2"], DecodedStreamObject()
            assert isinstance(own, StreamObject)
            other.set_data(own.get_data()[:-1] + b"\1")
            found[NameObject("/FontFile2")] = writer._add_object(other)
            return


def script(writer: pypdf.PdfWriter) -> None:
    """Have a viewer run something when the file is opened."""
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject({
        NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('x');")})


def dynamic(writer: pypdf.PdfWriter) -> None:
    """Give it a form that stands in place of the pages."""
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/XFA"): TextStringObject("<xdp/>")})


def pictured(writer: pypdf.PdfWriter) -> None:
    """Put the letters of a font that draws pictures behind the first page's own."""
    resources = writer.pages[0]["/Resources"]
    assert isinstance(resources, DictionaryObject)
    fonts = resources["/Font"]
    assert isinstance(fonts, DictionaryObject)
    fonts[NameObject("/Odd")] = DictionaryObject({NameObject("/Type"): NameObject("/Font"),
                                                  NameObject("/Subtype"): NameObject("/Type3")})


@pytest.mark.parametrize(("spoil", "found"), [
    (lambda writer: None, []),
    (lambda writer: writer.compress_identical_objects(), []),
    (lambda writer: writer.add_annotation(0, FreeText(text="5", rect=(100, 600, 160, 620))), [(1, "note")]),
    (lambda writer: writer.add_annotation(1, Rectangle(rect=(100, 600, 160, 620), interior_color="ffffff")),
     [(2, "note")]),
    (lambda writer: writer.add_annotation(1, Highlight(rect=(1, 1, 9, 9), quad_points=ArrayObject(
        map(FloatObject, (1, 1, 9, 1, 1, 9, 9, 9))))), [(2, "note")]),
    (lambda writer: redraw(writer.pages[1], lambda old: old + b"\nq 1 1 1 rg 100 600 60 20 re f Q"), [(2, "drawing")]),
    (lambda writer: redraw(writer.pages[0], lambda old: b"q\n" + old + b"\nQ"), []),
    (lambda writer: redraw(writer.pages[0], lambda old: b"0 0 0 RG\n" + old), [(1, "drawing")]),
    (redraw_font, "drawing"),
    (pictured, "drawing"),
    (lambda writer: writer.pages[0].merge_page(drawn((200, 400), "9"), expand=False), "drawing"),
    (lambda writer: writer.pages[1].rotate(180), [(2, "size")]),
    (lambda writer: setattr(writer.pages[0], "cropbox", RectangleObject((0, 300, 595, 842))), [(1, "size")]),
    (lambda writer: writer.add_blank_page(595, 842), "page"),
    (lambda writer: writer.remove_page(1), "page"),
    (script, [(0, "script")]),
    (dynamic, [(0, "form")]),
])
def test_what_is_shown_beside_the_words_is_told(issued: bytes, spoil: Spoil,
                                                found: list[tuple[int, str]] | str) -> None:
    rows = shown(issued, spoiled(issued, spoil))
    assert rows == found if isinstance(found, list) else found in {what for _page, what in rows}


def test_signatures_and_their_pictures_are_no_notes(issued: bytes) -> None:
    assert shown(issued, make_signer().sign(issued)) == []


def test_a_number_and_a_day_are_filled_in_on_their_lines_alone(issued: bytes) -> None:
    own = pypdf.PdfReader(BytesIO(issued)).pages[0]
    places: list[tuple[float, float]] = []
    own.extract_text(visitor_text=lambda text, now, matrix, _font, _size: places.append(
        (matrix[4] + now[4], matrix[5] + now[5])) if text.strip().startswith("Số:") else None)
    x, y = places[0]
    for lower, is_filled in ((0, True), (200, False)):
        page = spoiled(issued, lambda writer, lower=lower: writer.pages[0].merge_page(  # type: ignore[misc]
            drawn((x + 30, y - lower), "05"), expand=False))
        assert is_in_head(own, pypdf.PdfReader(BytesIO(page)).pages[0]) is is_filled
