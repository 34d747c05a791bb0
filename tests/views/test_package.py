"""Packages: asked for, made beside the pages, handed out in parts, and closed to whoever lost the right to them."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from core.clock import clock
from models.account import Account, Role
from models.package import KEPT_FOR, LOST_AFTER, Package, PackageStatus
from models.submission import SubmissionVersion
from models.unit import UnitKind
from services.package import FOLDER, Workshop, work_once
from services.version_paper import print_version
from tests.support.client import PageClient
from tests.support.consolidation import World, make_reported_world
from tests.support.factories import make_account


@pytest.fixture
def world(db_session) -> World:
    return make_reported_world(db_session)


@pytest.fixture
def leader(client: PageClient, world: World) -> Account:
    world.session.commit()
    client.sign_in(world.leader)
    return world.leader


def ask(client: PageClient, world: World, what: str = "accepted") -> Package:
    """Ask for a package on the page."""
    client.submit("/packages/of/2023-half-year", -1, 303, what=what)
    world.session.expire_all()
    return world.session.scalars(select(Package).order_by(Package.id.desc())).first()


def make(app: Flask, world: World, **options: object) -> bool:
    """One round of the worker."""
    done = work_once(world.session, Workshop(Path(app.config["SETTINGS"].instance) / FOLDER, **options), clock.now)
    world.session.expire_all()
    return done


def fetch(client: PageClient, package_id: int, if_range: str = "") -> tuple[int, bytes, str]:
    """Status, bytes and ETag of the file; with ``if_range`` from byte 100 on."""
    headers = {"Range": "bytes=100-", "If-Range": if_range} if if_range else {}
    with client.get(f"/packages/{package_id}/file", headers=headers) as answer:
        return answer.status_code, answer.data, answer.headers["ETag"]


def test_a_package_holds_the_papers_byte_by_byte_and_says_who_is_missing(
        app: Flask, client: PageClient, world: World, leader: Account) -> None:
    office_id, package = world.office.id, ask(client, world)
    assert make(app, world)
    package = world.session.get_one(Package, package.id)
    assert (package.status, package.done) == (PackageStatus.READY, package.total)
    _status, whole, etag = fetch(client, package.id)
    archive = zipfile.ZipFile(io.BytesIO(whole))
    names = [name for name in archive.namelist() if name.endswith(".pdf")]
    ids = [entry.version_id for entry in package.entries if entry.version_id is not None]
    assert len(names) == len(set(names)) == len(ids) == package.total
    for name, version_id in zip(names, ids, strict=True):
        version = world.session.get_one(SubmissionVersion, version_id)
        assert archive.read(name) == print_version(world.session, version)
    assert "00-muc-luc.xlsx" in archive.namelist()
    missing = [entry.unit for entry in package.entries if entry.version_id is None]
    page = client.get(f"/packages/{package.id}").get_data(as_text=True)
    assert missing and all(unit in page for unit in missing)
    assert ask(client, world).id == package.id

    assert fetch(client, package.id, etag)[:2] == (206, whole[100:])
    assert fetch(client, package.id, '"other"')[:2] == (200, whole)

    client.sign_in(world.session.get_one(Account, office_id))
    assert client.get(f"/packages/{package.id}").status_code == 404
    assert client.get(f"/packages/{package.id}/file").status_code == 404
    leader = world.session.get_one(Account, package.asked_by_id)
    leader.role = Role.DIVISION
    world.session.commit()
    client.sign_in(leader)
    assert client.get(f"/packages/{package.id}/file").status_code == 404


def test_a_killed_worker_is_followed_by_another_and_a_stopping_one_gives_it_back(
        app: Flask, client: PageClient, world: World, leader: Account) -> None:
    package = ask(client, world, "handed_in")
    make(app, world, is_stopping=lambda: True)
    package = world.session.get_one(Package, package.id)
    assert package.status is PackageStatus.WAITING
    package.status, package.claim, package.heartbeat_at = PackageStatus.WORKING, "dead", clock.now()
    world.session.commit()
    assert not make(app, world)
    package = world.session.get_one(Package, package.id)
    package.heartbeat_at = clock.now() - LOST_AFTER - timedelta(seconds=1)
    world.session.commit()
    assert make(app, world)
    package = world.session.get_one(Package, package.id)
    assert package.status is PackageStatus.READY
    path = Path(app.config["SETTINGS"].instance) / FOLDER / package.file
    assert path.is_file()
    package.finished_at = clock.now() - KEPT_FOR - timedelta(seconds=1)
    world.session.commit()
    make(app, world)
    assert not path.exists()
    assert world.session.get_one(Package, package.id).status is PackageStatus.EXPIRED


def test_a_cancelled_package_is_not_made(app: Flask, client: PageClient, world: World, leader: Account) -> None:
    package = ask(client, world)
    client.submit(f"/packages/{package.id}", f"/packages/{package.id}/cancel", 303)
    assert not make(app, world)
    assert world.session.get_one(Package, package.id).status is PackageStatus.CANCELLED


def test_a_district_gets_its_own_tree_alone(client: PageClient, world: World) -> None:
    unit = next(unit for unit in world.units.values() if unit.kind is UnitKind.DISTRICT_OFFICE)
    client.sign_in(make_account(world.session, Role.DISTRICT, unit))
    world.session.commit()
    package = ask(client, world, "handed_in")
    assert 0 < len(package.entries) < len(world.units)
    assert unit.id in {entry.unit_id for entry in package.entries}
