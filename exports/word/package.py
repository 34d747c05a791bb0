"""The file around a DOCX document: pages and page numbers of each part, properties, and the same bytes each time."""

import io
import zipfile
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.section import _BaseHeaderFooter
from lxml import etree

from exports.layout import preset
from exports.layout.code_mark import CodeMark
from exports.layout.sheet import CREATOR, LANDSCAPE
from exports.word.foot import DRAFT_DISTANCE, MARK_DISTANCE, code_foot, draft_foot
from exports.word.markup import NAMESPACES, attribute, paragraph, twips
from exports.word.styles import LANGUAGE

_STORED_AT = (1980, 1, 1, 0, 0, 0)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""What a file says of its time: the portal's own PDF files say the same, so that equal input gives equal bytes."""
_HEADER_DISTANCE = preset.TOP / 2 - 8.0
_KEPT = {RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS}
_SETTINGS = (
    f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '<w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="1"/></w:compat>'
    f'<w:themeFontLang w:val="{LANGUAGE}"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
)


class WordFile:
    """A DOCX file to be filled: python-docx's blank one without its styles, pictures and foreign parts."""

    def __init__(self, title: str, author: str, subject: str, *, is_draft: bool, mark: CodeMark | None = None) -> None:
        self.document: WordDocument = Document()
        self._is_draft, self._mark = is_draft, mark
        part = self.document.part
        for key in [key for key, relation in part.rels.items() if relation.reltype not in _KEPT]:
            del part.rels[key]
        package = part.package
        for key, relation in list(package.rels.items()):
            if relation.reltype.endswith("/thumbnail"):
                del package.rels[key]
        self._describe(title, author, subject)
        _replace(self.document.settings.element, _SETTINGS)
        self._references = self._frame()

    def _describe(self, title: str, author: str, subject: str) -> None:
        """Say what the file is, in the fields that Word shows (255 signs each)."""
        about = self.document.core_properties
        about.title, about.author, about.subject = title[:255], author[:255], subject[:255]
        about.last_modified_by = author[:255]
        about.language, about.comments, about.keywords, about.category = LANGUAGE, "", "", ""
        about.created = about.modified = _EPOCH
        about.revision = 1
        for relation in self.document.part.package.rels.values():
            if relation.reltype == RELATIONSHIP_TYPE.EXTENDED_PROPERTIES:
                relation.target_part._blob = (  # a plain part has no other way in
                    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
                    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
                    f"<Application>{attribute(CREATOR)}</Application></Properties>").encode()

    def _frame(self) -> str:
        """Make header and footer, and the references to them that each part carries."""
        section = self.document.sections[0]
        section.different_first_page_header_footer = True
        number = paragraph("Header", '<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>')
        for header, content in ((section.header, number), (section.first_page_header, paragraph("Header"))):
            _fill(header, content)
        for footer in (section.footer, section.first_page_footer):
            footer.is_linked_to_previous = False
            _fill(footer, self._foot(footer.part))
        kept = [child for child in section._sectPr if child.tag.endswith("Reference")]
        return "".join(etree.tostring(child, encoding="unicode") for child in kept)

    def _foot(self, part: XmlPart) -> str:
        """What stands at the foot of every page."""
        if self._is_draft:
            return draft_foot()
        return code_foot(part, self._mark) if self._mark is not None else paragraph("Footer")

    def section(self, orientation: str) -> str:
        """The properties of a part: paper, margins, numbers from 1, none on its first page (annex I, I and III)."""
        width, height = twips(preset.PAGE_WIDTH), twips(preset.PAGE_HEIGHT)
        size = f'w:w="{width}" w:h="{height}"'
        if orientation == LANDSCAPE:
            size = f'w:w="{height}" w:h="{width}" w:orient="landscape"'
        margins = " ".join(f'w:{side}="{twips(room)}"' for side, room in (
            ("top", preset.TOP), ("right", preset.RIGHT), ("bottom", preset.BOTTOM), ("left", preset.LEFT),
            ("header", _HEADER_DISTANCE), ("footer", MARK_DISTANCE if self._mark else DRAFT_DISTANCE), ("gutter", 0)))
        return (f'<w:sectPr>{self._references}<w:type w:val="nextPage"/><w:pgSz {size}/><w:pgMar {margins}/>'
                '<w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>')

    def save(self, styles: str, body: list[str], last: str) -> bytes:
        """The finished file of ready blocks; ``last`` are the properties of the last part."""
        _replace(self.document.styles.element, styles)
        content = f"<w:body {NAMESPACES}>{''.join(body)}{last}</w:body>"
        root = self.document.element
        root.replace(root.body, parse_xml(content))
        stream = io.BytesIO()
        self.document.save(stream)
        return _settled(stream)


def _fill(frame: _BaseHeaderFooter, markup: str) -> None:
    """Put ready blocks into a header or footer of the file's own."""
    frame.is_linked_to_previous = False
    _replace(frame._element, f"<w:hdr {NAMESPACES}>{markup}</w:hdr>")


def _replace(root: etree._Element, markup: str) -> None:
    """Put other children into a part's root."""
    for child in list(root):
        root.remove(child)
    root.extend(list(parse_xml(markup)))


def _settled(stream: io.BytesIO) -> bytes:
    """The archive without the time at which it was written."""
    settled = io.BytesIO()
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _STORED_AT)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0, 0
            target.writestr(entry, source.read(name))
    return settled.getvalue()


__all__ = ["WordFile"]
