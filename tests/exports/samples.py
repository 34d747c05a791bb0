"""Documents for the tests of paper: ordinary, empty and absurd, without a database."""

from datetime import date, timedelta
from decimal import Decimal

from models.figure import EMPTY, NIL, Aggregate, Figure, count_yes, figure_of, share_of, sum_of
from queries.document import (
    ActivityLine,
    AppendixLine,
    ConsolidatedDocument,
    CountBar,
    DocumentHead,
    FigureRow,
    NarrativeSection,
    PlanDocument,
    PlanLine,
    ScaleBar,
    SubmissionLine,
    SummaryDocument,
    SummaryFact,
    UnitFigures,
    UnitGroup,
    UnitReportDocument,
)

SENTENCE = (
    "Các đơn vị đã triển khai tuyên truyền cải cách hành chính bằng nhiều hình thức phù hợp với cán bộ, công chức, "
    "viên chức, người lao động và người học; nội dung bám sát kế hoạch của Sở Giáo dục và Đào tạo."
)
INDICATORS: tuple[tuple[str, str, str, Aggregate, str], ...] = (
    (
        "A1",
        "Văn bản chỉ đạo, triển khai tuyên truyền CCHC đã ban hành",
        "văn bản",
        Aggregate.SUM,
        "Chỉ đạo, triển khai",
    ),
    (
        "A2",
        "Đã ban hành kế hoạch tuyên truyền CCHC năm",
        "có/không",
        Aggregate.COUNT_YES,
        "Chỉ đạo, triển khai",
    ),
    ("B1", "Tin, bài trên báo viết, báo điện tử", "tin, bài", Aggregate.SUM, "Báo chí, cổng thông tin"),
    (
        "B4",
        "Tin, bài trên Cổng TTĐT thành phần, trang web đơn vị",
        "tin, bài",
        Aggregate.SUM,
        "Báo chí, cổng thông tin",
    ),
    ("C1", "Bài đăng Facebook", "bài", Aggregate.SUM, "Mạng xã hội"),
    ("C2", "Bài đăng, tin nhắn Zalo (OA, nhóm)", "bài", Aggregate.SUM, "Mạng xã hội"),
    ("C4", "Lượt tiếp cận trên mạng xã hội", "lượt", Aggregate.SUM, "Mạng xã hội"),
    ("D1", "Hội nghị, hội thảo chuyên đề CCHC", "hội nghị", Aggregate.SUM, "Hội nghị, lồng ghép"),
    ("D3", "Cuộc họp, sinh hoạt có lồng ghép tuyên truyền", "cuộc", Aggregate.SUM, "Hội nghị, lồng ghép"),
    ("E4", "Tờ gấp, tờ rơi phát hành", "tờ", Aggregate.SUM, "Niêm yết, ấn phẩm"),
    ("F3", "Mô hình hay, sáng kiến CCHC được phổ biến", "mô hình", Aggregate.SUM, "Nêu gương, phản ánh"),
    ("G3", "Tỷ lệ hồ sơ trực tuyến", "%", Aggregate.RATIO, "Thủ tục hành chính"),
    ("G6", "Tỷ lệ giải quyết đúng hạn", "%", Aggregate.RATIO, "Thủ tục hành chính"),
    ("H3", "Điểm hài lòng trung bình (thang 5)", "điểm", Aggregate.WEIGHTED_MEAN, "Khảo sát"),
    ("M5", "Tổng kinh phí thực hiện", "đồng", Aggregate.SUM, "Kinh phí"),
)
COLUMNS = tuple(
    (code, code) for code in ("A1", "B1", "B4", "C1+C2", "C4", "D1", "D3", "E4", "F3", "G3", "G6", "M5")
)
DISTRICTS = (
    "Hạ Long", "Cẩm Phả", "Uông Bí", "Móng Cái", "Đông Triều", "Quảng Yên", "Vân Đồn", "Tiên Yên", "Đầm Hà",
    "Hải Hà", "Bình Liêu", "Ba Chẽ", "Cô Tô",
)  # fmt: skip


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


def figures_for(seed: int, is_sum: bool = False) -> dict[str, Figure]:
    """One line of figures, decided by ``seed``; some cells empty, some nil."""
    found: dict[str, Figure] = {}
    for place, (code, _, _, aggregate, _) in enumerate(INDICATORS):
        value = (seed * 37 + place * 101) % 97
        if not is_sum and value % 13 == 0:
            found[code] = EMPTY if value % 2 else NIL
        elif aggregate is Aggregate.COUNT_YES:
            found[code] = figure_of(1)
        elif aggregate is Aggregate.RATIO:
            found[code] = share_of(Decimal(value), Decimal(97))
        elif aggregate is Aggregate.WEIGHTED_MEAN:
            found[code] = figure_of(Decimal("4.12"), Decimal(412), Decimal(100))
        else:
            found[code] = figure_of(value * (120_000 if code == "M5" else 31 if code == "C4" else 1))
    return found


def figure_rows(with_source: bool = False, scale: int = 1) -> tuple[FigureRow, ...]:
    """Annex I: one row an indicator with every kind of answer."""
    rows = []
    for place, (code, name, unit, aggregate, group_name) in enumerate(INDICATORS):
        current = {
            Aggregate.COUNT_YES: count_yes([figure_of(1)] * 120 + [figure_of(0)] * 13),
            Aggregate.RATIO: share_of(Decimal(6213), Decimal(7512)),
            Aggregate.WEIGHTED_MEAN: figure_of(Decimal("4.118"), Decimal(4118), Decimal(1000)),
        }.get(aggregate, figure_of((place + 3) * 417 * scale))
        previous = {Aggregate.RATIO: share_of(Decimal(60), Decimal(75)), Aggregate.COUNT_YES: EMPTY}.get(
            aggregate, figure_of((place + 2) * 391)
        )
        current = {"E4": NIL, "F3": EMPTY}.get(code, current)
        rows.append(
            FigureRow(
                code,
                name,
                unit,
                code[0],
                aggregate,
                planned=figure_of(500) if aggregate is Aggregate.SUM else EMPTY,
                current=current,
                cumulative=current,
                previous=previous,
                provenance="Đếm từ hoạt động" if with_source and place % 2 else "",
                group_name=group_name,
            )
        )
    return tuple(rows)


def unit_groups(schools: int = 3, affiliated: int = 6) -> tuple[UnitGroup, ...]:
    """Thirteen district offices with their schools, and the affiliated units."""
    districts = []
    for place, name in enumerate(DISTRICTS):
        count = schools if name != "Cô Tô" else 0
        children = tuple(
            UnitFigures(
                f"TH-{place}-{number}",
                f"Trường Tiểu học số {number} {name} (minh họa)",
                figures_for(place * 100 + number),
            )
            for number in range(1, count + 1)
        )
        status = "Chưa nộp" if name == "Ba Chẽ" else ""
        districts.append(
            UnitFigures(
                f"PGD-{place}",
                f"Phòng GD&ĐT {name}",
                {} if status else figures_for(place, True),
                status,
                children,
            )
        )
    others = tuple(
        UnitFigures(f"THPT-{number}", f"Trường THPT số {number} (minh họa)", figures_for(number + 500))
        for number in range(1, affiliated + 1)
    )
    return (
        UnitGroup("Phòng Giáo dục và Đào tạo", tuple(districts), total_of(districts)),
        UnitGroup("Trường trung học phổ thông", others, total_of(others)),
    )


def total_of(units: list[UnitFigures] | tuple[UnitFigures, ...]) -> dict[str, Figure]:
    """The sums of a group, rates left out: the tests of paper look at cells, not at arithmetic."""
    codes = [code for code, _, _, aggregate, _ in INDICATORS if aggregate is Aggregate.SUM]
    return {code: sum_of(unit.figures.get(code, EMPTY) for unit in units) for code in codes}


def submissions(units: tuple[UnitGroup, ...]) -> tuple[SubmissionLine, ...]:
    """Annex III for ``units`` and their schools."""
    lines = []
    for group in units:
        lines.append(SubmissionLine(group.label, is_group=True))
        for place, unit in enumerate(one for top in group.units for one in (top, *top.children)):
            day = date(2023, 5, 20) + timedelta(days=place % 12)
            late = "Đúng hạn" if place % 12 < 11 else "Chậm 1 ngày"
            if unit.status:
                lines.append(
                    SubmissionLine(
                        unit.name, "12/KH-PGDĐT", date(2023, 3, 9), "Đúng hạn", "", None, None, "Chưa nộp"
                    )
                )
                continue
            lines.append(
                SubmissionLine(
                    unit.name,
                    f"{place + 1:02d}/KH",
                    date(2023, 3, 8),
                    "Đúng hạn",
                    f"{place + 40}/BC",
                    day,
                    day,
                    late,
                )
            )
    return tuple(lines)


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
