"""Reading the paragraphs of a DOCX file that somebody uploaded, without being blown up by it.

The archive is judged before anything is unpacked; the text is then read paragraph by paragraph and only up to the first
part on pages of its own, so that annexes of thousands of rows are never read. Nothing outside the file is ever opened.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from lxml import etree

from core.media_type import DOCX, UnsafeFileError, find_media_type
from core.text import normalise
from core.translation import N_

MOST_BYTES = 64 * 1024 * 1024
"""What all parts together may unpack to."""
MOST_TEXT_BYTES = 24 * 1024 * 1024
"""What the part with the text may unpack to."""
MOST_TAGS = 1_500_000
"""Tags that are read of one part: each small one of 24 MB costs a hundred bytes of memory and more."""
MOST_SIGNS = 600_000
"""Signs that are read in all."""
MOST_PARAGRAPHS = 20_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FOREIGN = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BODY, _STYLES, _LINKS = "word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"
_ABOUT, MOST_ABOUT_BYTES = "docProps/core.xml", 64 * 1024
_DC = "{http://purl.org/dc/elements/1.1/}"
_SKIPPED = frozenset({
    f"{_W}del", f"{_W}moveFrom", f"{_W}drawing", f"{_W}pict", f"{_W}object", f"{_W}pPr", f"{_W}rPr", f"{_W}tbl",
    f"{_FOREIGN}AlternateContent"})
"""What holds no text of the paragraph: what was struck out, pictures, frames, properties."""
_ASIDES = (f"{_W}txbxContent", f"{_W}footnoteReference", f"{_W}endnoteReference")
_SOFT_HYPHEN = "\u00ad"
"""Says where a word may be broken; left in, words that look the same would differ."""
_SIGNS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " ", f"{_W}noBreakHyphen": "-"}
_READABLE = {"macro": N_("Tệp có macro. Lưu lại dạng .docx không có macro rồi thử lại."),
             "encrypted": N_("Tệp Word có mật khẩu. Bỏ mật khẩu rồi thử lại."),
             "bomb": N_("Tệp Word quá lớn khi mở ra. Bỏ bớt hình ảnh rồi thử lại."),
             "kind": N_("Đây không phải tệp Word (.docx). Chọn tệp DOCX đã tải từ cổng."),
             "linked": N_("Tệp Word gắn với nội dung ở nơi khác. Bỏ liên kết tới mẫu, tệp ngoài rồi thử lại."),
             "broken": N_("Không đọc được tệp Word này. Mở tệp, lưu lại dạng .docx rồi thử lại.")}


class WordFileError(ValueError):
    """A file that cannot be read; ``message`` is a message id that says what to do."""

    def __init__(self, reason: str) -> None:
        """Remember the message for ``reason``, a key of the table above."""
        super().__init__(reason)
        self.message = _READABLE[reason]


@dataclass(frozen=True, slots=True)
class WordParagraph:
    """One paragraph: its text (NFC, lines parted by line breaks) and the name of its style in small letters."""

    text: str
    style: str = ""
    is_listed: bool = False
    """Whether Word draws a bullet or a number before it that is no part of the text."""
    has_aside: bool = False
    """Whether a text box or a note hangs on it, whose text is not read."""
    is_table: bool = False
    """Stands for a table, whose text is not read."""

    @property
    def level(self) -> int:
        """The level of a heading, 1 and on; 0 for any other paragraph."""
        name, _, number = self.style.rpartition(" ")
        return int(number) if name == "heading" and number.isdecimal() else 0


def read_word_file(data: bytes) -> list[WordParagraph]:
    """The paragraphs of the first part of a DOCX file. Raises WordFileError for what is none, or is not safe."""
    try:
        if find_media_type(io.BytesIO(data)) != DOCX:
            raise WordFileError("kind")
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _guard(archive)
            styles = _style_names(archive)
            with archive.open(_BODY) as part:
                return list(_paragraphs(part, styles))
    except UnsafeFileError as error:
        raise WordFileError(error.reason) from error
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, KeyError, EOFError, OSError, NotImplementedError,
            RuntimeError, ValueError) as error:
        if isinstance(error, WordFileError):
            raise
        raise WordFileError("broken") from error


def read_word_about(data: bytes) -> tuple[str, str]:
    """The title and the first author that a DOCX file says of itself; each empty where it says none."""
    said = {"title": "", "creator": ""}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(_ABOUT) as part:
            content = part.read(MOST_ABOUT_BYTES)
            if b"<!DOCTYPE" not in content:
                root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
                said = {name: normalise(" ".join(root.findtext(f"{_DC}{name}", "").split())) for name in said}
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, KeyError, EOFError, OSError, NotImplementedError,
            RuntimeError, ValueError):
        pass
    return said["title"], said["creator"]


def _guard(archive: zipfile.ZipFile) -> None:
    """Refuse what would unpack to too much, declares entities, or draws on something outside. Raises WordFileError."""
    if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
        raise WordFileError("bomb")
    names = set(archive.namelist())
    for name in (_BODY, _STYLES, _LINKS):
        if name not in names:
            continue
        if archive.getinfo(name).file_size > MOST_TEXT_BYTES:
            raise WordFileError("bomb")
        with archive.open(name) as part:
            head = part.read(4096)
        if b"\0" in head or b"<!DOCTYPE" in head:  # UTF-16 hides what is looked for; no DOCX declares types
            raise WordFileError("broken")
    if _LINKS in names:
        with archive.open(_LINKS) as part:
            for _, link in _walk(part, ("end",)):
                if link.get("TargetMode") == "External" and not str(link.get("Type", "")).endswith("/hyperlink"):
                    raise WordFileError("linked")


def _walk(part: IO[bytes], events: tuple[str, ...], tag: Any = None) -> Iterator[tuple[str, Any]]:
    """The elements of a part as they end; entities are never opened, nothing is fetched."""
    found: Iterator[tuple[str, Any]] = etree.iterparse(
        _Bounded(part), events=events, tag=tag, resolve_entities=False, no_network=True, load_dtd=False,
        huge_tree=False)
    return found


class _Bounded:
    """A part that ends with an error where its directory lied about its size, or where it has too many tags."""

    def __init__(self, part: IO[bytes]) -> None:
        self._part = part
        self._left = MOST_TEXT_BYTES + 1
        self._tags = MOST_TAGS

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        block = self._part.read(min(size, self._left) if size >= 0 else self._left)
        self._left -= len(block)
        self._tags -= block.count(b"<")
        if self._left <= 0 or self._tags < 0:
            raise WordFileError("bomb")
        return block


def _style_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """The names of styles by id, in small letters: a program may give them other ids."""
    if _STYLES not in archive.namelist():
        return {}
    names = {}
    with archive.open(_STYLES) as part:
        for _, style in _walk(part, ("end",), f"{_W}style"):
            name = style.find(f"{_W}name")
            if name is not None:
                names[str(style.get(f"{_W}styleId"))] = str(name.get(f"{_W}val", "")).casefold()
            style.clear()
    return names


def _paragraphs(part: IO[bytes], styles: dict[str, str]) -> Iterator[WordParagraph]:
    """The paragraphs up to the end of the first part. Raises WordFileError beyond the bounds."""
    signs = count = depth = 0
    for event, element in _walk(part, ("start", "end"), (f"{_W}p", f"{_W}tbl")):
        if element.tag == f"{_W}tbl":
            depth += 1 if event == "start" else -1
            if event == "end" and depth == 0:
                element.clear()
                yield WordParagraph("", is_table=True)
            continue
        if event == "start" or depth or _is_inside_paragraph(element):
            continue
        found = _paragraph(element, styles)
        ends = element.find(f"{_W}pPr/{_W}sectPr") is not None
        element.clear()
        signs, count = signs + len(found.text), count + 1
        if signs > MOST_SIGNS or count > MOST_PARAGRAPHS:
            raise WordFileError("bomb")
        yield found
        if ends:
            return


def _is_inside_paragraph(element: Any) -> bool:
    """Whether a paragraph stands in a frame inside another one."""
    return next(element.iterancestors(f"{_W}p"), None) is not None


def _paragraph(element: Any, styles: dict[str, str]) -> WordParagraph:
    """One paragraph of the file."""
    about = element.find(f"{_W}pPr")
    key = about.find(f"{_W}pStyle") if about is not None else None
    style = styles.get(str(key.get(f"{_W}val")), "") if key is not None else ""
    listed = about is not None and about.find(f"{_W}numPr") is not None
    has_aside = next(element.iter(*_ASIDES), None) is not None
    return WordParagraph(normalise("".join(_texts(element)).replace(_SOFT_HYPHEN, "")), style, listed, has_aside)


def _texts(element: Any) -> Iterator[str]:
    """The texts of a paragraph in order, without what was struck out."""
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _texts(child)


__all__ = ["WordFileError", "WordParagraph", "read_word_about", "read_word_file"]
