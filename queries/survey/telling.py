"""One question, factor or general answer put into words of results, from packed counts that may be shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.codebook import Codebook
from models.question import NUMERIC, SCALED, Body, Factor, Question, QuestionKind, Words
from models.satisfaction import (
    LevelCounts,
    dissatisfied_share,
    factor_mean,
    margin_of,
    mean_of,
    pool,
    satisfied_share,
)
from queries.survey.result import FactorResult, QuestionResult

GIVEN = Words("Có trả lời", "Answered")


@dataclass(frozen=True, slots=True)
class Item:
    """A question, or a row of a grid, with the cells that count it."""

    code: str
    text: Words
    question: Question
    cells: tuple[str, ...]
    """Its own code; of a multiple choice one an option."""
    options: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A group's answers on the five levels: None everywhere where they may not be shown or there are none."""

    counts: LevelCounts | None = None
    satisfied: Decimal | None = None
    mean: Decimal | None = None
    margin: Decimal | None = None


def items_of(body: Body) -> Iterator[Item]:
    """Everything that is answered, in order."""
    for question in body.questions():
        kind = question.kind
        if kind is QuestionKind.NOTE:
            continue
        if kind is QuestionKind.MULTIPLE:
            cells = tuple(f"{question.code}.{choice.code}" for choice in question.choices)
            yield Item(question.code, question.text, question, cells, tuple(c.text for c in question.choices))
            continue
        options: tuple[Words, ...] = (GIVEN,)
        if kind in SCALED:
            options = body.scale_labels(question.scale)
        elif kind is QuestionKind.SINGLE:
            options = tuple(choice.text for choice in question.choices)
        for row in question.items:
            yield Item(row.code, row.text, question, (row.code,), options)


def tell(item: Item, book: Codebook, counts: int, population: int | None, *, is_shown: bool) -> QuestionResult:
    """What came to a question; nothing but its name where it may not be shown."""
    question = item.question
    if not is_shown or not item.cells:
        return QuestionResult(item.code, item.text, question.kind, question.factor, item.options)
    found = book.read(counts, item.cells[0])
    spread = found.values
    if question.kind is QuestionKind.MULTIPLE:
        spread = tuple(book.read(counts, cell).values[0] for cell in item.cells)
    mean = found.total / found.n if question.kind in NUMERIC and found.n else None
    satisfied = dissatisfied = margin = None
    if question.kind in SCALED:
        levels = book.levels(counts, item.code)
        mean, satisfied, dissatisfied = mean_of(levels), satisfied_share(levels), dissatisfied_share(levels)
        margin = None if satisfied is None else margin_of(satisfied, levels.n, population)
    return QuestionResult(
        item.code, item.text, question.kind, question.factor, item.options, True, found.n, found.missing,
        found.not_applicable, spread, mean, satisfied, dissatisfied, margin)


def summarise(levels: LevelCounts | None, population: int | None) -> Summary:
    """The headline of a group in one line; None for what may not be shown."""
    if levels is None:
        return Summary()
    satisfied = satisfied_share(levels)
    margin = None if satisfied is None else margin_of(satisfied, levels.n, population)
    return Summary(levels, satisfied, mean_of(levels), margin)


def tell_factor(factor: Factor, questions: Sequence[QuestionResult]) -> FactorResult | None:
    """A factor from its shown questions; None for one without a question on the five levels."""
    own = [question for question in questions if question.factor == factor.code and question.is_scale]
    shown = [levels for levels in (question.levels for question in own) if levels is not None]
    if not own:
        return None
    pooled = pool(shown)
    if not pooled.n:
        return FactorResult(factor.code, factor.name, factor.is_service, None, None, None, None)
    return FactorResult(factor.code, factor.name, factor.is_service, pooled, factor_mean(shown),
                        satisfied_share(pooled), dissatisfied_share(pooled))


__all__ = ["GIVEN", "Item", "Summary", "items_of", "summarise", "tell", "tell_factor"]
