"""Satisfaction for emulation: of each unit what results of surveys may tell of it, and nothing more (product law 9).

Units of one questionnaire are looked at together, so that no group under five can be worked out from the points of
the units beside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Session

from core.translation import N_
from models.disclosure import ALL, Cell, Tree, hidden_cells
from models.emulation import RuleKind
from models.emulation_score import Measure, Part, Reason
from models.programme import Programme
from models.satisfaction import SMALLEST_GROUP, pool
from models.survey import SurveyChannel
from queries.survey.answer import Answers, Days, read_answers
from queries.survey.ground import read_tree

NOT_TOLD = N_("Chưa đủ phiếu khảo sát để công bố")
NONE = N_("Chưa có phiếu khảo sát")


def measure_opinions(session: Session, programme: Programme, unit_ids: Sequence[int],
                     measures: defaultdict[int, dict[RuleKind, Measure]], on: date) -> None:
    """The share of answers at levels 4 and 5 to headline questions. Two queries."""
    days = Days(programme.id, date(programme.year - 1, 1, 1), on)
    answers = [row for row in read_answers(session, days, unit_ids) if row.headline]
    tree, _above, _members = read_tree(session, {row.unit_id for row in answers}, on)
    by_unit: defaultdict[int, list[Answers]] = defaultdict(list)
    for row in _told(tree, answers):
        by_unit[row.unit_id].append(row)
    asked = {row.unit_id for row in answers}
    for unit_id in unit_ids:
        measures[unit_id][RuleKind.SATISFACTION] = _measure(by_unit[unit_id], is_asked=unit_id in asked)


def _told(tree: Tree, answers: Iterable[Answers]) -> list[Answers]:
    """The answers of units that may be told of, questionnaire by questionnaire."""
    by_questionnaire: defaultdict[str, list[Answers]] = defaultdict(list)
    for row in answers:
        by_questionnaire[row.questionnaire].append(row)
    found = []
    for rows in by_questionnaire.values():
        sheets: defaultdict[Cell, int] = defaultdict(int)
        valid: defaultdict[Cell, int] = defaultdict(int)
        for row in rows:
            cell = (_leaf(tree, row.unit_id), row.channel.value)
            sheets[cell] += row.sheets
            valid[cell] += row.headline_levels.n
        hidden = hidden_cells(tree, tree.add_up(sheets))
        hidden |= hidden_cells(tree, tree.add_up(valid), hidden)
        found += [row for row in rows if (_leaf(tree, row.unit_id), ALL) not in hidden]
    return found


def _leaf(tree: Tree, unit_id: int) -> int:
    """Where the sheets of a unit itself stand in the tree."""
    return -unit_id if unit_id in tree.children else unit_id


def _measure(rows: Sequence[Answers], *, is_asked: bool) -> Measure:
    """One unit's measure; it does not apply where there is no survey or too few answered."""
    levels = pool(row.headline_levels for row in rows)
    if levels.n < SMALLEST_GROUP:
        return Measure((), (Reason(NOT_TOLD if is_asked else NONE),))
    row = rows[-1]
    trace = f"tally:{row.source_id}" if row.channel is SurveyChannel.TALLY else f"round:{row.source_id}:{row.unit_id}"
    return Measure((Part(Fraction(100 * levels.satisfied, levels.n), Reason(
        N_("%(done)s/%(all)s câu trả lời ở mức hài lòng và rất hài lòng"),
        (("done", str(levels.satisfied)), ("all", str(levels.n))), trace)),))


__all__ = ["measure_opinions"]
