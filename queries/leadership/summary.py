"""The leadership's two pages on paper, from the same dashboard."""

from core.dates import format_day
from core.numbers import format_integer, format_number, format_share
from models.figure import Figure
from queries.document import SummaryDocument, SummaryFact
from queries.figure import IndicatorLine
from queries.leadership.dashboard import Dashboard, LateUnit, PlanRow
from queries.leadership.sentence import points_words

MOST_FACTS = 8
CAPTION_HEAT = "Số hoạt động theo nội dung tuyên truyền và địa bàn"
CAPTION_SCHOOLS = "Số hoạt động theo nội dung tuyên truyền và trường"


def summary_of(found: Dashboard) -> SummaryDocument:
    """The summary as a document."""
    ground = found.ground
    subject, day = ground.requirement.title, format_day(found.day or ground.gathered.until)
    return SummaryDocument(
        agency=ground.unit.name, title=f"Tóm tắt: {subject[:1].lower()}{subject[1:]}",
        period=f"tính đến hết ngày {day}" if found.day else f"số liệu tính đến hết ngày {day}",
        sentences=tuple(sentence.text for sentence in found.sentences),
        facts=_facts(found), satisfaction=found.satisfaction, channels=found.channels,
        late=tuple((unit.standing.name, late_words(unit)) for unit in found.late),
        coverage_columns=found.heat.columns, coverage=found.heat.counts,
        coverage_caption=CAPTION_HEAT if ground.is_department else CAPTION_SCHOOLS,
        models=tuple((model.line.title, model.line.unit_name) for model in found.models),
        notes=tuple(note.text for note in found.notes), plan=tuple(_plan(row) for row in found.plan_rows))


def _plan(row: PlanRow) -> tuple[str, str]:
    """One indicator with what was done of what was planned, as "17/151 bài (11,3%)"."""
    planned = format_number(row.planned.number)
    if row.done.value is None:
        return row.indicator.name, f"chưa có số liệu, kế hoạch {planned} {row.indicator.unit}"
    return row.indicator.name, (
        f"{format_number(row.done.number)}/{planned} {row.indicator.unit} ({format_share(round(row.share, 3))})")


def late_words(unit: LateUnit) -> str:
    """Where a missing or late unit stands, as "Chưa nộp", "Chưa nộp, quá hạn 2 ngày", "Chậm 2 ngày"."""
    if not unit.is_missing:
        return f"Chậm {unit.days_late} ngày"
    word = unit.standing.why_not or "Chưa nộp"
    return f"{word}, quá hạn {unit.days_late} ngày" if unit.days_late else word


def _facts(found: Dashboard) -> tuple[SummaryFact, ...]:
    """Handed in, accepted, late, satisfied, findings overdue; the last two where there are any.

    An ad hoc report's own figures follow, as far as two rows hold them.
    """
    tally, counts = found.tally, found.headline
    of = format_integer(tally.owed)
    facts = [
        SummaryFact("Đã gửi báo cáo", f"{format_integer(tally.handed_in)}/{of}",
                    _share(tally.handed_in, tally.owed)),
        SummaryFact("Đã được duyệt", f"{format_integer(tally.accepted)}/{of}",
                    _share(tally.accepted, tally.owed)),
        SummaryFact("Chậm, quá hạn", format_integer(tally.late), f"trên {of} đơn vị"),
    ]
    if counts is not None:
        facts.append(SummaryFact("Hài lòng mức 4, 5", format_share(round(counts.satisfied / counts.n, 4)),
                                 f"n = {format_integer(counts.n)}{_change(found)}"))
    if (findings := found.findings).total:
        facts.append(SummaryFact(
            "Kiến nghị quá hạn", f"{format_integer(findings.overdue)}/{format_integer(findings.total)}",
            f"đã khắc phục {format_integer(findings.mended)}"))
    facts += [_own(found, line, figure) for line, figure in found.own_figures[:MOST_FACTS - len(facts)]]
    return tuple(facts)


def _change(found: Dashboard) -> str:
    """As "; +3,1 điểm"; empty without anything to compare with."""
    change = found.opinion.total.change if found.opinion.total is not None else None
    return f"; {points_words(change)} điểm" if change is not None and found.opinion.compared else ""


def _own(found: Dashboard, line: IndicatorLine, figure: Figure) -> SummaryFact:
    """One figure of an ad hoc report; what is not there is no zero."""
    of = f"từ {format_integer(found.tally.accepted)}/{format_integer(found.tally.owed)} đơn vị"
    unit = f"{line.unit}, {of}" if line.unit and line.unit != "%" else of
    if figure.value is None:
        return SummaryFact(line.name, "không phát sinh" if figure.is_nil else "chưa có", of)
    return SummaryFact(line.name, format_number(figure.value) + "%" * (line.unit == "%"), unit)


def _share(count: int, of: int) -> str:
    """As "82,5%"; empty when nobody owes."""
    return format_share(round(count / of, 3)) if of else ""
