"""Ad hoc reports as the Office makes them: the list, the draft, and a look at who gets what before it is given out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.translation import N_
from models.ad_hoc import AdHocReport, Brief, OwnIndicator, asked_codes
from models.indicator import Indicator
from models.programme import Medium
from models.questionnaire import Questionnaire
from models.requirement import Level, Obligation, Requirement, RequirementStatus
from models.survey import SurveyRound
from models.unit import UnitKind
from queries.figure import IndicatorLine, list_indicators
from queries.unit import UnitLine, list_all_units


@dataclass(frozen=True, slots=True)
class AdHocLine:
    """One ad hoc report in the list."""

    code: str
    title: str
    status: RequirementStatus
    is_withdrawn: bool
    withdrawn_reason: str
    opens_on: date
    due_on: date
    unit_count: int
    """Units that owe it, or that the draft has chosen."""

    @property
    def state_label(self) -> str:
        """Where it stands, as 'Bản nháp, chưa giao'."""
        if self.is_withdrawn:
            return N_("Đã rút")
        return N_("Bản nháp, chưa giao") if self.status is RequirementStatus.DRAFT else self.status.label


def list_ad_hoc(session: Session) -> list[AdHocLine]:
    """Every ad hoc report, the newest first. One query."""
    owed = (
        select(func.count()).select_from(Obligation)
        .where(Obligation.requirement_id == Requirement.id, Obligation.level != Level.DEPARTMENT,
               Obligation.exempted_at.is_(None), Obligation.closed_at.is_(None))
        .correlate(Requirement).scalar_subquery())
    rows = session.execute(
        select(Requirement, AdHocReport, owed).join(AdHocReport, AdHocReport.requirement_id == Requirement.id)
        .order_by(Requirement.id.desc()))
    return [
        AdHocLine(row.code, row.title, row.status, report.withdrawn_at is not None, report.withdrawn_reason,
                  row.opens_on, row.due_on, count if row.opened_at else len(report.brief["unit_ids"]))
        for row, report, count in rows]


def find_ad_hoc(session: Session, requirement_id: int) -> AdHocReport | None:
    """What is kept of an ad hoc report, or None for another requirement. One query."""
    return session.get(AdHocReport, requirement_id)


def ad_hoc_by_token(session: Session, token: str) -> str | None:
    """The code of the report that a form made, or None."""
    if not token:
        return None
    return session.scalar(
        select(Requirement.code).join(AdHocReport, AdHocReport.requirement_id == Requirement.id)
        .where(AdHocReport.form_token == token))


def round_code(session: Session, report: AdHocReport) -> str | None:
    """The code of the survey round that was opened with a report, or None. One query."""
    if report.round_id is None:
        return None
    return session.scalar(select(SurveyRound.code).where(SurveyRound.id == report.round_id))


def programme_operands(session: Session, programme_id: int) -> dict[str, tuple[str, ...]]:
    """What the programme's indicators are computed from, by code, in their order. One query."""
    return {line.code: line.rule.operands for line in list_indicators(session, programme_id)}


def taken_codes(session: Session, programme_id: int, requirement_id: int | None = None) -> set[str]:
    """Codes of indicators that belong to other reports of the year. One query."""
    rows = session.execute(
        select(Indicator.code, Indicator.requirement_id)
        .where(Indicator.programme_id == programme_id, Indicator.requirement_id.is_not(None)))
    return {code for code, of in rows if of != requirement_id}


def media_labels(session: Session, programme_id: int) -> dict[str, str]:
    """Names of the programme's media by code, in order. One query."""
    return dict(session.execute(
        select(Medium.code, Medium.label).where(Medium.programme_id == programme_id).order_by(Medium.position)).all())


@dataclass(frozen=True, slots=True)
class Reporters:
    """Who gets a report if it is given out on a day."""

    chosen: tuple[UnitLine, ...]
    added: tuple[UnitLine, ...]
    """Offices that were not chosen but review and consolidate chosen schools."""
    gone_count: int
    """Chosen units that are no more."""

    @property
    def all(self) -> tuple[UnitLine, ...]:
        """Everybody who gets it, alphabetically."""
        return tuple(sorted((*self.chosen, *self.added), key=lambda unit: (unit.name, unit.id)))

    @property
    def count(self) -> int:
        """How many units owe it."""
        return len(self.chosen) + len(self.added)

    @property
    def by_kind(self) -> dict[UnitKind, int]:
        """How many units of each kind, in the order of the kinds."""
        found = [unit.kind for unit in self.all]
        return {kind: found.count(kind) for kind in UnitKind if kind in found}


def reporters_of(session: Session, unit_ids: Iterable[int], on: date) -> Reporters:
    """The chosen units of a day, and the offices above them that must review. One query."""
    units = {unit.id: unit for unit in list_all_units(session, on)}
    wanted = set(unit_ids)
    chosen = tuple(unit for unit in units.values() if unit.id in wanted and unit.kind.is_reporter and unit.parent_id)
    above = {unit.parent_id for unit in chosen} - {unit.id for unit in chosen}
    added = tuple(unit for unit in units.values() if unit.id in above and unit.kind.is_reporter)
    return Reporters(chosen, added, len(wanted - {unit.id for unit in chosen}))


@dataclass(frozen=True)
class AdHocPreview:
    """What will be given out, and to whom."""

    brief: Brief
    reporters: Reporters
    indicators: tuple[IndicatorLine, ...]
    """Of the programme: the chosen, and those that formulas need."""
    own: tuple[OwnIndicator, ...]
    sources: Mapping[str, str]
    """Names of media by code, for where own figures come from."""
    questionnaire: str
    """The title of what is put to people; empty without a round."""


def get_preview(session: Session, requirement: Requirement, report: AdHocReport, on: date) -> AdHocPreview:
    """A draft as the units will get it. Four queries."""
    brief = Brief.load(report.brief)
    lines = list_indicators(session, requirement.programme_id)
    asked = set(asked_codes(brief.indicator_codes, brief.own, {line.code: line.rule.operands for line in lines}))
    title = ""
    if brief.survey is not None:
        title = session.scalar(
            select(Questionnaire.title).where(Questionnaire.id == brief.survey.questionnaire_id)) or ""
    return AdHocPreview(brief, reporters_of(session, brief.unit_ids, on),
                        tuple(line for line in lines if line.code in asked), brief.own,
                        media_labels(session, requirement.programme_id), title)


__all__ = ["AdHocLine", "AdHocPreview", "Reporters", "ad_hoc_by_token", "find_ad_hoc", "get_preview", "list_ad_hoc",
           "media_labels", "programme_operands", "reporters_of", "round_code", "taken_codes"]
