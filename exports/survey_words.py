"""Results of a survey in the words of paper and workbook: shares, means, intervals, and why something is not told."""

from collections.abc import Iterator
from decimal import Decimal

from core.dates import format_document_day
from core.numbers import format_decimal, format_integer, format_share
from exports.fonts import require
from models.satisfaction import FORMULA_NAME, SMALL_SAMPLE, SMALLEST_GROUP, WITHHELD
from models.survey import SurveyChannel
from queries.survey.result import SurveyResult

NONE = require("–")
HIDDEN = require(WITHHELD)
SMALL = require("mẫu nhỏ")
NO_SHEETS = require("chưa có phiếu")
FORMULA = require(f"{FORMULA_NAME}.")


def share(value: Decimal | None) -> str:
    """A share 0..1 as "82,67%"."""
    return NONE if value is None else format_share(value)


def mean(value: Decimal | None) -> str:
    """A mean as "4,12"."""
    return NONE if value is None else format_decimal(value)


def margin(value: Decimal | None) -> str:
    """Half an interval as "±3,2 điểm %"; empty without one, and where all answered alike and it says nothing."""
    return f"{points(value)} điểm %" if value else ""


def points(value: Decimal | None) -> str:
    """Half an interval in a column that names its unit: "±3,2"."""
    return f"±{format_decimal(value * 100, 1)}" if value else ""


def count(value: int | None) -> str:
    """A count as "1.234"."""
    return NONE if value is None else format_integer(value)


def reason(sheets: int | None, n: int | None) -> str:
    """Why a line tells nothing, or what to mind of it; empty for an ordinary one."""
    if sheets == 0:
        return NO_SHEETS
    if n is None:
        return HIDDEN
    return SMALL if 0 < n < SMALL_SAMPLE else ""


def channels(result: SurveyResult) -> str:
    """Sheets by channel, each apart: "Mã QR 120, Phiếu giấy 40"."""
    return ", ".join(f"{line.channel.label} {format_integer(line.sheets)}" for line in result.channels if line.sheets)


def is_tallied(result: SurveyResult) -> bool:
    """Whether some sheets were counted by hand."""
    return any(line.channel is SurveyChannel.TALLY for line in result.channels)


def notes(result: SurveyResult) -> Iterator[str]:
    """How the numbers were made, sentence by sentence (domain §4.4)."""
    yield FORMULA
    yield ("Chỉ tính câu trả lời hợp lệ ở năm mức; “không áp dụng” và bỏ trống không vào số trả lời. Điểm trung bình "
           "của yếu tố là trung bình điểm các câu trong yếu tố; điểm trung bình các yếu tố dịch vụ không gồm yếu tố về "
           "thông tin, tuyên truyền. Số liệu chỉ được làm tròn khi in.")
    yield ("Kết quả chung được tính gộp từ mọi phiếu, nên đơn vị có nhiều phiếu có trọng số lớn hơn; bên cạnh có trung "
           f"bình giản đơn của các đơn vị có từ {SMALL_SAMPLE} trả lời.")
    if result.population:
        yield ("Khoảng tin cậy 95% đã hiệu chỉnh theo tổng thể hữu hạn "
               f"N = {format_integer(result.population)} người.")
    else:
        yield "Khoảng tin cậy 95% chưa hiệu chỉnh, vì chưa biết tổng số người có thể trả lời."
    yield (f"Nhóm dưới {SMALLEST_GROUP} phiếu, và nhóm mà từ đó suy ra được nhóm dưới {SMALLEST_GROUP} phiếu, ghi "
           f"“{HIDDEN}” để giữ kín người trả lời. Nhóm từ {SMALLEST_GROUP} đến {SMALL_SAMPLE - 1} trả lời ghi "
           f"“{SMALL}”, chỉ để tham khảo, không dùng để xếp hạng.")
    if is_tallied(result):
        yield ("Phiếu giấy đếm sẵn chỉ có số đếm của các câu năm mức; ở câu khác, phiếu đếm sẵn được tính là không "
               "được hỏi.")
    if result.excluded:
        yield f"Đã loại {format_integer(result.excluded)} phiếu có dấu hiệu bất thường; mỗi phiếu bị loại có ghi lý do."


def span(result: SurveyResult) -> str:
    """The window as "01/5/2023 đến hết ngày 31/5/2023"."""
    head = result.round
    return f"{format_document_day(head.opens_on)} đến hết ngày {format_document_day(head.closes_on)}"


__all__ = ["FORMULA", "HIDDEN", "NONE", "NO_SHEETS", "SMALL", "channels", "count", "is_tallied", "margin", "mean",
           "notes", "points", "reason", "share", "span"]
