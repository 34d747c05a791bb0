"""WordprocessingML in strings: runs, paragraphs, rules. Lengths are points; a table of 700 rows is one string.

Whatever a person wrote stands in ``w:t`` alone, escaped, so that no name or text ever becomes a field.
"""

from dataclasses import dataclass
from xml.sax.saxutils import escape

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
TWIPS = 20
"""Twentieths of a point, Word's measure of lengths."""
EIGHTHS = 8
"""Eighths of a point, Word's measure of rules."""


@dataclass(frozen=True, slots=True)
class Set:
    """How one paragraph departs from its style: indents, spaces and heights in points, a rule below it."""

    left: float = 0.0
    right: float = 0.0
    first: float | None = None
    """Of the first line beside ``left``; negative hangs."""
    before: float | None = None
    height: float = 0.0
    """The exact height of a line; 0 leaves the style's."""
    align: str = ""
    keeps_next: bool = False
    rule: float = 0.0
    """The weight of a rule below."""


PLAIN = Set()
BREAK = "<w:r><w:br/></w:r>"
"""The end of a line inside a paragraph."""
_ALIGNS = {"left": "left", "centre": "center", "right": "right", "justify": "both"}


def twips(points: float) -> int:
    """A length in Word's measure: ``twips(36)`` is 720."""
    return round(points * TWIPS)


def align_of(align: str) -> str:
    """Word's name of an alignment: "centre" is "center"."""
    return _ALIGNS[align]


def attribute(text: str) -> str:
    """A text inside an attribute."""
    return escape(text, {'"': "&quot;"})


def run(text: str, *, bold: bool | None = None, italic: bool | None = None, size: float = 0.0) -> str:
    """A run of printable text; None and 0 leave what the style says."""
    if not text:
        return ""
    marks = _switch("b", bold) + _switch("i", italic)
    if size:
        marks += f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'
    face = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    return f'<w:r>{face}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _switch(name: str, is_on: bool | None) -> str:
    """A mark that is on, off, or left to the style."""
    if is_on is None:
        return ""
    return f"<w:{name}/>" if is_on else f'<w:{name} w:val="0"/>'


def paragraph(style: str, runs: str = "", how: Set = PLAIN, section: str = "") -> str:
    """A paragraph of ready runs in a style; ``section`` ends a section with it."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{settings(how)}{section}</w:pPr>{runs}</w:p>'


def settings(how: Set) -> str:
    """What stands in a paragraph's properties, in the order of the schema."""
    if how is PLAIN:
        return ""
    parts = ["<w:keepNext/>"] if how.keeps_next else []
    if how.rule:
        parts.append(f'<w:pBdr><w:bottom w:val="single" w:sz="{round(how.rule * EIGHTHS)}" w:space="0" '
                     'w:color="000000"/></w:pBdr>')
    spacing = "" if how.before is None else f' w:before="{twips(how.before)}"'
    if how.height:
        spacing += f' w:line="{twips(how.height)}" w:lineRule="exact"'
    if spacing:
        parts.append(f"<w:spacing{spacing}/>")
    if how.left or how.right or how.first is not None:
        parts.append(f'<w:ind w:left="{twips(how.left)}" w:right="{twips(how.right)}"{_first(how.first)}/>')
    if how.align:
        parts.append(f'<w:jc w:val="{align_of(how.align)}"/>')
    return "".join(parts)


def _first(first: float | None) -> str:
    """The indent of a first line, hanging where it is negative."""
    if first is None:
        return ""
    return f' w:firstLine="{twips(first)}"' if first >= 0 else f' w:hanging="{twips(-first)}"'


def spacer(height: float, *, keeps_next: bool = True) -> str:
    """An empty line of an exact height: what parts a table from the text above it."""
    return paragraph("Spacer", how=Set(height=max(height, 1.0), keeps_next=keeps_next))


def rule(width: float, length: float, weight: float, drop: float = 3.0) -> str:
    """A rule of ``length`` drawn in the middle of ``width``, ``drop`` below the text above; never an underline."""
    side = max((width - length) / 2, 0.0)
    return paragraph("Spacer", how=Set(left=side, right=side, height=drop, rule=weight, keeps_next=True))


def bare_table(widths: tuple[float, ...], rows: list[tuple[str, ...]]) -> str:
    """A table without rules or margins, of cells that hold ready paragraphs; its rows are never broken."""
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    body = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>" + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
            for width, cell in zip(widths, cells, strict=True)) + "</w:tr>"
        for cells in rows)
    return ('<w:tbl><w:tblPr><w:tblStyle w:val="Frame"/>'
            f'<w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>")
