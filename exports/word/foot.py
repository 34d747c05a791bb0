"""The foot of every page of a DOCX file: the mark of a draft, or the code of a frozen version with its QR code."""

from docx.opc.part import XmlPart

from exports.fonts import printable
from exports.layout.code_mark import BOTTOM, HEIGHT, SIZE, CodeMark
from exports.layout.preset import TEXT_WIDTH
from exports.layout.qr import QUIET, modules
from exports.layout.sheet import DRAFT_MARK
from exports.word.markup import Set, paragraph, run, twips
from exports.word.metafile import RECTANGLE, Metafile
from exports.word.picture import add_picture, inline_picture

GREY = "595959"
DRAFT_GREY = "737373"
DRAFT_DISTANCE, MARK_DISTANCE = 23.0, BOTTOM
"""From the edge of the sheet to the foot, points."""
_OVERLAP = 0.02
"""Neighbouring modules overlap by so many points, so that no program leaves hair lines between them."""
_PART = "/word/media/code.emf"


def draft_foot() -> str:
    """The word that marks a draft, grey, in the middle."""
    return paragraph("Footer", _grey(run(DRAFT_MARK), DRAFT_GREY))


def code_foot(part: XmlPart, mark: CodeMark) -> str:
    """The code and where it is checked beside its QR code, at the right edge of the text; ``part`` is the footer's."""
    key = add_picture(part, _PART, code_picture(mark.content))
    picture = inline_picture(key, 9001, mark.lines[0], mark.content, (HEIGHT, HEIGHT))
    lines = "".join(paragraph("Footer", _grey(run(printable(line)[0], bold=False, size=SIZE), GREY), Set(align="right"))
                    for line in mark.lines)
    widths = (TEXT_WIDTH - HEIGHT, HEIGHT)
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'
        for width, content in zip(widths, (lines, paragraph("Picture", picture)), strict=True))
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    return (f'<w:tbl><w:tblPr><w:tblStyle w:val="Frame"/><w:tblW w:w="{twips(TEXT_WIDTH)}" w:type="dxa"/>'
            '<w:jc w:val="right"/><w:tblLayout w:type="fixed"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid><w:tr>{cells}</w:tr></w:tbl>{paragraph('Spacer', how=Set(height=1.0))}")


def code_picture(content: str) -> bytes:
    """A QR code with the white that it needs around it, ``HEIGHT`` points wide, as vectors."""
    rows = modules(content)
    step = HEIGHT / (len(rows) + 2 * QUIET)
    file = Metafile(HEIGHT, HEIGHT)
    for line, row in enumerate(rows):
        top = (QUIET + line) * step
        for place, is_black in enumerate(row):
            if is_black:
                left = (QUIET + place) * step
                file.fill(RECTANGLE, "#000000", (left, top, left + step + _OVERLAP, top + step + _OVERLAP))
    return file.finish()


def _grey(markup: str, colour: str) -> str:
    """A run in a lighter ink."""
    ink = f'<w:color w:val="{colour}"/>'
    if "<w:sz " in markup:
        return markup.replace("<w:sz ", f"{ink}<w:sz ", 1)
    return markup.replace("<w:r>", f"<w:r><w:rPr>{ink}</w:rPr>", 1)


__all__ = ["DRAFT_DISTANCE", "MARK_DISTANCE", "code_foot", "code_picture", "draft_foot"]
