"""Papers of surveys for tests: ordinary, empty and absurd, without a database."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from models.question import Body, Choice, Question, QuestionKind, Section, Words
from models.satisfaction import LevelCounts, dissatisfied_share, margin_of, mean_of, satisfied_share
from models.survey import SurveyAudience, SurveyChannel
from models.unit import UnitKind
from queries.survey.document import PaperFormDocument, PosterDocument, SlipDocument, SurveyReportDocument
from queries.survey.raw import RawRow, RawSheets
from queries.survey.result import (
    ChannelResult,
    FactorResult,
    GroupResult,
    KnowledgeResult,
    QuestionResult,
    RoundHead,
    SurveyResult,
    TrendPoint,
)
from tests.exports import samples
from tests.support.survey import default_body

DAY = date(2023, 5, 31)
TITLE = "Khảo sát mức độ hài lòng về giải quyết thủ tục hành chính và thông tin cải cách hành chính năm 2023"
LONG_NAME = "Trường Phổ thông dân tộc nội trú trung học cơ sở và trung học phổ thông " * 3
ODD = "Trường 😀 <script>alert('x')</script> & <b>đậm</b> <img src=/etc/passwd>"


def poster(**changes: object) -> PosterDocument:
    values: dict[str, object] = {
        "parent_agency": "SỞ GIÁO DỤC VÀ ĐÀO TẠO QUẢNG NINH", "agency": "TRƯỜNG THPT CHUYÊN HẠ LONG",
        "unit_name": "Trường THPT Chuyên Hạ Long", "title": TITLE, "address": "https://cchc.example.vn/s/abcd2345",
        "closes_on": DAY, "contact": "Văn phòng nhà trường (minh họa)"}
    return PosterDocument(**{**values, **changes})  # type: ignore[arg-type]  # changes are named by the field


EMPTY_POSTER = poster(parent_agency="", agency="", unit_name="", title="", contact="")
ABSURD_POSTER = poster(
    parent_agency=LONG_NAME.upper(), agency=LONG_NAME.upper(), unit_name=LONG_NAME + ODD, title=LONG_NAME * 3,
    address="https://" + "rat-dai." * 12 + "vn/s/abcd2345", contact=LONG_NAME * 2, minutes=120)
POSTERS = {"empty": EMPTY_POSTER, "ordinary": poster(), "absurd": ABSURD_POSTER}


def form(body: Body | None = None, **changes: object) -> PaperFormDocument:
    values: dict[str, object] = {
        "parent_agency": "SỞ GIÁO DỤC VÀ ĐÀO TẠO QUẢNG NINH", "agency": "TRƯỜNG THPT CHUYÊN HẠ LONG",
        "unit_name": "Trường THPT Chuyên Hạ Long", "title": TITLE, "body": body or default_body(),
        "host": "Sở Giáo dục và Đào tạo (minh họa)", "contact": "Văn phòng Sở (minh họa)", "closes_on": DAY,
        "address": "https://cchc.example.vn/s/abcd2345", "place_code": "abcd2345"}
    return PaperFormDocument(**{**values, **changes})  # type: ignore[arg-type]  # changes are named by the field


def absurd_body() -> Body:
    """Every kind of question, each beyond what anybody writes."""
    choices = tuple(Choice(str(number), Words(f"{number} {LONG_NAME}")) for number in range(1, 41))
    rows = tuple(Choice(f"G{number}", Words(LONG_NAME)) for number in range(1, 61))
    questions = [
        Question("A", QuestionKind.SINGLE, Words(LONG_NAME * 4), Words(ODD), choices=choices),
        Question("B", QuestionKind.MULTIPLE, Words(ODD), choices=choices[:7], relevant="selected(${A}, '1')"),
        Question("C", QuestionKind.GRID, Words(LONG_NAME), rows=rows, scale="s", allows_not_applicable=True),
        Question("D", QuestionKind.SCALE, Words(LONG_NAME), scale="s", relevant="${A} = '2' and ${B} != ''"),
        Question("E", QuestionKind.INTEGER, Words(LONG_NAME), minimum="-5", maximum="1000000"),
        Question("F", QuestionKind.DECIMAL, Words("Số lẻ"), relevant="${E} > 3.5"),
        Question("DAI_MA_CAU_HOI_RAT_DAI", QuestionKind.TEXT, Words("Chữ"), max_length=500),
        Question("H", QuestionKind.LONG_TEXT, Words("Nhiều dòng"), relevant="string-length(${G1}) > 2"),
        Question("I", QuestionKind.DATE, Words("Ngày")),
        Question("J", QuestionKind.NOTE, Words(LONG_NAME * 30)),
    ]
    section = Section("S", Words(LONG_NAME), questions=tuple(questions))
    levels = tuple(Words(f"{word} rất dài dòng") for word in ("Một", "Hai", "Ba", "Bốn", "Năm"))
    return Body(Words(LONG_NAME), Words(ODD), Words(LONG_NAME), scales=(("s", levels),), sections=(section,))


FORMS = {
    "empty": form(Body(), parent_agency="", agency="", unit_name="", title="", host="", contact="", address="",
                  place_code=""),
    "ordinary": form(),
    "absurd": form(absurd_body(), parent_agency=LONG_NAME.upper(), agency=LONG_NAME.upper(), title=LONG_NAME,
                   host=LONG_NAME, contact=LONG_NAME),
}


def slips(count: int = 12, **changes: object) -> SlipDocument:
    values: dict[str, object] = {
        "agency": "TRƯỜNG THPT CHUYÊN HẠ LONG", "title": TITLE, "address": "https://cchc.example.vn/s/abcd2345",
        "closes_on": DAY, "codes": tuple(f"K7PM-{number:04d}" for number in range(count))}
    return SlipDocument(**{**values, **changes})  # type: ignore[arg-type]  # changes are named by the field


SLIPS = {"empty": slips(0), "ordinary": slips(),
         "absurd": slips(41, agency=LONG_NAME.upper() + ODD, title=LONG_NAME * 3, address=ABSURD_POSTER.address)}


def levels_of(random: Random, size: int) -> LevelCounts:
    """Some answers on five levels."""
    parts = [random.randrange(size + 1) for _ in range(5)]
    return LevelCounts((parts[0], parts[1], parts[2], parts[3], parts[4]), random.randrange(5), random.randrange(5))


def told(code: str, text: Words, counts: LevelCounts, options: Iterable[Words], factor: str = "") -> QuestionResult:
    """A question on the five levels with its answers."""
    return QuestionResult(
        code, text, QuestionKind.SCALE, factor, tuple(options), True, counts.n, counts.blank, counts.not_applicable,
        counts.levels, mean_of(counts), satisfied_share(counts), dissatisfied_share(counts),
        margin_of(satisfied_share(counts) or Decimal(), counts.n))


def question_results(random: Random, size: int, text: Words | None = None) -> tuple[QuestionResult, ...]:
    """The default questionnaire answered; the second scale question hidden."""
    body = default_body()
    found = []
    for question in body.questions():
        if question.kind is QuestionKind.SCALE:
            options = body.scale_labels(question.scale)
            found.append(told(question.code, text or question.text, levels_of(random, size), options, question.factor))
        elif question.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
            words = tuple(choice.text for choice in question.choices)
            counts = tuple(random.randrange(size + 1) for _ in words)
            found.append(QuestionResult(question.code, text or question.text, question.kind, "", words, True,
                                        sum(counts), 3, 0, counts))
        else:
            found.append(QuestionResult(question.code, text or question.text, question.kind, "", (Words("có"),), True,
                                        size, 1, 0, (size,), Decimal("87.5") if question.minimum else None))
    hidden = found[3]
    found[3] = QuestionResult(hidden.code, hidden.text, hidden.kind, hidden.factor, hidden.options)
    return tuple(found)


def group(number: int, size: int, *, name: str = "", has_below: bool = False) -> GroupResult:
    """A unit below; every seventh one hidden, every fifth without sheets."""
    counts = None if number % 7 == 3 else levels_of(Random(number), 0 if number % 5 == 4 else size)
    share = satisfied_share(counts) if counts else None
    return GroupResult(
        number, name or f"Trường THCS số {number} (minh họa)", UnitKind.LOWER_SECONDARY, False, has_below,
        counts.total if counts else 3, None if number % 2 else 500, counts, share, mean_of(counts) if counts else None,
        margin_of(share, counts.n) if counts and share is not None else None)


def result(size: int = 300, units: int = 5, **changes: Any) -> SurveyResult:
    """Results of the default questionnaire."""
    random, body = Random(7), default_body()
    questions = question_results(random, size)
    factors = tuple(
        FactorResult(factor.code, factor.name, factor.is_service, None if number == 1 else counts,
                     None if number == 1 else mean_of(counts), None if number == 1 else satisfied_share(counts),
                     None if number == 1 else dissatisfied_share(counts))
        for number, factor in enumerate(body.factors) for counts in [levels_of(random, size)])
    head = RoundHead(1, "2023-HL-1", TITLE, SurveyAudience.PEOPLE, "Sở Giáo dục và Đào tạo (minh họa)",
                     date(2023, 5, 1), DAY, 1, "HL-TTHC", 1, body.title, "Q17")
    channels = tuple(
        ChannelResult(channel, size, number, None if number == 2 else counts,
                      None if number == 2 else satisfied_share(counts), None if number == 2 else mean_of(counts), None)
        for number, channel in enumerate((SurveyChannel.LINK, SurveyChannel.QR, SurveyChannel.PAPER,
                                          SurveyChannel.TALLY))
        for counts in [levels_of(random, size)])
    trend = (TrendPoint(9, "2022-HL-1", "Khảo sát năm 2022 (minh họa)", date(2022, 5, 31), 900, levels_of(random, 90),
                        Decimal("0.8125"), Decimal("4.03")),
             TrendPoint(8, "2021-HL-1", "Khảo sát năm 2021 (minh họa)", date(2021, 5, 31), 3, None, None, None))
    values: dict[str, Any] = {
        "round": head, "unit_id": 1, "unit_name": "Sở Giáo dục và Đào tạo Quảng Ninh", "unit_kind": UnitKind.DEPARTMENT,
        "path": (), "sheets": size * 4, "excluded": 6, "place_count": units, "answered_count": max(units - 1, 0),
        "population": size * 20, "sample": 376, "is_shown": True, "questions": questions, "factors": factors,
        "overall_mean": Decimal("4.0167"), "plain_mean": Decimal("3.95"), "plain_count": 4, "knowledge": None,
        "channels": channels, "groups": tuple(group(number, size) for number in range(1, units + 1)), "trend": trend}
    return SurveyResult(**{**values, **changes})


def report(found: SurveyResult | None = None, deep: int = 0, **changes: Any) -> SurveyReportDocument:
    """The report on results; ``deep`` units below each group."""
    found = found or result()
    units: list[tuple[GroupResult, int]] = []
    for line in found.groups:
        units.append((line, 0))
        units += [(group(line.unit_id * 100 + number, 40), 1) for number in range(deep)]
    head = samples.head(subject=f"Kết quả {TITLE[:1].lower()}{TITLE[1:]}", **changes)
    return SurveyReportDocument(head, found, tuple(units), date(2023, 6, 2))


def empty_result() -> SurveyResult:
    """A round in which nothing came in, of a questionnaire without anything."""
    return result(0, 0, unit_name="", sheets=0, excluded=0, population=None, sample=None, questions=(), factors=(),
                  overall_mean=None, plain_mean=None, plain_count=0, channels=(), trend=())


def absurd_result() -> SurveyResult:
    """Long names, huge numbers, 120 units, signs that no face holds."""
    random, huge = Random(3), 10**12
    text = Words(LONG_NAME + ODD)
    return result(
        huge, 120, unit_name=LONG_NAME, questions=question_results(random, huge, text),
        factors=tuple(FactorResult(f"F{number}", text, True, levels_of(random, huge), Decimal(4), Decimal("0.5"),
                                   Decimal("0.1")) for number in range(12)),
        knowledge=KnowledgeResult(huge, huge - 1),
        groups=tuple(group(number, huge, name=LONG_NAME + ODD) for number in range(1, 121)))


REPORTS = {"empty": report(empty_result(), parent_agency="", addressees=(), recipients=()),
           "ordinary": report(), "absurd": report(absurd_result(), 2)}


def raw(count: int = 20, columns: int = 21, text: str = "Tốt") -> RawSheets:
    """Single sheets."""
    random = Random(11)
    heads = ("Đơn vị", "Kênh", *(f"Q{number}" for number in range(1, columns)), "X3")
    rows: Iterator[RawRow] = ([(f"Trường số {random.randrange(700)} (minh họa)", "Mã QR"),
             tuple(random.choice("12345 nx").strip() for _ in range(1, columns)), (text,)] for _ in range(count))
    return RawSheets(heads, rows, (tuple,) * 3, count, 7, frozenset(range(2, columns + 1)), frozenset(range(2, 5)))
