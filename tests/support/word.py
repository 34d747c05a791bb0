"""DOCX files as people hand them in: the portal's own written on, foreign ones, broken and wicked ones."""

import io
import zipfile
from collections.abc import Callable, Mapping

from docx import Document
from docx.document import Document as WordDocument

MAIN = "word/document.xml"


def edited(content: bytes, change: Callable[[WordDocument], None]) -> bytes:
    """The file after somebody wrote on it with python-docx."""
    document = Document(io.BytesIO(content))
    change(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def say(document: WordDocument, old: str, new: str) -> None:
    """Replace words of the one paragraph that begins with ``old``."""
    found = [paragraph for paragraph in document.paragraphs if paragraph.text.startswith(old)]
    assert len(found) == 1, f"{old!r} begins {len(found)} paragraphs"
    found[0].runs[0].text = new


def simple(*paragraphs: tuple[str, str]) -> bytes:
    """A foreign file of (style, text), as "Heading 1" and "Normal"."""
    document = Document()
    for style, text in paragraphs:
        document.add_paragraph(text, style)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_parts(content: bytes, changed: Mapping[str, bytes | None]) -> bytes:
    """The archive with parts put in, replaced, or taken out (None)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in changed:
                target.writestr(name, source.read(name))
        for name, part in changed.items():
            if part is not None:
                target.writestr(name, part)
    return stream.getvalue()


def part_of(content: bytes, name: str = MAIN) -> bytes:
    """One part of the archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)
