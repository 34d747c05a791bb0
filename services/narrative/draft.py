"""Sentences from figures: the first draft of each section of a report, for people to write on from.

Nothing is invented: every number comes from a figure, "không phát sinh" and what is lacking are said in words.
The texts are Vietnamese, as the documents are.
"""

from collections.abc import Callable

from core.dates import format_document_day
from core.numbers import format_integer
from models.figure import EMPTY
from models.satisfaction import SMALLEST_GROUP
from services.narrative.speech import GroupCount, NarrativeFacts, coverage_of, is_small_sample, number_of, say
from services.narrative.table import CLAUSES, Clause, Sentence

MOST_NAMES = 6
"""More lacking units than this are named in the annex alone, so that a section stays readable."""


def draft_section(section_code: str, facts: NarrativeFacts) -> str:
    """The sentences for one section, a paragraph a line; empty where figures have nothing to tell."""
    if section_code in facts.own_sections:
        return _listed(facts.own_sections[section_code], facts)
    special = _SPECIAL.get(section_code)
    if special is not None:
        return special(facts)
    return _tell(section_code, facts)


def _listed(codes: tuple[str, ...], facts: NarrativeFacts) -> str:
    """Figures one below the other, then what does not occur and what is lacking."""
    told = [(code, number) for code in codes if (number := number_of(code, facts)) is not None]
    lines = [f"{_opening(facts)}kết quả như sau:"] if told else []
    lines += [f"- {_upper(facts.names.get(code, code))}: {_measured(number, facts.units.get(code, ''))}."
              for code, number in told]
    return "\n".join([*lines, *_silent(list(codes), facts)])


def _measured(number: str, unit: str) -> str:
    """A number with its unit, as "1.204 lượt"; a percentage has its sign already."""
    return number if not unit or unit == "%" else f"{number} {unit}"


def _tell(section_code: str, facts: NarrativeFacts) -> str:
    """The table's sentences for a section, then what does not occur and what is lacking."""
    sentences = CLAUSES.get(section_code, ())
    told = [text for sentence in sentences if (text := _sentence(sentence, facts))]
    codes = [code for sentence in sentences for clause in sentence.clauses for code in clause.codes]
    if told and sentences[0].is_dated:
        told[0] = f"{_dated(facts)}{_lower(told[0])}"
    return " ".join([*told, *_silent(codes, facts)])


def _dated(facts: NarrativeFacts) -> str:
    """As "Tính đến hết ngày 25/5/2023, "."""
    return f"Tính đến hết ngày {_until(facts)}, "


def _until(facts: NarrativeFacts) -> str:
    """The last day whose figures are told, as "25/5/2023"."""
    return say("@Until", format_document_day(facts.until), facts)


def _opening(facts: NarrativeFacts) -> str:
    """The same, with whose reports are in; said once, above the results."""
    if not facts.consolidates or not facts.groups:
        return _dated(facts)
    return f"{_dated(facts)}theo báo cáo đã duyệt của {_coverage(facts)}, "


def _coverage(facts: NarrativeFacts) -> str:
    """Whose reports are in."""
    return say("@Coverage", coverage_of(facts), facts)


def _sentence(sentence: Sentence, facts: NarrativeFacts) -> str:
    """One sentence from the clauses that have a number; empty when none has."""
    parts = [text for clause in sentence.clauses if (text := _clause(clause, facts))]
    if not parts:
        return ""
    lead = sentence.lead.format(subject=facts.subject)
    return _upper(f"{lead} {'; '.join(parts)}.".strip())


def _clause(clause: Clause, facts: NarrativeFacts) -> str:
    """One clause with its tails; empty when its own figure is no number."""
    if (number := number_of(clause.code, facts)) is None:
        return ""
    text = clause.text.format(n=number)
    for code, words in clause.tails:
        if (tail := number_of(code, facts)) is not None:
            text = f"{text}{words.format(n=tail)}"
    return text


def _silent(codes: list[str], facts: NarrativeFacts) -> list[str]:
    """What was said not to occur, and what nobody has said anything about."""
    nil = [code for code in codes if facts.figures.get(code, EMPTY).is_nil]
    empty = [code for code in codes if facts.figures.get(code, EMPTY).is_empty]
    told = []
    if nil:
        told.append(f"Không phát sinh: {say(f'@Nil.{codes[0]}', _named(nil, facts), facts)}.")
    if empty:
        told.append(f"Chưa có số liệu: {say(f'@Empty.{codes[0]}', _named(empty, facts), facts)}.")
    return told


def _named(codes: list[str], facts: NarrativeFacts) -> str:
    """Names of indicators in running text."""
    return "; ".join(_lower(facts.names.get(code, code)) for code in dict.fromkeys(codes))


def _lower(text: str) -> str:
    """The text with a small first letter, unless it begins with an abbreviation."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def _upper(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def _documents(facts: NarrativeFacts) -> str:
    """Section I.1 of a unit's report: its plan and its documents."""
    told = []
    if not facts.consolidates and (plan := facts.figures.get("A2", EMPTY)).value is not None:
        number = f" số {facts.plan_number}" if facts.plan_number else ""
        day = f" ngày {format_document_day(facts.plan_on)}" if facts.plan_on and facts.plan_number else ""
        has = "đã ban hành" if plan.number else "chưa gửi"
        told.append(_upper(
            f"{facts.subject} {has} kế hoạch{number}{day} về tuyên truyền cải cách hành chính năm {facts.year}."))
    return " ".join([*told, _tell("I.1", facts)]).strip()


def _sending(facts: NarrativeFacts) -> str:
    """Section I.2 of a consolidated report: who planned, whose reports are in, who is lacking."""
    if not facts.consolidates:
        return ""
    told = []
    plans = facts.figures.get("A2", EMPTY)
    if plans.value is not None and plans.denominator:
        planned = say("@Plans", f"{format_integer(plans.value)}/{format_integer(plans.denominator)}", facts)
        told.append(f"{planned} đơn vị đã ban hành kế hoạch tuyên truyền cải cách hành chính năm {facts.year}.")
    if facts.groups:
        told.append(f"{_dated(facts)}{_coverage(facts)} có báo cáo được duyệt.")
    return " ".join([*told, _lacking(facts)]).strip()


def _lacking(facts: NarrativeFacts) -> str:
    """Who is not in: by name while they are few, else where their names stand; empty when nobody is lacking."""
    if not facts.consolidates or not facts.lacking:
        return ""
    count = len(facts.lacking)
    names = f": {'; '.join(facts.lacking)}" if count <= MOST_NAMES else " (danh sách tại Phụ lục III)"
    return f"Còn {say('@Lacking', f'{format_integer(count)} đơn vị chưa có báo cáo được duyệt{names}', facts)}."


def _themes(facts: NarrativeFacts) -> str:
    """Section II.1: a dash paragraph a theme, with the number of its activities."""
    if not any(count for _label, count in facts.themes):
        return ""
    lines = [f"{_opening(facts)}số hoạt động đã tổ chức theo từng nội dung như sau:"]
    for number, (label, count) in enumerate(facts.themes, start=1):
        words = f"{format_integer(count)} hoạt động" if count else "chưa ghi nhận hoạt động"
        lines.append(f"- {label}: {say(f'@Theme.{number}', words, facts)}.")
    return "\n".join(lines)


def _inspections(facts: NarrativeFacts) -> str:
    """Section I.3, with what became of the findings of inspections; nothing is said where there are none."""
    told, found = _tell("I.3", facts), facts.inspected
    if found is None or not found.counts:
        return told
    counts = found.total
    where = f" đối với {format_integer(len(found.counts))} đơn vị" if facts.consolidates else ""
    if facts.consolidates and found.visits:
        words = f"{format_integer(found.inspection_count)} cuộc kiểm tra tại {format_integer(len(found.visits))} đơn vị"
        told = f"{told} Trong kỳ, Sở tổ chức {say('@Visits', words, facts)}.".strip()
    parts = [(counts.mended, "đã khắc phục"), (counts.closed, "đã khép lại"), (counts.answered, "đang chờ xem xét"),
             (counts.open, "đang trong hạn khắc phục"), (counts.overdue, "quá hạn khắc phục")]
    states = "; ".join(f"{words} {format_integer(count)}" for count, words in parts if count)
    findings = say("@Findings", f"{format_integer(counts.total)} kiến nghị{where}: {states}", facts)
    return f"{told} Qua kiểm tra có {findings}.".strip()


def _models(facts: NarrativeFacts) -> str:
    """Section II.4, with the good models that were picked: by name while they are few, all in the annex."""
    told = _tell("II.4", facts)
    if not facts.models:
        return told
    named = "; ".join(f"“{title}” ({unit})" for title, unit in facts.models[:MOST_NAMES])
    rest = len(facts.models) - MOST_NAMES
    more = f"; … và {format_integer(rest)} mô hình, điển hình khác" if rest > 0 else ""
    models = say("@Models", f"{named}{more}", facts)
    return (f"{told} Mô hình, điển hình tiêu biểu: {models} "
            "(chi tiết tại phụ lục Điển hình, mô hình hay).").strip()


def _satisfaction(facts: NarrativeFacts) -> str:
    """Section II.6, with a word on a sample that is too small to tell a rate."""
    text = _tell("II.6", facts)
    share = facts.figures.get("H2", EMPTY)
    if share.value is not None and is_small_sample("H2", share, facts):
        text = f"{text} Có dưới {SMALLEST_GROUP} phiếu trả lời nên không nêu tỷ lệ hài lòng.".strip()
    return text


def _proposals(facts: NarrativeFacts) -> str:
    """Section VI: offered, and only printed when the unit takes it."""
    return _upper(f"{facts.subject} không có kiến nghị, đề xuất.") if not facts.consolidates else ""


_SPECIAL: dict[str, Callable[[NarrativeFacts], str]] = {
    "I.1": _documents, "I.2": _sending, "I.3": _inspections, "II.1": _themes, "II.4": _models, "II.6": _satisfaction,
    "IV.2": _lacking, "VI": _proposals,
}
SECTIONS = (*CLAUSES, *_SPECIAL.keys() - CLAUSES.keys())
"""Codes of the sections that figures have something to tell of."""
_ONLY_CONSOLIDATED = frozenset({"I.2", "IV.2"})


def is_drafted(section_code: str, *, consolidates: bool) -> bool:
    """Whether the portal itself writes the first sentences of a section."""
    if section_code in OFFERED_ONLY or (section_code in _ONLY_CONSOLIDATED and not consolidates):
        return False
    return section_code in _SPECIAL or section_code in CLAUSES


OFFERED_ONLY = frozenset({"VI"})
"""Sections whose sentences are an answer of the unit's own and are never put in without it."""

__all__ = ["OFFERED_ONLY", "SECTIONS", "GroupCount", "NarrativeFacts", "coverage_of", "draft_section", "is_drafted"]
