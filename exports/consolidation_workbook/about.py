"""The sheet that says of what the workbook is: period, day, filters, denominators, where numbers come from, marks."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from exports.consolidation_workbook.cells import NIL
from exports.consolidation_workbook.units import NOT_KEPT, UnitSheet
from exports.layout.figures import NIL_WORDS
from exports.workbook import PLAIN, Head, Value
from models.figure import Figure
from queries.consolidation.annex import OWN_LABEL
from queries.document import ConsolidatedDocument, UnitFigures

NAME = "Phạm vi và mẫu số"
HEADS = (Head("Mục", 34), Head("Nội dung", 100, PLAIN))
EXACT = Decimal(10) ** 15
"""Numbers from here on are kept by spreadsheets to fifteen digits only."""
SOURCE = ("Cộng từ số liệu đã chốt trong báo cáo được duyệt của từng đơn vị; số liệu của đơn vị chưa được duyệt báo "
          "cáo không có trong tổng.")
MARKS = (
    ("Ô trống", "Chưa có số liệu: đơn vị chưa trả lời chỉ tiêu, hoặc báo cáo chưa được duyệt (xem cột Tình trạng)."),
    ("0", "Đơn vị đã trả lời và số liệu bằng không."),
    (NIL, f"Đơn vị đã trả lời “{NIL_WORDS}”; khi cộng được bỏ qua như chữ."),
    ("Cấp 1", "Đơn vị gửi báo cáo trực tiếp; tổng chỉ cộng các dòng cấp 1."),
    ("Cấp 2", "Đã nằm trong số liệu của đơn vị cấp 1 ở ngay trên; nêu để xem, không cộng thêm."),
    (NOT_KEPT, "Bản tổng hợp không giữ chỉ tiêu này theo từng đơn vị cấp 2; xem ở báo cáo của đơn vị."),
    ("Tỷ lệ, điểm trung bình", "Tính lại từ tử số và mẫu số của tổng, không lấy bình quân các tỷ lệ."),
    ("Chỉ tiêu có/không", "1 là có, 0 là không; của nhiều đơn vị là số đơn vị trả lời có, trên số đơn vị trả lời."),
    ("So sánh cùng kỳ", "Kỳ này chia cho cùng kỳ năm trước; với tỷ lệ là chênh lệch điểm phần trăm. Trống khi một "
                        "trong hai kỳ không có số để so."))


def about(document: ConsolidatedDocument, units: UnitSheet) -> Iterator[Sequence[Value]]:
    """All of it, a line each; after the sheet by unit was written."""
    head = document.head
    yield "Báo cáo", f"{head.type_name} {head.subject}".strip()
    yield "Cơ quan", " – ".join(filter(None, (head.parent_agency, head.agency)))
    yield "Số, ký hiệu", f"{head.number or '…'}/{head.symbol}"
    yield "Ngày ban hành", head.issued_on
    yield "Bản", "Dự thảo: số liệu còn có thể thay đổi" if head.is_draft else "Bản đã lập: số liệu được giữ nguyên"
    if head.code:
        yield "Mã kiểm tra", f"{head.code} {head.verify_url}".strip()
    yield "Yêu cầu báo cáo", document.requirement
    yield "Kỳ số liệu", document.period or document.opening
    yield "Bộ lọc", "Không lọc: mọi đơn vị phải gửi báo cáo này"
    yield from _denominators(document)
    yield "Nguồn số liệu", SOURCE
    yield from MARKS
    if units.fixed:
        yield ("Tổng ghi bằng số", f"{units.fixed} ô tổng ghi số đã chốt thay cho công thức, vì các dòng ở trên cộng "
               "lại không ra đúng số đã chốt hoặc không được giữ trong bản này.")
    if any(_is_beyond(figure) for figure in _figures(document)):
        yield "Số rất lớn", "Bảng tính chỉ giữ 15 chữ số; số lớn hơn xem ở bản PDF."


def _denominators(document: ConsolidatedDocument) -> Iterator[Sequence[Value]]:
    """Over how many units the numbers are, and who is not in."""
    yield "Độ phủ", document.coverage
    direct = [unit for group in document.unit_groups for unit in group.units if unit.name != OWN_LABEL]
    below = [unit for office in direct for unit in office.children if unit.name != OWN_LABEL]
    yield "Đơn vị cấp 1 có số liệu", _share(direct)
    if below:
        yield "Đơn vị cấp 2 có số liệu", _share(below)
    yield "Chưa có số liệu", f"{len(document.missing)} đơn vị"
    for name in document.missing:
        yield "Chưa có số liệu của", name


def _share(units: Sequence[UnitFigures]) -> str:
    """As "12/13 đơn vị"."""
    return f"{sum(not unit.status for unit in units)}/{len(units)} đơn vị"


def _figures(document: ConsolidatedDocument) -> Iterator[Figure]:
    """Every figure of the whole."""
    for row in document.figures:
        yield from (row.planned, row.current, row.cumulative, row.previous)
    yield from document.grand_total.values()


def _is_beyond(figure: Figure) -> bool:
    """Whether a spreadsheet cannot keep it whole."""
    return any(value is not None and abs(value) >= EXACT for value in (
        figure.value, figure.numerator, figure.denominator))


__all__ = ["HEADS", "NAME", "about"]
