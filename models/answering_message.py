"""Sentences about an answer that cannot be taken, and where they belong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.translation import N_, _

REQUIRED = N_("Câu này cần câu trả lời")
NOT_AN_OPTION = N_("Chọn trong các phương án đã cho")
ONE_ONLY = N_("Chỉ chọn một câu trả lời")
NOT_INTEGER = N_("Nhập số nguyên, ví dụ 12")
NOT_DECIMAL = N_("Nhập số, phần thập phân sau dấu phẩy, ví dụ 12,5")
TOO_MANY_PLACES = N_("Nhập nhiều nhất %(most)s chữ số sau dấu phẩy")
TOO_SMALL = N_("Nhập số từ %(least)s trở lên")
TOO_LARGE = N_("Nhập số không quá %(most)s")
NOT_A_DAY = N_("Nhập ngày theo mẫu ngày/tháng/năm, ví dụ 30/05/2023")
TOO_EARLY = N_("Nhập ngày từ %(least)s trở đi")
TOO_LATE = N_("Nhập ngày không sau %(most)s")
TOO_LONG = N_("Viết nhiều nhất %(most)s ký tự; đang có %(given)s")
NOT_MET = N_("Câu trả lời chưa hợp với điều kiện của câu hỏi")
NOT_ASKED_HERE = N_("Câu này không hỏi theo các câu trả lời phía trên; hãy bỏ trống")
UNKNOWN_FIELD = N_("Phiếu gửi lên có ô không thuộc bộ câu hỏi này; hãy tải lại trang rồi gửi lại")


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence in Vietnamese with what goes into it; ``str`` translates it, Jinja shows it as it is.

    ``is_own`` marks words of the questionnaire itself, which are in the language asked for already.
    """

    text: str
    params: Mapping[str, Any] = field(default_factory=dict)
    is_own: bool = False

    def __str__(self) -> str:
        """The sentence in the language of the page."""
        if self.is_own:
            return self.text
        return _(self.text, **self.params)

    @property
    def vi(self) -> str:
        """The sentence in Vietnamese, for papers and files."""
        return self.text % self.params if self.params else self.text


__all__ = [
    "NOT_AN_OPTION", "NOT_ASKED_HERE", "NOT_A_DAY", "NOT_DECIMAL", "NOT_INTEGER", "NOT_MET", "ONE_ONLY", "REQUIRED",
    "TOO_EARLY", "TOO_LARGE", "TOO_LATE", "TOO_LONG", "TOO_MANY_PLACES", "TOO_SMALL", "UNKNOWN_FIELD", "Message",
]
