"""The timeline of one thing: what happened to it, who did it, when and why (product law 11)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.translation import N_
from models.event import Event, Subject

_LABELS: dict[str, tuple[str, str]] = {
    "start": (N_("Bắt đầu soạn"), ""),
    "submit": (N_("Đã gửi bản %(version)s"), "sky"),
    "withdraw": (N_("Đã rút về"), ""),
    "return": (N_("Trả lại để bổ sung"), "amber"),
    "accept": (N_("Đã duyệt bản %(version)s"), "leaf"),
    "reopen": (N_("Mở lại sau khi đã duyệt"), "amber"),
    "issue": (N_("Đã phát hành bản %(version)s"), "jade"),
    "recall": (N_("Thu hồi bản %(version)s"), "lacquer"),
    "attach_copy": (N_("Đính kèm bản ký của bản %(version)s"), "jade"),
    "remove_copy": (N_("Gỡ bản ký của bản %(version)s"), "amber"),
    "print_paper": (N_("In để trình ký"), ""),
    "revise": (N_("Lập bản mới thay bản đã phát hành"), "amber"),
    "ask_unlock": (N_("Yêu cầu mở khóa"), "amber"),
    "keep_locked": (N_("Không mở khóa"), ""),
    "sign_off": (N_("Thủ trưởng đã ký duyệt nội bộ"), "leaf"),
    "start_review": (N_("Bắt đầu duyệt"), "sky"),
    "write": (N_("Đã sửa nội dung"), ""),
    "add": (N_("Đã thêm"), ""),
    "remove": (N_("Đã bỏ"), ""),
    "restore": (N_("Đã khôi phục"), ""),
    "open": (N_("Mở yêu cầu"), ""),
    "draft_ad_hoc": (N_("Soạn báo cáo đột xuất"), ""),
    "change_ad_hoc": (N_("Sửa bản nháp"), ""),
    "withdraw_ad_hoc": (N_("Rút bản nháp"), "amber"),
    "add_units": (N_("Giao thêm cho %(count)s đơn vị"), "sky"),
    "ask_package": (N_("Yêu cầu gói %(papers)s văn bản"), ""),
    "extend": (N_("Gia hạn"), "amber"),
    "exempt": (N_("Cho miễn"), ""),
    "end_exemption": (N_("Bỏ miễn, đơn vị lại phải nộp"), "amber"),
    "close": (N_("Khép lại"), ""),
    "override": (N_("Sửa số liệu có lý do"), "amber"),
    "create": (N_("Đưa đơn vị vào cổng"), "jade"),
    "change": (N_("Đổi thông tin đơn vị"), "amber"),
    "change_head": (N_("Đổi thủ trưởng"), "amber"),
    "change_marks": (N_("Đổi ký hiệu, địa danh"), ""),
    "found": (N_("Thành lập"), "jade"),
    "rename": (N_("Đổi tên"), "amber"),
    "move": (N_("Chuyển đơn vị cấp trên"), "amber"),
    "merge": (N_("Sáp nhập vào %(to)s"), "amber"),
    "split": (N_("Chia tách, chuyển giao cho %(to)s"), "amber"),
    "close_unit": (N_("Thôi hoạt động"), "amber"),
    "reopen_unit": (N_("Hoạt động trở lại"), "jade"),
    "hand_over": (N_("Chuyển việc này cho %(to)s"), "amber"),
    "take_over": (N_("Nhận việc này từ %(from)s"), "sky"),
    "change_reviewer": (N_("Đổi đơn vị duyệt: %(reviewer)s"), "sky"),
    "create_decision": (N_("Lập bản nháp quyết định"), ""),
    "change_decision": (N_("Sửa bản nháp quyết định"), ""),
    "load_steps": (N_("Nạp các việc từ tệp"), ""),
    "apply_decision": (N_("Áp dụng quyết định"), "leaf"),
    "discard_decision": (N_("Bỏ bản nháp quyết định"), ""),
    "publish": (N_("Ban hành"), "jade"),
    "create_account": (N_("Tạo tài khoản, cấp mật khẩu dùng một lần"), "jade"),
    "change_account": (N_("Sửa tài khoản"), ""),
    "reset_password": (N_("Cấp lại mật khẩu dùng một lần"), "amber"),
    "change_password": (N_("Người dùng đổi mật khẩu"), ""),
    "end_sessions": (N_("Kết thúc mọi phiên đăng nhập"), ""),
    "chase": (N_("Sở đôn đốc lần %(round)s bằng công văn %(letter)s ngày %(day)s, chậm %(days_late)s ngày"), "lacquer"),
    "issue_letter": (N_("Ban hành công văn đôn đốc lần %(round)s tới %(units)s đơn vị"), "jade"),
    "remind": (N_("Nhắc trực tiếp %(units)s đơn vị"), "sky"),
    "announce": (N_("Đăng tới %(units)s đơn vị"), "jade"),
    "correct": (N_("Đính chính thành bản %(version)s"), "amber"),
    "withdraw_announcement": (N_("Thu hồi"), "amber"),
    "change_contact": (N_("Đổi liên hệ của đơn vị"), ""),
    "schedule_reminders": (N_("Đổi lịch nhắc"), ""),
    "publish_points": (N_("Công bố điểm thi đua, bản %(version)s, %(units)s đơn vị"), "jade"),
    "change_rules": (N_("Sửa tiêu chí thi đua"), "amber"),
    "adopt_rules": (N_("Nạp bộ tiêu chí thi đua mẫu"), ""),
    "create_inspection": (N_("Lập cuộc kiểm tra"), "jade"),
    "change_inspection": (N_("Sửa kế hoạch kiểm tra"), ""),
    "conclude_inspection": (N_("Kết thúc cuộc kiểm tra"), "leaf"),
    "cancel_inspection": (N_("Hủy cuộc kiểm tra"), "amber"),
    "reopen_inspection": (N_("Mở lại cuộc kiểm tra"), "amber"),
    "add_inspected": (N_("Thêm đơn vị được kiểm tra: %(unit)s"), ""),
    "remove_inspected": (N_("Đưa đơn vị ra khỏi cuộc kiểm tra: %(unit)s"), "amber"),
    "visit": (N_("Ghi buổi kiểm tra tại %(unit)s"), "sky"),
    "mark_evidence": (N_("Đối chiếu %(count)s mục minh chứng tại %(unit)s"), ""),
    "raise_finding": (N_("Ghi kiến nghị, hạn khắc phục %(day)s"), "amber"),
    "change_finding": (N_("Sửa kiến nghị"), ""),
    "answer_finding": (N_("Đơn vị trả lời"), "sky"),
    "accept_finding": (N_("Chấp nhận kết quả khắc phục"), "leaf"),
    "ask_finding": (N_("Yêu cầu bổ sung"), "amber"),
    "close_finding": (N_("Khép lại"), ""),
    "reopen_finding": (N_("Mở lại"), "amber"),
}
"""By action: the sentence and the tone of its line."""


@dataclass(frozen=True)
class TimelineEntry:
    """One line of a timeline; ``label`` may hold %(…)s for ``detail``."""

    at: datetime
    actor: str
    """The person's name as it was then; empty for the portal itself."""
    action: str
    label: str
    tone: str
    reason: str
    detail: dict[str, Any] = field(default_factory=dict)


def list_timeline(session: Session, subject: Subject, subject_id: int) -> list[TimelineEntry]:
    """What happened to a thing, newest first. One query."""
    rows = session.scalars(
        select(Event).where(Event.subject_kind == subject, Event.subject_id == subject_id)
        .order_by(Event.at.desc(), Event.id.desc()))
    return [_entry(event) for event in rows]


def _entry(event: Event) -> TimelineEntry:
    """Make a line of an event; an unknown action shows as it was recorded."""
    label, tone = _LABELS.get(event.action, (event.action, ""))
    return TimelineEntry(event.at, event.actor, event.action, label, tone, event.reason, dict(event.detail))
