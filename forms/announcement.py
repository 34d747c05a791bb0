"""Forms of announcements: a new one, a correction, a withdrawal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms import MultipleFileField, RadioField, SelectField, SelectMultipleField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from core.text import fold
from core.translation import _, lazy
from forms.activity import ENDINGS
from forms.base import Form
from forms.fields import DayField, StringField, TextAreaField, choice
from forms.validators import AtMost, DayBetween, Optional, Required, RequiredWhen
from models.announcement import (
    MOST_FILES,
    REASON_MAX_LENGTH,
    TEXT_MAX_LENGTH,
    TITLE_MAX_LENGTH,
    AnnouncementKind,
    AudienceKind,
)
from models.attachment import LARGEST_FILE
from models.unit import UnitKind

SEVERAL = frozenset({"kinds", "attachments"})
"""Fields of which several values may be ticked, for the writing desk."""
BY_MAIL = "mail"
MOST_UNKNOWN = 5
"""Lines named in one message."""


@dataclass(frozen=True, slots=True)
class AnnouncementOptions:
    """What the form offers: units by what a person may type for them, kinds, heads of trees, files kept so far."""

    today: date
    kinds: Sequence[UnitKind]
    heads: Sequence[tuple[str, str]]
    """Code and name of units that have units below them."""
    units: Mapping[str, Sequence[str]]
    """Codes by folded code or folded name; several where units share a name."""
    files: Sequence[tuple[str, str]]
    """Id and name."""


class ContentForm(Form):
    """What an announcement says: title, text, files."""

    title = StringField(
        lazy("Tiêu đề"), [Required(lazy("Nhập tiêu đề")), AtMost(TITLE_MAX_LENGTH)],
        description=lazy("Ví dụ “Hướng dẫn lập kế hoạch tuyên truyền năm 2024”"))
    text = TextAreaField(
        lazy("Nội dung"), [Optional(), AtMost(TEXT_MAX_LENGTH)], render_kw={"rows": "10"},
        description=lazy("Mỗi đoạn cách nhau một dòng trống. Để trống được nếu tệp kèm theo đã nói đủ."))
    attachments = SelectMultipleField(
        lazy("Tệp đã tải lên"), [Optional()], description=lazy("Bỏ chọn tệp không gửi kèm nữa"),
        widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())
    files = MultipleFileField(
        lazy("Tệp kèm theo"),
        description=lazy("PDF, JPEG, PNG, HEIC, DOCX hoặc XLSX, mỗi tệp tối đa 20 MB; chọn được nhiều tệp"),
        render_kw={"accept": ENDINGS, "data-largest": str(LARGEST_FILE)})

    def offer_files(self, files: Sequence[tuple[str, str]]) -> None:
        """Offer the files that were kept so far."""
        self.attachments.choices = [choice(value, label) for value, label in files]

    def validate_files(self, _field: Any) -> None:
        """A text or a file there must be, and not too many files."""
        chosen = self.attachments.data or []
        if len(chosen) > MOST_FILES:
            raise ValidationError(_("Gửi kèm tối đa %(most)s tệp; bỏ chọn bớt", most=MOST_FILES))
        if not chosen and not (self.text.data or "").strip():
            raise ValidationError(_("Viết nội dung hoặc kèm ít nhất một tệp"))


class AnnouncementForm(ContentForm):
    """A new announcement: what, to whom, from when, how."""

    kind = RadioField(
        lazy("Loại"), [Required(lazy("Chọn loại"))],
        choices=[choice(kind.value, lazy(kind.label)) for kind in AnnouncementKind])
    audience = RadioField(lazy("Gửi tới"), [Required(lazy("Chọn nơi nhận"))])
    kinds = SelectMultipleField(
        lazy("Loại đơn vị nhận"),
        [RequiredWhen("audience", frozenset({AudienceKind.KINDS}), lazy("Chọn ít nhất một loại đơn vị"))],
        render_kw={"data-shown-when": f"audience={AudienceKind.KINDS}"},
        widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())
    head = SelectField(
        lazy("Phòng (phường, xã) nhận"),
        [RequiredWhen("audience", frozenset({AudienceKind.TREE}), lazy("Chọn một phòng (phường, xã)"))],
        description=lazy("Gửi tới nơi được chọn và mọi trường thuộc đó"),
        render_kw={"data-shown-when": f"audience={AudienceKind.TREE}"})
    units = TextAreaField(
        lazy("Các đơn vị nhận"),
        [RequiredWhen("audience", frozenset({AudienceKind.UNITS}), lazy("Nhập ít nhất một đơn vị"))],
        description=lazy("Mỗi dòng một mã hoặc tên đầy đủ của đơn vị; chép được từ Danh bạ"),
        render_kw={"rows": "5", "data-shown-when": f"audience={AudienceKind.UNITS}"})
    published_on = DayField(
        lazy("Ngày đăng"), [Required(lazy("Nhập ngày đăng, ví dụ 25/05/2023"))],
        description=lazy("Từ ngày này các đơn vị thấy ở trang Việc cần làm"))
    delivery = RadioField(
        lazy("Cách gửi"), [Required(lazy("Chọn cách gửi"))],
        choices=[choice("portal", lazy("Đăng trên cổng")),
                 choice(BY_MAIL, lazy("Đăng trên cổng và gửi thư điện tử báo cho cán bộ, thủ trưởng đơn vị"))])

    def __init__(self, formdata: Any, options: AnnouncementOptions) -> None:
        """Read ``formdata`` (texts) and offer ``options``."""
        super().__init__(formdata)
        self.options = options
        self.offer_files(options.files)
        self.kinds.choices = [choice(kind.value, _(kind.label)) for kind in options.kinds]
        self.head.choices = [choice("", _("Chọn nơi nhận")), *(choice(code, name) for code, name in options.heads)]
        self.audience.choices = [choice(kind.value, _(kind.label)) for kind in AudienceKind
                                 if options.heads or kind is not AudienceKind.TREE]

    def validate_published_on(self, field: Any) -> None:
        """Nothing is announced in the past."""
        DayBetween(self.options.today, None, _("Chọn hôm nay hoặc một ngày sau hôm nay"))(self, field)

    def validate_units(self, field: Any) -> None:
        """Each line names one unit."""
        if self.audience.data != AudienceKind.UNITS:
            return
        lines = [line.strip() for line in (field.data or "").split("\n") if line.strip()]
        unknown = [line for line in lines if fold(line) not in self.options.units]
        doubtful = [line for line in lines if len(self.options.units.get(fold(line), ())) > 1]
        if unknown:
            raise ValidationError(_("Không tìm thấy: %(lines)s. Ghi đúng mã hoặc tên đầy đủ.",
                                    lines=_shown(unknown)))
        if doubtful:
            raise ValidationError(_("Nhiều đơn vị cùng tên: %(lines)s. Ghi mã đơn vị.", lines=_shown(doubtful)))

    @property
    def audience_codes(self) -> tuple[str, ...]:
        """What was chosen, once it is good: kinds, the head's code, or codes of units."""
        match self.audience.data:
            case AudienceKind.KINDS:
                return tuple(self.kinds.data or ())
            case AudienceKind.TREE:
                return (str(self.head.data),)
            case AudienceKind.UNITS:
                lines = [line for line in self.units.data.split("\n") if line.strip()]
                return tuple(dict.fromkeys(self.options.units[fold(line.strip())][0] for line in lines))
        return ()


def _shown(lines: Sequence[str]) -> str:
    """The first lines, as "TH-1, Trường X …"."""
    return ", ".join(f"“{line[:60]}”" for line in lines[:MOST_UNKNOWN]) + (" …" if len(lines) > MOST_UNKNOWN else "")


class CorrectionForm(ContentForm):
    """What replaces the version that holds, and what was corrected."""

    note = TextAreaField(
        lazy("Đính chính điều gì, vì sao?"), [Required(lazy("Ghi điều đã đính chính")), AtMost(REASON_MAX_LENGTH)],
        description=lazy("Các đơn vị thấy dòng này và được đề nghị đọc lại"), render_kw={"rows": "3"})


class WithdrawalForm(Form):
    """Why an announcement no longer holds."""

    reason = TextAreaField(
        lazy("Lý do thu hồi"), [Required(lazy("Ghi lý do thu hồi")), AtMost(REASON_MAX_LENGTH)],
        description=lazy("Các đơn vị thấy lý do này; nội dung cũ vẫn còn để tra cứu"))
