"""Forms of a unit's plan: one text, one item, what stands on the paper, and sending."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from wtforms import Field, SelectField, SelectMultipleField
from wtforms.validators import Optional

from core.dates import format_day
from core.translation import _, lazy
from forms.authority import AuthorityField, PositionField
from forms.base import Form
from forms.fields import (
    AmountField,
    DayField,
    StringField,
    TextAreaField,
    VietnameseInteger,
    choice,
)
from forms.validators import AtMost, Between, DayBetween, NotBefore, Required
from models.plan import AMOUNT_MAX, NOTE_MAX_LENGTH, QUANTITY_MAX, TITLE_MAX_LENGTH
from models.report import NARRATIVE_MAX_LENGTH

NAME_MAX_LENGTH = 200
NUMBER_MAX_LENGTH = 60
ITEM_MULTIPLE = frozenset({"themes", "audiences"})
"""Fields of the item form of which several values may be ticked."""
BUDGET_PREFIX = "budget_"


class Offered(Protocol):
    """One choice that a programme offers."""

    @property
    def code(self) -> str:
        """What is posted."""
    @property
    def label(self) -> str:
        """What is read."""
    @property
    def group(self) -> str:
        """The heading it stands under; empty for none."""


class Offer(Protocol):
    """All choices of a programme for an item."""

    @property
    def media(self) -> Sequence[Offered]:
        """Media by channel."""
    @property
    def themes(self) -> Sequence[Offered]:
        """Themes."""
    @property
    def audiences(self) -> Sequence[Offered]:
        """Audiences."""
    @property
    def funding_sources(self) -> Sequence[Offered]:
        """Sources of money."""


class PlanSectionForm(Form):
    """The text under one heading."""

    text = TextAreaField(lazy("Nội dung"), [AtMost(NARRATIVE_MAX_LENGTH)], render_kw={"rows": "14"})


class PlanItemForm(Form):
    """One thing to be done; ``make_item_form`` adds the programme's choices and money by source."""

    title = StringField(
        lazy("Đơn vị sẽ làm gì?"), [Required(lazy("Nhập tên việc")), AtMost(TITLE_MAX_LENGTH)],
        description=lazy("Ví dụ: Đăng bài tuyên truyền dịch vụ công trực tuyến trên trang của trường"))
    medium = SelectField(lazy("Hình thức tuyên truyền"), [Required(lazy("Chọn một hình thức"))])
    quantity = VietnameseInteger(
        lazy("Số lượng dự kiến"),
        [Required(lazy("Nhập số lượng dự kiến")),
         Between(1, QUANTITY_MAX, lazy("Nhập số từ 1 đến 1.000.000"))],
        description=lazy("Tính theo đơn vị ghi trong ngoặc của hình thức đã chọn"))
    themes = SelectMultipleField(lazy("Nội dung tuyên truyền"), [Required(lazy("Chọn ít nhất một nội dung"))])
    audiences = SelectMultipleField(lazy("Đối tượng"), [Required(lazy("Chọn ít nhất một đối tượng"))])
    starts_on = DayField(lazy("Từ ngày"), [Required(lazy("Nhập ngày bắt đầu, ví dụ 01/03/2023"))])
    ends_on = DayField(
        lazy("Đến ngày"),
        [Required(lazy("Nhập ngày kết thúc, ví dụ 30/11/2023")),
         NotBefore("starts_on", lazy("Chọn ngày kết thúc không trước ngày bắt đầu"))])
    lead = StringField(lazy("Người, bộ phận chủ trì"), [Optional(), AtMost(NAME_MAX_LENGTH)],
                       description=lazy("Ví dụ: Tổ văn phòng"))
    partner = StringField(lazy("Phối hợp"), [Optional(), AtMost(NAME_MAX_LENGTH)],
                          description=lazy("Ví dụ: Công đoàn, Đoàn Thanh niên"))
    staff = TextAreaField(lazy("Người thực hiện"), [Optional(), AtMost(NOTE_MAX_LENGTH)],
                          description=lazy("Mỗi người một dòng"), render_kw={"rows": "3"})
    note = TextAreaField(lazy("Ghi chú"), [Optional(), AtMost(NOTE_MAX_LENGTH)], render_kw={"rows": "3"})

    def offer(self, options: Offer, first: date, last: date) -> "PlanItemForm":
        """Fill in the programme's choices, and the first and last day of the year; gives the form back."""
        self.medium.choices = [choice("", _("Chọn một hình thức"))]
        self.medium.choices += [choice(row.code, row.label, group=row.group) for row in options.media]
        self.themes.choices = [choice(row.code, row.label) for row in options.themes]
        self.audiences.choices = [choice(row.code, row.label) for row in options.audiences]
        message = _("Chọn ngày trong năm kế hoạch, từ %(first)s đến %(last)s",
                    first=format_day(first), last=format_day(last))
        for field in (self.starts_on, self.ends_on):
            field.validators = [*field.validators, DayBetween(first, last, message)]
        return self

    def budget_fields(self) -> list[Field]:
        """The fields of money, in the order of the sources."""
        return [field for field in self if field.name.startswith(BUDGET_PREFIX)]


def make_item_form(options: Offer) -> type[PlanItemForm]:
    """The item form of one programme, with a field of money for each of its sources."""
    fields = {
        BUDGET_PREFIX + row.code: AmountField(row.label, [Optional(), Between(0, AMOUNT_MAX)])
        for row in options.funding_sources
    }
    return type("ProgrammePlanItemForm", (PlanItemForm,), fields)


class PlanDocumentForm(Form):
    """What stands on the unit's paper: number, day and who signs."""

    document_number = StringField(
        lazy("Số, ký hiệu văn bản"), [Optional(), AtMost(NUMBER_MAX_LENGTH)],
        description=lazy("Ví dụ: 12/KH-THPT. Chưa có số thì để trống, bản in chừa chỗ để điền"))
    document_on = DayField(lazy("Ngày ban hành"), [Optional()],
                           description=lazy("Ngày/tháng/năm, ví dụ 08/03/2023"))
    signer_authority = AuthorityField(
        lazy("Quyền hạn ký"), [Optional(), AtMost(NAME_MAX_LENGTH)],
        description=lazy("Ví dụ: KT. HIỆU TRƯỞNG. Để trống khi thủ trưởng ký"))
    signer_position = PositionField(lazy("Chức vụ người ký"), [Optional(), AtMost(NAME_MAX_LENGTH)],
                                    description=lazy("Ví dụ: Hiệu trưởng"))
    signer_name = StringField(lazy("Họ và tên người ký"), [Optional(), AtMost(NAME_MAX_LENGTH)])
