"""A small demonstration province: every role, every state of the workflow, made once and copied for each test.

The accounts are those of the demonstration: ``client.sign_in("school")``, ``visitor.sign_in("school", PASSWORD)``.
"""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import clock
from models.account import Account
from tests.support.house import ROOT

PASSWORD = "Demo-2023"
USERNAMES = ("admin", "office", "leader", "division", "district", "school", "head")
"""One account of each role."""
SCHOOLS, ACTIVITIES, SHEETS = 39, 260, 900
Province = dict[str, Account]


def load_province(session: Session) -> None:
    """Load the real units, the 2023 programme and a small demonstration. Does not commit."""
    from services.demo import DemoSize, load_demo

    prepare_province(session)
    load_demo(session, DemoSize(schools=SCHOOLS, activities=ACTIVITIES, sheets=SHEETS))


def prepare_province(session: Session) -> None:
    """Load the real units, the 2023 programme and the questionnaires. Does not commit."""
    from services.programme import load_programme
    from services.programme_file import read_files
    from services.questionnaire import load_default_questionnaires
    from services.requirement import add_requirements
    from services.unit import load_units

    units = (ROOT / "data" / "units-2023.csv").read_bytes()
    load_units(session, units, on=clock.today(), now=clock.now())
    files = read_files(ROOT / "data" / "programme" / "plan-2023.json")
    loaded = load_programme(session, files)
    add_requirements(session, loaded.programme, files.plan["deadlines"])
    load_default_questionnaires(session)


@pytest.fixture
def province(db_session: Session) -> Province:
    """The demonstration province and its accounts, by user name."""
    accounts = db_session.scalars(select(Account).where(Account.is_demonstration))
    return {account.username: account for account in accounts}
