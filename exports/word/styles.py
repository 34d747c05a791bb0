"""The styles of a DOCX file, made from the paper's own (exports/layout/preset.py): Times New Roman, measured in points.

Word shows their names to whoever goes on writing; built-in names are those that Word translates by itself.
"""

from dataclasses import replace
from html import escape

from exports.fonts import BOLD, BOLD_ITALIC, ITALIC, REGULAR
from exports.layout import closing, preset
from exports.layout.preset import Style
from exports.layout.rows import LIFT, PADDING, TableStyle
from exports.word.contents import STYLES as CONTENTS
from exports.word.contents import TABS
from exports.word.markup import NAMESPACES, align_of, twips

FONT = "Times New Roman"
LANGUAGE = "vi-VN"
BODY, CLOSING = "BodyText", "Closing"
CAPTION_NAME, CLOSING_NAME, NOTE_NAME = "caption", "Lời kết", "Ghi chú"
"""By these a file that was written on is read again."""
HEADINGS = ("Heading1", "Heading2", "Heading3")
_NAMES: dict[str, tuple[str, Style]] = {
    "BodyText": ("Body Text", preset.BODY),
    CLOSING: (CLOSING_NAME, preset.BODY),
    "Basis": ("Căn cứ", preset.BASIS),
    "Unsaid": ("Chưa có nội dung", preset.UNSAID),
    "Caption": (CAPTION_NAME, preset.CAPTION),
    "Note": (NOTE_NAME, preset.NOTE),
    "Kind": ("Tên loại, trích yếu", preset.KIND),
    "Picture": ("Hình vẽ", Style(align="centre", leading=10, size=4)),
    "Reference": ("Kèm theo", preset.REFERENCE),
    "AppendixTitle": ("Tên phụ lục", preset.TITLE),
    "Letterhead": ("Đầu văn bản", replace(preset.KIND, face=REGULAR, leading=15.9, size=13)),
    "Addressees": ("Kính gửi", preset.REGULAR_LINE),
    "Recipients": ("Nơi nhận", closing.LABEL),
    "RecipientList": ("Danh sách nơi nhận", closing.LIST),
    "Signer": ("Người ký", closing.SIGNER),
    "Header": ("header", Style(size=preset.PAGE_NUMBER_SIZE, leading=16, align="centre")),
    "Footer": ("footer", Style(face=BOLD, size=11, leading=13, align="centre")),
    "Spacer": ("Khoảng cách", Style(size=1, leading=1)),
}
"""Style by its id: the name that Word shows, and how lines are set."""
_STANDING = {style: key for key, (_, style) in reversed(_NAMES.items())}
_KEPT = frozenset({"Caption", "Kind", "Reference", "AppendixTitle", "Signer", "Recipients"})
_TITLES = frozenset({"AppendixTitle"})
"""Styles that stand in Word's navigation beside the headings."""


class Styles:
    """The styles that one file uses; sizes of tables are added as they are met."""

    def __init__(self) -> None:
        self.has_contents = False
        self._cells: dict[tuple[float, float], str] = {}
        self._others: dict[Style, str] = {}

    def of(self, style: Style) -> str:
        """The id of the style that sets lines so."""
        known = _STANDING.get(style)
        return known or self._others.setdefault(style, f"Text{len(self._others) + 1}")

    def cell(self, style: TableStyle) -> str:
        """The id of the style of a table's cells."""
        return self._cells.setdefault((style.size, style.leading), f"Cell{round(style.size * 2)}x{len(self._cells)}")

    def xml(self) -> str:
        """The whole part."""
        parts = [_DEFAULTS, _NORMAL, *(_heading(level) for level in range(3))]
        parts += [_paragraph(key, name, style) for key, (name, style) in _NAMES.items()]
        if self.has_contents:
            parts += [_contents(key, name, style) for key, (name, style) in CONTENTS.items()]
        parts += [_paragraph(key, f"Đoạn {key[4:]}", style) for style, key in self._others.items()]
        for (size, leading), key in self._cells.items():
            parts.append(_paragraph(key, f"Ô bảng {key[4:]}", Style(size=size, leading=leading)))
        return f"<w:styles {NAMESPACES}>{''.join(parts)}{_TABLES}</w:styles>"


def _paragraph(key: str, name: str, style: Style) -> str:
    """One style of paragraphs."""
    keep = "<w:keepNext/>" if key in _KEPT else ""
    level = '<w:outlineLvl w:val="0"/>' if key in _TITLES else ""
    return (f'<w:style w:type="paragraph" w:customStyle="{int(name[0].isupper() and name != "Body Text")}" '
            f'w:styleId="{key}"><w:name w:val="{escape(name)}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
            f"<w:pPr>{keep}{_setting(style)}{level}</w:pPr>{_face(style)}</w:style>")


def _contents(key: str, name: str, style: Style) -> str:
    """One style of the contents: their title on a page of its own, or lines with dots up to a page number."""
    marks = "<w:pageBreakBefore/>" if style.align == "centre" else TABS
    return (f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
            f'<w:uiPriority w:val="39"/><w:pPr>{marks}{_setting(style)}</w:pPr>{_face(style)}</w:style>')


def _heading(level: int) -> str:
    """A heading: level 1 and 2 bold, 3 plain (Decree 30/2020, annex I, II.6đ); capitals are typed."""
    style = preset.SECTION if level < 2 else preset.POINT
    return (f'<w:style w:type="paragraph" w:styleId="{HEADINGS[level]}"><w:name w:val="heading {level + 1}"/>'
            f'<w:basedOn w:val="Normal"/><w:next w:val="{BODY}"/><w:uiPriority w:val="9"/><w:qFormat/>'
            f'<w:pPr><w:keepNext/><w:keepLines/>{_setting(style)}<w:outlineLvl w:val="{level}"/></w:pPr>'
            f"{_face(style)}</w:style>")


def _setting(style: Style) -> str:
    """Spaces, indents and alignment of a style."""
    indent = ""
    if style.first or style.left:
        indent = f'<w:ind w:left="{twips(style.left)}" w:firstLine="{twips(style.first)}"/>'
    return (f'<w:spacing w:before="{twips(style.gap)}" w:after="0" w:line="{twips(style.leading)}" '
            f'w:lineRule="atLeast"/>{indent}<w:jc w:val="{align_of(style.align)}"/>')


def _face(style: Style) -> str:
    """Face and size of a style."""
    bold = "<w:b/><w:bCs/>" if style.face in (BOLD, BOLD_ITALIC) else ""
    italic = "<w:i/><w:iCs/>" if style.face in (ITALIC, BOLD_ITALIC) else ""
    size = round(style.size * 2)
    return f'<w:rPr>{bold}{italic}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'


_FONTS = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
_DEFAULTS = (
    f"<w:docDefaults><w:rPrDefault><w:rPr>{_FONTS}"
    f'<w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="{LANGUAGE}"/>'
    "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
)
_NORMAL = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    f"<w:pPr><w:widowControl/></w:pPr><w:rPr>{_FONTS}</w:rPr></w:style>"
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
)
_EDGES = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
                 for side in ("top", "left", "bottom", "right", "insideH", "insideV"))


def _margins(lift: float, padding: float) -> str:
    """The space around the text of a cell."""
    return "<w:tblCellMar>" + "".join(
        f'<w:{side} w:w="{twips(room)}" w:type="dxa"/>'
        for side, room in (("top", lift), ("left", padding), ("bottom", lift), ("right", padding))
    ) + "</w:tblCellMar>"


_TABLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    f'<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{_margins(0, 0)}</w:tblPr>'
    '</w:style><w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/>'
    f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{_EDGES}</w:tblBorders>{_margins(LIFT, PADDING)}'
    '</w:tblPr></w:style><w:style w:type="table" w:customStyle="1" w:styleId="Frame"><w:name w:val="Khung chữ"/>'
    '<w:basedOn w:val="TableNormal"/></w:style>'
)
