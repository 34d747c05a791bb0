"""Asking for a package, making it beside the pages, and sweeping what nobody may fetch any more.

The row is the queue: a maker claims it, says after every few papers how far it is, and one that died is followed by
another, until too many have died over it. Versions never change, so whoever begins anew makes the same papers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import ColumnElement, and_, exists, not_, or_, select, update
from sqlalchemy.orm import Session

from core.dates import local_day
from core.logs import logger
from core.storage import FileStore
from core.text import fold
from core.translation import N_, _
from exports.layout.paper import UnprintableError
from models.event import Subject
from models.package import KEPT_FOR, LOST_AFTER, MOST_ATTEMPTS, Package, PackageKind, PackageState
from models.permission import Viewer
from models.requirement import Requirement
from queries.package import Content, list_contents
from services.package_file import Paper, write_pdf, write_zip
from services.trail import record

FOLDER = "packages"
"""Where packages lie beneath the instance's folder."""
EVERY = 5
"""Papers between two signs of life."""
_NOTHING = N_("Chưa có đơn vị nào có bản để đưa vào gói.")
_UNKNOWN = N_("Cổng gặp trục trặc khi lập gói. Bấm lập lại; nếu vẫn không được, báo người quản trị.")
_DIED = N_("Việc lập gói đã dừng giữa chừng %(count)s lần nên cổng không tự lập nữa. Bấm “Lập lại”; nếu vẫn không "
           "được, báo người quản trị.")


class PackageError(Exception):
    """No package can be made; the message says why, in Vietnamese."""


class PackageCancelledError(Exception):
    """Somebody stopped it, or another maker has it: nothing more is to be done."""


@dataclass(frozen=True, slots=True)
class _Claim:
    """One maker's hold on a package; it ends when another maker takes the package."""

    package_id: int
    attempt: int

    @property
    def holds(self) -> ColumnElement[bool]:
        """Whether a row is still this maker's to write."""
        return and_(Package.id == self.package_id, Package.attempts == self.attempt,
                    Package.state == PackageState.WORKING)


def ask(session: Session, requirement: Requirement, kind: PackageKind, *, only_accepted: bool, form_token: str,
        viewer: Viewer, on: date, now: datetime) -> Package:
    """Queue a package of what the viewer may read. Does not commit.

    The same token twice makes one; one that is under way or ready with the same papers is given again. Raises
    PackageError when there is no paper yet.
    """
    made = session.scalar(select(Package).where(Package.form_token == form_token))
    if made is not None:
        return made
    contents = list_contents(session, viewer, requirement, on=on, now=now, only_accepted=only_accepted)
    versions = [content.version_id for content in contents if content.version_id is not None]
    if not versions:
        raise PackageError(_(_NOTHING))
    units = [content.line.unit_id for content in contents]
    for row in session.scalars(select(Package).where(
            Package.account_id == viewer.account_id, Package.requirement_id == requirement.id, Package.kind == kind,
            Package.state.in_([PackageState.WAITING, PackageState.WORKING, PackageState.READY]))):
        if (row.version_ids, row.unit_ids) == (versions, units):
            return row
    package = Package(
        requirement_id=requirement.id, account_id=viewer.account_id, kind=kind, only_accepted=only_accepted,
        unit_ids=units, version_ids=versions, total=len(versions), form_token=form_token, asked_at=now,
        name=f"{'bao-cao' if requirement.kind.is_report else 'ke-hoach'}-{requirement.code}"
             f"{'-da-duyet' if only_accepted else ''}-{on:%d-%m-%Y}.{kind}")
    session.add(package)
    session.flush()
    record(session, at=now, viewer=viewer, subject=Subject.REQUIREMENT, subject_id=requirement.id,
           action="ask_package", unit_id=viewer.acts_for_id, detail={"kind": kind.value, "papers": len(versions)})
    return package


def cancel(session: Session, package: Package, now: datetime) -> None:
    """Stop a package that is not ready yet. Does not commit."""
    if package.state.is_going_on:
        package.state, package.heard_at = PackageState.CANCELLED, now


def work_once(session: Session, folder: Path, now: Callable[[], datetime],
              who: Callable[[int], Viewer | None]) -> bool:
    """Make the oldest package that waits, and sweep old files; whether there was one. Commits again and again.

    ``folder`` is the instance's; ``who`` gives the person behind an account as rules see them.
    """
    if not _has_work(session, now()):
        return False
    store = FileStore(folder / FOLDER)
    _sweep(session, store, now())
    claim = _claim(session, now())
    if claim is None:
        return False
    try:
        _make(session, claim, folder, store, now, who)
    except PackageCancelledError:
        session.rollback()
    except (UnprintableError, PackageError) as error:
        _fail(session, claim, str(error), now())
    except Exception:
        _fail(session, claim, _(_UNKNOWN), now())
        raise
    return True


def _has_work(session: Session, now: datetime) -> bool:
    """Whether anything waits, was left, or is over: a maker with nothing to do takes no lock. One query."""
    is_over = and_(Package.state == PackageState.READY, Package.expires_at <= now)
    found = session.scalar(select(exists().where(
        or_(Package.state.in_([PackageState.WAITING, PackageState.WORKING]), is_over))))
    session.commit()
    return bool(found)


def _begin(session: Session) -> None:
    """Begin a transaction that writes: SQLite's lock is taken before anything is read."""
    if session.in_transaction():
        session.commit()
    session.connection(execution_options={"writes": True})


def _claim(session: Session, now: datetime) -> _Claim | None:
    """Take the oldest one that waits, or that a maker left; None when there is none.

    One that was left too often is given up: what kills its makers would kill the next one too.
    """
    _begin(session)
    is_lost = and_(Package.state == PackageState.WORKING, Package.heard_at < now - LOST_AFTER)
    given_up = session.scalars(
        update(Package).where(is_lost, Package.attempts >= MOST_ATTEMPTS)
        .values(state=PackageState.FAILED, trouble=_(_DIED, count=MOST_ATTEMPTS), heard_at=now)
        .returning(Package.id)).all()
    package = session.scalars(
        select(Package).where(or_(Package.state == PackageState.WAITING, is_lost))
        .order_by(Package.id).limit(1).with_for_update(skip_locked=True)).first()
    claim = None
    if package is not None:
        package.state, package.heard_at, package.done = PackageState.WORKING, now, 0
        package.attempts += 1
        claim = _Claim(package.id, package.attempts)
    session.commit()
    for package_id in given_up:
        logger.error("package %s given up: %s makers died over it", package_id, MOST_ATTEMPTS)
    return claim


def _make(session: Session, claim: _Claim, folder: Path, store: FileStore, now: Callable[[], datetime],
          who: Callable[[int], Viewer | None]) -> None:
    """Print every paper into the file, then say that it is ready."""
    package = session.get_one(Package, claim.package_id)
    viewer = who(package.account_id)
    if viewer is None:
        raise PackageError(_("Tài khoản đã ngừng nên gói không được lập."))
    requirement = session.get_one(Requirement, package.requirement_id)
    contents = list_contents(session, viewer, requirement, on=local_day(package.asked_at), now=package.asked_at,
                             only_accepted=package.only_accepted, version_ids=package.version_ids)
    papers = papers_of(contents, package.version_ids, requirement)

    def tell(done: int) -> None:
        """Say how far it is, from time to time."""
        if done % EVERY == 0 or done == len(papers):
            _note(session, claim, {"done": done, "heard_at": now()})

    session.commit()
    write = write_zip if package.kind is PackageKind.ZIP else write_pdf
    with write(session, requirement, contents, papers, folder, tell, package.asked_at) as file:
        kept = store.put(file, 4 * 1024 ** 3)
    ready_at = now()
    _note(session, claim, {"state": PackageState.READY, "size": kept.size, "sha256": kept.sha256, "heard_at": ready_at,
                           "ready_at": ready_at, "expires_at": ready_at + KEPT_FOR})


def papers_of(contents: Sequence[Content], version_ids: Sequence[int], requirement: Requirement) -> list[Paper]:
    """The papers in their order with names that any system keeps, one folder for each office above."""
    by_version = {content.version_id: content for content in contents}
    kind = "bao-cao" if requirement.kind.is_report else "ke-hoach"
    offices = list(dict.fromkeys(content.parent_name for content in contents))
    papers, taken = list[Paper](), set[str]()
    for version_id in version_ids:
        content = by_version.get(version_id)
        if content is None:
            raise PackageError(_("Có đơn vị vừa thôi thuộc phạm vi được xem. Lập lại gói để lấy các bản hiện nay."))
        above = content.parent_name
        path = (f"{offices.index(above) + 1:02}-{_slug(above)}/{_slug(content.line.unit_code)}-"
                f"{_slug(content.line.unit_name)}-{kind}-ban-{content.number}")
        path += f"-{version_id}" if path in taken else ""  # codes as MN.1 and MN-1 look alike here
        taken.add(path)
        papers.append(Paper(version_id, f"{path}.pdf", above, content.line.unit_name))
    return papers


def _slug(text: str) -> str:
    """Words as a piece of a file's name: letters and digits without marks, at most 60 signs."""
    safe = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in fold(text))
    return "-".join(filter(None, safe.split("-")))[:60].strip("-") or "don-vi"


def _note(session: Session, claim: _Claim, values: dict[str, object]) -> None:
    """Write how far it is. Commits. Raises PackageCancelledError when it is no longer this maker's."""
    _begin(session)
    noted = session.execute(update(Package).where(claim.holds).values(values).returning(Package.id)).first()
    session.commit()
    if noted is None:
        raise PackageCancelledError


def _fail(session: Session, claim: _Claim, why: str, now: datetime) -> None:
    """Say that it could not be made, unless another has it. Commits."""
    session.rollback()
    _begin(session)
    session.execute(update(Package).where(claim.holds)
                    .values(state=PackageState.FAILED, trouble=why, heard_at=now))
    session.commit()


def _sweep(session: Session, store: FileStore, now: datetime) -> None:
    """Remove the files whose time is over; other packages may hold the same bytes still, or be about to.

    While anything is being made nothing is removed: it could come to the very bytes, find them there and keep none.
    """
    _begin(session)
    is_over = and_(Package.state == PackageState.READY, Package.expires_at <= now)
    over = session.scalars(select(Package).where(is_over)).all()
    held = set(session.scalars(select(Package.sha256).where(Package.state == PackageState.READY, not_(is_over))))
    if over and not session.scalar(select(exists().where(Package.state == PackageState.WORKING))):
        for package in over:
            package.state = PackageState.EXPIRED
            if package.sha256 and package.sha256 not in held:
                store.path(package.sha256).unlink(missing_ok=True)
    session.commit()


__all__ = ["FOLDER", "PackageError", "ask", "cancel", "papers_of", "work_once"]
