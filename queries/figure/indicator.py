"""The indicators of a programme, in plain values."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from models.ad_hoc import AdHocReport, RequirementIndicator
from models.figure import Aggregate, IndicatorRule
from models.indicator import Indicator, SourceKind, ValueKind


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator; ``filters`` say which activities count (models.indicator)."""

    id: int
    code: str
    name: str
    unit: str
    value_kind: ValueKind
    rule: IndicatorRule
    is_core: bool
    source: SourceKind
    filters: dict[str, Any]

    @property
    def aggregate(self) -> Aggregate:
        """How it adds up."""
        return self.rule.aggregate

    @property
    def is_formula(self) -> bool:
        """Whether it is computed from others and never typed."""
        return self.source is SourceKind.FORMULA

    @property
    def is_typed(self) -> bool:
        """Whether nothing in the portal counts it."""
        return self.source is SourceKind.TYPED

    @property
    def is_counted(self) -> bool:
        """Whether activities, surveys or the plan count it."""
        return not (self.is_formula or self.is_typed)

    @property
    def from_activities(self) -> bool:
        """Whether activities stand behind it."""
        return self.source.value.startswith("activity")

    @property
    def from_surveys(self) -> bool:
        """Whether sheets of feedback stand behind it."""
        return self.source.value.startswith("survey")


def list_indicators(session: Session, programme_id: int, requirement_id: int | None = None) -> tuple[
        IndicatorLine, ...]:
    """The indicators that a requirement asks for, or all of the programme, in their order. One query.

    An ad hoc report asks for those chosen for it and its own; any other requirement for the programme's.
    """
    asked: ColumnElement[bool] = Indicator.requirement_id.is_(None)
    if requirement_id is not None:
        is_ad_hoc = exists().where(AdHocReport.requirement_id == requirement_id)
        chosen = select(RequirementIndicator.indicator_id).where(RequirementIndicator.requirement_id == requirement_id)
        asked = or_(and_(asked, ~is_ad_hoc), Indicator.id.in_(chosen))
    rows = session.execute(
        select(Indicator.id, Indicator.code, Indicator.name, Indicator.unit, Indicator.value_kind,
               Indicator.aggregate, Indicator.operand_codes, Indicator.is_core, Indicator.source, Indicator.filters)
        .where(Indicator.programme_id == programme_id, asked).order_by(Indicator.position, Indicator.id))
    return tuple(
        IndicatorLine(id_, code, name, unit, kind, IndicatorRule(code, aggregate, tuple(operands)), is_core, source,
                      filters)
        for id_, code, name, unit, kind, aggregate, operands, is_core, source, filters in rows)
