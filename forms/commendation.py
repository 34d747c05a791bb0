"""The forms of commendations: what a unit proposes, an opinion, a reason, the text for publication."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import MultipleFileField, RadioField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from core.translation import lazy
from forms.activity import ENDINGS, Option
from forms.base import Form
from forms.fields import StringField, TextAreaField, choice
from forms.validators import AtMost, Optional, Required, RequiredWhen
from models.attachment import LARGEST_FILE
from models.commendation import SHORT_MAX_LENGTH, TEXT_MAX_LENGTH, TITLE_MAX_LENGTH, CommendationKind

SEVERAL = frozenset({"themes", "activities", "attachments"})
"""Fields of which several values may be ticked, for the writing desk."""
PHOTOS = frozenset({"photos"})
_PERSON = frozenset({CommendationKind.PERSON.value})
_WHEN_PERSON = {"data-shown-when": "kind=person"}


def _ticks(label: Any, hint: Any, *validators: Any) -> SelectMultipleField:
    """A field of ticks."""
    return SelectMultipleField(label, list(validators) or [Optional()], description=hint,
                               widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())


@dataclass(frozen=True, slots=True)
class CommendationOptions:
    """What the form offers: themes of the programme, activities and files of the unit."""

    themes: Sequence[Option]
    activities: Sequence[Option]
    attachments: Sequence[Option]


class CommendationForm(Form):
    """One proposal of a unit."""

    kind = RadioField(
        lazy("Đơn vị muốn nêu gương điều gì?"), [Required(lazy("Chọn loại điển hình"))],
        choices=[choice(kind.value, lazy(kind.label)) for kind in CommendationKind])
    title = StringField(
        lazy("Tên mô hình, sáng kiến, điển hình"),
        [Required(lazy("Nhập tên mô hình, sáng kiến hoặc điển hình")), AtMost(TITLE_MAX_LENGTH)],
        description=lazy("Ví dụ “Góc dịch vụ công trực tuyến cho cha mẹ học sinh”; tên này có thể được đăng công "
                         "khai nên không ghi tên người ở đây"))
    person_name = StringField(
        lazy("Họ và tên người được nêu gương"),
        [RequiredWhen("kind", _PERSON, lazy("Nhập họ và tên người được nêu gương")), AtMost(TITLE_MAX_LENGTH)],
        render_kw={**_WHEN_PERSON, "autocomplete": "off"})
    person_post = StringField(
        lazy("Chức vụ, công việc"), [Optional(), AtMost(TITLE_MAX_LENGTH)], render_kw=dict(_WHEN_PERSON))
    consent = RadioField(
        lazy("Người đó có đồng ý nêu tên công khai không?"),
        [RequiredWhen("kind", _PERSON, lazy("Chọn đã đồng ý hay chưa"))],
        choices=[choice("yes", lazy("Đã đồng ý")), choice("no", lazy("Chưa hỏi hoặc không đồng ý"),
                                                          hint=lazy("Trang công khai và báo cáo sẽ không nêu tên"))],
        render_kw=dict(_WHEN_PERSON), validate_choice=False)  # not asked of what is no person
    consent_note = StringField(
        lazy("Đồng ý bằng cách nào?"),
        [RequiredWhen("consent", frozenset({"yes"}), lazy("Ghi người đó đồng ý bằng cách nào")),
         AtMost(TITLE_MAX_LENGTH)],
        description=lazy("Ví dụ “giấy đồng ý ngày 10/05/2023, lưu tại đơn vị”"),
        render_kw={"data-shown-when": "consent=yes"})
    description = TextAreaField(
        lazy("Cách làm"), [Required(lazy("Kể ngắn gọn đã làm gì, làm thế nào")), AtMost(TEXT_MAX_LENGTH)],
        description=lazy("Vì sao bắt đầu, đã làm gì, ai tham gia, có gì mới"), render_kw={"rows": "6"})
    results = TextAreaField(
        lazy("Kết quả"), [Required(lazy("Ghi kết quả đạt được")), AtMost(TEXT_MAX_LENGTH)],
        description=lazy("Số liệu trước và sau, lợi ích cho người dân, khả năng nhân rộng"), render_kw={"rows": "4"})
    themes = _ticks(lazy("Nội dung tuyên truyền"), lazy("Có thể chọn nhiều nội dung"),
                    Required(lazy("Chọn ít nhất một nội dung")))
    activities = _ticks(lazy("Hoạt động minh chứng"), lazy("Những hoạt động đã ghi trên cổng cho thấy cách làm này"))
    attachments = _ticks(lazy("Tệp đã tải lên"), lazy("Bỏ chọn tệp không dùng làm minh chứng nữa"))
    files = MultipleFileField(
        lazy("Ảnh, tệp minh chứng"),
        description=lazy("PDF, JPEG, PNG, HEIC, DOCX hoặc XLSX, mỗi tệp tối đa 20 MB; chọn được nhiều tệp"),
        render_kw={"accept": ENDINGS, "data-largest": str(LARGEST_FILE)})

    def __init__(self, formdata: Any, options: CommendationOptions) -> None:
        """Read ``formdata`` (texts) and offer ``options``."""
        super().__init__(formdata)
        for field, offered in ((self.themes, options.themes), (self.activities, options.activities),
                               (self.attachments, options.attachments)):
            field.choices = [choice(option.value, option.label) for option in offered]


class ReasonForm(Form):
    """Why something is asked, refused, withdrawn or taken down; who proposed it reads it."""

    reason = TextAreaField(
        lazy("Lý do"), [Required(lazy("Ghi lý do để người đọc biết cần làm gì")), AtMost(SHORT_MAX_LENGTH)],
        render_kw={"rows": "4"})


class OpinionForm(Form):
    """What a district office thinks of a proposal of one of its schools."""

    opinion = TextAreaField(
        lazy("Ý kiến của phòng Giáo dục và Đào tạo"),
        [Required(lazy("Ghi ý kiến về đề xuất này")), AtMost(SHORT_MAX_LENGTH)],
        description=lazy("Đơn vị và Văn phòng Sở cùng đọc được"), render_kw={"rows": "4"})


class TextForm(Form):
    """The Office's own words for report and public page, and the photos that go with them."""

    public_title = StringField(
        lazy("Tên bài"), [Required(lazy("Nhập tên bài")), AtMost(TITLE_MAX_LENGTH)])
    public_text = TextAreaField(
        lazy("Nội dung đăng"), [Required(lazy("Nhập nội dung đăng")), AtMost(SHORT_MAX_LENGTH)],
        description=lazy("Ngắn gọn, vài đoạn; báo cáo và trang công khai dùng chung nội dung này"),
        render_kw={"rows": "8"})
    shows_name = RadioField(
        lazy("Nêu tên người được nêu gương?"), [Optional()],
        choices=[choice("yes", lazy("Nêu tên")), choice("no", lazy("Không nêu tên"))])
    photos = _ticks(lazy("Ảnh đăng công khai"),
                    lazy("Ảnh được thu nhỏ và bỏ thông tin máy ảnh, vị trí trước khi hiển thị"))

    def __init__(self, formdata: Any, photos: Sequence[Option], *, may_name: bool) -> None:
        """Read ``formdata``; offer the unit's pictures, and the name where the person agreed to it."""
        super().__init__(formdata)
        self.photos.choices = [choice(option.value, option.label) for option in photos]
        if not photos:
            del self.photos
        if not may_name:
            del self.shows_name


__all__ = ["PHOTOS", "SEVERAL", "CommendationForm", "CommendationOptions", "OpinionForm", "Option", "ReasonForm",
           "TextForm"]
