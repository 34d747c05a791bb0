"""The leadership's two pages on paper, from the same dashboard."""

from core.dates import format_day
from core.numbers import format_integer, format_share
from queries.document import SummaryDocument, SummaryFact
from queries.leadership.dashboard import Dashboard, LateUnit

CAPTION_HEAT = "Số hoạt động theo nội dung tuyên truyền và địa bàn"
CAPTION_SCHOOLS = "Số hoạt động theo nội dung tuyên truyền và trường"


def summary_of(found: Dashboard) -> SummaryDocument:
    """The summary as a document."""
    ground = found.ground
    subject = ground.requirement.title
    return SummaryDocument(
        agency=ground.unit.name, title=f"Tóm tắt: {subject[:1].lower()}{subject[1:]}",
        period=f"số liệu tính đến hết ngày {format_day(ground.gathered.until)}",
        sentences=tuple(sentence.text for sentence in found.sentences),
        facts=_facts(found), satisfaction=found.satisfaction, channels=found.channels,
        late=tuple((unit.standing.name, late_words(unit)) for unit in found.late),
        coverage_columns=found.theme_labels, coverage=found.heat,
        coverage_caption=CAPTION_HEAT if ground.is_department else CAPTION_SCHOOLS,
        models=tuple((model.line.title, model.line.unit_name) for model in found.models))


def late_words(unit: LateUnit) -> str:
    """Where a missing or late unit stands, as "Chưa nộp", "Chưa nộp, quá hạn 2 ngày", "Chậm 2 ngày"."""
    if not unit.is_missing:
        return f"Chậm {unit.days_late} ngày"
    word = unit.standing.why_not or "Chưa nộp"
    return f"{word}, quá hạn {unit.days_late} ngày" if unit.days_late else word


def _facts(found: Dashboard) -> tuple[SummaryFact, ...]:
    """Five numbers: handed in, accepted, late, satisfied, findings overdue; the last two where there are any."""
    tally, counts = found.tally, found.headline
    of = format_integer(tally.owed)
    facts = [
        SummaryFact("Đơn vị đã gửi báo cáo", f"{format_integer(tally.handed_in)}/{of}",
                    _share(tally.handed_in, tally.owed)),
        SummaryFact("Báo cáo được duyệt", f"{format_integer(tally.accepted)}/{of}",
                    _share(tally.accepted, tally.owed)),
        SummaryFact("Gửi chậm, quá hạn", format_integer(tally.late), "đơn vị báo cáo trực tiếp"),
    ]
    if counts.is_shown:
        facts.append(SummaryFact("Hài lòng (mức 4 và 5)", format_share(round(counts.satisfied / counts.n, 4)),
                                 f"trên {format_integer(counts.n)} lượt trả lời"))
    if (findings := found.findings).total:
        facts.append(SummaryFact(
            "Kiến nghị quá hạn", f"{format_integer(findings.overdue)}/{format_integer(findings.total)}",
            f"đã khắc phục {format_integer(findings.mended)}"))
    return tuple(facts)


def _share(count: int, of: int) -> str:
    """As "82,5%"; empty when nobody owes."""
    return format_share(round(count / of, 3)) if of else ""
