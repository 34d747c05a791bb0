"""Binding papers into one PDF: the same pages and words, links that lead where they led, what is equal written once."""

import io
import subprocess
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Popup, Text
from reportlab.pdfgen.canvas import Canvas

from services.package_binder import Binder, Bookmark
from tests.support.missing import tool


def paper(name: str, pages: int = 2) -> bytes:
    """A paper whose first page has a link to its last one, and an outline of its own."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(300, 400), invariant=1)
    for number in range(1, pages + 1):
        canvas.drawString(20, 300, f"{name} page {number}")
        canvas.drawString(20, 200, "the same words " * 3)
        if number == 1:
            canvas.linkRect("", "last", (20, 290, 200, 310))
        if number == pages:
            canvas.bookmarkPage("last")
            canvas.addOutlineEntry("own outline", "last")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def bound(*papers: bytes, title: str = "Cả bộ – “thử”") -> bytes:
    """The papers in one file, all below one bookmark."""
    file = io.BytesIO()
    binder = Binder(file)
    top = Bookmark("Phòng (A) \\ Đ", 0)
    for number, content in enumerate(papers, start=1):
        top.below.append(Bookmark(f"Trường {number}", binder.add(content)))
    top.page = top.below[0].page
    binder.finish(title, [top])
    return file.getvalue()


def words(data: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def test_pages_bookmarks_and_title_are_those_that_were_put_in(tmp_path: Path) -> None:
    papers = [paper("first"), paper("second", 3), paper("third", 1)]
    file = tmp_path / "bound.pdf"
    file.write_bytes(bound(*papers))
    reader = PdfReader(file)
    assert words(file.read_bytes()) == [text for content in papers for text in words(content)]
    assert reader.metadata is not None and reader.metadata.title == "Cả bộ – “thử”"
    top, below = reader.outline
    assert not isinstance(top, list) and top.title == "Phòng (A) \\ Đ"
    assert isinstance(below, list)
    marks = [(mark.title, reader.get_destination_page_number(mark)) for mark in below if not isinstance(mark, list)]
    assert marks == [("Trường 1", 0), ("Trường 2", 2), ("Trường 3", 5)]
    assert {tuple(page.mediabox) for page in reader.pages} == {(0, 0, 300, 400)}
    said = subprocess.run([tool("qpdf"), "--check", file], capture_output=True, text=True, check=True)
    assert "No syntax or stream encoding errors" in said.stdout and not said.stderr


def test_a_link_leads_to_the_page_of_its_own_paper() -> None:
    reader = PdfReader(io.BytesIO(bound(paper("first"), paper("second", 3))))
    numbers = [page.indirect_reference.idnum for page in reader.pages if page.indirect_reference is not None]
    targets = [numbers.index(next(iter(note.get_object()["/Dest"])).idnum)
               for page in reader.pages for note in page.get("/Annots", [])]
    assert targets == [1, 4]


def test_equal_objects_are_written_once_and_equal_papers_give_equal_bytes() -> None:
    one, many = bound(paper("same")), bound(*[paper("same")] * 20)
    assert many == bound(*[paper("same")] * 20)
    assert (len(many) - len(one)) / 19 < len(paper("same")) / 2
    assert many.count(b"/BaseFont /Helvetica") == 1


def test_objects_that_refer_to_each_other_are_carried_over_once(tmp_path: Path) -> None:
    writer = PdfWriter(io.BytesIO(paper("noted", 1)))
    note = writer.add_annotation(0, Text(text="a note", rect=(10, 10, 30, 30)))
    writer.add_annotation(0, Popup(rect=(40, 40, 90, 90), parent=note))
    source = io.BytesIO()
    writer.write(source)
    file = tmp_path / "bound.pdf"
    file.write_bytes(bound(source.getvalue(), source.getvalue()))
    reader = PdfReader(file)
    for page in reader.pages:
        popup = list(page.annotations or [])[-1].get_object()
        assert popup["/Parent"]["/Contents"] == "a note"
        assert popup["/Parent"]["/Popup"].indirect_reference == popup.indirect_reference
    subprocess.run([tool("qpdf"), "--check", file], capture_output=True, check=True)
