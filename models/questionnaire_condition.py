"""What is wrong with the conditions of a questionnaire: broken, unknown, later, their own, or in a circle."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from core.expression import ExpressionError, Node, asks_current, parse, references
from core.translation import N_, _
from models.question import Body, QuestionKind

Row = tuple[str, str, str]
"""The code of a question or section, a sentence, and which of its conditions: "relevant" or "constraint"."""
_RELEVANT, _CONSTRAINT = N_("Điều kiện hỏi"), N_("Ràng buộc")
_PARTS = {_RELEVANT: "relevant", _CONSTRAINT: "constraint"}


@dataclass(frozen=True, slots=True)
class _Rule:
    """A condition as it is written; ``own`` are the fields that it decides about, ``place`` the first one's."""

    where: str
    text: str
    name: str
    place: int
    own: frozenset[str]


def condition_problems(body: Body) -> Iterator[Row]:
    """Everything wrong with "relevant" and "constraint" of sections and questions."""
    places = {name: place for place, question in enumerate(body.questions()) for name in question.names}
    grids = {question.code for question in body.questions() if question.kind is QuestionKind.GRID}
    read: list[tuple[_Rule, Node]] = []
    for rule in _rules(body):
        try:
            read.append((rule, parse(rule.text)))
        except ExpressionError as error:
            message = _("%(name)s chưa đọc được: %(reason)s", name=_(rule.name), reason=str(error))
            yield rule.where, message, _PARTS[rule.name]
    circle = _circle(read, places)
    if circle:
        message = _("Các điều kiện hỏi vòng quanh nhau: %(circle)s", circle=" → ".join(circle))
        yield circle[0], message, _PARTS[_RELEVANT]
    for rule, node in read:
        for message in _of_rule(rule, node, places, grids, frozenset(circle)):
            yield rule.where, message, _PARTS[rule.name]


def _rules(body: Body) -> Iterator[_Rule]:
    """All conditions, in order."""
    place = 0
    for section in body.sections:
        own = frozenset(name for question in section.questions for name in question.names)
        if section.relevant:
            yield _Rule(section.code, section.relevant, _RELEVANT, place, own)
        for question in section.questions:
            for text, name in ((question.relevant, _RELEVANT), (question.constraint, _CONSTRAINT)):
                if text:
                    yield _Rule(question.code, text, name, place, frozenset(question.names))
            place += 1


def _of_rule(rule: _Rule, node: Node, places: dict[str, int], grids: set[str],
             circle: frozenset[str]) -> Iterator[str]:
    """What is wrong with one condition that could be read."""
    if rule.name == _RELEVANT and asks_current(node):
        yield _("Dấu chấm “.” chỉ dùng trong ràng buộc; điều kiện hỏi gọi câu khác bằng mã")
    if rule.name == _CONSTRAINT and not rule.own:
        yield _("Lời dẫn không có câu trả lời để ràng buộc")
    for code in sorted(references(node)):
        if code in rule.own:
            if rule.name == _CONSTRAINT:
                yield _("Ràng buộc gọi câu trả lời của chính nó bằng dấu chấm, không bằng mã")
            else:
                yield _("Điều kiện hỏi tới câu “%(code)s”, là câu mà chính nó quyết định", code=code)
        elif code in grids:
            yield _("“%(code)s” là một bảng; hãy hỏi tới từng ý trong bảng", code=code)
        elif code not in places:
            yield _("Không có câu “%(code)s” để hỏi tới", code=code)
        elif places[code] >= rule.place and not (code in circle and rule.own & circle):
            yield _("Câu “%(code)s” đứng sau; điều kiện chỉ hỏi tới câu đứng trước", code=code)


def _circle(read: Sequence[tuple[_Rule, Node]], places: dict[str, int]) -> list[str]:
    """A circle of questions whose being asked hangs on each other, first and last the same; empty without one."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for rule, node in read:
        asked = [code for code in references(node) if code in places and code not in rule.own]
        if rule.name == _RELEVANT:
            for name in rule.own:
                sorter.add(name, *asked)
    try:
        sorter.prepare()
    except CycleError as error:
        found: list[str] = error.args[1][:-1]
        found.reverse()
        start = min(range(len(found)), key=lambda index: places[found[index]])
        return [*found[start:], *found[:start], found[start]]
    return []


__all__ = ["condition_problems"]
