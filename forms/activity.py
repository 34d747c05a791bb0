"""The form of an activity: a minute for what must be said, more for those who have it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms import MultipleFileField, RadioField, SelectField, SelectMultipleField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from core.dates import format_day
from core.numbers import format_integer
from core.translation import _, lazy
from forms.base import Form
from forms.fields import AmountField, DayField, StringField, TextAreaField, VietnameseInteger, choice
from forms.validators import AtMost, Between, NotBefore, Optional, Required, RequiredWhen, WebLink
from models.activity import LINK_MAX_LENGTH, NOTE_MAX_LENGTH, REACH_MAX, TITLE_MAX_LENGTH
from models.attachment import LARGEST_FILE, MEDIA_TYPES
from models.plan import AMOUNT_MAX, QUANTITY_MAX

INTEGRATED = "integrated"
ENDINGS = ",".join(end for ends in MEDIA_TYPES.values() for end in ends)
SEVERAL = frozenset({"themes", "attachments"})
"""Fields of which several values may be ticked, for the writing desk."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: its code, its words, and the heading under which it stands."""

    value: str
    label: str
    group: str | None = None


@dataclass(frozen=True, slots=True)
class ActivityOptions:
    """What the form offers and within which days an activity may lie."""

    year: int
    first_day: date
    last_day: date
    today: date
    media: Sequence[Option]
    themes: Sequence[Option]
    audiences: Sequence[Option]
    funding_sources: Sequence[Option]
    plan_items: Sequence[Option]
    attachments: Sequence[Option]
    asking_outlet: Sequence[str] = ()
    """Codes of media for which the outlet is asked."""
    asking_reach: Sequence[str] = ()
    """Codes of media that reach somebody who can be counted."""


class ActivityForm(Form):
    """One activity. Made by ``activity_form``, which adds a field per audience and per funding source."""

    options: ActivityOptions

    title = StringField(
        lazy("Đơn vị đã làm gì?"), [Required(lazy("Nhập tên hoạt động")), AtMost(TITLE_MAX_LENGTH)],
        description=lazy("Ví dụ “Tuyên truyền dịch vụ công trực tuyến tại lễ chào cờ đầu tuần”"))
    medium = SelectField(lazy("Hình thức"), [Required(lazy("Chọn một hình thức tuyên truyền"))])
    outlet = StringField(
        lazy("Đăng, phát ở đâu?"), [Optional(), AtMost(TITLE_MAX_LENGTH)],
        description=lazy("Tên báo, đài hoặc chuyên mục"), render_kw={"list": "outlets", "autocomplete": "off"})
    starts_on = DayField(
        lazy("Ngày thực hiện"), [Required(lazy("Nhập ngày thực hiện, ví dụ 25/05/2023"))],
        description=lazy("Ngày/tháng/năm, ví dụ 25/05/2023"))
    ends_on = DayField(
        lazy("Đến ngày"), [Optional(), NotBefore("starts_on", lazy("Nhập ngày kết thúc không trước ngày bắt đầu"))],
        description=lazy("Chỉ ghi khi kéo dài nhiều ngày"))
    quantity = VietnameseInteger(
        lazy("Số lượng"), [Required(lazy("Nhập số lượng, ít nhất là 1")), Between(1, QUANTITY_MAX)],
        description=lazy("Số tin bài, cuộc, chiếc, tờ…"))
    themes = SelectMultipleField(
        lazy("Nội dung tuyên truyền"), [Required(lazy("Chọn ít nhất một nội dung"))],
        description=lazy("Có thể chọn nhiều nội dung"),
        widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())
    how = RadioField(
        lazy("Cách tổ chức"), [Required(lazy("Chọn tổ chức riêng hay lồng ghép"))],
        choices=[choice("own", lazy("Tổ chức riêng")), choice(INTEGRATED, lazy("Lồng ghép trong hoạt động khác"))])
    host_event = StringField(
        lazy("Lồng ghép trong hoạt động nào?"),
        [RequiredWhen("how", frozenset({INTEGRATED}), lazy("Nhập tên hoạt động được lồng ghép")),
         AtMost(TITLE_MAX_LENGTH)],
        description=lazy("Ví dụ “Họp cha mẹ học sinh cuối năm học”"),
        render_kw={"data-shown-when": f"how={INTEGRATED}"})
    link = StringField(
        lazy("Đường dẫn bài đăng"), [Optional(), AtMost(LINK_MAX_LENGTH), WebLink()],
        description=lazy("Dán nguyên địa chỉ trang, bắt đầu bằng https://"),
        render_kw={"inputmode": "url", "autocomplete": "off"})
    attachments = SelectMultipleField(
        lazy("Tệp đã tải lên"), [Optional()], description=lazy("Bỏ chọn tệp không dùng làm minh chứng nữa"),
        widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())
    files = MultipleFileField(
        lazy("Ảnh, tệp minh chứng"),
        description=lazy("PDF, JPEG, PNG, HEIC, DOCX hoặc XLSX, mỗi tệp tối đa 20 MB; chọn được nhiều tệp"),
        render_kw={"accept": ENDINGS, "data-largest": str(LARGEST_FILE)})
    plan_item = SelectField(
        lazy("Thuộc việc nào trong kế hoạch của đơn vị?"), [Optional()],
        description=lazy("Không thuộc việc nào thì để “Ngoài kế hoạch”"))
    note = TextAreaField(
        lazy("Ghi chú"), [Optional(), AtMost(NOTE_MAX_LENGTH)],
        description=lazy("Kết quả nổi bật, cách làm hay hoặc khó khăn, nếu có"))

    def __init__(self, formdata: Any, options: ActivityOptions) -> None:
        """Read ``formdata`` (texts) and offer ``options``."""
        super().__init__(formdata)
        self.options = options
        self.medium.choices = [choice("", _("Chọn một hình thức")), *_choices(options.media)]
        self.plan_item.choices = [choice("", _("Ngoài kế hoạch")), *_choices(options.plan_items)]
        self.themes.choices = _choices(options.themes)
        self.attachments.choices = _choices(options.attachments)
        self.outlet.render_kw = {**self.outlet.render_kw, "data-shown-when": _when(options.asking_outlet)}

    @property
    def reaches(self) -> list[Any]:
        """The fields of reach, one per audience."""
        return [field for field in self if field.name.startswith("reach_")]

    @property
    def costs(self) -> list[Any]:
        """The fields of cost, one per funding source."""
        return [field for field in self if field.name.startswith("cost_")]

    @property
    def reach_when(self) -> str:
        """On which media the reach is asked, as the page's scripts read it."""
        return _when(self.options.asking_reach)

    @property
    def has_more(self) -> bool:
        """Whether money or a note was given, or something there is to be mended: then that part stands open."""
        return any(field.errors or (field.raw_data and field.raw_data[0]) for field in (*self.costs, self.note))

    def amounts(self, prefix: str) -> dict[str, int]:
        """What was typed by code, of the fields "reach" or "cost"; empty ones are left out."""
        fields = self.reaches if prefix == "reach" else self.costs
        return {field.name.removeprefix(f"{prefix}_"): field.data for field in fields if field.data is not None}

    def validate_starts_on(self, field: DayField) -> None:
        """The activity has begun and lies in the year of the programme."""
        if field.process_errors or field.data is None:
            return
        if field.data > self.options.today:
            raise ValidationError(_(
                "Hoạt động chưa diễn ra (hôm nay là %(today)s). Ghi lại sau khi đã thực hiện.",
                today=format_day(self.options.today)))
        self._in_programme(field)

    def validate_ends_on(self, field: DayField) -> None:
        """The last day is not to come either."""
        if field.process_errors or field.data is None:
            return
        if field.data > self.options.today:
            raise ValidationError(_("Hoạt động chưa kết thúc. Để trống ngày kết thúc hoặc ghi lại sau ngày đó."))
        self._in_programme(field)

    def _in_programme(self, field: DayField) -> None:
        """Explain which days the programme tells of."""
        options = self.options
        if not options.first_day <= field.data <= options.last_day:
            raise ValidationError(_(
                "Chương trình năm %(year)s ghi hoạt động từ %(first)s đến %(last)s. Kiểm tra lại ngày, nhất là năm.",
                year=options.year, first=format_day(options.first_day), last=format_day(options.last_day)))


def _choices(options: Iterable[Option]) -> list[Any]:
    """Options as WTForms wants them."""
    return [choice(option.value, option.label, group=option.group) for option in options]


def _when(codes: Sequence[str]) -> str:
    """A condition on the medium for the page's scripts, as "medium=BAO_VIET|PHAT_THANH"."""
    return "medium=" + "|".join(codes)


def activity_form(formdata: Any, options: ActivityOptions) -> ActivityForm:
    """Return the form filled with ``formdata`` (texts by field name), with a field per audience and source."""
    fields: dict[str, Any] = {
        f"reach_{audience.value}": VietnameseInteger(
            audience.label, [Between(0, REACH_MAX, _(
                "Nhập số lượt từ 0 đến %(most)s", most=format_integer(REACH_MAX)))])
        for audience in options.audiences
    }
    fields |= {
        f"cost_{source.value}": AmountField(
            source.label, [Between(0, AMOUNT_MAX, _(
                "Nhập số tiền từ 0 đến %(most)s đồng", most=format_integer(AMOUNT_MAX)))])
        for source in options.funding_sources
    }
    kind: type[ActivityForm] = type("ProgrammeActivityForm", (ActivityForm,), fields)
    return kind(formdata, options)


__all__ = ["INTEGRATED", "SEVERAL", "ActivityForm", "ActivityOptions", "Option", "activity_form"]
