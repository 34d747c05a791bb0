"""At most six sentences for leadership, each number with what stands behind it; and what is not known of a day."""

from core.dates import format_day
from core.numbers import format_decimal, format_integer, format_number, format_share
from core.translation import N_
from models.figure import EMPTY, Figure, sum_of
from models.satisfaction import LevelCounts
from queries.figure import IndicatorLine
from queries.leadership.dashboard import Dashboard, Part, Sentence
from queries.leadership.satisfaction import Change

MOST = 6
"""Sentences at most."""
_OWN = (
    N_("Báo cáo được duyệt cho biết: %(name1)s %(value1)s."),
    N_("Báo cáo được duyệt cho biết: %(name1)s %(value1)s; %(name2)s %(value2)s."),
    N_("Báo cáo được duyệt cho biết: %(name1)s %(value1)s; %(name2)s %(value2)s; %(name3)s %(value3)s."),
)


def sentences_of(found: Dashboard) -> tuple[Sentence, ...]:
    """Whose reports are in; schools; activities and themes; findings; reach; satisfaction; plan against done.

    Where all seven have something to say, what schools and reach say gives way, in this order.
    """
    told = [_reports(found), _schools(found), _themes(found), _findings(found), _own(found) or _reach(found),
            _satisfaction(found), _plan(found)]
    for spare in (1, 4):
        if sum(sentence is not None for sentence in told) > MOST:
            told[spare] = None
    return tuple(sentence for sentence in told if sentence is not None)


def _number(value: int, target: str) -> Part:
    """A whole number that leads on."""
    return Part(format_integer(value), target)


def _of(count: int, whole: int, target: str) -> Part:
    """As "12/13", leading on."""
    return Part(f"{format_integer(count)}/{format_integer(whole)}", target)


def _reports(found: Dashboard) -> Sentence:
    tally, day = found.tally, found.day or found.ground.gathered.until
    values = {
        "day": Part(format_day(day)), "sent": _of(tally.handed_in, tally.owed, "reports"),
        "accepted": _number(tally.accepted, "consolidation"), "late": _number(tally.late, "late")}
    if tally.late:
        return Sentence(
            N_("Tính đến hết ngày %(day)s, %(sent)s đơn vị báo cáo trực tiếp đã gửi báo cáo, %(accepted)s báo cáo được "
               "duyệt và đưa vào tổng hợp; %(late)s đơn vị gửi chậm hoặc quá hạn."), values)
    return Sentence(
        N_("Tính đến hết ngày %(day)s, %(sent)s đơn vị báo cáo trực tiếp đã gửi báo cáo, %(accepted)s báo cáo được "
           "duyệt và đưa vào tổng hợp; chưa có đơn vị nào chậm."), values)


def _schools(found: Dashboard) -> Sentence | None:
    if not found.schools_owed:
        return None
    return Sentence(N_("Qua báo cáo của các phòng có số liệu của %(schools)s trường."),
                    {"schools": _of(found.schools_included, found.schools_owed, "consolidation")})


def _themes(found: Dashboard) -> Sentence:
    themes = len(found.heat.columns)
    gaps = sum(row.is_empty for row in found.heat.rows)
    values = {
        "activities": _number(found.activity_count, "channels" if found.channels else "themes"),
        "covered": _of(themes - len(found.uncovered), themes, "themes"), "gaps": _number(gaps, "themes")}
    if gaps:
        return Sentence(
            N_("Các đơn vị đã ghi %(activities)s hoạt động trên cổng, ở %(covered)s nội dung của kế hoạch; %(gaps)s "
               "địa bàn, khối đơn vị chưa ghi hoạt động nào."), values)
    return Sentence(
        N_("Các đơn vị đã ghi %(activities)s hoạt động trên cổng, ở %(covered)s nội dung của kế hoạch."), values)


def _findings(found: Dashboard) -> Sentence | None:
    if not found.findings.overdue:
        return None
    return Sentence(
        N_("%(overdue)s kiến nghị sau kiểm tra đã quá hạn khắc phục, trên %(total)s kiến nghị trong kỳ."),
        {"overdue": _number(found.findings.overdue, "findings"), "total": _number(found.findings.total, "findings")})


def _figure(found: Dashboard, *codes: str) -> Figure:
    """The figures of several indicators together."""
    return sum_of(found.ground.gathered.figures.get(code, EMPTY) for code in codes)


def _reach(found: Dashboard) -> Sentence | None:
    online, present = _figure(found, "C4"), _figure(found, "D2", "D4", "D6")
    if online.value is None or present.value is None:
        return None
    return Sentence(
        N_("Theo báo cáo được duyệt, bài đăng mạng xã hội đạt %(online)s lượt tiếp cận; hội nghị, tập huấn và sinh "
           "hoạt lồng ghép có %(present)s lượt người dự."),
        {"online": Part(format_number(online.value), "figure:C4"),
         "present": Part(format_number(present.value), "figure:D4")})


def _own(found: Dashboard) -> Sentence | None:
    """The first figures that an ad hoc report asks for; of a periodic report nothing."""
    known = [(line, figure) for line, figure in found.own_figures if figure.value is not None][:len(_OWN)]
    if not known:
        return Sentence(N_("Chưa có số liệu nào của báo cáo này được duyệt."), {}) if found.own_figures else None
    values: dict[str, Part] = {}
    for place, (line, figure) in enumerate(known, 1):
        values[f"name{place}"] = Part(small(line.name))
        values[f"value{place}"] = Part(told(line, figure), f"figure:{line.code}")
    return Sentence(_OWN[len(known) - 1], values)


def told(line: IndicatorLine, figure: Figure) -> str:
    """A figure with its unit, as "1.234 lượt", "82,67%"."""
    number = format_number(figure.number)
    return f"{number}%" if line.unit == "%" else f"{number} {line.unit}".strip()


def small(name: str) -> str:
    """A name within a sentence: "Số bài đăng" becomes "số bài đăng", "CCHC" stays."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def _satisfaction(found: Dashboard) -> Sentence:
    if found.opinion.total is None:
        return Sentence(N_("Chưa có phiếu khảo sát hài lòng nào được ghi trên cổng."), {})
    counts, change = found.headline, found.opinion.total.change
    if counts is None:
        return Sentence(N_("Số phiếu khảo sát hài lòng chưa đủ để nêu tỷ lệ."), {})
    values = {"share": _rate(counts), "answers": _number(counts.n, "satisfaction")}
    if change is None or found.opinion.compared is None:
        return Sentence(N_("Mức độ hài lòng chung: %(share)s chọn mức 4 và 5, trên %(answers)s lượt trả lời."), values)
    values |= {"change": Part(points_words(change), "satisfaction"), "earlier": Part(found.opinion.compared[0]),
               "before": _rate(change.earlier), "after": _rate(change.later)}
    return Sentence(
        N_("Mức độ hài lòng chung: %(share)s chọn mức 4 và 5, trên %(answers)s lượt trả lời; so với “%(earlier)s”: "
           "%(change)s điểm phần trăm (từ %(before)s đến %(after)s)."), values)


def _rate(counts: LevelCounts) -> Part:
    """The share of levels 4 and 5, leading to the table."""
    return Part(format_share(round(counts.satisfied / counts.n, 4)), "satisfaction")


def points_words(change: Change) -> str:
    """By how much the share moved, as "+3,1", "−0,4", "0,0"."""
    text = format_decimal(abs(change.points), 1)
    return text if text == "0,0" else f"{'+' if change.points > 0 else '−'}{text}"


def _plan(found: Dashboard) -> Sentence | None:
    rows = found.plan_rows
    if not rows:
        return None
    reached, least = sum(row.share >= 0.5 for row in rows), rows[0]
    return Sentence(
        N_("%(reached)s chỉ tiêu có kế hoạch đã đạt từ một nửa trở lên; thấp nhất là %(name)s: %(least)s."),
        {"reached": _of(reached, len(rows), "plan"), "name": Part(small(least.indicator.name)),
         "least": Part(f"{format_number(least.done.number)}/{format_number(least.planned.number)}",
                       f"figure:{least.indicator.code}")})


def notes_of(found: Dashboard) -> tuple[Sentence, ...]:
    """What cannot be known of an earlier day, or is not told; nothing of today."""
    if found.day is None:
        return ()
    told = [Sentence(N_("Dựng lại từ nhật ký của cổng: hoạt động được sửa sau ngày này hiện theo bản mới nhất; đơn vị "
                        "xếp dưới cơ quan nhận báo cáo hiện nay."), {})]
    if found.unknown_figures:
        told.append(Sentence(
            N_("%(count)s số liệu riêng của cơ quan được ghi lại sau ngày này; không rõ khi đó ghi gì nên để trống."),
            {"count": Part(format_integer(found.unknown_figures))}))
    if found.withheld:
        told.append(Sentence(
            N_("%(sheets)s phiếu khảo sát nhận đến ngày này chưa được nêu: phiếu của mỗi địa bàn, khối đơn vị chỉ "
               "cộng thêm khi đủ 5 phiếu, để không suy ra được ai trả lời."),
            {"sheets": Part(format_integer(found.withheld))}))
    return tuple(told)


__all__ = ["MOST", "notes_of", "points_words", "sentences_of", "small", "told"]
