"""The file of a package: a ZIP with a list of what is in it and what is missing, or one PDF with bookmarks.

Papers are printed one by one from their frozen versions, to the same bytes as on their own pages.
"""

import hashlib
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy.orm import Session

from core.dates import local_day
from core.storage import FileStore
from exports.list_book import ListBook, build
from exports.lists.package import PAPERS, PackedPaper
from models.requirement import Requirement
from models.submission import SubmissionVersion
from queries.package import Content
from services.issue import FOLDER as ISSUED
from services.package_binder import Binder, Bookmark
from services.version_paper import print_version

LIST_NAME = "00-danh-sach.xlsx"
Tell = Callable[[int], None]
"""Called with the number of papers that are in; raises to stop."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One version in a package."""

    version_id: int
    path: str
    """Within the ZIP, as "01-phong-.../TH-193-02-truong-...-bao-cao-ban-2.pdf"."""
    above: str
    """The office that it reports to."""
    unit: str


def _printed(session: Session, papers: Sequence[Paper], folder: Path, tell: Tell) -> Iterator[tuple[Paper, bytes]]:
    """Each paper with its PDF; nothing is held while the next is printed."""
    store = FileStore(folder / ISSUED)
    for number, paper in enumerate(papers, start=1):
        pages = print_version(session, session.get_one(SubmissionVersion, paper.version_id), store)
        session.commit()
        yield paper, pages
        tell(number)


@contextmanager
def write_zip(session: Session, requirement: Requirement, contents: Sequence[Content], papers: Sequence[Paper],
              folder: Path, tell: Tell, at: datetime) -> Iterator[BinaryIO]:
    """A ZIP of the papers, with the list of all units first in its folder."""
    title, stamp = requirement.title, local_day(at)
    when = (stamp.year, stamp.month, stamp.day, 0, 0, 0)
    hashes: dict[int, tuple[str, str]] = {}
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            for paper, pages in _printed(session, papers, folder, tell):
                archive.writestr(zipfile.ZipInfo(paper.path, when), pages)
                hashes[paper.version_id] = paper.path, hashlib.sha256(pages).hexdigest()
            archive.writestr(zipfile.ZipInfo(LIST_NAME, when), _list(title, contents, hashes, at))
        file.seek(0)
        yield file


def _list(title: str, contents: Sequence[Content], hashes: dict[int, tuple[str, str]], at: datetime) -> bytes:
    """Every unit that owes the paper: what is in the package, and who is missing."""
    rows = [PackedPaper(
        content.parent_name, content.line.unit_code, content.line.unit_name, content.line.state_label, content.number,
        content.document_number, content.submitted_at, *hashes.get(content.version_id or 0, ("", "")))
        for content in contents]
    facts = [("Số đơn vị phải nộp", len(rows)), ("Số đơn vị có trong gói", len(hashes)),
             ("Số đơn vị chưa có", len(rows) - len(hashes))]
    return build(ListBook(title, PAPERS, rows, "", local_day(at), [("Báo cáo", title)], facts))


@contextmanager
def write_pdf(session: Session, requirement: Requirement, contents: Sequence[Content], papers: Sequence[Paper],
              folder: Path, tell: Tell, at: datetime) -> Iterator[BinaryIO]:
    """One PDF of the papers, a bookmark for each office and below it one for each unit; fonts stand in it once."""
    bookmarks: list[Bookmark] = []
    with tempfile.TemporaryFile() as file:
        binder = Binder(file)
        for paper, pages in _printed(session, papers, folder, tell):
            first = binder.add(pages)
            if not bookmarks or bookmarks[-1].title != paper.above:
                bookmarks.append(Bookmark(paper.above, first))
            bookmarks[-1].below.append(Bookmark(paper.unit, first))
        binder.finish(requirement.title, bookmarks)
        file.seek(0)
        yield file


__all__ = ["LIST_NAME", "Paper", "write_pdf", "write_zip"]
