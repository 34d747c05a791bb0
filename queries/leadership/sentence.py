"""At most six sentences for leadership, each number with what stands behind it."""

from core.dates import format_day
from core.numbers import format_integer, format_number, format_share
from core.translation import N_
from models.figure import EMPTY, Figure, sum_of
from queries.leadership.dashboard import Dashboard, Part, Sentence


def sentences_of(found: Dashboard) -> tuple[Sentence, ...]:
    """Whose reports are in; schools; activities and themes; reach; satisfaction; plan against done."""
    told = (_reports(found), _schools(found), _themes(found), _reach(found), _satisfaction(found), _plan(found))
    return tuple(sentence for sentence in told if sentence is not None)


def _number(value: int, target: str) -> Part:
    """A whole number that leads on."""
    return Part(format_integer(value), target)


def _of(count: int, whole: int, target: str) -> Part:
    """As "12/13", leading on."""
    return Part(f"{format_integer(count)}/{format_integer(whole)}", target)


def _reports(found: Dashboard) -> Sentence:
    tally = found.tally
    values = {
        "day": Part(format_day(found.ground.gathered.until)), "sent": _of(tally.handed_in, tally.owed, "reports"),
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
    themes = len(found.theme_labels)
    gaps = sum(not any(row) for _label, row in found.heat)
    values = {
        "activities": _number(found.activity_count, "channels"),
        "covered": _of(themes - len(found.uncovered), themes, "themes"), "gaps": _number(gaps, "themes")}
    if gaps:
        return Sentence(
            N_("Các đơn vị đã ghi %(activities)s hoạt động trên cổng, ở %(covered)s nội dung của kế hoạch; %(gaps)s "
               "địa bàn, khối đơn vị chưa ghi hoạt động nào."), values)
    return Sentence(
        N_("Các đơn vị đã ghi %(activities)s hoạt động trên cổng, ở %(covered)s nội dung của kế hoạch."), values)


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


def _satisfaction(found: Dashboard) -> Sentence:
    counts = found.headline
    if not counts.n:
        return Sentence(N_("Chưa có phiếu khảo sát hài lòng nào được ghi trên cổng."), {})
    if not counts.is_shown:
        return Sentence(N_("Số phiếu khảo sát hài lòng chưa đủ để nêu tỷ lệ."), {})
    return Sentence(
        N_("Mức độ hài lòng chung: %(share)s chọn mức 4 và 5, trên %(answers)s lượt trả lời."),
        {"share": Part(format_share(round(counts.satisfied / counts.n, 4)), "satisfaction"),
         "answers": _number(counts.n, "satisfaction")})


def _plan(found: Dashboard) -> Sentence | None:
    rows = found.plan_rows
    if not rows:
        return None
    reached, least = sum(row.share >= 0.5 for row in rows), rows[0]
    name = least.indicator.name[:1].lower() + least.indicator.name[1:]
    return Sentence(
        N_("%(reached)s chỉ tiêu có kế hoạch đã đạt từ một nửa trở lên; thấp nhất là %(name)s: %(least)s."),
        {"reached": _of(reached, len(rows), "plan"), "name": Part(name),
         "least": Part(f"{format_number(least.done.number)}/{format_number(least.planned.number)}",
                       f"figure:{least.indicator.code}")})
