"""The results of a unit with every unit below it, for paper and workbook."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from queries.survey.compose import Composer
from queries.survey.ground import read_ground
from queries.survey.result import GroupResult, SurveyResult
from queries.survey.trend import read_trend


@dataclass(frozen=True)
class Whole:
    """Results with what they were made of, read once."""

    result: SurveyResult
    units: tuple[tuple[GroupResult, int], ...]
    """All units below with their depth, 0 for those directly below; each before the ones below it."""
    composer: Composer
    """For raw rows: which groups may not be told apart."""


def get_whole(session: Session, round_id: int, unit_id: int) -> Whole | None:
    """The results over a unit as they may be shown, with all units below; None as ``get_result``. Eight queries."""
    ground = read_ground(session, round_id)
    if ground is None or ground.tree.root not in ground.members:
        return None
    if unit_id != ground.tree.root and unit_id not in ground.above:
        return None
    composer = Composer(ground)
    result = composer.result(unit_id, read_trend(session, ground, unit_id))
    return Whole(result, tuple(_below(composer, unit_id, result.groups, 0)), composer)


def _below(composer: Composer, unit_id: int, groups: tuple[GroupResult, ...],
           depth: int) -> Iterator[tuple[GroupResult, int]]:
    """The units below a unit, in the order of its results, each followed by those below it."""
    for group in groups:
        yield group, depth
        if group.has_below and not group.is_own and group.unit_id != unit_id:
            yield from _below(composer, group.unit_id, tuple(composer.groups(group.unit_id)), depth + 1)


__all__ = ["Whole", "get_whole"]
