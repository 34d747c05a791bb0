"""What every portal begins with: the units, the 2023 programme with its requirements, the questionnaires."""

from datetime import date, datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from core.settings import ROOT
from models.unit import Unit
from services.holiday import load_holidays
from services.programme import load_programme
from services.programme_file import read_files
from services.questionnaire import load_default_questionnaires
from services.requirement import add_requirements
from services.unit import load_units

UNITS_FILE = ROOT / "data" / "units-2023.csv"
PLAN_FILE = ROOT / "data" / "programme" / "plan-2023.json"


def load_basics(session: Session, *, on: date, now: datetime) -> bool:
    """Load the product's own data into an empty portal. False when units are there already. Does not commit."""
    if session.scalar(select(exists().where(Unit.id.is_not(None)))):
        return False
    load_units(session, UNITS_FILE.read_bytes(), on=on, now=now)
    files = read_files(PLAN_FILE)
    loaded = load_programme(session, files)
    if loaded.is_new:
        add_requirements(session, loaded.programme, files.plan["deadlines"])
    load_default_questionnaires(session)
    load_holidays(session)
    return True


__all__ = ["load_basics"]
