"""A chart in a DOCX file: its title, its vectors (``metafile``), its figures for whoever cannot see it."""

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from reportlab.pdfbase.pdfmetrics import stringWidth

from exports.fonts import BOLD, REGULAR, printable
from exports.layout.picture import Picture
from exports.word import metafile
from exports.word.markup import Set, attribute, paragraph, run
from exports.word.scribe import Scribe

EMU = 12700
"""English metric units a point, the measure of drawings."""
BELOW_CAPTION = 4.0
_EMF = "image/x-emf"


class Gallery:
    """The pictures of one file, numbered."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._count = 0

    def hang(self, scribe: Scribe, block: Picture) -> list[str]:
        """The title and the picture, kept on one page."""
        scribe.measure(block)
        side = scribe.side(block.lines, scribe.width)
        caption = run(scribe.balanced(block.caption, block.lines))
        content = metafile.draw(block.chart, _measure, lambda text: printable(text)[0])
        scribe.note(shape.text for shape in block.chart.shapes if hasattr(shape, "text"))
        self._count += 1
        key = add_picture(self._part, f"/word/media/chart{self._count}.emf", content)
        size = (block.chart.width * block.scale, block.chart.height * block.scale)
        drawn = inline_picture(key, self._count, scribe.words(block.caption), _described(scribe, block), size)
        return [paragraph("Caption", caption, Set(left=side, right=side, before=block.gap)),
                paragraph("Picture", drawn, Set(before=BELOW_CAPTION))]



def add_picture(part: Part, name: str, content: bytes) -> str:
    """Put a metafile into the package under ``name``, once, and return the key by which ``part`` shows it."""
    package = part.package
    known = next((other for other in package.iter_parts() if other.partname == name), None)
    return part.relate_to(known or Part(PackURI(name), _EMF, content, package), RELATIONSHIP_TYPE.IMAGE)


def inline_picture(key: str, number: int, name: str, description: str, size: tuple[float, float]) -> str:
    """The run that shows a picture of ``size`` points in the line of the text."""
    extent = f'cx="{round(size[0] * EMU)}" cy="{round(size[1] * EMU)}"'
    label = f'id="{number}" name="{attribute(name)}" descr="{attribute(description)}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f'<wp:docPr {label}/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/>'
        '</wp:cNvGraphicFramePr><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr {label}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{key}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        '</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>')


def _measure(text: str, size: float, bold: bool) -> float:
    """The width of a text in the paper's face."""
    width: float = stringWidth(text, BOLD if bold else REGULAR, size)
    return width


def _described(scribe: Scribe, block: Picture) -> str:
    """The table behind the chart in words: "Báo chí: 120; Facebook: 75"."""
    rows = ("; ".join(": ".join(filter(None, (row[0], ", ".join(row[1:])))) for row in block.chart.rows))
    return scribe.words(f"{block.chart.title}. {rows}")


__all__ = ["Gallery", "add_picture", "inline_picture"]
