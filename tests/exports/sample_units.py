"""Figures and units for the tests of paper: every kind of answer, thirteen districts with their schools."""

from datetime import date, timedelta
from decimal import Decimal

from models.figure import EMPTY, NIL, Aggregate, Figure, count_yes, figure_of, share_of, sum_of
from queries.document import FigureRow, SubmissionLine, UnitFigures, UnitGroup

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
        previous = {
            Aggregate.RATIO: share_of(Decimal(60), Decimal(75)),
            Aggregate.COUNT_YES: EMPTY,
            Aggregate.WEIGHTED_MEAN: figure_of(Decimal("4.05"), Decimal(405), Decimal(100)),
        }.get(aggregate, figure_of((place + 2) * 391))
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
