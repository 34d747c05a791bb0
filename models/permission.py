"""The one table of permissions: role × action × which units (product law 10)."""

from dataclasses import dataclass
from enum import StrEnum

from models.account import Role


class Action(StrEnum):
    """What can be done. Every endpoint names one."""

    UNIT_VIEW = "unit.view"
    UNIT_MANAGE = "unit.manage"
    UNIT_REORGANISE = "unit.reorganise"
    """Record and apply decisions that rename, move, merge, split, close or found units."""
    ACCOUNT_MANAGE = "account.manage"
    """Look after accounts; models/delegation.py says of which roles."""
    PROGRAMME_VIEW = "programme.view"
    PROGRAMME_MANAGE = "programme.manage"
    PLAN_VIEW = "plan.view"
    PLAN_WRITE = "plan.write"
    PLAN_SUBMIT = "plan.submit"
    PLAN_SIGN = "plan.sign"
    PLAN_REVIEW = "plan.review"
    ACTIVITY_VIEW = "activity.view"
    ACTIVITY_WRITE = "activity.write"
    SURVEY_VIEW = "survey.view"
    SURVEY_WRITE = "survey.write"
    """Bring answers in for the own unit: paper, files, tallies; print its poster and codes."""
    SURVEY_READ_TEXTS = "survey.read-texts"
    """Read what people wrote in their own words."""
    SURVEY_MANAGE = "survey.manage"
    """Design questionnaires, open and close rounds, exclude suspicious sheets."""
    REPORT_VIEW = "report.view"
    REPORT_WRITE = "report.write"
    REPORT_SUBMIT = "report.submit"
    REPORT_SIGN = "report.sign"
    REPORT_REVIEW = "report.review"
    CONSOLIDATION_VIEW = "consolidation.view"
    CONSOLIDATION_WRITE = "consolidation.write"
    CONSOLIDATION_ISSUE = "consolidation.issue"
    PAPER_ATTACH = "paper.attach"
    """Attach the signed or stamped copy of what the own unit sent or issued; print it before it is sent."""
    BOARD_VIEW = "board.view"
    REMINDER_SEND = "reminder.send"
    """Remind units in the portal and by mail, and see who was reminded."""
    REMINDER_MANAGE = "reminder.manage"
    """Set schedules and holidays, issue chase letters."""
    INSPECTION_VIEW = "inspection.view"
    INSPECTION_WRITE = "inspection.write"
    """Plan an inspection, visit, tick evidence, write findings, close them."""
    FINDING_ANSWER = "finding.answer"
    COMMENDATION_VIEW = "commendation.view"
    COMMENDATION_WRITE = "commendation.write"
    """Propose good models, persons and initiatives of the own unit."""
    COMMENDATION_MODERATE = "commendation.moderate"
    """Pick proposals for the report and the page of good models."""
    CRITICISM_VIEW = "criticism.view"
    """Read and write what is said of places that do badly: the competent body alone."""
    EMULATION_VIEW = "emulation.view"
    EMULATION_MANAGE = "emulation.manage"
    """Set the rules, simulate, publish and freeze the points of a year."""
    ANNOUNCEMENT_VIEW = "announcement.view"
    ANNOUNCEMENT_WRITE = "announcement.write"
    LEADERSHIP_VIEW = "leadership.view"
    SELF = "self"
    """What every signed-in person may do: see the home page, change the own password and language."""


class Reach(StrEnum):
    """Over which units an action reaches, seen from the unit a person acts for."""

    NONE = "none"
    OWN = "own"
    BELOW = "below"
    """Units that report directly to the own unit."""
    TREE = "tree"
    """The own unit and all below it."""
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is looking, in plain values; what queries and rules get instead of an account."""

    account_id: int
    name: str
    role: Role
    unit_id: int
    """The unit the person belongs to."""
    acts_for_id: int
    """The unit the person acts for: the Department for its Office and leadership, else the own unit."""


def _row(*, admin: Reach = Reach.NONE, office: Reach = Reach.NONE, leader: Reach = Reach.NONE,
         division: Reach = Reach.NONE, district: Reach = Reach.NONE, officer: Reach = Reach.NONE,
         head: Reach = Reach.NONE) -> dict[Role, Reach]:
    """One row of the table."""
    return {
        Role.ADMINISTRATOR: admin, Role.OFFICE: office, Role.LEADER: leader, Role.DIVISION: division,
        Role.DISTRICT: district, Role.OFFICER: officer, Role.HEAD: head,
    }


_NONE, _OWN, _BELOW, _TREE, _ALL = Reach.NONE, Reach.OWN, Reach.BELOW, Reach.TREE, Reach.ALL
_SEEN = _row(admin=_ALL, office=_ALL, leader=_ALL, division=_ALL, district=_TREE, officer=_TREE, head=_TREE)
_WRITTEN = _row(district=_OWN, officer=_OWN)

PERMISSIONS: dict[Action, dict[Role, Reach]] = {
    Action.UNIT_VIEW: _SEEN,
    Action.UNIT_MANAGE: _row(admin=_ALL, office=_ALL),
    Action.UNIT_REORGANISE: _row(admin=_ALL, office=_ALL),
    Action.ACCOUNT_MANAGE: _row(admin=_ALL, district=_TREE),
    Action.PROGRAMME_VIEW: _row(admin=_ALL, office=_ALL, leader=_ALL, division=_ALL, district=_ALL, officer=_ALL,
                                head=_ALL),
    Action.PROGRAMME_MANAGE: _row(office=_ALL),
    Action.PLAN_VIEW: _SEEN,
    Action.PLAN_WRITE: _WRITTEN,
    Action.PLAN_SUBMIT: _row(district=_OWN, officer=_OWN, head=_OWN),
    Action.PLAN_SIGN: _row(head=_OWN),
    Action.PLAN_REVIEW: _row(office=_BELOW, district=_BELOW),
    Action.ACTIVITY_VIEW: _SEEN,
    Action.ACTIVITY_WRITE: _WRITTEN,
    Action.SURVEY_VIEW: _SEEN,
    Action.SURVEY_WRITE: _WRITTEN,
    Action.SURVEY_READ_TEXTS: _row(office=_ALL, district=_OWN, officer=_OWN, head=_OWN),
    Action.SURVEY_MANAGE: _row(office=_ALL),
    Action.REPORT_VIEW: _SEEN,
    Action.REPORT_WRITE: _row(office=_OWN, district=_OWN, officer=_OWN),
    Action.REPORT_SUBMIT: _row(district=_OWN, officer=_OWN, head=_OWN),
    Action.REPORT_SIGN: _row(leader=_OWN, head=_OWN),
    Action.REPORT_REVIEW: _row(office=_BELOW, district=_BELOW),
    Action.CONSOLIDATION_VIEW: _row(admin=_ALL, office=_ALL, leader=_ALL, division=_ALL, district=_OWN, head=_OWN),
    Action.CONSOLIDATION_WRITE: _row(office=_OWN, district=_OWN),
    Action.CONSOLIDATION_ISSUE: _row(office=_OWN),
    Action.PAPER_ATTACH: _row(office=_OWN, district=_OWN, officer=_OWN, head=_OWN),
    Action.BOARD_VIEW: _row(admin=_ALL, office=_ALL, leader=_ALL, division=_ALL, district=_TREE, head=_TREE),
    Action.REMINDER_SEND: _row(office=_ALL, district=_BELOW),
    Action.REMINDER_MANAGE: _row(office=_ALL),
    Action.INSPECTION_VIEW: _SEEN,
    Action.INSPECTION_WRITE: _row(office=_ALL, division=_ALL),
    Action.FINDING_ANSWER: _WRITTEN | {Role.HEAD: _OWN},
    Action.COMMENDATION_VIEW: _SEEN,
    Action.COMMENDATION_WRITE: _WRITTEN | {Role.HEAD: _OWN},
    Action.COMMENDATION_MODERATE: _row(office=_ALL),
    Action.CRITICISM_VIEW: _row(office=_ALL, leader=_ALL),
    Action.EMULATION_VIEW: _SEEN,
    Action.EMULATION_MANAGE: _row(office=_ALL),
    Action.ANNOUNCEMENT_VIEW: _row(admin=_ALL, office=_ALL, leader=_ALL, division=_ALL, district=_OWN, officer=_OWN,
                                   head=_OWN),
    Action.ANNOUNCEMENT_WRITE: _row(office=_ALL, district=_TREE),
    Action.LEADERSHIP_VIEW: _row(office=_ALL, leader=_ALL),
    Action.SELF: _row(admin=_OWN, office=_OWN, leader=_OWN, division=_OWN, district=_OWN, officer=_OWN, head=_OWN),
}

INHERITED = frozenset({
    Action.UNIT_VIEW, Action.PLAN_VIEW, Action.ACTIVITY_VIEW, Action.SURVEY_VIEW, Action.REPORT_VIEW,
    Action.CONSOLIDATION_VIEW, Action.INSPECTION_VIEW, Action.COMMENDATION_VIEW, Action.EMULATION_VIEW,
    Action.BOARD_VIEW})
"""What the people of a unit may also do with what its closed predecessors recorded: read it, never write
(product law 8)."""


def reach(role: Role, action: Action) -> Reach:
    """How far ``action`` reaches for ``role``."""
    return PERMISSIONS[action][role]
