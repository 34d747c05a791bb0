"""Ad hoc reports (báo cáo đột xuất): which units owe one, what belongs to it alone, and its draft before opening."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.translation import N_
from models.base import Model
from models.figure import Aggregate
from models.programme_check import find_cycles

OWN_CODE = re.compile(r"[A-Z][A-Z0-9.]{0,7}")
"""A code of an own indicator: short, since it heads a column of the annex."""
MOST_INDICATORS = 40
MOST_OWN = 20
MOST_HEADINGS = 12
SUFFIX = "ad-hoc"
AGGREGATES = (Aggregate.SUM, Aggregate.COUNT_YES, Aggregate.RATIO, Aggregate.SUM_OF)
"""How an own indicator may add up; the others need a source of their own."""
TYPED, ACTIVITIES, REACH, MEDIUM = "typed", "activities", "reach", "medium:"
"""Where an own figure comes from; "medium:" stands before the code of a medium."""
RESULTS, SURVEY_RESULTS = "Kết quả thực hiện", "Kết quả khảo sát"
"""The heading of figures where no heading was written."""


class AdHocReport(Model):
    """What is kept of an ad hoc report beside its requirement: its draft, its survey round, its withdrawal."""

    __tablename__ = "ad_hoc_report"

    requirement_id: Mapped[int] = mapped_column(ForeignKey("requirement.id"), primary_key=True)
    brief: Mapped[dict[str, Any]]
    """``Brief.dump()``: what opening writes; afterwards what it wrote."""
    round_id: Mapped[int | None] = mapped_column(ForeignKey("survey_round.id"))
    """The round that was opened with it."""
    withdrawn_at: Mapped[datetime | None]
    """Set when the draft was given up before anybody owed it."""
    withdrawn_reason: Mapped[str] = mapped_column(default="")
    form_token: Mapped[str | None] = mapped_column(String(64), unique=True)
    """The form that made it; a second press leads here."""
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class RequirementUnit(Model):
    """A unit chosen for a requirement. A requirement without any is owed by kinds of units."""

    __tablename__ = "requirement_unit"

    requirement_id: Mapped[int] = mapped_column(ForeignKey("requirement.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True, index=True)


class RequirementIndicator(Model):
    """An indicator that a requirement asks for. A requirement without any asks for all of its programme."""

    __tablename__ = "requirement_indicator"

    requirement_id: Mapped[int] = mapped_column(ForeignKey("requirement.id"), primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), primary_key=True, index=True)


@dataclass(frozen=True, slots=True)
class OwnIndicator:
    """An indicator made for one report alone."""

    code: str
    name: str
    unit: str
    aggregate: Aggregate = Aggregate.SUM
    operands: tuple[str, ...] = ()
    source: str = TYPED
    row: int = 0
    """The row of the form that it stands in, for messages."""


@dataclass(frozen=True, slots=True)
class RoundBrief:
    """The survey round to be opened with the report."""

    questionnaire_id: int
    audience: str
    host: str
    contact: str
    opens_on: str
    closes_on: str
    """Days as 2023-05-30."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What an ad hoc report asks of whom."""

    unit_ids: tuple[int, ...] = ()
    indicator_codes: tuple[str, ...] = ()
    """Of the programme's indicators."""
    own: tuple[OwnIndicator, ...] = ()
    headings: tuple[str, ...] = ()
    survey: RoundBrief | None = None
    selection: dict[str, Any] = field(default_factory=dict)
    """The fields of the form by which units were chosen, as they were typed."""

    def dump(self) -> dict[str, Any]:
        """Give it as plain JSON."""
        return asdict(self)

    @classmethod
    def load(cls, content: Mapping[str, Any]) -> "Brief":
        """The brief that was dumped."""
        own = tuple(OwnIndicator(**{**row, "aggregate": Aggregate(row["aggregate"]),
                                    "operands": tuple(row["operands"])}) for row in content["own"])
        survey = RoundBrief(**content["survey"]) if content["survey"] else None
        return cls(tuple(content["unit_ids"]), tuple(content["indicator_codes"]), own, tuple(content["headings"]),
                   survey, dict(content["selection"]))

    @property
    def all_headings(self) -> tuple[str, ...]:
        """The headings as the report has them: at least one, for figures and text."""
        if self.headings:
            return self.headings
        return (RESULTS,) if self.own or self.indicator_codes else (SURVEY_RESULTS,)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a brief, at a field of its form."""

    place: str
    """As "own_2_code", "indicators", "headings"."""
    message: str
    """Vietnamese, with %(…)s for ``values``."""
    values: Mapping[str, Any] = field(default_factory=dict)


def number_of(code: str) -> int:
    """The number within the year of a requirement's code: 3 of "2023-ad-hoc-3"."""
    return int(code.rpartition("-")[2])


def free_code(number: int, taken: set[str]) -> str:
    """The next code for an own indicator that was given none: "X3.1", "X3.2" in the third report."""
    place = 1
    while f"X{number}.{place}" in taken:
        place += 1
    return f"X{number}.{place}"


def survey_codes(number: int) -> tuple[str, str, str]:
    """Codes of what is counted from the report's round: sheets, share satisfied, mean."""
    return f"P{number}.1", f"P{number}.2", f"P{number}.3"


def asked_codes(chosen: Sequence[str], own: Sequence[OwnIndicator],
                programme: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The programme's indicators that are asked for: the chosen and those that formulas need, in its order.

    ``programme`` holds the operands of each of its indicators by code, in order.
    """
    wanted = set(chosen) | {code for row in own for code in row.operands}
    waiting = list(wanted)
    while waiting:
        for code in programme.get(waiting.pop(), ()):
            if code not in wanted:
                wanted.add(code)
                waiting.append(code)
    return tuple(code for code in programme if code in wanted)


def find_faults(brief: Brief, programme: Mapping[str, Sequence[str]], taken: set[str]) -> list[Fault]:
    """Everything wrong with what a report asks; none when it may be kept and opened.

    ``programme`` holds the operands of the programme's indicators by code; ``taken`` the codes of indicators that
    belong to other reports of the year.
    """
    found = [*_contents(brief, programme), *_codes(brief, programme, taken), *_formulas(brief, programme)]
    if not brief.unit_ids:
        found.append(Fault("kinds", N_("Chọn ít nhất một đơn vị: theo loại, theo địa bàn, hoặc tìm từng đơn vị")))
    return found


def _contents(brief: Brief, programme: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
    """Nothing asked at all, or more than a report can show."""
    if not (brief.indicator_codes or brief.own or brief.headings or brief.survey):
        yield Fault("headings", N_("Chọn chỉ tiêu, viết đề mục hoặc chọn phiếu khảo sát: báo cáo cần có nội dung"))
    if len(asked_codes(brief.indicator_codes, brief.own, programme)) + len(brief.own) > MOST_INDICATORS:
        yield Fault("indicators", N_("Chọn tối đa %(most)s chỉ tiêu"), {"most": MOST_INDICATORS})
    if len(brief.headings) > MOST_HEADINGS:
        yield Fault("headings", N_("Viết tối đa %(most)s đề mục"), {"most": MOST_HEADINGS})
    if len({heading.casefold() for heading in brief.headings}) < len(brief.headings):
        yield Fault("headings", N_("Có đề mục viết hai lần"))


def _codes(brief: Brief, programme: Mapping[str, Sequence[str]], taken: set[str]) -> Iterator[Fault]:
    """Codes that cannot be read, or that another indicator bears."""
    seen: set[str] = set()
    for own in brief.own:
        place = f"own_{own.row}_code"
        if not OWN_CODE.fullmatch(own.code):
            yield Fault(place, N_("Mã gồm chữ hoa không dấu, chữ số, dấu chấm, bắt đầu bằng chữ, tối đa 8 ký tự"))
        elif own.code in programme:
            yield Fault(place, N_("Mã %(code)s đã có trong chương trình năm"), {"code": own.code})
        elif own.code in taken:
            yield Fault(place, N_("Mã %(code)s đã dùng ở báo cáo đột xuất khác"), {"code": own.code})
        elif own.code in seen:
            yield Fault(place, N_("Mã %(code)s dùng hai lần"), {"code": own.code})
        seen.add(own.code)


_PARTS = {Aggregate.RATIO: range(2, 3), Aggregate.SUM_OF: range(1, MOST_INDICATORS)}


def _formulas(brief: Brief, programme: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
    """Formulas whose parts are too few, unknown, formulas themselves, or lead back."""
    own = {row.code: row for row in brief.own}
    cycles = {code: cycle for cycle in find_cycles({code: row.operands for code, row in own.items()}) for code in cycle}
    for row in brief.own:
        place = f"own_{row.row}_operands"
        unknown = [code for code in row.operands if code not in own and code not in programme]
        nested = [code for code in row.operands
                  if (code in own and own[code].aggregate.is_formula) or programme.get(code)]
        if len(row.operands) not in _PARTS.get(row.aggregate, range(1)):
            yield Fault(place, _MISSING[row.aggregate])
        elif unknown:
            yield Fault(place, N_("Không có chỉ tiêu mang mã %(code)s"), {"code": ", ".join(unknown)})
        elif row.code in cycles:
            path = cycles[row.code]
            yield Fault(place, N_("Công thức đi vòng: %(path)s."), {"path": " → ".join([*path, path[0]])})
        elif nested:
            yield Fault(place, N_("%(code)s cũng là công thức; ghi các chỉ tiêu có số liệu của nó"),
                        {"code": ", ".join(nested)})


_MISSING = {
    Aggregate.RATIO: N_("Tỷ lệ cần hai mã: tử số rồi mẫu số, ví dụ X1 X2"),
    Aggregate.SUM_OF: N_("Tổng cần mã các chỉ tiêu được cộng, ví dụ X1 X2 X3"),
    Aggregate.SUM: N_("Bỏ trống ô này, hoặc chọn cách tổng hợp là tỷ lệ hay tổng của các chỉ tiêu"),
    Aggregate.COUNT_YES: N_("Bỏ trống ô này, hoặc chọn cách tổng hợp là tỷ lệ hay tổng của các chỉ tiêu"),
}


def round_days(survey: RoundBrief) -> tuple[date, date]:
    """First and last day of a report's round."""
    return date.fromisoformat(survey.opens_on), date.fromisoformat(survey.closes_on)


__all__ = ["ACTIVITIES", "AGGREGATES", "MEDIUM", "MOST_HEADINGS", "MOST_INDICATORS", "MOST_OWN", "REACH", "SUFFIX",
           "TYPED", "AdHocReport", "Brief", "Fault", "OwnIndicator", "RequirementIndicator", "RequirementUnit",
           "RoundBrief", "asked_codes", "find_faults", "free_code", "number_of", "round_days", "survey_codes"]
