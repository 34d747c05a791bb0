"""Reminders, chase letters and holidays as lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from exports.list_book import Columns, ListColumn
from queries.chase_letter import ChasedLine, LetterLine
from queries.holiday import HolidayLine
from queries.reminder import OpenTask, ReminderCount, ReminderLine


@dataclass(frozen=True, slots=True)
class Standing:
    """An open requirement with how many of the units whom one may remind still owe it."""

    title: str
    due_on: date
    missing: int
    owed: int
    late: int


STANDINGS: Columns[Standing] = (
    ListColumn("Yêu cầu", lambda line: line.title, 60),
    ListColumn("Hạn", lambda line: line.due_on, 12),
    ListColumn("Chưa gửi", lambda line: line.missing, 10),
    ListColumn("Trên số đơn vị", lambda line: line.owed, 12),
    ListColumn("Quá hạn", lambda line: line.late, 10),
)


def tasks(counts: Mapping[int, ReminderCount], today: date) -> Columns[OpenTask]:
    """The columns of units that still owe, with their reminders by obligation."""
    return (
        ListColumn("Đơn vị", lambda line: line.unit_name, 48),
        ListColumn("Mã", lambda line: line.unit_code, 16),
        ListColumn("Loại", lambda line: line.unit_kind.label, 28),
        ListColumn("Tình trạng", lambda line: line.status.label if line.status else "Chưa bắt đầu", 16),
        ListColumn("Ngày cuối", lambda line: line.last_day, 12),
        ListColumn("Số ngày chậm", lambda line: max((today - line.last_day).days, 0), 10),
        ListColumn("Đã nhắc", lambda line: counts[line.obligation_id].occasions if line.obligation_id in counts else 0,
                   10),
        ListColumn("Nhắc gần nhất", lambda line: counts[line.obligation_id].last_on
                   if line.obligation_id in counts else None, 14),
        ListColumn("Thư chưa đến", lambda line: counts[line.obligation_id].troubles
                   if line.obligation_id in counts else 0, 10),
        ListColumn("Đã nhận", lambda line: counts[line.obligation_id].received_at
                   if line.obligation_id in counts else None, 18),
    )


LETTERS: Columns[LetterLine] = (
    ListColumn("Lần", lambda line: line.round, 8),
    ListColumn("Số, ngày", lambda line: line.full_number, 20),
    ListColumn("Ngày ban hành", lambda line: line.issued_on, 14),
    ListColumn("Gửi trước hết ngày", lambda line: line.answer_by, 14),
    ListColumn("Người ký", lambda line: line.signer_name, 28),
    ListColumn("Đơn vị", lambda line: line.chased, 10),
    ListColumn("Đã gửi sau đó", lambda line: line.answered, 12),
)
CHASED: Columns[ChasedLine] = (
    ListColumn("Đơn vị", lambda line: line.unit_name, 48),
    ListColumn("Số ngày chậm", lambda line: line.days_late, 12),
    ListColumn("Số lần đã nhắc", lambda line: line.reminder_count, 12),
    ListColumn("Từ đó đến nay", lambda line: "đã gửi" if line.is_answered else "chưa gửi", 14),
)
REMINDERS: Columns[ReminderLine] = (
    ListColumn("Ngày", lambda line: line.sent_on, 12),
    ListColumn("Hình thức", lambda line: line.channel.label, 20),
    ListColumn("Tới đơn vị", lambda line: line.unit_name, 44),
    ListColumn("Người nhận", lambda line: line.person, 28),
    ListColumn("Địa chỉ", lambda line: line.address, 30),
    ListColumn("Người nhắc", lambda line: line.by_name or "Theo lịch", 28),
    ListColumn("Kết quả", lambda line: line.mail_status.label if line.mail_status else "", 20),
    ListColumn("Gửi lúc", lambda line: line.sent_at, 18),
    ListColumn("Đã nhận lúc", lambda line: line.received_at, 18),
    ListColumn("Trục trặc", lambda line: line.trouble, 40),
)
HOLIDAYS: Columns[HolidayLine] = (
    ListColumn("Ngày", lambda line: line.day, 12),
    ListColumn("Tên", lambda line: line.name, 40),
    ListColumn("Loại", lambda line: line.kind.label, 20),
    ListColumn("Căn cứ", lambda line: line.source, 50),
    ListColumn("Tình trạng", lambda line: "đã bỏ" if line.is_removed else "", 12),
)
