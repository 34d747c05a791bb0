"""The trail of a round and of a place in words."""

from collections.abc import Iterable
from typing import Any

from core.dates import format_moment
from core.numbers import format_integer
from core.translation import N_, _
from queries.trail import TrailLine

_WHAT = {
    "create": (N_("Lập đợt khảo sát"), "jade"),
    "change": (N_("Sửa đợt khảo sát"), "sky"),
    "close": (N_("Đóng sớm"), "amber"),
    "reopen": (N_("Mở lại"), "leaf"),
    "add-places": (N_("Thêm đơn vị"), "jade"),
    "populations": (N_("Sửa số người"), "sky"),
    "withdraw": (N_("Rút đơn vị khỏi đợt"), "amber"),
    "restore": (N_("Đưa đơn vị trở lại đợt"), "leaf"),
    "make-codes": (N_("Tạo mã dùng một lần"), "jade"),
    "withdraw-codes": (N_("Thu hồi mã"), "amber"),
    "upload": (N_("Nạp tệp phiếu"), "jade"),
    "flag": (N_("Rà soát phiếu"), "sky"),
    "exclude-sheet": (N_("Không tính một phiếu"), "amber"),
    "include-sheet": (N_("Tính lại một phiếu"), "leaf"),
}
_FIELDS = {
    "title": N_("tên"), "questionnaire_id": N_("phiếu khảo sát"), "audience": N_("người trả lời"),
    "host": N_("đơn vị chủ trì"), "contact": N_("đầu mối"), "opens_on": N_("ngày mở"), "closes_on": N_("ngày cuối"),
}


def timeline_of(events: Iterable[TrailLine]) -> list[dict[str, Any]]:
    """Events as the timeline component shows them."""
    return [
        {
            "when": format_moment(event.at), "who": event.who or _("Cổng báo cáo"),
            "what": _(_WHAT[event.action][0]) if event.action in _WHAT else event.action,
            "tone": _WHAT[event.action][1] if event.action in _WHAT else None,
            "note": _note(event), "url": None,
        }
        for event in events
    ]


def _note(event: TrailLine) -> str | None:
    """The reason, or which parts and how many."""
    if event.reason:
        return event.reason
    names = [_(_FIELDS[name]) for name in event.detail.get("fields", {}) if name in _FIELDS]
    if names:
        return _("Đã sửa: %(fields)s", fields=", ".join(names))
    count = event.detail.get("count", len(event.detail.get("places", {})))
    return _("Số lượng: %(count)s", count=format_integer(int(count))) if count else None
