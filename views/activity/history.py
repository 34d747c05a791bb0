"""The trail of an activity in words."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from core.dates import format_day, format_moment
from core.numbers import format_integer
from core.translation import N_, _
from queries.trail import TrailLine

_WHAT = {
    "create": (N_("Ghi hoạt động"), "jade"),
    "change": (N_("Sửa hoạt động"), "sky"),
    "remove": (N_("Bỏ hoạt động"), "amber"),
    "restore": (N_("Khôi phục hoạt động"), "leaf"),
}
_FIELDS = {
    "title": N_("Tên"), "medium": N_("Hình thức"), "starts_on": N_("Ngày thực hiện"), "ends_on": N_("Đến ngày"),
    "themes": N_("Nội dung"), "quantity": N_("Số lượng"), "outlet": N_("Nơi đăng, phát"),
    "reach": N_("Lượt tiếp cận"), "is_integrated": N_("Lồng ghép"), "host_event": N_("Hoạt động được lồng ghép"),
    "cost": N_("Kinh phí"), "link": N_("Đường dẫn"), "note": N_("Ghi chú"), "plan_item": N_("Việc trong kế hoạch"),
    "attachments": N_("Minh chứng"),
}
_SHOWN = 120
"""Signs of a value that a timeline shows."""


def timeline_of(events: Iterable[TrailLine]) -> list[dict[str, Any]]:
    """Events as the timeline component shows them, newest first."""
    return [
        {
            "when": format_moment(event.at), "who": event.who or _("Cổng báo cáo"),
            "what": _(_WHAT[event.action][0]) if event.action in _WHAT else event.action,
            "tone": _WHAT[event.action][1] if event.action in _WHAT else None,
            "note": _changes(event.detail.get("fields", {})) or event.reason or None, "url": None,
        }
        for event in events
    ]


def _changes(fields: dict[str, Sequence[Any]]) -> str:
    """Before and after, a line per field."""
    return "\n".join(
        _("%(field)s: %(old)s → %(new)s", field=_(_FIELDS[name]), old=_plain(name, old), new=_plain(name, new))
        for name, (old, new) in fields.items() if name in _FIELDS
    )


def _plain(name: str, value: Any) -> str:
    """A value of the trail in words."""
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if value is None or value in ("", []):
        return _("(để trống)")
    if name == "plan_item":
        return _("đã chọn")
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    if isinstance(value, int):
        return format_integer(value)
    text = _day(value) if name in ("starts_on", "ends_on") else str(value)
    return text if len(text) <= _SHOWN else text[:_SHOWN].rstrip() + "…"


def _day(text: str) -> str:
    """An ISO day as people write it."""
    return format_day(date.fromisoformat(text))
