"""Packages: asked for once, made beside the pages, fetched in parts, and only while the right to all of it lasts."""

import io
import zipfile
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.clock import clock as portal_clock
from models.account import Account
from models.package import LOST_AFTER, MOST_ATTEMPTS, Package, PackageState
from models.permission import Viewer
from models.submission import Submission, SubmissionVersion
from models.unit import UnitName, UnitParent
from models.workflow import Status
from queries.account import find_person
from services.package import FOLDER, work_once
from services.package_file import LIST_NAME
from services.version_paper import print_version
from tests.support.client import PageClient
from tests.support.clock import FrozenClock
from tests.support.pages import text_of
from tests.support.province import Province
from tests.support.queries import QueryGuard

PLAN = "/packages/2023-plan"
SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def ask(client: PageClient, kind: str = "zip", which: str = "handed_in") -> None:
    """Ask for a package by the form."""
    client.submit(PLAN, PLAN, kind=kind, which=which)


def packages(session: Session) -> list[Package]:
    """All packages, oldest first."""
    return list(session.scalars(select(Package).order_by(Package.id)))


def make(app: Flask, session: Session) -> bool:
    """Let the maker go once."""
    def who(account_id: int) -> Viewer | None:
        person = find_person(session, account_id, portal_clock.today())
        return person.viewer if person is not None else None

    return work_once(session, Path(app.config["SETTINGS"].instance), portal_clock.now, who)


def fetched(client: PageClient, package: Package) -> bytes:
    """The file."""
    with client.get(f"/packages/{package.id}/file") as answer:
        assert answer.status_code == 200
        return bytes(answer.data)


def status(client: PageClient, package: Package) -> int:
    """The status of fetching it."""
    with client.get(f"/packages/{package.id}/file") as answer:
        return answer.status_code


def test_the_papers_of_a_requirement_come_as_a_zip_with_who_is_missing(
        client: PageClient, app: Flask, province: Province, db_session: Session) -> None:
    db_session.execute(update(UnitName).where(UnitName.unit_id == province["school"].unit_id)
                       .values(name="../Trường “Lạ” <con> \\ =1+1 (minh họa)"))
    client.sign_in("district")
    ask(client)
    [package] = packages(db_session)
    assert "Chờ lập" in text_of(client.page(PLAN).root)
    assert make(app, db_session) and not make(app, db_session)
    with zipfile.ZipFile(io.BytesIO(fetched(client, package))) as archive:
        names = archive.namelist()
        assert sorted(set(names)) == sorted(names) and all(
            name.isascii() and ".." not in name and "\\" not in name for name in names)
        papers = [name for name in names if name != LIST_NAME]
        assert len(papers) == package.total > 1
        version = db_session.get_one(SubmissionVersion, package.version_ids[0])
        assert archive.read(papers[0]) == print_version(db_session, version)
        rows = list(load_workbook(io.BytesIO(archive.read(LIST_NAME))).worksheets[0].values)[1:]
    assert len(rows) == len(package.unit_ids) > package.total
    assert sum(row[7] == "Chưa có" for row in rows) == len(rows) - package.total


@SQLITE
def test_one_pdf_has_a_bookmark_for_each_office_and_unit(
        client: PageClient, app: Flask, province: Province, db_session: Session) -> None:
    client.sign_in("office")
    ask(client, "pdf", "accepted")
    make(app, db_session)
    [package] = packages(db_session)
    assert "-da-duyet-" in package.name, "the package of all papers of the day has another name"
    reader = PdfReader(io.BytesIO(fetched(client, package)))
    offices = [item for item in reader.outline if not isinstance(item, list)]
    units = [item for below in reader.outline if isinstance(below, list) for item in below
             if not isinstance(item, list)]
    assert len(units) == package.total and 0 < len(offices) <= len(units)
    pages = 0
    for item, version_id in zip(units, package.version_ids, strict=True):
        assert reader.get_destination_page_number(item) == pages
        version = db_session.get_one(SubmissionVersion, version_id)
        pages += len(PdfReader(io.BytesIO(print_version(db_session, version))).pages)
    assert len(reader.pages) == pages


@SQLITE
def test_a_broken_download_goes_on_where_it_stopped(
        client: PageClient, app: Flask, province: Province, db_session: Session) -> None:
    client.sign_in("district")
    ask(client)
    make(app, db_session)
    [package] = packages(db_session)
    whole, path = fetched(client, package), f"/packages/{package.id}/file"
    with client.get(path, headers={"Range": "bytes=1000-", "If-Range": f'"{package.sha256}"'}) as rest:
        assert rest.status_code == 206 and whole[:1000] + rest.data == whole
    with client.get(path, headers={"Range": "bytes=1000-", "If-Range": '"another"'}) as anew:
        assert anew.data == whole
    with client.get(path, headers={"Range": f"bytes={len(whole)}-"}) as beyond:
        assert beyond.status_code == 416


@SQLITE
def test_what_was_asked_for_is_packed_though_a_unit_takes_it_back_meanwhile(
        client: PageClient, app: Flask, province: Province, db_session: Session) -> None:
    client.sign_in("district")
    ask(client)
    db_session.execute(update(Submission).values(status=Status.RETURNED, version_count=Submission.version_count + 1))
    make(app, db_session)
    [package] = packages(db_session)
    assert (package.state, package.done) == (PackageState.READY, package.total)


@SQLITE
def test_pressing_twice_and_wishing_the_same_again_makes_one(
        client: PageClient, app: Flask, province: Province, db_session: Session) -> None:
    client.sign_in("district")
    ask(client)
    ask(client)
    data = {"kind": "pdf", "which": "accepted", "form_token": "one", "csrf_token": client.csrf_token()}
    for _time in range(2):
        assert client.post(PLAN, data=data).status_code == 303
    assert len(packages(db_session)) == 2
    assert client.post(PLAN, data={**data, "kind": "exe"}).status_code == 422


@SQLITE
def test_the_file_ends_with_the_right_to_a_single_unit_in_it(
        client: PageClient, app: Flask, province: Province, db_session: Session) -> None:
    client.sign_in("district")
    ask(client)
    make(app, db_session)
    [package] = packages(db_session)
    for stranger in ("office", "admin", "head"):
        client.sign_in(stranger)
        assert status(client, package) == 404
    client.sign_in("district")
    assert status(client, package) == 200
    db_session.execute(update(UnitParent).where(UnitParent.unit_id == province["school"].unit_id)
                       .values(valid_to=portal_clock.today()))
    assert status(client, package) == 404


def test_a_maker_that_died_is_followed_by_another_and_a_living_one_is_not(
        client: PageClient, app: Flask, province: Province, db_session: Session, clock: FrozenClock) -> None:
    client.sign_in("district")
    ask(client)
    [package] = packages(db_session)
    package.state, package.done, package.heard_at = PackageState.WORKING, 2, portal_clock.now()
    db_session.commit()
    assert not make(app, db_session)
    clock.moment += LOST_AFTER + timedelta(seconds=1)
    assert make(app, db_session)
    assert (package.state, package.done) == (PackageState.READY, package.total)


class KilledError(BaseException):
    """The end of a process, which nothing catches."""


def test_a_package_that_kills_its_makers_is_given_up_and_can_be_asked_for_anew(
        client: PageClient, app: Flask, province: Province, db_session: Session, clock: FrozenClock,
        monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_arguments: object) -> bytes:
        raise KilledError

    client.sign_in("district")
    ask(client, "pdf", "accepted")
    [package] = packages(db_session)
    with monkeypatch.context() as fault:
        fault.setattr("services.package_file.print_version", killed)
        for number in range(1, MOST_ATTEMPTS + 1):
            with pytest.raises(KilledError):
                make(app, db_session)
            db_session.rollback()
            assert (package.state, package.attempts, package.done) == (PackageState.WORKING, number, 0)
            assert not make(app, db_session)
            clock.moment += LOST_AFTER + timedelta(seconds=1)
        assert not make(app, db_session)
    assert package.state is PackageState.FAILED
    assert f"dừng giữa chừng {MOST_ATTEMPTS} lần" in text_of(client.page(PLAN).root)
    client.submit(PLAN, -1)
    assert make(app, db_session)
    _failed, anew = packages(db_session)
    assert (anew.kind, anew.only_accepted, anew.attempts) == (package.kind, True, 1)
    assert anew.state is PackageState.READY


@SQLITE
def test_a_maker_that_was_followed_by_another_writes_nothing_more(
        client: PageClient, app: Flask, province: Province, db_session: Session,
        monkeypatch: pytest.MonkeyPatch) -> None:
    def overtaken(*_arguments: object) -> bytes:
        db_session.execute(update(Package).values(attempts=Package.attempts + 1))
        raise ValueError("too late")

    client.sign_in("district")
    ask(client)
    [package] = packages(db_session)
    with monkeypatch.context() as fault:
        fault.setattr("services.package_file.print_version", overtaken)
        fault.setattr(db_session, "rollback", db_session.commit)
        with pytest.raises(ValueError, match="too late"):
            make(app, db_session)
    db_session.expire_all()
    assert (package.state, package.attempts, package.trouble) == (PackageState.WORKING, 2, "")


@SQLITE
def test_one_is_stopped_fails_with_a_closed_account_and_is_swept_in_the_end(
        client: PageClient, app: Flask, province: Province, db_session: Session, clock: FrozenClock) -> None:
    client.sign_in("district")
    ask(client)
    client.submit(PLAN, "/stop")
    assert not make(app, db_session)
    ask(client)
    db_session.execute(update(Account).where(Account.username == "district").values(is_active=False))
    assert make(app, db_session)
    db_session.execute(update(Account).where(Account.username == "district").values(is_active=True))
    assert "Tài khoản đã ngừng" in text_of(client.page(PLAN).root)
    ask(client)
    make(app, db_session)
    stopped, failed, ready = packages(db_session)
    states = [stopped.state, failed.state, ready.state]
    assert states == [PackageState.CANCELLED, PackageState.FAILED, PackageState.READY]
    file = Path(app.config["SETTINGS"].instance) / FOLDER / ready.sha256[:2] / ready.sha256[2:4] / ready.sha256
    assert file.exists()
    clock.move(days=8)
    stopped.state, stopped.heard_at = PackageState.WORKING, clock.moment
    db_session.commit()
    assert not make(app, db_session)
    assert ready.state is PackageState.READY and file.exists(), "another maker may be about to keep these very bytes"
    stopped.state = PackageState.CANCELLED
    db_session.commit()
    assert not make(app, db_session)
    assert ready.state is PackageState.EXPIRED and not file.exists()
    client.sign_out()
    client.sign_in("district")
    assert status(client, ready) == 404


@SQLITE
@pytest.mark.parametrize(("username", "expected"), [
    ("admin", 200), ("office", 200), ("leader", 200), ("division", 200), ("district", 200), ("head", 200),
    ("school", 403)])
def test_those_who_see_the_board_may_ask(
        client: PageClient, province: Province, username: str, expected: int) -> None:
    client.sign_in(username)
    assert client.get(PLAN).status_code == expected
    assert len(client.statements) <= 10
    assert client.get("/packages/khong-co").status_code == (404 if expected == 200 else 403)


@SQLITE
def test_nothing_handed_in_is_said_and_makes_nothing(
        client: PageClient, app: Flask, province: Province, db_session: Session) -> None:
    client.sign_in("office")
    assert "Lập gói" in text_of(client.page(PLAN).root)
    db_session.execute(update(Submission).values(status=Status.DRAFT))
    page = client.page(PLAN)
    assert "Chưa có đơn vị nào có bản" in text_of(page.root) and "Lập gói" not in text_of(page.root)
    data = {"kind": "zip", "which": "handed_in", "csrf_token": client.csrf_token()}
    assert client.post(PLAN, data=data, follow_redirects=True).status_code == 200
    assert packages(db_session) == []


@SQLITE
def test_a_maker_with_nothing_to_do_writes_nothing(
        app: Flask, province: Province, db_session: Session, assert_queries: QueryGuard) -> None:
    with assert_queries(1) as statements:
        assert not make(app, db_session)
    assert statements.writing == []


@SQLITE
def test_a_package_asked_for_before_dawn_tells_of_the_local_day(
        client: PageClient, app: Flask, province: Province, db_session: Session, clock: FrozenClock) -> None:
    clock.set(date(2023, 5, 26), time(1))
    unit = province["school"].unit_id
    db_session.execute(update(UnitParent).where(UnitParent.unit_id == unit).values(valid_from=date(2023, 5, 26)))
    client.sign_in("district")
    ask(client)
    assert make(app, db_session)
    [package] = packages(db_session)
    assert unit in package.unit_ids and package.state is PackageState.READY
