"""Readers of DOCX files for the tests: words, styles, parts, pictures, and the PDF that LibreOffice makes of one."""

import io
import os
import struct
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from lxml import etree

from tests.support.missing import tool

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FONTS = Path(__file__).resolve().parents[2] / "data" / "fonts"
_WORDS_RECORD = 84


class WordReader:
    """A DOCX file, read by python-docx and as plain XML."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.document: WordDocument = Document(io.BytesIO(content))
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.body = etree.fromstring(self.parts["word/document.xml"])

    def text(self) -> str:
        """All words of the text, of tables, of charts and of the foot, blanks made single."""
        texts = [text for root in self._roots() for text in _paragraph_texts(root)]
        return " ".join(" ".join([*texts, *self.chart_words()]).split())

    def _roots(self) -> Iterator[Any]:
        yield self.body
        for name, content in self.parts.items():
            if name.startswith("word/footer"):
                yield etree.fromstring(content)

    def chart_words(self) -> Iterator[str]:
        """The lines of words in the charts' metafiles."""
        for name, content in self.parts.items():
            if name.startswith("word/media/"):
                yield from metafile_words(content)

    def tables(self) -> list[Any]:
        """The ruled tables of the document."""
        styles = ((table, table.find(f"{W}tblPr/{W}tblStyle").get(f"{W}val")) for table in self.body.iter(f"{W}tbl"))
        return [table for table, style in styles if style == "Grid"]


def _paragraph_texts(root: Any) -> Iterator[str]:
    """The text of each paragraph; line breaks as blanks."""
    for paragraph in root.iter(f"{W}p"):
        yield "".join(node.text or "" if node.tag == f"{W}t" else " " for node in paragraph.iter(f"{W}t", f"{W}br"))


def metafile_words(content: bytes) -> Iterator[str]:
    """The texts of a metafile, record by record."""
    start = 0
    while start < len(content):
        kind, size = struct.unpack_from("<II", content, start)
        if kind == _WORDS_RECORD:
            count, offset = struct.unpack_from("<II", content, start + 44)
            yield content[start + offset:start + offset + 2 * count].decode("utf-16-le")
        start += size


def printed_by_office(content: bytes, folder: Path) -> bytes:
    """The PDF that LibreOffice makes of a DOCX file, with the portal's typeface for Times New Roman."""
    settings = folder / "fonts.conf"
    settings.write_text(
        f'<?xml version="1.0"?><fontconfig><dir>{FONTS}</dir><cachedir>{folder}/cache</cachedir>'
        '<match target="pattern"><test name="family"><string>Times New Roman</string></test>'
        '<edit name="family" mode="assign" binding="strong"><string>Tinos</string></edit></match></fontconfig>',
        encoding="utf-8")
    path = folder / "document.docx"
    path.write_bytes(content)
    subprocess.run(
        [tool("soffice"), "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf",
         "--outdir", str(folder), str(path)],
        check=True, capture_output=True, timeout=120, env={**os.environ, "FONTCONFIG_FILE": str(settings)})
    return path.with_suffix(".pdf").read_bytes()
