"""Making packages: asked for by a page, claimed, printed and marked by one worker, with a commit between the steps.

A claim is taken in one statement and only while nobody else works, so two workers never make the same file. A worker
that died is known by its silence; another then begins again from what was written down. Files have the claim in their
names: what an old worker left is swept, and never handed out.
"""

import hashlib
import os
import secrets
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import and_, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from core.clock import clock
from core.logs import logger
from core.storage import FileStore
from core.translation import N_
from exports.list_book import ListBook, build
from exports.lists.package import INDEX, IndexLine
from models.event import Subject
from models.package import (
    KEPT_FOR,
    LOST_AFTER,
    MOST_ATTEMPTS,
    Entry,
    Package,
    PackageStatus,
    Placed,
    content_of,
    digest_of,
    place_entries,
    safe_name,
)
from models.permission import Viewer
from models.requirement import Requirement, RequirementKind
from models.submission import SubmissionVersion
from queries.account import find_person
from queries.package import find_equal, may_open
from services.trail import record
from services.version_paper import print_version

FOLDER = "packages"
"""Where the files lie in the portal's instance folder."""
INDEX_NAME = "00-muc-luc.xlsx"
PAUSE_SECONDS = 0.002
"""Between two papers, so that pages are answered meanwhile."""
LOST = N_("Máy chủ dừng giữa chừng nhiều lần. Hãy tạo lại gói.")
BROKEN = N_("Không in được một văn bản trong gói. Báo cho quản trị viên, rồi tạo lại gói.")
NO_RIGHT = N_("Quyền xem đã thay đổi trước khi gói được tạo xong.")


class PackageError(ValueError):
    """A package that cannot be made, with the reason in Vietnamese."""


@dataclass(frozen=True)
class Workshop:
    """Where packages are laid, where issued files lie, and when to stop."""

    folder: Path
    issued: FileStore | None = None
    is_stopping: Callable[[], bool] = lambda: False


def ask(session: Session, viewer: Viewer, requirement: Requirement, entries: list[Entry], *, only_accepted: bool,
        form_token: str, now: datetime) -> Package:
    """Queue a package, or give back the one of the same token or the same content. Does not commit.

    Raises PackageError when nothing was handed in.
    """
    earlier = session.scalar(select(Package).where(
        Package.form_token == form_token, Package.asked_by_id == viewer.account_id))
    digest = digest_of(entries, only_accepted)
    earlier = earlier or find_equal(session, viewer, requirement.id, digest)
    if earlier is not None:
        return earlier
    total = sum(entry.version_id is not None for entry in entries)
    if not total:
        raise PackageError(N_("Chưa đơn vị nào nộp nên chưa có gì để đóng gói."))
    package = Package(
        requirement_id=requirement.id, asked_by_id=viewer.account_id, role=viewer.role, unit_id=viewer.unit_id,
        form_token=form_token, only_accepted=only_accepted, content=content_of(entries), digest=digest, total=total,
        asked_at=now, name=f"{safe_name(requirement.title)}.zip", status=PackageStatus.WAITING)
    session.add(package)
    session.flush()
    record(session, at=now, viewer=viewer, subject=Subject.REQUIREMENT, subject_id=requirement.id, action="package",
           unit_id=viewer.unit_id, detail={"documents": total})
    return package


def cancel(session: Session, package: Package, now: datetime) -> bool:
    """Stop a package that waits or is being made; False when there is nothing to stop. Does not commit."""
    stopped = session.execute(
        update(Package).where(Package.id == package.id, Package.status.in_(
            (PackageStatus.WAITING, PackageStatus.WORKING)))
        .values(status=PackageStatus.CANCELLED, finished_at=now).returning(Package.id)).first()
    return stopped is not None


def work_once(session: Session, shop: Workshop, now: Callable[[], datetime]) -> bool:
    """Sweep, then make the oldest package that waits. Commits again and again; whether there was one."""
    sweep(session, shop.folder, now())
    package = _claim(session, now())
    if package is None:
        return False
    try:
        if _still_allowed(session, package, now()):
            _make(session, shop, package, now)
        else:
            _mark(session, package, PackageStatus.FAILED, now(), trouble=NO_RIGHT)
    except Exception:  # whatever is wrong with one package must not hold up the next
        logger.exception("package %s failed", package.id)
        session.rollback()
        _mark(session, package, PackageStatus.FAILED, now(), trouble=BROKEN)
    return True


def sweep(session: Session, folder: Path, now: datetime) -> None:
    """Mark what is older than a week or was tried too often, remove files that belong to nothing. Commits."""
    _begin(session)
    session.execute(update(Package).where(
        Package.status == PackageStatus.READY, Package.finished_at < now - KEPT_FOR)
        .values(status=PackageStatus.EXPIRED))
    session.execute(update(Package).where(
        Package.status == PackageStatus.WORKING, Package.heartbeat_at < now - LOST_AFTER,
        Package.attempt_count >= MOST_ATTEMPTS)
        .values(status=PackageStatus.FAILED, trouble=LOST, finished_at=now))
    kept = {f"{row.id}-{row.claim}.zip" for row in session.execute(
        select(Package.id, Package.claim).where(Package.status.in_((PackageStatus.READY, PackageStatus.WORKING))))}
    session.commit()
    for path in folder.glob("*.zip*") if folder.is_dir() else ():
        if path.name.removesuffix(".part") not in kept:
            path.unlink(missing_ok=True)


def _begin(session: Session) -> None:
    """Begin a transaction that writes: SQLite's lock is taken before anything is read."""
    if session.in_transaction():
        session.commit()
    session.connection(execution_options={"writes": True})


def _claim(session: Session, now: datetime) -> Package | None:
    """Take the oldest package and commit; None when there is none, or another worker is at work."""
    _begin(session)
    other = aliased(Package)
    lost = now - LOST_AFTER
    is_free = or_(Package.status == PackageStatus.WAITING,
                  and_(Package.status == PackageStatus.WORKING, Package.heartbeat_at < lost))
    first = select(Package.id).where(is_free).order_by(Package.id).limit(1).with_for_update(skip_locked=True)
    package_id = session.scalar(first)
    busy = exists().where(other.status == PackageStatus.WORKING, other.heartbeat_at >= lost)
    taken = session.scalar(
        update(Package).where(Package.id == package_id, is_free, ~busy)
        .values(status=PackageStatus.WORKING, claim=secrets.token_hex(8), heartbeat_at=now, done=0,
                attempt_count=Package.attempt_count + 1).returning(Package.id))
    session.commit()
    return session.get(Package, taken, populate_existing=True) if taken is not None else None


def _still_allowed(session: Session, package: Package, now: datetime) -> bool:
    """Whether the person who asked may still see all of it."""
    today: date = clock.today()
    person = find_person(session, package.asked_by_id, today)
    return person is not None and may_open(session, person.viewer, package, today)


def _make(session: Session, shop: Workshop, package: Package, now: Callable[[], datetime]) -> None:
    """Write the file and mark the package as ready, unless it was cancelled or taken over meanwhile."""
    shop.folder.mkdir(parents=True, exist_ok=True)
    requirement = session.get_one(Requirement, package.requirement_id)
    target = shop.folder / package.file
    part = target.with_name(f"{target.name}.part")
    kind = "ke-hoach" if requirement.kind is RequirementKind.PLAN else "bao-cao"
    placed = list(place_entries(package.entries, kind))
    lines = []
    with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
        for line in _print_all(session, shop, placed, archive):
            lines.append(line)
            if line.path and not _go_on(session, shop, package, now()):
                return
        book = ListBook(f"Mục lục {requirement.title}", INDEX, lines, "", clock.today(), [], [])
        archive.writestr(_info(INDEX_NAME, package.asked_at.date()), build(book))
    with part.open("rb+") as file:
        os.fsync(file.fileno())
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    size = part.stat().st_size
    os.replace(part, target)
    _mark(session, package, PackageStatus.READY, now(), sha256=digest, size=size)


def _print_all(session: Session, shop: Workshop, placed: list[Placed], archive: zipfile.ZipFile) -> Iterator[IndexLine]:
    """Print paper by paper into the archive; one is in memory at a time."""
    for place in placed:
        if not place.path:
            yield IndexLine(place.entry, "", "")
            continue
        version = session.get_one(SubmissionVersion, place.entry.version_id)
        content = print_version(session, version, shop.issued)
        session.expunge_all()
        archive.writestr(_info(place.path, date.fromisoformat(place.entry.day)), content)
        yield IndexLine(place.entry, place.path, hashlib.sha256(content).hexdigest())
        time.sleep(PAUSE_SECONDS)


def _info(path: str, day: date) -> zipfile.ZipInfo:
    """A file's head in the archive, with its day in place of the time of packing."""
    return zipfile.ZipInfo(path, (day.year, day.month, day.day, 0, 0, 0))


def _go_on(session: Session, shop: Workshop, package: Package, now: datetime) -> bool:
    """Note one more paper; False when the package is no longer this worker's, or the portal stops."""
    if shop.is_stopping():
        _mark(session, package, PackageStatus.WAITING, now)
        return False
    _begin(session)
    mine = session.execute(
        update(Package).where(Package.id == package.id, Package.claim == package.claim,
                              Package.status == PackageStatus.WORKING)
        .values(done=Package.done + 1, heartbeat_at=now).returning(Package.id)).first()
    session.commit()
    return mine is not None


def _mark(session: Session, package: Package, status: PackageStatus, now: datetime, *, trouble: str = "",
          sha256: str = "", size: int = 0) -> None:
    """Say how it ended, if it is still this worker's. Commits."""
    package_id, claim = package.id, package.claim
    _begin(session)
    session.execute(
        update(Package).where(Package.id == package_id, Package.claim == claim, Package.status == PackageStatus.WORKING)
        .values(status=status, trouble=trouble, sha256=sha256, size=size,
                finished_at=None if status is PackageStatus.WAITING else now))
    session.commit()


__all__ = ["FOLDER", "PackageError", "Workshop", "ask", "cancel", "sweep", "work_once"]
