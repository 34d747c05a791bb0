"""What the included units did, counted once: activities by unit, channel, theme and row of the plan's appendix.

Activities and sheets count as they stood when a unit's accepted version was sent, so that the tables agree with
the frozen figures; those of the consolidating unit itself count as they stand now.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Integer,
    SelectBase,
    Subquery,
    case,
    column,
    distinct,
    func,
    literal,
    or_,
    select,
    union,
    union_all,
    values,
)
from sqlalchemy.orm import Session

from models.activity import Activity, activity_theme
from models.base import Utc
from models.programme import Medium, Theme
from models.requirement import Obligation
from models.satisfaction import LevelCounts
from models.submission import Submission, SubmissionVersion
from queries.consolidation.standing import below
from queries.figure import Window
from queries.survey.answer import Days, FactorAnswers, factor_answers

_EVER = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class UnitCount:
    """Activities of one unit in one channel; an activity of two themes is one, but counts in both themes."""

    unit_id: int
    channel_id: int
    activities: int
    by_theme: tuple[int, ...]
    """In the order of the themes asked for."""
    by_row: tuple[int, ...]
    """In the order of the appendix rows asked for."""


@dataclass(frozen=True, slots=True)
class ScaleCount:
    """Answers of one unit to the questions of one factor, by level 1..5."""

    unit_id: int
    questionnaire_code: str
    questionnaire: str
    factor_code: str
    factor: str
    is_headline: bool
    levels: tuple[int, int, int, int, int]


def included_units(unit_id: int, version_ids: Iterable[int], heirs: Mapping[int, int] | None = None) -> Subquery:
    """Units with the moment up to which what they recorded counts: (unit_id, until_at); the unit's own counts ever.

    Records of a closed unit count as long as those of its heir (``heirs_of``).
    """
    accepted = (
        select(Obligation.unit_id.label("unit_id"), SubmissionVersion.submitted_at.label("until_at"))
        .join(Submission, Submission.obligation_id == Obligation.id)
        .join(SubmissionVersion, SubmissionVersion.submission_id == Submission.id)
        .where(SubmissionVersion.id.in_(list(version_ids))))
    own = select(literal(unit_id).label("unit_id"), literal(_EVER, Utc()).label("until_at"))
    counting = union_all(own, accepted)
    return (_with_closed(counting, heirs) if heirs else counting).subquery("included")


def all_units(requirement_id: int, unit_id: int, until: datetime | None = None,
              heirs: Mapping[int, int] | None = None) -> Subquery:
    """A unit and all below it that owe a report, whether theirs is in or not, with all that they recorded.

    With ``until`` what stood recorded at that moment, of those too that were excused since. Closed units whose records
    count with one of them (``heirs_of``) are there, too.
    """
    owing = select(Obligation.unit_id.label("unit_id"), literal(until or _EVER, Utc()).label("until_at")).where(
        below([requirement_id], unit_id))
    owing = owing if until else owing.where(Obligation.exempted_at.is_(None))
    return (_with_closed(owing, heirs) if heirs else owing).subquery("owing")


def _with_closed(counting: SelectBase, heirs: Mapping[int, int]) -> CompoundSelect[Any]:
    """The units that count, and the closed ones that count with them."""
    count = counting.subquery("counting")
    pairs = values(column("old", Integer), column("heir", Integer), name="pairs").data(list(heirs.items())).cte()
    closed = select(pairs.c.old, count.c.until_at).join(count, count.c.unit_id == pairs.c.heir)
    return union(select(count), closed)


def count_activities(session: Session, included: Subquery, window: Window, theme_codes: Sequence[str],
                     row_codes: Sequence[Sequence[str]]) -> list[UnitCount]:
    """Activities of the included units in the window. One query, one row per unit and channel."""
    by_theme = [func.sum(case((Theme.code == code, 1), else_=0)) for code in theme_codes]
    by_row = [func.count(distinct(case((Theme.code.in_(codes), Activity.id)))) for codes in row_codes]
    rows = session.execute(
        select(Activity.unit_id, Medium.channel_id, func.count(distinct(Activity.id)), *by_theme, *by_row)
        .join(included, included.c.unit_id == Activity.unit_id)
        .join(Medium, Medium.id == Activity.medium_id)
        .outerjoin(activity_theme, activity_theme.c.activity_id == Activity.id)
        .outerjoin(Theme, Theme.id == activity_theme.c.theme_id)
        .where(Activity.programme_id == window.programme_id,
               Activity.starts_on.between(window.since, window.until),
               Activity.created_at <= included.c.until_at,
               or_(Activity.removed_at.is_(None), Activity.removed_at > included.c.until_at))
        .group_by(Activity.unit_id, Medium.channel_id).order_by(Activity.unit_id, Medium.channel_id))
    split = 3 + len(theme_codes)
    return [
        UnitCount(row[0], row[1], row[2], tuple(int(count) for count in row[3:split]), tuple(row[split:]))
        for row in rows
    ]


def inherit(heirs: Mapping[int, int], counts: Iterable[UnitCount]) -> list[UnitCount]:
    """Counts of closed units as counts of those whose report holds them."""
    return [replace(count, unit_id=heirs.get(count.unit_id, count.unit_id)) for count in counts]


def count_answers(session: Session, included: Subquery, window: Window) -> list[ScaleCount]:
    """Answers of the included units by factor, from tallies and sheets. One query.

    One row per unit, questionnaire and factor, in the order of questionnaires and factors.
    """
    return scale_counts(factor_answers(session, Days(window.programme_id, window.since, window.until), included))


def scale_counts(rows: Iterable[FactorAnswers]) -> list[ScaleCount]:
    """Answers by unit, questionnaire and factor, in the order of questionnaires and factors."""
    first: dict[tuple[str, str, bool], int] = {}
    found: defaultdict[tuple[str, str, bool, int], LevelCounts] = defaultdict(LevelCounts)
    names = {}
    for row in rows:
        factor = (row.questionnaire_code, row.factor_code, row.is_headline)
        first[factor] = min(row.position, first.get(factor, row.position))
        found[*factor, row.unit_id] += row.levels
        names[factor] = (row.questionnaire, row.factor)
    ordered = sorted(found, key=lambda key: (key[0], first[key[:3]], key[3]))
    return [
        ScaleCount(unit_id, code, names[code, factor, is_headline][0], factor, names[code, factor, is_headline][1],
                   is_headline, found[code, factor, is_headline, unit_id].levels)
        for code, factor, is_headline, unit_id in ordered
    ]


__all__ = ["ScaleCount", "UnitCount", "all_units", "count_activities", "count_answers", "included_units",
           "scale_counts"]
