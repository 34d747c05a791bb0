"""Sample data of the style page: plain values in the shapes that the components take."""

from dataclasses import dataclass
from typing import Any

from core.translation import _
from forms.style import StyleFigureForm

LONG_NAME = "Trung tâm Hướng nghiệp và Giáo dục thường xuyên tỉnh Quảng Ninh"


@dataclass(frozen=True)
class Label:
    """The words of a field."""

    text: str


@dataclass(frozen=True)
class SampleField:
    """A field as the conflict component needs it."""

    name: str
    label: Label


@dataclass(frozen=True)
class FigureRow:
    """One sample row of the figures table."""

    id: str
    label: str
    unit: str
    value: str
    previous: str | None
    source: str
    source_note: str | None = None
    source_url: str | None = None
    field: Any = None
    nothing_field: Any = None
    reason_field: Any = None
    reason: str | None = None
    is_changed: bool = False


@dataclass(frozen=True)
class FigureGroup:
    """A heading of the figures table with its rows."""

    label: str
    rows: tuple[FigureRow, ...]


def statuses() -> list[tuple[str, str]]:
    """Every kind of state with its word."""
    return [
        ("draft", _("Chưa nộp")),
        ("submitted", _("Đã nộp")),
        ("returned", _("Trả lại")),
        ("accepted", _("Đã duyệt")),
        ("withdrawn", _("Đã rút")),
        ("issued", _("Đã ban hành")),
        ("not_started", _("Chưa bắt đầu")),
        ("exempt", _("Miễn")),
        ("on_time", _("Đúng hạn")),
        ("due_soon", _("Còn 3 ngày")),
        ("due_today", _("Đến hạn hôm nay")),
        ("late", _("Chậm 2 ngày")),
    ]


def facts() -> list[dict[str, str | None]]:
    """Four numbers, one of each sort."""
    plain: dict[str, str | None] = {"of": None, "note": None, "url": None, "tone": None}
    return [
        {
            **plain,
            "label": _("Đơn vị đã nộp"),
            "value": "46",
            "of": _("trên 53 đơn vị"),
            "note": "87%",
            "url": "#facts",
        },
        {**plain, "label": _("Nộp chậm"), "value": "7", "of": _("trên 53 đơn vị"), "tone": "lacquer"},
        {**plain, "label": _("Lượt người được tuyên truyền"), "value": "1.234.567", "of": _("lượt người")},
        {**plain, "label": _("Mức độ hài lòng"), "value": "–", "note": _("Chưa đủ 5 phiếu để công bố")},
    ]


def _task(
    label: str, due: str, due_kind: str | None, due_on: str, state: tuple[str, str], note: str | None = None
) -> dict[str, str | None]:
    """One task of the list."""
    return {
        "label": label,
        "due": due,
        "due_kind": due_kind,
        "due_on": due_on,
        "url": "#tasks",
        "note": note,
        "status": state[0],
        "status_label": state[1],
    }


def tasks() -> list[dict[str, str | None]]:
    """Tasks that are late, due, and far off."""
    draft, returned = ("draft", _("Chưa nộp")), ("returned", _("Trả lại"))
    return [
        _task(
            _("Báo cáo 6 tháng đầu năm 2023"),
            _("Chậm 2 ngày"),
            "late",
            "30/05/2023",
            returned,
            _("Trả lại 2 phần để bổ sung"),
        ),
        _task(
            _("Kế hoạch tuyên truyền cải cách hành chính năm 2023 của đơn vị, kèm phụ lục kinh phí"),
            _("Đến hạn hôm nay"),
            "due_today",
            "10/03/2023",
            draft,
        ),
        _task(
            _("Báo cáo năm 2023"), _("Còn 183 ngày"), None, "30/11/2023", ("not_started", _("Chưa bắt đầu"))
        ),
    ]


def finished() -> list[dict[str, str | None]]:
    """One task that is done."""
    return [
        _task(_("Kế hoạch năm 2022"), _("Đúng hạn"), "on_time", "10/03/2022", ("accepted", _("Đã duyệt")))
    ]


def events() -> list[dict[str, str | None]]:
    """A report's way from first submission to approval."""
    rows: list[tuple[str, str, str, str, str | None]] = [
        ("leaf", _("Đã duyệt báo cáo"), "Văn phòng Sở (minh họa)", "16:05 ngày 31/05/2023", None),
        ("sky", _("Đã nộp lại"), LONG_NAME, "09:12 ngày 31/05/2023", None),
        (
            "amber",
            _("Trả lại để bổ sung"),
            "Văn phòng Sở (minh họa)",
            "14:40 ngày 30/05/2023",
            _("Mục II.3: số lượt người dự lớn hơn số người của đơn vị.\nĐơn vị kiểm tra lại giúp."),
        ),
        ("sky", _("Đã nộp báo cáo"), LONG_NAME, "10:32 ngày 28/05/2023", None),
    ]
    return [
        {"tone": tone, "what": what, "who": who, "when": when, "note": note, "url": None}
        for tone, what, who, when, note in rows
    ]


def sections() -> list[dict[str, Any]]:
    """Parts of a report, one of them open."""
    rows = [
        (_("Công tác chỉ đạo, điều hành"), "accepted", _("Đã xong")),
        (_("Nội dung đã tuyên truyền"), None, None),
        (_("Hình thức và số liệu"), "returned", _("Trả lại")),
        (_("Mức độ hài lòng"), None, None),
        (_("Khó khăn, vướng mắc và kiến nghị"), None, None),
    ]
    return [
        {
            "label": label,
            "url": "#section-map",
            "is_current": number == 2,
            "status": kind,
            "status_label": word,
        }
        for number, (label, kind, word) in enumerate(rows)
    ]


def chips() -> list[dict[str, Any]]:
    """Filters, one of them on."""
    rows = [
        (_("Tất cả"), False, 53),
        (_("Chậm"), True, 7),
        (_("Chưa bắt đầu"), False, 1),
        (_("Trả lại"), False, 0),
    ]
    return [{"label": label, "url": "#chips", "is_on": is_on, "count": count} for label, is_on, count in rows]


def figure_groups(form: StyleFigureForm) -> tuple[FigureGroup, ...]:
    """A table of figures that is being filled in."""
    counted = _("Đếm từ 12 hoạt động đã ghi từ 01/12/2022 đến 15/05/2023.")
    return (
        FigureGroup(
            _("Tuyên truyền trực tiếp"),
            (
                FigureRow(
                    "row-D2",
                    _("Lượt người dự hội nghị, hội thảo"),
                    _("lượt người"),
                    "",
                    "1.204",
                    _("Đếm"),
                    counted,
                    "#figures",
                    field=form.attendee_count,
                    reason_field=form.reason,
                ),
            ),
        ),
        FigureGroup(
            _("Kinh phí"),
            (
                FigureRow(
                    "row-E1",
                    _("Kinh phí đã dùng"),
                    _("đồng"),
                    "",
                    None,
                    _("Nhập tay"),
                    field=form.cost,
                    nothing_field=form.is_nothing,
                ),
            ),
        ),
    )


def frozen_groups() -> tuple[FigureGroup, ...]:
    """A table of figures as a reviewer reads it."""
    return (
        FigureGroup(
            "",
            (
                FigureRow(
                    "row-B1",
                    _("Tin, bài trên báo viết, báo điện tử"),
                    _("tin, bài"),
                    "14",
                    "9",
                    _("Đếm"),
                    _("Đếm từ 14 hoạt động."),
                    "#figures",
                ),
                FigureRow(
                    "row-C4",
                    _("Lượt tiếp cận trên mạng xã hội"),
                    _("lượt"),
                    "128.540",
                    "97.002",
                    _("Sửa tay"),
                    reason=_("Trang của trường bị khóa trong tháng 3, số cũ đếm thiếu."),
                    is_changed=True,
                ),
                FigureRow(
                    "row-C6",
                    _("Người theo dõi, quan tâm cuối kỳ"),
                    _("người"),
                    _("Không phát sinh"),
                    None,
                    _("Nhập tay"),
                ),
            ),
        ),
    )
