"""The trail of a tally in words."""

from collections.abc import Iterable
from typing import Any

from core.dates import format_moment
from core.translation import N_, _
from queries.trail import TrailLine

_WHAT = {
    "create": (N_("Nhập phiếu"), "jade"),
    "change": (N_("Sửa phiếu"), "sky"),
    "remove": (N_("Bỏ phiếu"), "amber"),
    "restore": (N_("Khôi phục phiếu"), "leaf"),
}
_FIELDS = {
    "collected_from": N_("ngày bắt đầu"), "collected_to": N_("ngày kết thúc"), "sheet_count": N_("số phiếu"),
    "note": N_("ghi chú"), "answers": N_("số trả lời"),
}


def timeline_of(events: Iterable[TrailLine]) -> list[dict[str, Any]]:
    """Events as the timeline component shows them; counts under five stay unsaid."""
    return [
        {
            "when": format_moment(event.at), "who": event.who or _("Cổng báo cáo"),
            "what": _(_WHAT[event.action][0]) if event.action in _WHAT else event.action,
            "tone": _WHAT[event.action][1] if event.action in _WHAT else None,
            "note": _changed(event), "url": None,
        }
        for event in events
    ]


def _changed(event: TrailLine) -> str | None:
    """Which parts were changed."""
    names = [_(_FIELDS[name]) for name in event.detail.get("fields", {}) if name in _FIELDS]
    return _("Đã sửa: %(fields)s", fields=", ".join(names)) if names else None
