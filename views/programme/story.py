"""Changes of a programme in words: part, row, what was before and what stands now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from core.dates import format_moment
from core.translation import _
from forms.programme import shown_value
from models.programme_book import FRAME, TABLES, Field
from models.programme_change import RowChange, RowDifference
from queries.timeline import TimelineEntry

LONGEST = 300
"""A longer text is cut in a difference; the row itself shows it whole."""


@dataclass(frozen=True)
class ChangedField:
    """One field, before and after, as people read it."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangedRow:
    """One row that was added, taken out, changed or moved."""

    part: str
    what: str
    name: str
    tone: str
    fields: tuple[ChangedField, ...]


@dataclass(frozen=True)
class ChangeDay:
    """What one person changed at one time."""

    when: str
    who: str
    rows: tuple[ChangedRow, ...]


_TONES = {RowChange.ADDED: "leaf", RowChange.REMOVED: "lacquer", RowChange.CHANGED: "amber", RowChange.MOVED: "sky"}


def told(differences: Iterable[RowDifference]) -> list[ChangedRow]:
    """Differences in words."""
    return [
        ChangedRow(
            _(row.table.label) if row.table else _("Phần chung"), _(row.change.label), row.name or row.key,
            _TONES[row.change], tuple(_field(part.field, part.before, part.after) for part in row.fields))
        for row in differences]


def changes_of(entries: Sequence[TimelineEntry]) -> list[ChangeDay]:
    """The changes that the trail of a published programme holds, newest first; those before publishing are left out."""
    published = next((place for place, entry in enumerate(entries) if entry.action == "publish"), len(entries))
    is_clone = any(entry.action == "create" and entry.detail for entry in entries)
    kept = entries[:published] if published < len(entries) or not is_clone else []
    return [ChangeDay(format_moment(entry.at), entry.actor or _("Hệ thống"), tuple(map(_row, entry.detail["changes"])))
            for entry in kept if entry.detail.get("changes")]


def _row(change: dict[str, Any]) -> ChangedRow:
    """One change of the trail."""
    table = TABLES.get(change["table"])
    fields = {field.name: field for field in (table.fields if table else FRAME)}
    kind = RowChange(change["change"])
    return ChangedRow(
        _(table.label) if table else _("Phần chung"), _(kind.label), change["name"] or change["key"], _TONES[kind],
        tuple(_field(fields[name], *values) for name, values in change["fields"].items() if name in fields))


def _field(field: Field, before: Any, after: Any) -> ChangedField:
    """One field in words."""
    return ChangedField(_(field.label), _cut(shown_value(field, before)), _cut(shown_value(field, after)))


def _cut(text: str) -> str:
    """A long text, cut."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"
