"""Sample charts of the style page, one of each kind."""

from core.chart import (
    Bar,
    Chart,
    StackedRow,
    TrendPoint,
    heat_table,
    horizontal_bars,
    stacked_bars,
    trend_line,
)
from core.heat import heat_of_counts
from core.translation import N_, _

LEVELS = (
    N_("Rất không hài lòng"), N_("Không hài lòng"), N_("Bình thường"), N_("Hài lòng"), N_("Rất hài lòng"),
)


def charts(width: float) -> tuple[Chart, ...]:
    """One chart of each kind, laid out at ``width`` points."""
    return shares(width), bars(width), trend(width), districts(width)


def shares(width: float) -> Chart:
    """Five levels of satisfaction, one row without enough answers."""
    rows = [
        StackedRow(_("Tiếp cận dịch vụ"), (2, 5, 30, 80, 83)),
        StackedRow(_("Thủ tục hành chính"), (12, 18, 60, 70, 40)),
        StackedRow(_("Tiếp nhận, xử lý góp ý, phản ánh, kiến nghị"), (0, 0, 0, 3, 197)),
        StackedRow(_("Kết quả giải quyết"), None, _("Chưa đủ 5 phiếu")),
    ]
    return stacked_bars(
        _("Mức độ hài lòng theo lĩnh vực"), _("Tỷ lệ phiếu ở năm mức, từ thấp đến cao."),
        [_(level) for level in LEVELS], rows, heads=(_("Lĩnh vực"), _("Tổng số phiếu")), width=width,
    )


def bars(width: float) -> Chart:
    """A full bar, a zero and a missing value."""
    units = [
        Bar("Hạ Long", 46, "46/53 (87%)"),
        Bar("Cô Tô", 0, "0/4 (0%)", "bar-late"),
        Bar("Vân Đồn", None, _("Chưa có báo cáo")),
    ]
    return horizontal_bars(
        _("Đơn vị đã nộp theo địa bàn"), _("Số đơn vị đã nộp trên số phải nộp."), units,
        heads=(_("Địa bàn"), _("Đã nộp")), width=width,
    )


def trend(width: float) -> Chart:
    """Five years, one of them without a figure."""
    years = [
        TrendPoint("2020", 78.2, "78,2%"), TrendPoint("2021", 84.0, "84%"), TrendPoint("2022", None, "–"),
        TrendPoint("2023", 91.3, "91,3%"), TrendPoint("2024", 92.0, "92%"),
    ]
    return trend_line(
        _("Tỷ lệ hài lòng qua các năm"), _("Tỷ lệ phiếu ở mức 4 và 5."), years,
        heads=(_("Năm"), _("Tỷ lệ")), width=width, limit=100,
    )


def districts(width: float) -> Chart:
    """Counts by district and kind of unit, one of them nothing."""
    counts = heat_of_counts(
        (_("Hội nghị"), _("Tập huấn"), _("Mạng xã hội")),
        [("Hạ Long", (46, 12, 120)), ("Cô Tô", (0, 3, 9)), ("Vân Đồn", (20, 0, 64))])
    return heat_table(_("Số hoạt động theo địa bàn"), _("Càng nhiều hoạt động ô càng đậm."), counts,
                      head=_("Địa bàn"), nothing=_("chưa có"), width=width)
