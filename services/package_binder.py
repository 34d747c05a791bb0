"""Binds many printed papers into one PDF that grows in a file: no paper stays in memory when the next one comes.

What papers have in common, as their fonts, is written once: an object is written after those that it refers to, so that
equal objects have equal bytes and are known again by their hash. All that is kept is a place and a hash an object. The
file's parts are those of ISO 32000-1, 7.5: a head, the objects, the table of their places, a trailer.
"""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, PdfObject

HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
"""The version, and a remark of signs beyond ASCII, by which programs see that the file is binary (7.5.2)."""
_OPEN = 0
"""In place of a number: the object is being read, and nothing within it has referred back to it yet."""


@dataclass(slots=True)
class Bookmark:
    """A line of the outline: its words, the number of the page that it leads to, and the lines below it."""

    title: str
    page: int
    below: list["Bookmark"] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many lines there are below it."""
        return sum(1 + mark.count for mark in self.below)


class Binder:
    """One PDF in ``file``, which is empty. Numbers are those of objects."""

    def __init__(self, file: BinaryIO) -> None:
        """Begin the file."""
        self.file = file
        self._size = file.write(HEAD)
        self._places: list[int] = []
        self._known: dict[bytes, int] = {}
        self._tree = self.reserve()
        self._papers: list[int] = []
        self._pages = 0

    def add(self, paper: bytes) -> int:
        """Write all pages of a printed paper; the result is the number of its first page."""
        pages = list(PdfReader(io.BytesIO(paper)).pages)
        branch, leaves = self.reserve(), [self.reserve() for _page in pages]
        copy = _Copy(self)
        for page, number in zip(pages, leaves, strict=True):
            assert page.indirect_reference is not None  # it was read from a file
            copy.numbers[page.indirect_reference.idnum] = number
        for page, number in zip(pages, leaves, strict=True):
            del page["/Parent"]
            copy.settle(page)
            page[NameObject("/Parent")] = IndirectObject(branch, 0, None)
            self.write(number, _bytes(page))
        self._write_branch(branch, leaves, len(leaves), f"/Parent {self._tree} 0 R ")
        self._papers.append(branch)
        self._pages += len(leaves)
        return leaves[0]

    def finish(self, title: str, bookmarks: Sequence[Bookmark]) -> None:
        """Write the tree of pages, the outline of at least one line, and what closes the file."""
        self._write_branch(self._tree, self._papers, self._pages)
        outline = self.reserve()
        ends = self._write_outline(bookmarks, outline)
        count = sum(1 + mark.count for mark in bookmarks)
        self.write(outline, f"<< /Type /Outlines {ends} /Count {count} >>".encode())
        root, info = self.reserve(), self.reserve()
        self.write(root, f"<< /Type /Catalog /Pages {self._tree} 0 R /Outlines {outline} 0 R /PageMode /UseOutlines "
                         "/ViewerPreferences << /DisplayDocTitle true >> /Lang (vi) >>".encode())
        self.write(info, f"<< /Title {_text(title)} >>".encode())
        self.file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(self._places) + 1))
        self.file.writelines(b"%010d 00000 n \n" % place for place in self._places)
        self.file.write(b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
            len(self._places) + 1, root, info, self._size))

    def reserve(self) -> int:
        """The number of an object that is to be written."""
        self._places.append(0)
        return len(self._places)

    def write(self, number: int, data: bytes) -> None:
        """Write the object of a number."""
        self._places[number - 1] = self._size
        self._size += self.file.write(b"%d 0 obj\n%b\nendobj\n" % (number, data))

    def share(self, data: bytes) -> int:
        """The number of an object with these bytes, which are written unless they stand there."""
        key = hashlib.sha256(data).digest()
        number = self._known.get(key)
        if number is None:
            number = self._known[key] = self.reserve()
            self.write(number, data)
        return number

    def _write_branch(self, number: int, kids: Sequence[int], count: int, parent: str = "") -> None:
        """Write a node of the tree of pages."""
        listed = " ".join(f"{kid} 0 R" for kid in kids)
        self.write(number, f"<< /Type /Pages {parent}/Kids [{listed}] /Count {count} >>".encode())

    def _write_outline(self, bookmarks: Sequence[Bookmark], parent: int) -> str:
        """Write lines and those below them; the result names the first and the last."""
        lines = [self.reserve() for _mark in bookmarks]
        for place, mark in enumerate(bookmarks):
            beside = f"/Prev {lines[place - 1]} 0 R " if place else ""
            beside += f"/Next {lines[place + 1]} 0 R " if place + 1 < len(lines) else ""
            below = f"{self._write_outline(mark.below, lines[place])} /Count {mark.count} " if mark.below else ""
            self.write(lines[place], f"<< /Title {_text(mark.title)} /Parent {parent} 0 R {beside}{below}"
                                     f"/Dest [{mark.page} 0 R /Fit] >>".encode())
        return f"/First {lines[0]} 0 R /Last {lines[-1]} 0 R"


class _Copy:
    """Carries the objects of one paper over: each reference is turned into that of the object in the new file."""

    def __init__(self, binder: Binder) -> None:
        """Begin with no object carried over."""
        self.binder = binder
        self.numbers: dict[int, int] = {}
        """The number in the new file of each object of the paper."""

    def settle(self, value: PdfObject) -> None:
        """Turn every reference within a value that was read."""
        if isinstance(value, DictionaryObject):
            for key, part in list(value.items()):
                value[key] = self._settled(part)
        elif isinstance(value, ArrayObject):
            for place, part in enumerate(value):
                value[place] = self._settled(part)

    def _settled(self, value: PdfObject) -> PdfObject:
        """A value with its references turned."""
        if isinstance(value, IndirectObject):
            return IndirectObject(self._carry(value), 0, None)
        self.settle(value)
        return value

    def _carry(self, reference: IndirectObject) -> int:
        """The number of what a reference leads to, after all that it refers to itself."""
        known = self.numbers.get(reference.idnum)
        if known is not None:
            if known == _OPEN:  # it refers to itself by way of others: it gets a number of its own and is not shared
                known = self.numbers[reference.idnum] = self.binder.reserve()
            return known
        self.numbers[reference.idnum] = _OPEN
        value = reference.get_object()
        assert value is not None
        self.settle(value)
        number, data = self.numbers[reference.idnum], _bytes(value)
        if number == _OPEN:
            number = self.numbers[reference.idnum] = self.binder.share(data)
        else:
            self.binder.write(number, data)
        return number


def _bytes(value: PdfObject) -> bytes:
    """A value as it stands in a file."""
    with io.BytesIO() as written:
        value.write_to_stream(written)
        return written.getvalue()


def _text(words: str) -> str:
    """Words as a text string: UTF-16 with its mark, in hexadecimal (7.9.2.2)."""
    return f"<FEFF{words.encode('utf-16-be').hex().upper()}>"


__all__ = ["Binder", "Bookmark"]
