"""What happened to an account or a unit, in the words of a page: each change with before and after."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from core.clock import clock
from core.dates import format_day, format_moment
from core.extensions import db
from core.translation import N_, _
from exports.lists.trail import TrailItem
from models.account import Role
from models.event import Subject
from models.unit import UnitKind
from queries.timeline import TimelineEntry, list_timeline
from queries.unit import unit_names

_FIELDS = {
    "what": N_("Tồn tại và yêu cầu khắc phục"), "severity": N_("Mức độ"), "due_on": N_("Hạn khắc phục"),
    "visited_on": N_("Ngày kiểm tra"), "met": N_("Làm việc với"), "conclusion": N_("Kết luận"),
    "title": N_("Tên"), "span": N_("Thời gian"), "team": N_("Đoàn kiểm tra"), "content": N_("Nội dung"),
    "host_programme": N_("Lồng ghép trong"), "decision_number": N_("Số quyết định"), "basis": N_("Căn cứ"),
    "full_name": N_("Họ và tên"), "role": N_("Vai trò"), "unit_id": N_("Đơn vị"), "position": N_("Chức vụ"),
    "email": N_("Thư điện tử"), "is_active": N_("Được đăng nhập"), "name": N_("Tên"), "kind": N_("Loại"),
    "parent_code": N_("Đơn vị cấp trên"), "head": N_("Thủ trưởng"), "symbol": N_("Ký hiệu"),
    "place": N_("Địa danh"), "district": N_("Địa bàn"), "address": N_("Địa chỉ"), "phone": N_("Điện thoại"),
    "officer": N_("Người phụ trách"),
}


@dataclass(frozen=True)
class HistoryItem:
    """One line as the timeline component shows it."""

    when: str
    who: str
    what: str
    note: str | None
    tone: str | None
    url: str | None = None


def history_of(subject: Subject, subject_id: int) -> list[HistoryItem]:
    """What happened to a thing, newest first. Two queries at most."""
    entries = list_timeline(db.session, subject, subject_id)
    ids = {value for entry in entries for value in entry.detail.get("unit_id") or [] if isinstance(value, int)}
    names = unit_names(db.session, ids, clock.today()) if ids else {}
    return [_item(entry, names) for entry in entries]


def trail_of(subject: Subject, subject_id: int) -> list[TrailItem]:
    """The same for a workbook: moments as moments."""
    entries = list_timeline(db.session, subject, subject_id)
    return [TrailItem(entry.at, item.who, item.what, item.note or "") for entry, item in zip(
        entries, history_of(subject, subject_id), strict=True)]


def _item(entry: TimelineEntry, names: dict[int, str]) -> HistoryItem:
    """One line: the deed, and in the note the reason, what was before and after, and from which day."""
    lines = [entry.reason] if entry.reason else []
    lines += [
        f"{_(_FIELDS[name])}: {_text(name, pair[0], names)} → {_text(name, pair[1], names)}"
        for name, pair in entry.detail.items() if name in _FIELDS and isinstance(pair, list) and len(pair) == 2
    ]
    if "from_day" in entry.detail:
        day = date.fromisoformat(entry.detail["from_day"])
        lines.append(_("Áp dụng từ ngày %(day)s", day=format_day(day)))
    label = _(entry.label, **entry.detail) if "%(" in entry.label else _(entry.label)
    return HistoryItem(format_moment(entry.at), entry.actor or _("Hệ thống"), label,
                       "\n".join(lines) or None, entry.tone or None)


def _text(name: str, value: Any, names: dict[int, str]) -> str:
    """One value in words."""
    if value is None or value == "":
        return _("(trống)")
    if name == "role":
        return _(Role(value).label)
    if name == "kind":
        return _(UnitKind(value).label)
    if name == "unit_id":
        return names.get(value, str(value))
    if isinstance(value, bool):
        return _("có") if value else _("không")
    return str(value)
