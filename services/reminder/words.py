"""What a reminder says: plain text in Vietnamese, the same in every letter of a kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.dates import format_day
from models.deadline import Holidays, working_days_between
from models.requirement import Requirement
from queries.reminder import Addressee, OpenTask

MOST_NAMED = 60
"""Units named in one letter to a reviewer; of more it says how many."""


@dataclass(frozen=True)
class Setting:
    """What is the same for all letters of one day."""

    on: date
    agency: str
    """Who reminds, as "Sở Giáo dục và Đào tạo"."""
    portal_url: str
    holidays: Holidays


def how_far(last_day: date, on: date) -> str:
    """As "còn 5 ngày", "hạn là hôm nay", "đã quá hạn 2 ngày"."""
    days = (last_day - on).days
    if days > 0:
        return f"còn {days} ngày"
    return "hạn là hôm nay" if days == 0 else f"đã quá hạn {-days} ngày"


def subject_for_unit(requirement: Requirement, task: OpenTask, on: date) -> str:
    """As "[Nhắc nộp] Báo cáo 6 tháng đầu năm: còn 5 ngày"."""
    verb = "Nhắc bổ sung" if task.is_returned else "Nhắc nộp"
    return f"[{verb}] {requirement.called_in_year}: {how_far(task.last_day, on)}"


def body_for_unit(requirement: Requirement, task: OpenTask, person: Addressee, setting: Setting) -> str:
    """The whole letter to an officer or the head of the unit that owes."""
    deed = "bổ sung và gửi lại" if task.is_returned else "nộp"
    lines = [
        f"Kính gửi {person.full_name},", "",
        f"{setting.agency} nhắc đơn vị {task.unit_name} {deed}:",
        f"  {requirement.title}",
        f"  Hạn: hết ngày {format_day(task.last_day)} ({how_far(task.last_day, setting.on)}"
        f"{_working_days(task, setting)}).", "",
        *_where(setting, "Đơn vị đăng nhập Cổng báo cáo để làm tiếp; nội dung đã nhập vẫn được giữ."),
        "Nếu đơn vị vừa gửi xong, xin bỏ qua thư này.", "", *_foot(setting)]
    return "\n".join(lines) + "\n"


def subject_for_reviewer(requirement: Requirement, count: int) -> str:
    """As "[Theo dõi nộp] Báo cáo 6 tháng đầu năm 2023: 12 đơn vị chưa nộp"."""
    return f"[Theo dõi nộp] {requirement.called_in_year}: {count} đơn vị chưa nộp"


def body_for_reviewer(requirement: Requirement, tasks: Sequence[OpenTask], person: Addressee,
                      setting: Setting) -> str:
    """One letter to a reviewer, telling of all units that were reminded that day."""
    named = [f"  - {task.unit_name}: hạn {format_day(task.last_day)}, {how_far(task.last_day, setting.on)}"
             for task in tasks[:MOST_NAMED]]
    more = [f"  … và {len(tasks) - MOST_NAMED} đơn vị khác"] if len(tasks) > MOST_NAMED else []
    lines = [
        f"Kính gửi {person.full_name},", "",
        f"Cổng báo cáo đã nhắc {len(tasks)} đơn vị do Ông/Bà theo dõi, duyệt:",
        f"  {requirement.title}", "", *named, *more, "",
        *_where(setting, "Danh sách đầy đủ ở trang Theo dõi nộp trên Cổng báo cáo."), *_foot(setting)]
    return "\n".join(lines) + "\n"


def _working_days(task: OpenTask, setting: Setting) -> str:
    """The working days that are left, where holidays or a weekend lie between."""
    days = (task.last_day - setting.on).days
    working = working_days_between(setting.on, task.last_day, setting.holidays)
    return f", {working} ngày làm việc" if days > 0 and working != days else ""


def _where(setting: Setting, sentence: str) -> list[str]:
    """Where to go."""
    return [sentence, setting.portal_url, ""] if setting.portal_url else [sentence, ""]


def _foot(setting: Setting) -> list[str]:
    """The end of each letter."""
    return ["--", setting.agency, "Thư do Cổng báo cáo tự gửi; không cần trả lời thư này."]
