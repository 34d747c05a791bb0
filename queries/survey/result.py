"""Results of a survey as page, paper, workbook and JSON get them: everything in here may be shown (product law 9).

``queries.survey.compose.get_result`` makes them. A number that may not be shown is None, and ``is_shown`` says so;
shares are 0..1, nothing is rounded. The formulae are those of ``models.satisfaction``, never to be called SIPAS.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.question import QuestionKind, Words
from models.satisfaction import SMALL_SAMPLE, LevelCounts
from models.survey import SurveyAudience, SurveyChannel
from models.unit import UnitKind


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """What came to one question, or to one row of a grid, over one group.

    Where it is shown: Σ distribution + missing + not applicable = sheets, but for a multiple choice, where each
    option may be ticked on every sheet: there n + missing + not applicable = sheets.
    """

    code: str
    text: Words
    kind: QuestionKind
    factor: str
    """Code of its factor; empty without one."""
    options: tuple[Words, ...]
    """What the distribution counts: levels lowest first, choices, options; one for a number, text or day given."""
    is_shown: bool = False
    """False where fewer than five answered, or where showing it would tell of a group under five."""
    n: int | None = None
    """Valid answers."""
    missing: int | None = None
    """Left blank, or not asked."""
    not_applicable: int | None = None
    distribution: tuple[int, ...] | None = None
    """Sheets by option."""
    mean: Decimal | None = None
    """On the five-point scale; of a number question the mean of the numbers."""
    satisfied: Decimal | None = None
    """Share at levels 4 and 5; None for what is not on the five-level scale."""
    dissatisfied: Decimal | None = None
    """Share at levels 1 and 2."""
    margin: Decimal | None = None
    """Half the 95 % interval of ``satisfied``; with finite population correction where N is known."""

    @property
    def is_scale(self) -> bool:
        """Whether it is answered on the five levels."""
        return self.kind in (QuestionKind.SCALE, QuestionKind.GRID)

    @property
    def is_small(self) -> bool:
        """Whether it is shown with the words "mẫu nhỏ"."""
        return self.n is not None and self.n < SMALL_SAMPLE

    @property
    def levels(self) -> LevelCounts | None:
        """The answers on the five levels; None where not shown, and for other kinds."""
        if not self.is_scale or self.distribution is None:
            return None
        one, two, three, four, five = self.distribution
        return LevelCounts((one, two, three, four, five), self.not_applicable or 0, self.missing or 0)

    @property
    def shares(self) -> tuple[Decimal, ...] | None:
        """Every option's share of n; None where not shown or without answers."""
        if self.distribution is None or not self.n:
            return None
        return tuple(Decimal(count) / self.n for count in self.distribution)


@dataclass(frozen=True, slots=True)
class FactorResult:
    """The questions of one factor read together; made of its shown questions alone."""

    code: str
    name: Words
    is_service: bool
    """Whether it enters the overall mean."""
    counts: LevelCounts | None
    """Answers to its questions, pooled; None where none is shown."""
    mean: Decimal | None
    """The mean of its questions' means."""
    satisfied: Decimal | None
    """Σ answers at levels 4 and 5, of Σ answers."""
    dissatisfied: Decimal | None


@dataclass(frozen=True, slots=True)
class ChannelResult:
    """One channel of the group: counted apart always. ``headline`` is None where it may not be shown."""

    channel: SurveyChannel
    sheets: int
    excluded: int
    headline: LevelCounts | None
    satisfied: Decimal | None
    mean: Decimal | None
    margin: Decimal | None


@dataclass(frozen=True, slots=True)
class GroupResult:
    """One unit directly below, with all below it; or what a unit brought in itself, beside those below it."""

    unit_id: int
    name: str
    kind: UnitKind
    is_own: bool
    """Whether it is the part of the unit itself."""
    has_below: bool
    """Whether there are units below it in this survey."""
    sheets: int
    population: int | None
    """People who could answer; None where that is not known of every unit in it."""
    headline: LevelCounts | None
    """None where it may not be shown."""
    satisfied: Decimal | None
    mean: Decimal | None
    margin: Decimal | None

    @property
    def is_small(self) -> bool:
        """Whether it is shown with the words "mẫu nhỏ", and never ranked."""
        return self.headline is not None and self.headline.is_small


@dataclass(frozen=True, slots=True)
class RoundHead:
    """Which survey the results are of."""

    id: int
    code: str
    title: str
    audience: SurveyAudience
    host: str
    opens_on: date
    closes_on: date
    questionnaire_id: int
    questionnaire_code: str
    questionnaire_version: int
    questionnaire_title: Words
    headline: str
    """Code of its headline question; empty without one."""


@dataclass(frozen=True, slots=True)
class KnowledgeResult:
    """Sheets of knowledge: how many passed, of how many that were judged; None where it may not be shown."""

    answered: int | None
    passed: int | None

    @property
    def share(self) -> Decimal | None:
        """Passed of answered, 0..1."""
        return Decimal(self.passed) / self.answered if self.passed is not None and self.answered else None


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The headline of one round of the same questionnaire over the same unit, oldest first; None where not shown."""

    round_id: int
    code: str
    title: str
    closes_on: date
    sheets: int
    counts: LevelCounts | None
    satisfied: Decimal | None
    mean: Decimal | None


@dataclass(frozen=True, slots=True)
class SurveyResult:
    """A round over one unit and all below it, by the tree of units of the round's last day."""

    round: RoundHead
    unit_id: int
    unit_name: str
    unit_kind: UnitKind
    path: tuple[tuple[int, str], ...]
    """The units above it in this survey, highest first: (id, name)."""
    sheets: int
    """Sheets that count, tallies included."""
    excluded: int
    """Sheets that the Office excluded, with a reason each."""
    place_count: int
    """Units that were asked."""
    answered_count: int
    """Of these, units with a sheet at least."""
    population: int | None
    """N; None where that is not known of every unit asked."""
    sample: int | None
    """How many sheets would do for N (``models.satisfaction.sample_size``)."""
    is_shown: bool
    """False where the whole group may not be shown."""
    questions: tuple[QuestionResult, ...]
    factors: tuple[FactorResult, ...]
    overall_mean: Decimal | None
    """The mean of the service factors' means."""
    plain_mean: Decimal | None
    """The mean of the headline means of single units with 30 answers and more that are shown, each of equal weight."""
    plain_count: int
    """How many units ``plain_mean`` is of."""
    knowledge: KnowledgeResult | None
    """None for a questionnaire without right answers."""
    channels: tuple[ChannelResult, ...]
    groups: tuple[GroupResult, ...]
    trend: tuple[TrendPoint, ...] = ()

    @property
    def by_code(self) -> Mapping[str, QuestionResult]:
        """The questions by code."""
        return {question.code: question for question in self.questions}

    @property
    def headline(self) -> QuestionResult | None:
        """The headline question; None in a questionnaire without one."""
        return self.by_code.get(self.round.headline)

    @property
    def response_share(self) -> Decimal | None:
        """Sheets of N, 0..1; None where N is not known."""
        return Decimal(self.sheets) / self.population if self.population else None


__all__ = ["ChannelResult", "FactorResult", "GroupResult", "KnowledgeResult", "QuestionResult", "RoundHead",
           "SurveyResult", "TrendPoint"]
