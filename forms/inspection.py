"""Forms of inspections: plan, units, visit, evidence, findings, answers and what is said of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms import Field, MultipleFileField, RadioField, SelectField, SelectMultipleField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from core.dates import format_day
from core.text import fold
from core.translation import _, lazy
from forms.activity import ENDINGS, Option
from forms.base import Form
from forms.fields import DayField, StringField, TextAreaField, choice
from forms.survey import shortened, split_codes
from forms.validators import AtMost, NotBefore, Optional, Required, RequiredWhen
from models.attachment import LARGEST_FILE
from models.finding import TEXT_MAX_LENGTH as FINDING_MAX_LENGTH
from models.finding import Severity
from models.inspection import NUMBER_MAX_LENGTH, TEXT_MAX_LENGTH, TITLE_MAX_LENGTH, Mark

ALONE, INTEGRATED = "alone", "integrated"
LIST_MAX_LENGTH = 20_000
EVIDENCE = frozenset({"activities", "attachments"})
"""Fields of an answer of which several values may be ticked, for the writing desk."""


class Ticks(SelectMultipleField):
    """Several ticks of a list."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class InspectionForm(Form):
    """What is inspected, on which ground, when, by whom."""

    title = StringField(
        lazy("Tên cuộc kiểm tra"), [Required(lazy("Nhập tên cuộc kiểm tra")), AtMost(TITLE_MAX_LENGTH)],
        description=lazy("Ví dụ “Kiểm tra công tác tuyên truyền cải cách hành chính năm 2023”"))
    how = RadioField(
        lazy("Cách tổ chức"), [Required(lazy("Chọn kiểm tra riêng hay lồng ghép"))],
        choices=[choice(ALONE, lazy("Kiểm tra riêng")),
                 choice(INTEGRATED, lazy("Lồng ghép trong chương trình kiểm tra của đơn vị"))])
    host_programme = StringField(
        lazy("Lồng ghép trong chương trình kiểm tra nào?"),
        [RequiredWhen("how", frozenset({INTEGRATED}), lazy("Nhập tên chương trình kiểm tra")),
         AtMost(TITLE_MAX_LENGTH)],
        description=lazy("Ví dụ “Chương trình kiểm tra nội bộ năm học 2022-2023”"),
        render_kw={"data-shown-when": f"how={INTEGRATED}"})
    decision_number = StringField(
        lazy("Số quyết định"), [Optional(), AtMost(NUMBER_MAX_LENGTH)], description=lazy("Ví dụ 215/QĐ-SGDĐT"))
    decided_on = DayField(lazy("Ngày quyết định"), [Optional()], description=lazy("Ngày/tháng/năm"))
    basis = TextAreaField(
        lazy("Căn cứ"), [Optional(), AtMost(TEXT_MAX_LENGTH)],
        description=lazy("Kế hoạch, văn bản giao kiểm tra"), render_kw={"rows": "3"})
    themes = Ticks(lazy("Nội dung tuyên truyền được kiểm tra"), [Optional()],
                   description=lazy("Không chọn là kiểm tra mọi nội dung"))
    content = TextAreaField(
        lazy("Nội dung kiểm tra"), [Optional(), AtMost(TEXT_MAX_LENGTH)],
        description=lazy("Ví dụ niêm yết thủ tục, hồ sơ minh chứng, khảo sát hài lòng"), render_kw={"rows": "4"})
    starts_on = DayField(lazy("Từ ngày"), [Required(lazy("Nhập ngày bắt đầu, ví dụ 10/04/2023"))])
    ends_on = DayField(
        lazy("Đến ngày"), [Required(lazy("Nhập ngày kết thúc, ví dụ 21/04/2023")),
                           NotBefore("starts_on", lazy("Nhập ngày kết thúc không trước ngày bắt đầu"))])
    team = TextAreaField(
        lazy("Đoàn kiểm tra"), [Optional(), AtMost(TEXT_MAX_LENGTH)],
        description=lazy("Mỗi người một dòng: họ tên, chức vụ, nhiệm vụ trong đoàn"), render_kw={"rows": "4"})

    def __init__(self, formdata: Any, themes: Iterable[Option]) -> None:
        """Read ``formdata`` (texts) and offer ``themes``."""
        super().__init__(formdata)
        self.themes.choices = [choice(theme.value, theme.label) for theme in themes]


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit that may be inspected."""

    id: int
    code: str
    name: str


class InspectedUnitsForm(Form):
    """Units to take in: ticked among those that a search found, or by their codes."""

    units = Ticks(lazy("Đơn vị tìm thấy"), [Optional()])
    codes = TextAreaField(
        lazy("Hoặc dán mã đơn vị"), [Optional(), AtMost(LIST_MAX_LENGTH)],
        description=lazy("Mỗi dòng một mã, hoặc ngăn cách bằng dấu phẩy, chấm phẩy"), render_kw={"rows": "3"})

    def __init__(self, formdata: Any, found: Sequence[UnitChoice], every: Sequence[UnitChoice]) -> None:
        """Read ``formdata``; offer ``found``, of which those ticked before stay, and accept codes of ``every``."""
        super().__init__(formdata)
        self.by_code = {fold(unit.code): unit for unit in every}
        ticked = {str(value) for value in self.units.raw_data or []}
        more = [unit for unit in every if str(unit.id) in ticked and unit not in found]
        self.units.choices = [choice(str(unit.id), f"{unit.name} ({unit.code})") for unit in (*found, *more)]

    def chosen(self) -> list[int]:
        """Ids of the units that were chosen, each once."""
        pasted = [unit.id for code in split_codes(self.codes.data or "") if (unit := self.by_code.get(fold(code)))]
        return list(dict.fromkeys([*map(int, self.units.data or []), *pasted]))

    def validate_codes(self, field: TextAreaField) -> None:
        """Every pasted code is that of a unit."""
        unknown = [code for code in split_codes(field.data or "") if fold(code) not in self.by_code]
        if unknown:
            raise ValidationError(_("Không có đơn vị mang mã: %(codes)s", codes=shortened(unknown)))

    def validate_units(self, field: Field) -> None:
        """Something was chosen."""
        if not field.data and not (self.codes.data or "").strip():
            raise ValidationError(_("Chọn ít nhất một đơn vị hoặc dán mã đơn vị"))


class VisitForm(Form):
    """A visit to one unit."""

    visited_on = DayField(lazy("Ngày kiểm tra tại đơn vị"), [Required(lazy("Nhập ngày kiểm tra, ví dụ 12/04/2023"))])
    met = TextAreaField(
        lazy("Làm việc với"), [Optional(), AtMost(TEXT_MAX_LENGTH)],
        description=lazy("Mỗi người một dòng: họ tên, chức vụ"), render_kw={"rows": "3"})
    conclusion = TextAreaField(
        lazy("Nhận xét, kết luận chung"), [Optional(), AtMost(TEXT_MAX_LENGTH)],
        description=lazy("Ưu điểm, tồn tại; kiến nghị cụ thể ghi ở bước sau"), render_kw={"rows": "6"})

    def __init__(self, formdata: Any, starts_on: date, today: date) -> None:
        """Read ``formdata``; the visit lies between the inspection's first day and today."""
        super().__init__(formdata)
        self.first, self.today = starts_on, today

    def validate_visited_on(self, field: DayField) -> None:
        """The visit has taken place, within the inspection."""
        if field.process_errors or field.data is None:
            return
        if field.data > self.today:
            raise ValidationError(_("Chưa đến ngày kiểm tra (hôm nay là %(today)s). Ghi lại sau buổi làm việc.",
                                    today=format_day(self.today)))
        if field.data < self.first:
            raise ValidationError(_("Chọn ngày từ %(day)s, ngày bắt đầu cuộc kiểm tra", day=format_day(self.first)))


class EvidenceForm(Form):
    """What was seen; made by ``evidence_form`` with two fields a thing."""

    def said(self, subject_id: int) -> tuple[Mark | None, str]:
        """What was said of one thing."""
        mark, note = self[f"mark_{subject_id}"].data, self[f"note_{subject_id}"].data
        return (Mark(mark) if mark else None), note or ""


def evidence_form(formdata: Any, things: Iterable[tuple[int, str]]) -> EvidenceForm:
    """The form for (id, label) of things, filled with ``formdata``: mark_<id> and note_<id> for each."""
    fields: dict[str, Any] = {}
    marks = [("", lazy("Chưa xem")), *((mark.value, lazy(mark.label)) for mark in Mark)]
    for subject_id, label in things:
        fields[f"mark_{subject_id}"] = RadioField(label, default="", choices=[choice(*mark) for mark in marks])
        fields[f"note_{subject_id}"] = StringField(
            lazy("Ghi chú"), [AtMost(TITLE_MAX_LENGTH)], render_kw={"autocomplete": "off"})
    kind: type[EvidenceForm] = type("VisitEvidenceForm", (EvidenceForm,), fields)
    return kind(formdata)


class FindingForm(Form):
    """One finding with the day by which it is to be mended."""

    what = TextAreaField(
        lazy("Tồn tại và yêu cầu khắc phục"), [Required(lazy("Ghi tồn tại và việc cần khắc phục")),
                                               AtMost(FINDING_MAX_LENGTH)],
        description=lazy("Nêu rõ việc gì, ở đâu, cần làm gì"), render_kw={"rows": "5"})
    severity = RadioField(
        lazy("Mức độ"), [Required(lazy("Chọn mức độ"))],
        choices=[choice(severity.value, lazy(severity.label)) for severity in Severity])
    theme = SelectField(lazy("Thuộc nội dung nào?"), [Optional()])
    due_on = DayField(
        lazy("Hạn khắc phục"), [Required(lazy("Nhập hạn khắc phục, ví dụ 31/05/2023"))],
        description=lazy("Ngày cuối cùng đơn vị trả lời mà vẫn đúng hạn"))

    def __init__(self, formdata: Any, themes: Iterable[Option], first_day: date) -> None:
        """Read ``formdata``; the date to mend is not before ``first_day``."""
        super().__init__(formdata)
        self.theme.choices = [choice("", _("Không thuộc nội dung riêng")), *(
            choice(theme.value, theme.label) for theme in themes)]
        self.first_day = first_day

    def validate_due_on(self, field: DayField) -> None:
        """The unit gets at least a day that is still to come."""
        check_due(field, self.first_day)


def check_due(field: DayField, first_day: date) -> None:
    """Raise ValidationError for a date to mend that is past already."""
    if not field.process_errors and field.data is not None and field.data < first_day:
        raise ValidationError(_("Chọn hạn từ %(day)s trở đi", day=format_day(first_day)))


class AnswerForm(Form):
    """The unit's answer to a finding, with its evidence."""

    text = TextAreaField(
        lazy("Đơn vị đã khắc phục thế nào?"), [Required(lazy("Ghi kết quả khắc phục")), AtMost(FINDING_MAX_LENGTH)],
        description=lazy("Việc đã làm, ngày làm, kết quả; việc chưa xong thì nêu rõ khi nào xong"),
        render_kw={"rows": "6"})
    activities = Ticks(lazy("Hoạt động làm minh chứng"), [Optional()],
                       description=lazy("Hoạt động của đơn vị từ ngày có kiến nghị"))
    attachments = Ticks(lazy("Tệp đã tải lên"), [Optional()],
                        description=lazy("Bỏ chọn tệp không dùng làm minh chứng nữa"))
    files = MultipleFileField(
        lazy("Ảnh, tệp minh chứng"),
        description=lazy("PDF, JPEG, PNG, HEIC, DOCX hoặc XLSX, mỗi tệp tối đa 20 MB; chọn được nhiều tệp"),
        render_kw={"accept": ENDINGS, "data-largest": str(LARGEST_FILE)})

    def __init__(self, formdata: Any, activities: Iterable[Option], attachments: Mapping[str, str]) -> None:
        """Read ``formdata``; offer activities, and files by id with their names."""
        super().__init__(formdata)
        self.activities.choices = [choice(option.value, option.label) for option in activities]
        self.attachments.choices = [choice(value, name) for value, name in attachments.items()]


class WordForm(Form):
    """What the inspectors say of a finding, or of a whole inspection: a reason, and a new date where one is set."""

    text = TextAreaField(lazy("Nội dung"), [Optional(), AtMost(FINDING_MAX_LENGTH)], render_kw={"rows": "4"})
    due_on = DayField(lazy("Hạn khắc phục mới"), [Optional()], description=lazy("Ngày/tháng/năm"))

    def __init__(self, formdata: Any, *, label: str, needs_text: bool, sets_due: bool, first_day: date) -> None:
        """Ask for the text under ``label`` and, where ``sets_due``, for a date not before ``first_day``."""
        super().__init__(formdata)
        self.text.label.text = label
        self.needs_text, self.first_day = needs_text, first_day
        if needs_text:
            self.text.flags.optional = False
            self.text.validators = [Required(_("Ghi lý do, nội dung cần làm rõ")), AtMost(FINDING_MAX_LENGTH)]
        if sets_due:
            self.due_on.flags.optional = False
            self.due_on.validators = [Required(_("Nhập hạn khắc phục, ví dụ 31/05/2023"))]
        else:
            del self.due_on

    def validate_due_on(self, field: DayField) -> None:
        """The new date is still to come."""
        check_due(field, self.first_day)


__all__ = ["ALONE", "EVIDENCE", "INTEGRATED", "AnswerForm", "EvidenceForm", "FindingForm", "InspectedUnitsForm",
           "InspectionForm", "UnitChoice", "VisitForm", "WordForm", "evidence_form"]
