"""A miniature province for tests of plans: a district office with two schools, an affiliated unit, and everybody."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import clock as portal_clock
from models.account import Account, Role
from models.permission import Viewer
from models.programme import Audience, Medium, Programme, Theme
from models.requirement import Obligation, Requirement
from models.submission import Submission, SubmissionVersion
from models.unit import Unit, UnitKind
from queries.plan import get_proposals
from queries.submission import SubmissionLine, get_submission_line
from services.plan import PlanItemFields, add_item, adopt_proposals, freeze_plan
from services.programme import load_programme
from services.programme_file import read_files
from services.requirement import add_requirements, open_requirement
from services.submission import ensure_submission, submit
from tests.support.factories import make_account, make_department, make_unit
from tests.support.house import ROOT

SENDING_DAY = date(2023, 3, 6)
"""A Monday within the window of plans, four days before they are due."""


@dataclass
class PlanWorld:
    """The miniature province; accounts by role, units by a short name."""

    session: Session
    programme: Programme
    requirement: Requirement
    units: dict[str, Unit]
    people: dict[str, Account]

    def viewer(self, name: str) -> Viewer:
        """A person as rules see them."""
        account = self.people[name]
        acts_for = self.units["department"].id if account.role in (Role.OFFICE, Role.LEADER) else account.unit_id
        return Viewer(account.id, account.full_name, account.role, account.unit_id, acts_for)

    def obligation(self, unit: str = "school") -> Obligation:
        """The plan that a unit owes."""
        return self.session.scalars(select(Obligation).where(
            Obligation.requirement_id == self.requirement.id, Obligation.unit_id == self.units[unit].id)).one()

    def line(self, unit: str = "school") -> SubmissionLine:
        """The same as pages see it."""
        line = get_submission_line(self.session, self.obligation(unit).id, portal_clock.today())
        assert line is not None
        return line

    def url(self, tail: str = "", unit: str = "school") -> str:
        """An address of a unit's plan."""
        return f"/plans/{self.obligation(unit).id}{tail}"

    def fields(self, **changes: object) -> PlanItemFields:
        """What is typed of an item, with changes."""
        def first(kind: type[Medium] | type[Theme] | type[Audience]) -> int:
            return self.session.scalars(
                select(kind.id).where(kind.programme_id == self.programme.id).order_by(kind.position)).first() or 0

        values: dict[str, object] = {
            "title": "Đăng bài về dịch vụ công (minh họa)", "medium_id": first(Medium), "quantity": 12,
            "starts_on": date(2023, 4, 1), "ends_on": date(2023, 10, 31), "lead": "Tổ văn phòng",
            "partner": "Công đoàn", "staff": "Người thứ nhất (minh họa)\nNgười thứ hai (minh họa)", "note": "",
            "theme_ids": (first(Theme),), "audience_ids": (first(Audience),), "budgets": {},
        }
        return PlanItemFields(**(values | changes))  # type: ignore[arg-type]  # a test names the right fields

    def start(self, unit: str = "school") -> Submission:
        """A unit's plan, started when there is none."""
        return ensure_submission(self.session, self.obligation(unit).id, portal_clock.now(), None)

    def write(self, unit: str = "school", items: int = 1) -> Submission:
        """A unit's plan with all that it takes to be sent."""
        submission = self.start(unit)
        proposals = get_proposals(self.session, self.line(unit))
        adopt_proposals(self.session, submission, proposals, None, portal_clock.now())
        for number in range(items):
            fields = self.fields(title=f"Việc số {number + 1} (minh họa)")
            add_item(self.session, submission, fields, f"token-{unit}-{number}", None, portal_clock.now())
        return submission

    def send(self, unit: str = "school", key: str = "") -> SubmissionVersion:
        """Freeze a unit's plan as it stands and send it."""
        submission = self.start(unit)
        frozen = freeze_plan(self.session, submission, portal_clock.today())
        return submit(self.session, submission, frozen, submit_key=key or f"{unit}-{submission.version_count}",
                      viewer=None, now=portal_clock.now())

    def sent(self, unit: str = "school") -> Submission:
        """A unit's plan, written and sent."""
        submission = self.write(unit)
        self.send(unit)
        return submission


def make_plan_world(session: Session) -> PlanWorld:
    """Make the province, load the 2023 programme and open its plan; nobody has begun."""
    department = make_department(session)
    district = make_unit(session, UnitKind.DISTRICT_OFFICE, name="Phòng Giáo dục A (minh họa)", parent=department)
    units = {
        "department": department, "district": district,
        "school": make_unit(session, name="Trường tiểu học A (minh họa)", parent=district),
        "other": make_unit(session, name="Trường tiểu học B (minh họa)", parent=district),
        "centre": make_unit(session, UnitKind.CONTINUING_CENTRE, name="Trung tâm C (minh họa)", parent=department),
        "division": make_unit(session, UnitKind.DIVISION, name="Văn phòng Sở (minh họa)", parent=department),
    }
    people = {
        "officer": make_account(session, Role.OFFICER, units["school"]),
        "head": make_account(session, Role.HEAD, units["school"]),
        "neighbour": make_account(session, Role.OFFICER, units["other"]),
        "district": make_account(session, Role.DISTRICT, district),
        "office": make_account(session, Role.OFFICE, units["division"]),
        "leader": make_account(session, Role.LEADER, department),
        "division": make_account(session, Role.DIVISION, units["division"]),
        "admin": make_account(session, Role.ADMINISTRATOR, units["division"]),
    }
    files = read_files(ROOT / "data" / "programme" / "plan-2023.json")
    programme = load_programme(session, files).programme
    requirements = add_requirements(session, programme, files.plan["deadlines"])
    requirement = next(row for row in requirements if row.code == "2023-plan")
    open_requirement(session, requirement, on=requirement.opens_on, now=portal_clock.now(), viewer=None)
    session.commit()
    return PlanWorld(session, programme, requirement, units, people)
