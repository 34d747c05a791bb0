"""Every account walks the portal from its home page, in both languages: each page stands, asks little, writes nothing.

The client checks the pages themselves (valid, one h1, labels, tables, nothing written); here the walk is made, its
links are followed, and the statements are counted.
"""

import pytest
from flask import Flask
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from core.clock import clock as portal_clock
from models.account import Role
from models.requirement import Level, Obligation
from models.submission import Submission
from models.unit import Unit, UnitKind, UnitName, UnitParent
from models.workflow import Status
from services.programme import load_programme
from services.programme_file import read_files
from services.requirement import add_requirements, open_requirement
from tests.support.client import PageClient
from tests.support.database import ENGINES, Databases
from tests.support.factories import make_account, make_department, make_unit
from tests.support.house import ROOT
from tests.support.pages import text_of
from tests.support.province import USERNAMES, Province
from tests.support.queries import QueryGuard
from tests.support.walk import Walk, english_walk, set_language, walk

BOARD_STATEMENTS = 12
UNITS, DISTRICTS = 700, 13


@pytest.mark.parametrize("username", USERNAMES)
def test_every_page_stands_and_asks_little(client: PageClient, app: Flask, province: Province, username: str) -> None:
    client.sign_in(username)
    set_language(client, "vi")
    check_walk(walk(client, app, 2), "vi")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # no statement knows the language
@pytest.mark.parametrize("username", USERNAMES)
def test_every_page_stands_in_english(
        client: PageClient, app: Flask, province: Province, databases: Databases, username: str) -> None:
    check_walk(english_walk(client, app, username, databases.shared), "en")


def check_walk(made: Walk, language: str) -> None:
    """Nothing was lost on the way, nothing asked too much."""
    assert made.lost == []
    assert {path: fault for path, fault in made.found.items() if fault} == {}
    assert len(made.found) > 10
    assert made.language == language


@pytest.mark.parametrize("database", ENGINES[1:], indirect=True)  # SQLite gives rows in one order, whoever forgets it
def test_the_walk_is_the_same_each_time(client: PageClient, app: Flask, province: Province) -> None:
    client.sign_in("head")
    assert list(walk(client, app, 1).found) == list(walk(client, app, 1).found)


@pytest.mark.parametrize("username", ["office", "leader", "division", "admin", "district", "head"])
def test_the_board_of_the_province_asks_little(
        client: PageClient, province: Province, assert_queries: QueryGuard, username: str) -> None:
    client.sign_in(username)
    with assert_queries(BOARD_STATEMENTS):
        client.page("/board")


@pytest.fixture
def whole_province(db_session: Session) -> Session:
    """700 units under 13 district offices with three requirements each, every state of the workflow among them."""
    session = db_session
    files = read_files(ROOT / "data" / "programme" / "plan-2023.json")
    requirements = add_requirements(session, load_programme(session, files).programme, files.plan["deadlines"])
    department = make_department(session)
    make_account(session, Role.OFFICE, department, username="office")
    offices = [
        make_unit(session, UnitKind.DISTRICT_OFFICE, name=f"Phòng GD&ĐT số {number} (minh họa)", parent=department).id
        for number in range(DISTRICTS)
    ]
    add_schools(session, offices)
    for requirement in requirements:
        open_requirement(session, requirement, on=portal_clock.today(), now=portal_clock.now(), viewer=None)
    add_submissions(session)
    session.commit()
    return session


def add_schools(session: Session, offices: list[int]) -> None:
    """Add schools to make up 700 units, in bulk, shared out among the offices."""
    first = max(offices) + 1
    keys = range(first, first + UNITS - len(offices))
    session.execute(insert(Unit), [{"id": key, "code": f"TH-{key}", "kind": UnitKind.PRIMARY} for key in keys])
    session.execute(insert(UnitName), [
        {"unit_id": key, "name": f"Trường Tiểu học số {key} (minh họa)", "folded": f"truong tieu hoc so {key}",
         "sort_key": f"truong tieu hoc so {key:05}"} for key in keys])
    session.execute(insert(UnitParent), [{"unit_id": key, "parent_id": offices[key % DISTRICTS]} for key in keys])


def add_submissions(session: Session) -> None:
    """Begin three of four obligations, in every state in turn."""
    states = [Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.ACCEPTED, Status.WITHDRAWN]
    keys = session.scalars(select(Obligation.id).where(Obligation.level != Level.DEPARTMENT)).all()
    session.execute(insert(Submission), [
        {"obligation_id": key, "status": states[key % len(states)], "created_at": portal_clock.now(),
         "changed_at": portal_clock.now()} for key in keys if key % 4])


def test_the_board_of_700_units_and_3_requirements_asks_no_more(
        client: PageClient, whole_province: Session, assert_queries: QueryGuard) -> None:
    client.sign_in("office")
    with assert_queries(BOARD_STATEMENTS):
        page = client.page("/board")
    assert "700" in text_of(page.root)
    with assert_queries(BOARD_STATEMENTS):
        client.page("/board?q=so+5")
