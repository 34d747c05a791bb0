"""The trail of a proposal, and what may be done with it, in words."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import url_for

from core.dates import format_moment
from core.translation import N_, _
from models.commendation import CommendationStatus, Deed
from queries.commendation import CommendationPage
from queries.trail import TrailLine

TONES = {
    Deed.PROPOSE: "sky", Deed.ACCEPT: "leaf", Deed.ASK: "amber", Deed.REFUSE: "amber", Deed.WITHDRAW: "amber",
    Deed.PICK: "jade", Deed.PUBLISH: "jade", Deed.TAKE_DOWN: "amber", Deed.DROP: "amber", Deed.END_CONSENT: "amber",
}
SIGNS = {
    CommendationStatus.PROPOSED: "submitted", CommendationStatus.RETURNED: "returned",
    CommendationStatus.ACCEPTED: "accepted", CommendationStatus.REFUSED: "exempt",
    CommendationStatus.WITHDRAWN: "withdrawn",
}
"""The sign of each state, of those that components/status.html knows."""
_FIELDS = {
    "kind": N_("Loại"), "title": N_("Tên"), "person_name": N_("Họ và tên"), "person_post": N_("Chức vụ, công việc"),
    "has_consent": N_("Đồng ý nêu tên"), "consent_note": N_("Cách đồng ý"), "description": N_("Cách làm"),
    "results": N_("Kết quả"), "themes": N_("Nội dung"), "attachments": N_("Minh chứng"),
}
_SHOWN = 120
"""Signs of a value that a timeline shows."""
BUTTONS = {
    Deed.ACCEPT: N_("Chấp nhận"), Deed.ASK: N_("Yêu cầu bổ sung"), Deed.REFUSE: N_("Không chấp nhận"),
    Deed.PICK: N_("Chọn vào báo cáo"), Deed.DROP: N_("Thôi chọn vào báo cáo"),
    Deed.PUBLISH: N_("Đăng lên trang công khai"), Deed.TAKE_DOWN: N_("Gỡ khỏi trang công khai"),
    Deed.EDIT_TEXT: N_("Biên tập bài đăng"), Deed.WITHDRAW: N_("Rút đề xuất"), Deed.CHANGE: N_("Sửa đề xuất"),
    Deed.PROPOSE: N_("Bổ sung và đề xuất lại"), Deed.GIVE_OPINION: N_("Ghi ý kiến"),
    Deed.END_CONSENT: N_("Ghi nhận thôi đồng ý nêu tên"),
}
"""What stands on the button or link of a deed."""
DONE = {
    Deed.ACCEPT: N_("Đã chấp nhận. Có thể chọn vào báo cáo và biên tập bài đăng."),
    Deed.ASK: N_("Đã gửi yêu cầu bổ sung tới đơn vị."), Deed.REFUSE: N_("Đã ghi ý kiến không chấp nhận."),
    Deed.PICK: N_("Đã chọn vào báo cáo."), Deed.DROP: N_("Đã thôi chọn vào báo cáo."),
    Deed.PUBLISH: N_("Đã đăng lên trang công khai."), Deed.TAKE_DOWN: N_("Đã gỡ khỏi trang công khai."),
    Deed.WITHDRAW: N_("Đã rút đề xuất."), Deed.END_CONSENT: N_("Đã ghi nhận. Tên không còn hiện ở đâu ngoài đơn vị."),
}
"""What is said when it is done."""
PRESSED = (Deed.ACCEPT, Deed.PICK, Deed.PUBLISH)
"""Deeds of one press; the others have a page."""
MODERATED = (Deed.ASK, Deed.REFUSE, Deed.DROP)
TAKEN_BACK = (Deed.TAKE_DOWN, Deed.END_CONSENT)


def address_of(deed: Deed, commendation_id: int) -> str:
    """Where a deed is done."""
    if deed in PRESSED:
        return url_for("commendation.settle", commendation_id=commendation_id, deed=deed.value)
    if deed in MODERATED:
        return url_for("commendation.moderate", commendation_id=commendation_id, deed=deed.value)
    if deed in TAKEN_BACK:
        return url_for("commendation.take_back", commendation_id=commendation_id, deed=deed.value)
    endpoint = {Deed.EDIT_TEXT: "edit_text", Deed.WITHDRAW: "withdraw", Deed.GIVE_OPINION: "opinion"}.get(deed, "edit")
    return url_for(f"commendation.{endpoint}", commendation_id=commendation_id)


def buttons_of(deeds: Iterable[Deed], commendation_id: int) -> list[dict[str, Any]]:
    """What may be done, as the page shows it."""
    listed = list(deeds)
    main = next((deed for deed in listed if deed in PRESSED), None)
    return [{"label": _(BUTTONS[deed]), "url": address_of(deed, commendation_id), "is_pressed": deed in PRESSED,
             "is_main": deed is main} for deed in listed]


def particulars_of(page: CommendationPage) -> list[tuple[str, str]]:
    """Everything that is one line, as (label, value); what was left empty is not there."""
    consent = _("Đã đồng ý (%(note)s)", note=page.consent_note) if page.has_consent else _("Chưa đồng ý")
    lines = [
        (_("Đơn vị"), page.unit_name), (_("Loại"), _(page.kind.label)),
        (_("Người được nêu gương"), page.person_name), (_("Chức vụ, công việc"), page.person_post),
        (_("Nêu tên công khai"), consent if page.person_name else ""),
        (_("Đề xuất lúc"), format_moment(page.proposed_at)),
        (_("Nội dung tuyên truyền"), "; ".join(label for _code, label in page.themes)),
    ]
    return [(label, value) for label, value in lines if value]


def timeline_of(events: Iterable[TrailLine]) -> list[dict[str, Any]]:
    """Events as the timeline component shows them, newest first."""
    known = {deed.value: deed for deed in Deed}
    return [
        {
            "when": format_moment(event.at), "who": event.who or _("Cổng báo cáo"),
            "what": _(known[event.action].label) if event.action in known else event.action,
            "tone": TONES.get(known[event.action]) if event.action in known else None,
            "note": event.reason or event.detail.get("opinion") or _changes(event.detail.get("fields", {})) or None,
            "url": None,
        }
        for event in events
    ]


def _changes(fields: dict[str, Sequence[Any]]) -> str:
    """Before and after, a line per field."""
    return "\n".join(
        _("%(field)s: %(old)s → %(new)s", field=_(_FIELDS[name]), old=_plain(old), new=_plain(new))
        for name, (old, new) in fields.items() if name in _FIELDS)


def _plain(value: Any) -> str:
    """A value of the trail in words."""
    if isinstance(value, bool):
        return _("có") if value else _("không")
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    if not text:
        return _("(để trống)")
    return text if len(text) <= _SHOWN else text[:_SHOWN].rstrip() + "…"


__all__ = ["BUTTONS", "DONE", "MODERATED", "PRESSED", "SIGNS", "TAKEN_BACK", "address_of", "buttons_of",
           "particulars_of", "timeline_of"]
