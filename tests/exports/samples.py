"""Documents for the tests of paper: ordinary, empty and absurd, without a database."""

from datetime import date

from models.figure import EMPTY, NIL, figure_of
from queries.document import (
    ActivityLine,
    AppendixLine,
    ConsolidatedDocument,
    CountBar,
    DocumentHead,
    NarrativeSection,
    PlanDocument,
    PlanLine,
    ScaleBar,
    SummaryDocument,
    SummaryFact,
    UnitReportDocument,
)
from tests.exports.sample_units import COLUMNS, DISTRICTS, figure_rows, submissions, total_of, unit_groups

SENTENCE = (
    "Các đơn vị đã triển khai tuyên truyền cải cách hành chính bằng nhiều hình thức phù hợp với cán bộ, công chức, "
    "viên chức, người lao động và người học; nội dung bám sát kế hoạch của Sở Giáo dục và Đào tạo."
)


def head(**changes: object) -> DocumentHead:
    """The head of the Department's report, with changes."""
    values: dict[str, object] = {
        "parent_agency": "UBND TỈNH QUẢNG NINH",
        "agency": "SỞ GIÁO DỤC VÀ ĐÀO TẠO",
        "number": "",
        "symbol": "BC-SGDĐT",
        "place": "Quảng Ninh",
        "issued_on": date(2023, 6, 5),
        "year": 2023,
        "type_name": "BÁO CÁO",
        "subject": "Kết quả công tác tuyên truyền cải cách hành chính 6 tháng đầu năm 2023",
        "addressees": ("Ủy ban nhân dân tỉnh", "Sở Nội vụ"),
        "recipients": ("Như trên", "Giám đốc, các Phó Giám đốc Sở", "Các phòng thuộc Sở", "Lưu: VT, VP"),
        "authority": "KT. GIÁM ĐỐC",
        "signer_position": "PHÓ GIÁM ĐỐC",
        "signer_name": "Châu Hoài Thu",
    }
    return DocumentHead(**{**values, **changes})  # type: ignore[arg-type]  # changes are named by the field


def outline(text: str = SENTENCE) -> tuple[NarrativeSection, ...]:
    """The outline of domain §2.3 with the same text everywhere."""
    rows = (
        ("I", 1, "I.", "Công tác chỉ đạo, điều hành", text),
        ("II", 1, "II.", "Kết quả thực hiện", ""),
        (
            "II.1",
            2,
            "1.",
            "Kết quả theo nội dung tuyên truyền",
            text + "\n- Về Nghị quyết số 05-NQ/TU: " + text,
        ),
        ("II.2", 2, "2.", "Kết quả theo hình thức tuyên truyền", ""),
        ("II.2.a", 3, "a)", "Báo chí, phát thanh, truyền hình", text),
        ("II.2.b", 3, "b)", "Cổng thông tin, trang web", text),
        ("II.2.d", 3, "đ)", "Niêm yết, pa nô, áp phích, tờ gấp", text),
        ("II.3", 2, "3.", "Kết quả theo đối tượng", text),
        ("II.6", 2, "6.", "Đo lường hài lòng, nhận thức", text),
        ("III", 1, "III.", "Kinh phí", "Không phát sinh."),
        ("IV", 1, "IV.", "Đánh giá chung", ""),
        ("IV.1", 2, "1.", "Ưu điểm", text),
        ("IV.2", 2, "2.", "Tồn tại, hạn chế", ""),
        ("V", 1, "V.", "Phương hướng, nhiệm vụ 6 tháng cuối năm", text),
        ("VI", 1, "VI.", "Kiến nghị, đề xuất", text),
    )
    return tuple(NarrativeSection(*row) for row in rows)


def appendix_lines() -> tuple[AppendixLine, ...]:
    """Annex IV: two rows of the plan's appendix."""
    return (
        AppendixLine(
            "Thông tin, tuyên truyền các nội dung liên quan đến công tác cải cách hành chính theo Chương trình, Nghị "
            "quyết mới của Chính phủ, Bộ, ngành Trung ương, của tỉnh.",
            "Tin, bài, phóng sự trên các phương tiện thông tin, trên Cổng thông tin điện tử thành phần của đơn vị",
            "Văn phòng chủ trì, tham mưu, phối hợp với các đơn vị thuộc, trực thuộc Sở",
            "1.245 tin, bài; 96 hội nghị",
            "Hoàn thành",
        ),
        AppendixLine(
            "Nêu gương đơn vị, cá nhân có thành tích", "Tin, bài", "Văn phòng", "Không phát sinh", ""
        ),
    )


SATISFACTION = (
    ScaleBar("Tiếp cận dịch vụ", (120, 310, 1450, 5200, 4100)),
    ScaleBar("Thủ tục hành chính", (90, 260, 1220, 5600, 4010)),
    ScaleBar("Người giải quyết công việc", (60, 190, 1010, 5300, 4620)),
    ScaleBar("Kết quả giải quyết", (50, 170, 990, 5410, 4560)),
    ScaleBar("Tiếp nhận, xử lý góp ý", (0, 0, 0, 0, 0)),
)
CHANNELS = (
    CountBar("Báo chí, phương tiện thông tin đại chúng", 412),
    CountBar("Niêm yết công khai", 655),
    CountBar("Tờ gấp, pa nô, áp phích", 1320),
    CountBar("Mạng xã hội và hình thức khác", 5410),
    CountBar("Hội nghị, hội thảo", 873),
)


def consolidated(schools: int = 3, affiliated: int = 6, **changes: object) -> ConsolidatedDocument:
    """The Department's half-year report."""
    groups = unit_groups(schools, affiliated)
    values: dict[str, object] = {
        "head": head(),
        "opening": "Thực hiện Kế hoạch số 45/KH-UBND ngày 21/02/2023 của Ủy ban nhân dân tỉnh, Sở Giáo dục và Đào tạo "
        "báo cáo kết quả (số liệu tính từ ngày 01/12/2022 đến hết ngày 29/5/2023) như sau:",
        "sections": outline(),
        "coverage": "Tính đến hết ngày 29/5/2023, 18/19 đơn vị trực tiếp báo cáo Sở đã được duyệt số liệu.",
        "missing": ("Phòng GD&ĐT Ba Chẽ",),
        "figures": figure_rows(),
        "unit_columns": COLUMNS,
        "unit_groups": groups,
        "grand_total": total_of([unit for group in groups for unit in group.units]),
        "submissions": submissions(groups),
        "appendix": appendix_lines(),
        "satisfaction": SATISFACTION,
        "channels": CHANNELS,
        "districts": tuple(CountBar(name, 900 - 61 * place) for place, name in enumerate(DISTRICTS)),
    }
    return ConsolidatedDocument(**{**values, **changes})  # type: ignore[arg-type]  # changes are named by the field


def unit_report(activity_count: int = 12, **changes: object) -> UnitReportDocument:
    """A school's half-year report."""
    lines = tuple(
        ActivityLine(
            f"{number % 28 + 1:02d}/03/2023",
            f"Sinh hoạt dưới cờ lồng ghép tuyên truyền dịch vụ công trực tuyến, tuần {number}",
            "Hội nghị, họp, sinh hoạt lồng ghép",
            "2 tệp",
            figure_of(312 + number) if number % 3 else NIL,
        )
        for number in range(1, activity_count + 1)
    )
    values: dict[str, object] = {
        "head": head(
            parent_agency="SỞ GIÁO DỤC VÀ ĐÀO TẠO QUẢNG NINH",
            agency="TRƯỜNG THPT CHUYÊN HẠ LONG",
            symbol="BC-THPTCHL",
            number="7",
            addressees=("Sở Giáo dục và Đào tạo tỉnh Quảng Ninh",),
            recipients=("Như trên", "Lưu: VT"),
            authority="",
            signer_position="HIỆU TRƯỞNG",
            signer_name="",
            issued_on=None,
            is_draft=True,
        ),
        "opening": "Thực hiện Kế hoạch của Sở Giáo dục và Đào tạo, Trường THPT Chuyên Hạ Long báo cáo như sau:",
        "sections": outline(),
        "figures": figure_rows(with_source=True),
        "activities": lines,
    }
    return UnitReportDocument(**{**values, **changes})  # type: ignore[arg-type]  # changes are named by the field


def plan(item_count: int = 8, **changes: object) -> PlanDocument:
    """A school's plan."""
    lines = tuple(
        PlanLine(
            "Tuyên truyền hướng dẫn phụ huynh nộp hồ sơ tuyển sinh trực tuyến",
            "Hội nghị, tờ gấp, mạng xã hội",
            figure_of(number),
            "Tổ văn phòng",
            "Giáo viên chủ nhiệm",
            "Tháng 3-5/2023",
            figure_of(1_250_000 * number) if number % 2 else EMPTY,
        )
        for number in range(1, item_count + 1)
    )
    sections = (
        NarrativeSection("I", 1, "I.", "Mục đích, yêu cầu"),
        NarrativeSection("I.1", 2, "1.", "Mục đích", SENTENCE),
        NarrativeSection("I.2", 2, "2.", "Yêu cầu", "- " + SENTENCE + "\n- " + SENTENCE),
        NarrativeSection("II", 1, "II.", "Nội dung thực hiện"),
        NarrativeSection("II.1", 2, "1.", "Đối tượng tuyên truyền", SENTENCE),
        NarrativeSection("II.4", 2, "4.", "Chỉ tiêu", "Các chỉ tiêu phấn đấu trong năm 2023:"),
        NarrativeSection("III", 1, "III.", "Kinh phí", "Từ nguồn chi thường xuyên của đơn vị."),
        NarrativeSection("IV", 1, "IV.", "Tổ chức thực hiện", SENTENCE),
    )
    values: dict[str, object] = {
        "head": head(
            parent_agency="UBND THÀNH PHỐ HẠ LONG",
            agency="PHÒNG GIÁO DỤC VÀ ĐÀO TẠO",
            symbol="KH-PGDĐT",
            type_name="KẾ HOẠCH",
            subject="Tuyên truyền cải cách hành chính năm 2023",
            place="Hạ Long",
            issued_on=date(2023, 3, 6),
            addressees=(),
            recipients=("Sở GDĐT (để b/c)", "Các trường trực thuộc", "Lưu: VT"),
            authority="",
            signer_position="TRƯỞNG PHÒNG",
            signer_name="",
        ),
        "opening": "Thực hiện Kế hoạch của Sở Giáo dục và Đào tạo về tuyên truyền cải cách hành chính năm 2023, "
        "Phòng Giáo dục và Đào tạo xây dựng kế hoạch như sau:",
        "sections": sections,
        "items": lines,
        "indicator_targets": figure_rows()[:5],
    }
    return PlanDocument(**{**values, **changes})  # type: ignore[arg-type]  # changes are named by the field


def summary(late_count: int = 9, **changes: object) -> SummaryDocument:
    """Leadership's two pages."""
    values: dict[str, object] = {
        "agency": "SỞ GIÁO DỤC VÀ ĐÀO TẠO QUẢNG NINH",
        "title": "Tóm tắt kết quả tuyên truyền cải cách hành chính 6 tháng đầu năm 2023",
        "period": "Số liệu tính đến hết ngày 29/5/2023",
        "sentences": (
            "12/13 phòng Giáo dục và Đào tạo và 45/50 đơn vị trực thuộc đã được duyệt báo cáo.",
            "Toàn ngành tổ chức 8.670 hoạt động, đạt 87% kế hoạch năm.",
            "Tỷ lệ hài lòng là 82,67% (6.213/7.512 lượt trả lời ở mức 4 và 5).",
            "Nội dung ít được tuyên truyền nhất là kỷ niệm 60 năm thành lập tỉnh (41 hoạt động).",
        ),
        "facts": (
            SummaryFact("Phòng đã duyệt", "12/13", "92,3%"),
            SummaryFact("Đơn vị trực thuộc đã duyệt", "45/50", "90%"),
            SummaryFact("Hoạt động", "8.670", "87% kế hoạch năm"),
            SummaryFact("Tỷ lệ hài lòng", "82,67%", "7.512 lượt trả lời"),
        ),
        "satisfaction": SATISFACTION,
        "channels": CHANNELS,
        "late": tuple(
            (f"Trường THPT số {number} (minh họa)", "Chậm 2 ngày") for number in range(1, late_count + 1)
        ),
        "coverage_columns": tuple(f"Chủ đề {number}" for number in range(1, 9)),
        "coverage": tuple(
            (name, tuple((place * 7 + theme * 5) % 23 for theme in range(8)))
            for place, name in enumerate(DISTRICTS)
        ),
    }
    return SummaryDocument(**{**values, **changes})  # type: ignore[arg-type]  # changes are named by the field
