"""What a plan says, in plain values: the same whether it is being written or was frozen in a version."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from core.dates import format_day, format_span
from core.numbers import format_integer


@dataclass(frozen=True)
class PlanSection:
    """One heading of the plan's outline with what the unit wrote; ``level`` 1 is "I.", 2 is "1."."""

    code: str
    level: int
    mark: str
    heading: str
    text: str
    has_text: bool
    """False for a heading that only groups others."""
    holds_targets: bool = False
    """Whether the table of targets is printed beneath it."""

    @property
    def is_unwritten(self) -> bool:
        """Whether a text belongs here and none is there."""
        return self.has_text and not self.text.strip()

    @property
    def title(self) -> str:
        """The heading with its place in the outline, as "II.4. Chỉ tiêu"."""
        return f"{self.code}. {self.heading.capitalize() if self.heading.isupper() else self.heading}"


@dataclass(frozen=True)
class BudgetPart:
    """Money from one source, in đồng."""

    code: str
    label: str
    amount: int

    @property
    def words(self) -> str:
        """The amount as "1.500.000"."""
        return format_integer(self.amount)


@dataclass(frozen=True)
class PlanItemLine:
    """One thing the unit plans to do."""

    id: int
    title: str
    medium_code: str
    medium_label: str
    medium_unit: str
    channel_label: str
    quantity: int
    starts_on: date
    ends_on: date
    lead: str
    partner: str
    staff: tuple[str, ...]
    """Named persons, one each."""
    theme_codes: tuple[str, ...]
    theme_labels: tuple[str, ...]
    audience_codes: tuple[str, ...]
    audience_labels: tuple[str, ...]
    budgets: tuple[BudgetPart, ...]
    note: str

    @property
    def budget(self) -> int:
        """All its money, in đồng."""
        return sum(part.amount for part in self.budgets)

    @property
    def budget_words(self) -> str:
        """All its money as "1.500.000"; empty when none is planned."""
        return format_integer(self.budget) if self.budgets else ""

    @property
    def quantity_words(self) -> str:
        """Its quantity as "12 bài"."""
        return f"{format_integer(self.quantity)} {self.medium_unit}"

    @property
    def doers(self) -> str:
        """Who carries it out, as "Tổ văn phòng; Nguyễn Văn A, Trần Thị B"."""
        return "; ".join(filter(None, [self.lead, ", ".join(self.staff)]))

    @property
    def window(self) -> str:
        """Its span of days, as "01-31/03/2023"."""
        return format_span(self.starts_on, self.ends_on)


@dataclass(frozen=True)
class PlanTarget:
    """What the items together promise for one indicator; ``value`` in the indicator's unit."""

    code: str
    name: str
    unit: str
    group: str
    aggregate: str
    value: int


@dataclass(frozen=True)
class PlanContent:
    """A whole plan."""

    year: int
    subject: str
    """As "Tuyên truyền cải cách hành chính năm 2023"."""
    unit_name: str
    parent_name: str
    symbol: str
    """What follows "KH-" in its number."""
    place: str
    opening: str
    sections: tuple[PlanSection, ...]
    items: tuple[PlanItemLine, ...]
    budgets: tuple[BudgetPart, ...]
    """The sums of all items by source, sources without money left out."""
    targets: tuple[PlanTarget, ...]
    document_number: str
    document_on: date | None
    signer_authority: str
    signer_position: str
    signer_name: str
    replaces: str = ""
    """The sentence that names the version it replaces; empty in a draft and in the first version."""
    agency: str = ""
    parent_agency: str = ""
    """The two lines above the paper; empty in versions of before, whose paper has the names as they are."""

    @property
    def budget(self) -> int:
        """All money, in đồng."""
        return sum(part.amount for part in self.budgets)

    @property
    def budget_words(self) -> str:
        """All money as "1.500.000"."""
        return format_integer(self.budget)

    @property
    def document_words(self) -> str:
        """Number and day, as "số 12/KH-THPT ngày 08/03/2023"; empty while there is no number."""
        if not self.document_number:
            return ""
        day = f" ngày {format_day(self.document_on)}" if self.document_on else ""
        return f"số {self.document_number}{day}"


def content_of(plan: PlanContent) -> dict[str, Any]:
    """A plan as plain JSON, days as "2023-03-08"."""
    content = _plain(asdict(plan))
    assert isinstance(content, dict)
    return content


def _plain(value: Any) -> Any:
    """Turn days into texts and tuples into lists, all the way down."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def plan_from(content: Mapping[str, Any]) -> PlanContent:
    """The plan of frozen JSON: the inverse of ``content_of``."""
    values = dict(content)
    values["sections"] = tuple(PlanSection(**row) for row in content["sections"])
    values["items"] = tuple(_item(row) for row in content["items"])
    values["budgets"] = _budgets(content["budgets"])
    values["targets"] = tuple(PlanTarget(**row) for row in content["targets"])
    values["document_on"] = date.fromisoformat(content["document_on"]) if content["document_on"] else None
    return PlanContent(**values)


def _item(row: Mapping[str, Any]) -> PlanItemLine:
    """One item of frozen JSON."""
    values = dict(row)
    for name in ("staff", "theme_codes", "theme_labels", "audience_codes", "audience_labels"):
        values[name] = tuple(row[name])
    for name in ("starts_on", "ends_on"):
        values[name] = date.fromisoformat(row[name])
    values["budgets"] = _budgets(row["budgets"])
    return PlanItemLine(**values)


def _budgets(rows: Any) -> tuple[BudgetPart, ...]:
    """Money of frozen JSON."""
    return tuple(BudgetPart(**row) for row in rows)
