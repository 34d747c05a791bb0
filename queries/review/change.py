"""What a frozen version says, part by part, and what changed since another: for plans and reports alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.dates import format_span, parse_day
from core.numbers import format_integer, format_number
from core.translation import N_
from models.figure import Figure, FigureState
from models.indicator import Indicator
from models.submission import SubmissionVersion, VersionFigure


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


@dataclass(frozen=True)
class FrozenFigure:
    """One figure, as it was sent."""

    part: str
    """As "figure:B1"."""
    code: str
    name: str
    unit: str
    figure: Figure
    provenance_label: str
    reason: str
    counted: Decimal | None

    @property
    def words(self) -> str:
        """The figure as it is shown: "1.234", "không phát sinh", "chưa nhập"."""
        return figure_words(self.figure)


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
        named = {row.part: f"{row.mark} {row.heading}" for row in self.sections}
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


def figure_words(figure: Figure) -> str:
    """A figure in Vietnamese words; empty, nil and zero are three things (product law 4)."""
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
        sections=tuple(_section(row) for row in content.get("sections", [])),
        figures=tuple(_figure(figure, indicator) for figure, indicator in rows),
        items=tuple(_item(row) for row in content.get("items", [])))


def _section(row: Mapping[str, Any]) -> FrozenSection:
    """One section of frozen JSON."""
    text = row.get("text") or ""
    return FrozenSection(f"section:{row['code']}", int(row.get("level", 1)), row.get("mark", ""), row["heading"],
                         text, bool(row.get("has_text", bool(text))))


def _figure(row: VersionFigure, indicator: Indicator) -> FrozenFigure:
    """One frozen figure."""
    return FrozenFigure(f"figure:{indicator.code}", indicator.code, indicator.name, indicator.unit, row.figure,
                        row.provenance.label, row.reason, row.counted)


def _item(row: Mapping[str, Any]) -> FrozenItem:
    """One item of frozen JSON, in a line for each thing it says; other lists bring their own "words"."""
    part, title = f"item:{row['id']}", str(row.get("title", ""))
    if "medium_label" not in row:
        return FrozenItem(part, title, str(row.get("words", title)))
    span = format_span(parse_day(row["starts_on"]), parse_day(row["ends_on"]))
    money = [f"{part['label']}: {format_integer(part['amount'])} đồng" for part in row["budgets"]]
    lines = [
        title, f"{row['medium_label']}: {format_integer(row['quantity'])} {row['medium_unit']}", span,
        "; ".join(row["theme_labels"]), "; ".join(row["audience_labels"]),
        "; ".join(filter(None, [row["lead"], *row["staff"]])), row["partner"], *money, row["note"],
    ]
    return FrozenItem(part, title, "\n".join(filter(None, lines)))


def compare(old: VersionContent, new: VersionContent) -> list[Change]:
    """The parts that differ, in the order of the new version; parts that are gone stand last."""
    before, after = old.words, new.words
    names = old.names | new.names
    order = [*after, *(part for part in before if part not in after)]
    return [
        Change(part, names[part], before.get(part), after.get(part))
        for part in order if before.get(part, "") != after.get(part, "")
    ]
