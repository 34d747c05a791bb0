"""What is said of a paper and its copies, in the reader's language: for its office's page and for strangers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.dates import format_day, format_moment
from core.translation import _
from models.paper_reading import is_filled, shown_otherwise
from queries.issued import CopyLine, PaperFacts, Standing
from services.verification import Checked, Outcome


def number_words(paper: PaperFacts) -> str:
    """As "số 05/BC-SGDĐT ngày 25/05/2023"; what is missing is said."""
    number = _("số %(number)s", number=paper.number) if paper.number else _("chưa ghi số")
    return _("%(number)s ngày %(day)s", number=number, day=format_day(paper.on)) if paper.on else number


def standing_words(paper: PaperFacts) -> str:
    """Whether it holds, as a sentence."""
    if paper.standing is Standing.RECALLED and paper.recalled_on is not None:
        return _("Đã thu hồi ngày %(day)s. Lý do: %(reason)s.", day=format_day(paper.recalled_on),
                 reason=paper.recall_reason.rstrip(" ."))
    if paper.standing is Standing.REPLACED:
        named = _(" (số %(number)s)", number=paper.newest_number) if paper.newest_number else ""
        return _("Đã được thay bằng bản %(version)s%(named)s.", version=paper.newest, named=named)
    return f"{_(paper.standing.label)}."


def reading_words(copy: CopyLine) -> list[str]:
    """What was read of a copy: its signatures, and whether it says and shows what the version does."""
    lines = [f"{_(copy.state.label)}."]
    if copy.media_type != "application/pdf":
        return [_("Ảnh quét, không có chữ ký số; người xem đối chiếu bằng mắt.")]
    return lines + signature_words(copy.reading) + word_words(copy.reading) + shown_words(copy.reading)


def signature_words(reading: Mapping[str, Any]) -> list[str]:
    """Who signed, when, intact or not, known or not; one sentence each."""
    if not reading.get("ok"):
        reasons = {"encrypted": _("Tệp được đặt mật khẩu."), "heavy": _("Tệp quá nặng để đọc."),
                   "damaged": _("Tệp bị hỏng hoặc không phải PDF.")}
        return [reasons.get(str(reading.get("reason")), "")] if reading else []
    rows = reading.get("signatures", [])
    return [_one_signature(row) for row in rows] or [_("Không có chữ ký số.")]


def _one_signature(row: Mapping[str, Any]) -> str:
    """One signature."""
    if row["trouble"]:
        return _("Có một chữ ký số không đọc được.")
    who = ", ".join(filter(None, dict.fromkeys([row["name"], row["organisation"]]))) or _("người không ghi tên")
    when = _(" lúc %(moment)s", moment=format_moment(datetime.fromisoformat(row["at"]))) if row["at"] else ""
    if not row["intact"]:
        rest = _("nhưng nội dung đã bị sửa sau khi ký")
    elif row["changed"]:
        rest = _("nhưng sau đó tệp được thêm nội dung ngoài phạm vi cho phép")
    elif row["trusted"]:
        rest = _("còn nguyên vẹn, chứng thư được cổng tin cậy")
    else:
        rest = _("còn nguyên vẹn; cổng chưa biết nơi cấp chứng thư nên không xác nhận được danh tính")
    return _("Đã ký số bởi %(who)s%(when)s, %(rest)s.", who=who, when=when, rest=rest)


def word_words(reading: Mapping[str, Any], *, shows_words: bool = True) -> list[str]:
    """On which pages the words differ from the version's; strangers are not told the words."""
    pages = reading.get("differing", [])
    if is_filled(reading):
        return [_("Số, ngày đã được điền vào chỗ trống ở trang 1.")]
    lines = []
    for row in pages[:8]:
        if shows_words:
            lines.append(_("Trang %(page)s: thiếu “%(missing)s”; thêm “%(added)s”.", page=row["page"],
                           missing=" ".join(row["missing"]) or "–", added=" ".join(row["added"]) or "–"))
        else:
            lines.append(_("Trang %(page)s khác với bản phát hành.", page=row["page"]))
    if len(pages) > 8:
        lines.append(_("Còn %(count)s trang khác nữa.", count=len(pages) - 8))
    return lines


def shown_words(reading: Mapping[str, Any]) -> list[str]:
    """What the pages show otherwise than the version's, a sentence for each kind with its pages."""
    return [_(text) % {"pages": pages} for text, pages in shown_otherwise(reading)]


def check_words(checked: Checked) -> list[str]:
    """What a chosen file turned out to be, for a stranger."""
    if checked.outcome is Outcome.OTHER and checked.paper is not None:
        return [_("Tệp đúng do cổng phát hành, nhưng của văn bản mang mã %(code)s.", code=checked.paper.code)]
    if checked.outcome in (Outcome.GENUINE, Outcome.COPY):
        return [_("Tệp giống hệt tệp cổng đang giữ, không khác một chi tiết nào.")]
    if checked.outcome is Outcome.FOREIGN and not checked.reading.get("words", 1):
        return [_("Tệp là ảnh quét, không có chữ để đối chiếu. Xin so bản giấy với mã ở chân trang.")]
    if checked.outcome is Outcome.FOREIGN:
        return [_("Nếu tệp được tải từ nơi khác, xin lấy lại từ cơ quan phát hành.")]
    reading = checked.reading
    return signature_words(reading) + word_words(reading, shows_words=False) + shown_words(reading)


__all__ = ["check_words", "number_words", "reading_words", "shown_words", "signature_words", "standing_words",
           "word_words"]
