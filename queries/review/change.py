"""What a frozen version says, part by part, and what changed since another: for plans and reports alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.dates import format_span, parse_day
from core.numbers import format_integer, format_number
from core.translation import N_
from models.figure import Figure, FigureState
from models.indicator import Indicator, SourceKind, ValueKind
from models.satisfaction import SMALLEST_GROUP
from models.submission import SubmissionVersion, VersionFigure

TOO_FEW_SHEETS = N_("dưới 5 phiếu")
_OF_ANSWERS = (SourceKind.SURVEY_SHARE, SourceKind.SURVEY_MEAN)


@dataclass(frozen=True)
class FrozenSection:
    """One heading with its text, as it was sent."""

    part: str
    """As "section:I.1"."""
    level: int
    mark: str
    heading: str
    text: str
    has_text: bool

    @property
    def title(self) -> str:
        """The heading with its place in the outline, as "II.4. Chỉ tiêu"."""
        heading = self.heading.capitalize() if self.heading.isupper() else self.heading
        return f"{self.part.partition(':')[2]}. {heading}"


@dataclass(frozen=True)
class FrozenFigure:
    """One figure, as it was sent."""

    part: str
    """As "figure:B1"."""
    code: str
    name: str
    unit: str
    figure: Figure
    is_yes_no: bool
    is_of_answers: bool
    """Whether it is a rate over answer sheets, which is not shown of fewer than five (product law 9)."""
    provenance_label: str
    reason: str
    counted: Decimal | None

    @property
    def words(self) -> str:
        """The figure as it is shown: "1.234", "có", "12/13", "không phát sinh", "chưa nhập"."""
        is_small = self.is_of_answers and (self.figure.denominator or 0) < SMALLEST_GROUP
        if is_small and self.figure.value is not None:
            return TOO_FEW_SHEETS
        return figure_words(self.figure, self.is_yes_no)

    @property
    def unit_words(self) -> str:
        """The unit to stand after a number; empty after a word."""
        is_number = self.figure.value is not None and not self.is_yes_no and self.words != TOO_FEW_SHEETS
        return self.unit if is_number else ""


@dataclass(frozen=True)
class FrozenItem:
    """One item of a plan, as it was sent; ``words`` tells all of it."""

    part: str
    """As "item:7"."""
    title: str
    words: str


@dataclass(frozen=True)
class VersionContent:
    """One frozen version, part by part, each list in its own order."""

    number: int
    sections: tuple[FrozenSection, ...]
    figures: tuple[FrozenFigure, ...]
    items: tuple[FrozenItem, ...]

    @property
    def names(self) -> dict[str, str]:
        """Each part in words."""
        named = {row.part: row.title for row in self.sections}
        named |= {row.part: f"{row.code}. {row.name}" for row in self.figures}
        return named | {row.part: row.title for row in self.items}

    @property
    def words(self) -> dict[str, str]:
        """What each part says."""
        said = {row.part: row.text for row in self.sections if row.has_text or row.text}
        said |= {row.part: row.words for row in self.figures}
        return said | {row.part: row.words for row in self.items}


@dataclass(frozen=True)
class Change:
    """One part that differs; ``before`` or ``after`` is None where it did not exist."""

    part: str
    label: str
    before: str | None
    after: str | None


def figure_words(figure: Figure, is_yes_no: bool = False) -> str:
    """A figure in Vietnamese words; empty, nil and zero are three things (product law 4).

    Yes or no of one unit is a word; of several it is how many said yes of how many that answered.
    """
    if is_yes_no and figure.value is not None:
        if figure.denominator is not None:
            return f"{format_number(figure.value)}/{format_number(figure.denominator)}"
        return N_("có") if figure.value else N_("không")
    if figure.state is FigureState.VALUE and figure.value is not None:
        return format_number(figure.value)
    return N_("không phát sinh") if figure.is_nil else N_("chưa nhập")


def read_version(session: Session, version: SubmissionVersion) -> VersionContent:
    """A version part by part. One query."""
    content = version.content
    rows = session.execute(
        select(VersionFigure, Indicator).join(Indicator, Indicator.id == VersionFigure.indicator_id)
        .where(VersionFigure.version_id == version.id).order_by(Indicator.position, Indicator.id))
    return VersionContent(
        number=version.number,
        sections=_sections(content.get("sections", [])),
        figures=tuple(_figure(figure, indicator) for figure, indicator in rows),
        items=tuple(_item(row) for row in content.get("items", [])))


def _sections(rows: Sequence[Mapping[str, Any]]) -> tuple[FrozenSection, ...]:
    """The sections of frozen JSON; a heading without others below it holds a text where nothing else is said."""
    levels = [int(row.get("level", 1)) for row in rows] + [0]
    return tuple(
        FrozenSection(
            f"section:{row['code']}", levels[place], row.get("mark", ""), row["heading"], row.get("text") or "",
            bool(row.get("has_text", row.get("text") or levels[place + 1] <= levels[place])))
        for place, row in enumerate(rows))


def _figure(row: VersionFigure, indicator: Indicator) -> FrozenFigure:
    """One frozen figure."""
    return FrozenFigure(
        part=f"figure:{indicator.code}", code=indicator.code, name=indicator.name, unit=indicator.unit,
        figure=row.figure, is_yes_no=indicator.value_kind is ValueKind.YES_NO,
        is_of_answers=indicator.source in _OF_ANSWERS, provenance_label=row.provenance.label, reason=row.reason,
        counted=row.counted)


def _item(row: Mapping[str, Any]) -> FrozenItem:
    """One item of frozen JSON, in a line for each thing it says; other lists bring their own "words"."""
    part, title = f"item:{row['id']}", str(row.get("title", ""))
    if "medium_label" not in row:
        return FrozenItem(part, title, str(row.get("words", title)))
    span = format_span(parse_day(row["starts_on"]), parse_day(row["ends_on"]))
    money = [f"{part['label']}: {format_integer(part['amount'])} đồng" for part in row["budgets"]]
    told = [
        ("", title), ("Hình thức", row["medium_label"]),
        ("Số lượng", f"{format_integer(row['quantity'])} {row['medium_unit']}"), ("Thời gian", span),
        ("Nội dung", "; ".join(row["theme_labels"])), ("Đối tượng", "; ".join(row["audience_labels"])),
        ("Thực hiện", "; ".join(filter(None, [row["lead"], *row["staff"]]))), ("Phối hợp", row["partner"]),
        ("Kinh phí", "; ".join(money)), ("Ghi chú", row["note"]),
    ]
    return FrozenItem(part, title, "\n".join(f"{name}: {said}" if name else said for name, said in told if said))


def compare(old: VersionContent, new: VersionContent) -> list[Change]:
    """The parts that differ, in the order of the new version; parts that are gone stand last."""
    before, after = old.words, new.words
    names = old.names | new.names
    order = [*after, *(part for part in before if part not in after)]
    return [
        Change(part, names[part], before.get(part), after.get(part))
        for part in order if before.get(part, "") != after.get(part, "")
    ]
