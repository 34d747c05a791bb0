"""One activity in words, line by line."""

from core.dates import format_span
from core.numbers import format_integer
from core.translation import _
from queries.activity import ActivityPage, Amount

Lines = list[tuple[str, str]]


def particulars_of(page: ActivityPage) -> Lines:
    """Return (label, value) of everything that is one line; what was left empty is not there."""
    lines = [
        (_("Đơn vị"), page.unit_name),
        (_("Ngày thực hiện"), format_span(page.starts_on, page.ends_on)),
        (_("Hình thức"), f"{page.medium_label} ({page.channel_label})"),
        (_("Nơi đăng, phát"), page.outlet),
        (_("Số lượng"), f"{format_integer(page.quantity)} {page.medium_unit}"),
        (_("Cách tổ chức"), _("Lồng ghép trong “%(event)s”", event=page.host_event) if page.is_integrated
         else _("Tổ chức riêng")),
        (_("Kế hoạch"), _("Thuộc việc “%(title)s”", title=page.plan_item_title) if page.plan_item_title
         else _("Ngoài kế hoạch")),
    ]
    return [(label, value) for label, value in lines if value]


def amounts_of(page: ActivityPage) -> list[tuple[str, Lines]]:
    """Return (heading, lines) of reach and cost, each with its total where it has several parts."""
    groups = [
        (_("Tiếp cận"), page.reach_label or _("lượt"), page.reaches),
        (_("Kinh phí"), _("đồng"), page.costs),
    ]
    return [(heading, _lines(rows, unit)) for heading, unit, rows in groups if rows]


def _lines(rows: tuple[Amount, ...], unit: str) -> Lines:
    """The parts, and what they add up to."""
    parts = [(row.label, row.value) for row in rows]
    if len(parts) > 1:
        parts.append((_("Cộng"), sum(row.value for row in rows)))
    return [(label, f"{format_integer(value)} {unit}") for label, value in parts]
