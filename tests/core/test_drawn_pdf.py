"""What a PDF shows apart from its words is held against what was issued: real files, laid over, cut, drawn anew."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PIL import Image
from pypdf.annotations import FreeText, Highlight, Rectangle
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    RectangleObject,
    TextStringObject,
)
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from core import signed_pdf
from core.drawn_pdf import heights_of
from exports import report
from models.issued import CopyState
from models.paper_reading import is_redrawn, judge, overlaid, shown_otherwise
from tests.exports import samples
from tests.support.signing import apart, drawn_anew, make_signer

CODE = "K7PM-4TQX-92HD"
FIGURE = (200.0, 500.0, 260.0, 520.0)
Change = Callable[[pypdf.PdfWriter], object]


@pytest.fixture(scope="module")
def issued() -> bytes:
    """The first pages of a unit's report with its code."""
    document = samples.unit_report()
    content = report.build(replace(document, head=replace(document.head, is_draft=False, code=CODE)))
    writer, buffer = pypdf.PdfWriter(), BytesIO()
    writer.append(BytesIO(content), pages=(0, 3))
    writer.write(buffer)
    return buffer.getvalue()


@pytest.fixture
def read(tmp_path: Path, issued: bytes) -> Callable[[bytes], dict[str, Any]]:
    """Read a file against what was issued, in this process."""
    def read_file(content: bytes) -> dict[str, Any]:
        (tmp_path / "file.pdf").write_bytes(content)
        (tmp_path / "issued.pdf").write_bytes(issued)
        return apart(signed_pdf.read, tmp_path / "file.pdf", tmp_path / "issued.pdf", None)

    return read_file


def changed(content: bytes, change: Change) -> bytes:
    """A PDF as another program writes it after a change."""
    writer, buffer = pypdf.PdfWriter(clone_from=BytesIO(content)), BytesIO()
    change(writer)
    writer.write(buffer)
    return buffer.getvalue()


def sheet(draw: Callable[[Canvas], object]) -> pypdf.PageObject:
    """A page to lay over another one."""
    buffer = BytesIO()
    canvas = Canvas(buffer)
    draw(canvas)
    canvas.save()
    return pypdf.PdfReader(buffer).pages[0]


def over(page: int, draw: Callable[[Canvas], object]) -> Change:
    """Draw something behind what a page draws, which is over it to the eye."""
    return lambda writer: writer.pages[page].merge_page(sheet(draw))


def white(canvas: Canvas) -> None:
    """A white field over a figure."""
    canvas.setFillGray(1)
    canvas.rect(*FIGURE[:2], 60, 20, stroke=0, fill=1)


def picture(canvas: Canvas) -> None:
    """A picture over a figure."""
    canvas.drawImage(ImageReader(Image.new("RGB", (4, 4), "white")), *FIGURE[:2], 60, 20)


def written(text: str, left: float, height: float) -> Callable[[Canvas], None]:
    """Text at a place of the page, in points."""
    return lambda canvas: canvas.drawString(left, height, text)


def stamp(writer: pypdf.PdfWriter) -> None:
    """A stamp that says it is a signature, but belongs to no form and was signed by nobody."""
    look = DecodedStreamObject()
    look.update({NameObject("/Subtype"): NameObject("/Form"), NameObject("/BBox"): RectangleObject((0, 0, 60, 20))})
    look.set_data(b"1 g 0 0 60 20 re f")
    writer.pages[1][NameObject("/Annots")] = ArrayObject([writer._add_object(DictionaryObject({
        NameObject("/Subtype"): NameObject("/Widget"), NameObject("/FT"): NameObject("/Sig"),
        NameObject("/V"): DictionaryObject({NameObject("/Type"): NameObject("/Sig")}),
        NameObject("/Rect"): RectangleObject(FIGURE),
        NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(look)})}))])


def other_font(entry: str) -> Change:
    """Another program of signs, or another meaning of them, for a font of the second page."""
    def change(writer: pypdf.PdfWriter) -> None:
        fonts = writer.pages[1]["/Resources"]["/Font"]  # type: ignore[index]
        font = next(fonts[name] for name in fonts if "/FontDescriptor" in fonts[name])
        stream = (font if entry == "/ToUnicode" else font["/FontDescriptor"])[entry]
        stream.set_data(stream.get_data() + b"\n")

    return change


def drawn_letters(writer: pypdf.PdfWriter) -> None:
    """A font more, whose letters are pictures."""
    fonts = writer.pages[1]["/Resources"]["/Font"]  # type: ignore[index]
    fonts[NameObject("/Odd")] = DictionaryObject({NameObject("/Type"): NameObject("/Font"),
                                                  NameObject("/Subtype"): NameObject("/Type3")})


def wrapped(writer: pypdf.PdfWriter) -> None:
    """The second page's drawing between the saving and the restoring of the state, as many programs lay it."""
    page, content = writer.pages[1], DecodedStreamObject()
    content.set_data(b"q\n" + page.get_contents().get_data() + b"\nQ")  # type: ignore[union-attr]
    page[NameObject("/Contents")] = writer._add_object(content)


def of_file(key: str, value: Any) -> Change:
    """An entry of the whole file."""
    def change(writer: pypdf.PdfWriter) -> None:
        writer.root_object[NameObject(key)] = value

    return change


@pytest.mark.parametrize("save", [
    lambda content: content,
    lambda content: changed(content, lambda writer: writer.compress_identical_objects()),
    lambda content: changed(content, lambda writer: writer.pages[1].compress_content_streams()),
    lambda content: changed(content, wrapped),
    lambda content: changed(content, over(1, lambda canvas: canvas.showPage()))], ids=range(5))
def test_a_file_saved_again_shows_what_was_issued(issued: bytes, read: Any, save: Callable[[bytes], bytes]) -> None:
    answer = read(save(issued))
    assert (answer["laid"], answer["differing"], judge(answer, CODE)) == ([], [], CopyState.UNSIGNED)


@pytest.mark.parametrize(("change", "page", "what"), [
    (lambda writer: writer.add_annotation(1, FreeText(text="99", rect=FIGURE)), 2, "note"),
    (lambda writer: writer.add_annotation(1, Rectangle(rect=FIGURE, interior_color="ffffff")), 2, "note"),
    (lambda writer: writer.add_annotation(1, Highlight(rect=FIGURE, quad_points=ArrayObject(
        map(FloatObject, (1, 1, 9, 1, 1, 9, 9, 9))))), 2, "note"),
    (drawn_letters, 2, "font"), (stamp, 2, "note"), (over(2, white), 3, "drawing"), (over(2, picture), 3, "drawing"),
    (other_font("/FontFile2"), 2, "font"), (other_font("/ToUnicode"), 2, "font"),
    (lambda writer: writer.pages[1].rotate(180), 2, "size"),
    (lambda writer: setattr(writer.pages[1], "cropbox", RectangleObject((0, 0, 595, 400))), 2, "size"),
    (lambda writer: writer.add_blank_page(), 4, "page"),
    (of_file("/OpenAction", DictionaryObject({NameObject("/S"): NameObject("/JavaScript")})), 0, "script"),
    (of_file("/Names", DictionaryObject({NameObject("/JavaScript"): DictionaryObject()})), 0, "script"),
    (of_file("/AcroForm", DictionaryObject({NameObject("/XFA"): TextStringObject("")})), 0, "form"),
    (of_file("/OCProperties", DictionaryObject()), 0, "layer"),
])
def test_what_is_laid_over_the_same_words_is_told_with_its_page(
        issued: bytes, read: Any, change: Change, page: int, what: str) -> None:
    answer = read(changed(issued, change))
    assert answer["differing"] == []
    assert {(row["page"], row["what"]) for row in overlaid(answer)} >= {(page, what)}
    assert {row["page"] for row in overlaid(answer)} <= ({page} if what != "font" else {1, 2, 3})
    assert judge(answer, CODE) is CopyState.CHANGED and not is_redrawn(answer)
    assert any("riêng chữ không bảo đảm" in text for text, _pages in shown_otherwise(answer))


def test_pages_drawn_anew_say_the_same_but_are_not_vouched_for(issued: bytes, read: Any) -> None:
    answer = read(drawn_anew(issued))
    assert answer["differing"] == [] and is_redrawn(answer)
    assert "đã được vẽ lại" in shown_otherwise(answer)[0][0] and shown_otherwise(answer)[0][1] == "1–3"
    signed = read(make_signer().sign(drawn_anew(issued)))
    assert judge(signed, CODE) is CopyState.CHANGED and is_redrawn(signed)


def test_a_page_left_out_is_told(issued: bytes, read: Any) -> None:
    answer = read(changed(issued, lambda writer: writer.remove_page(2)))
    assert {"page": 3, "what": "page"} in answer["laid"] and judge(answer, CODE) is CopyState.CHANGED


def test_the_picture_of_a_signature_that_was_given_is_nothing_laid_over(issued: bytes, read: Any) -> None:
    signer = make_signer()
    answer = read(signer.sign(signer.sign(issued, box=(300, 100, 500, 160)), "SoVanBan", (60, 700, 120, 720)))
    assert (answer["laid"], judge(answer, CODE)) == ([], CopyState.SIGNED)
    hidden = read(signer.sign(changed(issued, over(2, white)), box=(300, 100, 500, 160)))
    assert judge(hidden, CODE) is CopyState.CHANGED, "a signature does not vouch for what is not the portal's"


def test_number_and_day_may_be_written_in_the_head_and_nowhere_else(issued: bytes, read: Any) -> None:
    first = pypdf.PdfReader(BytesIO(issued)).pages[0]
    height = next(height for word, height in heights_of(first) if word == "Số:")
    filled = changed(issued, over(0, written("05", 120, height)))
    answer = read(filled)
    assert (overlaid(answer), judge(answer, CODE)) == ([], CopyState.UNSIGNED)
    assert judge(read(make_signer().sign(filled)), CODE) is CopyState.SIGNED
    for page, low in ((0, 300), (1, height)):
        assert judge(read(changed(issued, over(page, written("05", 120, low)))), CODE) is CopyState.CHANGED
    assert judge(read(changed(filled, over(0, white))), CODE) is CopyState.CHANGED


def test_a_signed_file_that_is_written_on_afterwards_is_broken(issued: bytes, read: Any) -> None:
    writer, buffer = pypdf.PdfWriter(BytesIO(make_signer().sign(issued)), incremental=True), BytesIO()
    writer.add_annotation(1, FreeText(text="99", rect=FIGURE))
    writer.write(buffer)
    assert judge(read(buffer.getvalue()), CODE) is CopyState.BROKEN


@pytest.mark.parametrize(("ours", "theirs", "is_alike"), [
    (["1", "2"], ["12"], False), (["1.", "234"], ["1.234"], False), (["10,", "5"], ["10,5"], False),
    (["Báo", "cáo"], ["Báocáo"], True), (["tháng", "5"], ["tháng5"], True), (["5", "%"], ["5%"], True),
    (["1", "2"], ["1", "2"], True)])
def test_a_blank_counts_between_figures_alone(ours: list[str], theirs: list[str], is_alike: bool) -> None:
    assert (signed_pdf.compared([ours], [theirs])["differing"] == []) is is_alike


def test_readings_of_before_have_nothing_laid_over() -> None:
    assert overlaid({"ok": True, "differing": []}) == [] and shown_otherwise({}) == []
