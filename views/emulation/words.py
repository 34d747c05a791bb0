"""Points in words of the reader's language, and where the record behind a sentence is."""

from decimal import Decimal

from flask import url_for

from core.numbers import format_decimal
from core.translation import _
from models.emulation_score import Reason
from queries.emulation import Judged, Shift, Standing


def points_words(value: Decimal | None) -> str:
    """Points as "8,5", whole ones without a comma; "–" where there are none."""
    if value is None:
        return "–"
    text = format_decimal(value, 2)
    return text.rstrip("0").rstrip(",") if "," in text else text


def reason_words(reason: Reason) -> str:
    """A sentence of an explanation."""
    return reason.words(_)


def rank_words(row: Standing | None) -> str:
    """A rank as "4" or "2–3"; "–" without one."""
    return str(row.rank) if row is not None and row.rank is not None else "–"


def difference_words(shift: Shift) -> str:
    """By how many places a unit moved, as "lên 3" or "xuống 2"."""
    moved = shift.rank_difference
    if moved is None:
        return "–"
    if moved == 0:
        return _("giữ nguyên")
    return _("lên %(places)s", places=moved) if moved > 0 else _("xuống %(places)s", places=-moved)


def trace_url(reason: Reason, unit: Judged, year: int) -> str:
    """Where the record behind a sentence is; "" where there is no page of it."""
    kind, _mark, rest = reason.trace.partition(":")
    match kind:
        case "plan" | "report":
            return url_for(f"{kind}.show", obligation_id=int(rest))
        case "activities":
            return url_for("activity.index", unit=unit.code)
        case "tally":
            return url_for("tally.show", tally_id=int(rest))
        case "round":
            return url_for("result.show", round_id=int(rest.partition(":")[0]), unit=unit.id)
        case "models":
            return url_for("commendation.index", unit=unit.code, year=year, mark="picked")
        case "findings":
            return url_for("inspection.findings", q=unit.name)
    return ""


__all__ = ["difference_words", "points_words", "rank_words", "reason_words", "trace_url"]
