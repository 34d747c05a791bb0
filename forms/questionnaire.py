"""Forms of the questionnaire editor: one for each kind of question, one for what is said of the whole."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from wtforms import Field, FileField, SelectField, SelectMultipleField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from core.dates import format_day, parse_day
from core.translation import _, lazy
from forms.base import Form
from forms.fields import DayField, StringField, TextAreaField, VietnameseDecimal, VietnameseInteger, choice
from forms.lines import format_choices, read_choices
from forms.validators import Accepts, AtMost, Between, Optional, Required
from models.question import (
    LARGEST_NUMBER,
    LONGEST_TEXT,
    MOST_DECIMALS,
    NUMERIC,
    SCALED,
    TEXTUAL,
    Body,
    Question,
    QuestionKind,
    Section,
    Words,
)

CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,30}")
TEXT_MAX_LENGTH, EXPRESSION_MAX_LENGTH = 1000, 2000
TICKS = frozenset({"ticks"})
"""Fields of which several values may be ticked."""


def _code(_form: Any, field: Field) -> str | None:
    """A code is what expressions and files call a question."""
    if CODE.fullmatch(field.data):
        return None
    return _("Bắt đầu bằng chữ cái không dấu, rồi chữ không dấu, số hoặc gạch dưới, ví dụ Q5")


def _text(label: Any) -> TextAreaField:
    """A text that may be left out."""
    return TextAreaField(label, [Optional(), AtMost(TEXT_MAX_LENGTH)], render_kw={"rows": "2"})


class NewQuestionnaireForm(Form):
    """Code and title of a questionnaire that begins from nothing."""

    code = StringField(
        lazy("Mã phiếu"), [Required(lazy("Đặt mã cho phiếu, ví dụ HL-MN")), AtMost(40)],
        description=lazy("Chữ không dấu, số, gạch nối; dùng cho các bản sau và cho tệp"))
    title = StringField(lazy("Tên phiếu"), [Required(lazy("Nhập tên phiếu")), AtMost(TEXT_MAX_LENGTH)])

    def validate_code(self, field: Any) -> None:
        """Letters, digits and hyphens."""
        if field.data and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{1,39}", field.data):
            raise ValidationError(_("Dùng chữ không dấu, số và gạch nối, ít nhất 2 ký tự, ví dụ HL-MN"))


class UploadForm(Form):
    """An XLSForm to be taken in."""

    file = FileField(lazy("Tệp XLSForm"), description=lazy("Tệp Excel .xlsx, nhiều nhất 2 MB, không có macro"),
                     render_kw={"accept": ".xlsx"})


class SectionForm(Form):
    """The heading of some questions."""

    code = StringField(lazy("Mã phần"), [Required(lazy("Đặt mã cho phần, ví dụ thong_tin")), AtMost(40),
                                         Accepts(_code)])
    title_vi = StringField(lazy("Tên phần"), [Required(lazy("Nhập tên phần")), AtMost(TEXT_MAX_LENGTH)])
    title_en = StringField(lazy("Tên phần, tiếng Anh"), [Optional(), AtMost(TEXT_MAX_LENGTH)])
    relevant = StringField(
        lazy("Chỉ hỏi khi"), [Optional(), AtMost(EXPRESSION_MAX_LENGTH)],
        description=lazy("Ví dụ ${S2} != '4'; để trống thì luôn hỏi"), render_kw={"spellcheck": "false"})

    def made(self) -> Section:
        """The section without questions."""
        return Section(self.code.data, Words(self.title_vi.data, self.title_en.data), self.relevant.data)

    @staticmethod
    def texts(section: Section) -> dict[str, Any]:
        """A section as the texts of its form."""
        return {"code": section.code, "title_vi": section.title.vi, "title_en": section.title.en,
                "relevant": section.relevant}


class QuestionForm(Form):
    """What every kind has. ``question_form`` adds what one kind needs."""

    kind: QuestionKind

    code = StringField(lazy("Mã câu"), [Required(lazy("Đặt mã cho câu, ví dụ Q5")), AtMost(40), Accepts(_code)],
                       description=lazy("Điều kiện và bảng số liệu gọi câu bằng mã này"))
    section = SelectField(lazy("Thuộc phần"))
    text_vi = TextAreaField(lazy("Câu hỏi"), [Required(lazy("Nhập câu hỏi")), AtMost(TEXT_MAX_LENGTH)],
                            render_kw={"rows": "3"})
    text_en = TextAreaField(lazy("Câu hỏi, tiếng Anh"), [Optional(), AtMost(TEXT_MAX_LENGTH)], render_kw={"rows": "2"})
    hint_vi = _text(lazy("Gợi ý dưới câu hỏi"))
    hint_en = _text(lazy("Gợi ý, tiếng Anh"))
    relevant = StringField(
        lazy("Chỉ hỏi khi"), [Optional(), AtMost(EXPRESSION_MAX_LENGTH)],
        description=lazy("Ví dụ ${S1} = '1' and selected(${X2}, '3'); để trống thì luôn hỏi"),
        render_kw={"spellcheck": "false"})

    def offer(self, body: Body) -> None:
        """Set the choices that the questionnaire gives."""
        self.section.choices = [choice(section.code, section.title.vi or section.code) for section in body.sections]
        offered: dict[str, list[Any]] = {
            "factor": [choice("", _("Không thuộc yếu tố nào")),
                       *(choice(factor.code, f"{factor.code}. {factor.name.vi}") for factor in body.factors)],
            "scale": [choice(name, f"{words[0].vi} – {words[-1].vi}") for name, words in body.scales],
        }
        for name, choices in offered.items():
            field: Any = self._fields.get(name)
            if field is not None:
                field.choices = choices

    def made(self) -> Question:
        """The question, once the form is good."""
        data: dict[str, Any] = {name: field.data for name, field in self._fields.items()}
        ticks = data.get("ticks") or []
        default = Question("", self.kind)
        return Question(
            code=data["code"], kind=self.kind, text=_words(data, "text"), hint=_words(data, "hint"),
            is_required="required" in ticks, allows_not_applicable="not_applicable" in ticks,
            relevant=data["relevant"] or "", constraint=data.get("constraint") or "",
            constraint_message=_words(data, "message"), choices=read_choices(data.get("choices") or ""),
            rows=read_choices(data.get("rows") or ""), scale=data.get("scale") or "",
            factor=data.get("factor") or "", minimum=_limit(data.get("minimum")), maximum=_limit(data.get("maximum")),
            decimals=_or(data.get("decimals"), default.decimals),
            max_length=_or(data.get("max_length"), default.max_length), answer=data.get("answer") or "")


def _words(data: Mapping[str, Any], name: str) -> Words:
    return Words(data.get(f"{name}_vi") or "", data.get(f"{name}_en") or "")


def _or(value: Any, default: int) -> int:
    return default if value is None else int(value)


def _limit(value: Any) -> str:
    """A limit as the body keeps it: "0", "1.5", "2023-05-30"."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else str(value)


def _lines(_form: Any, field: Field) -> str | None:
    """Every line has a code that is new."""
    codes = [item.code for item in read_choices(field.data)]
    twice = next((code for code in codes if codes.count(code) > 1), None)
    return _("Mã “%(code)s” có hai lần. Đặt mã khác.", code=twice) if twice else None


def _fields(kind: QuestionKind) -> dict[str, Any]:
    """The fields that one kind adds, by name in their order."""
    found: dict[str, Any] = {}
    if kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        found["choices"] = _line_field(lazy("Các phương án"), lazy("Nhập các phương án, mỗi dòng một phương án"), lazy(
            "Mỗi dòng một phương án: mã | tiếng Việt | tiếng Anh. Không ghi mã thì đánh số 1, 2, 3…"))
    if kind is QuestionKind.SINGLE:
        found["answer"] = StringField(
            lazy("Mã phương án đúng"), [Optional(), AtMost(40)],
            description=lazy("Chỉ dùng cho phiếu kiểm tra hiểu biết"))
    if kind is QuestionKind.GRID:
        found["rows"] = _line_field(lazy("Các ý trong bảng"), lazy("Nhập các ý, mỗi dòng một ý"), lazy(
            "Mỗi dòng một ý: mã | tiếng Việt | tiếng Anh, ví dụ Q5a | Phòng chờ sạch sẽ"))
    if kind in SCALED:
        found["scale"] = SelectField(lazy("Thang năm mức"))
        found["factor"] = SelectField(lazy("Yếu tố"), description=lazy("Chỉ số của yếu tố tính từ các câu thuộc nó"))
    if kind in NUMERIC | {QuestionKind.DATE}:
        found |= _limit_fields(kind)
    if kind is QuestionKind.DECIMAL:
        found["decimals"] = VietnameseInteger(lazy("Số chữ số sau dấu phẩy"), [Optional(), Between(0, MOST_DECIMALS)])
    if kind in TEXTUAL:
        found["max_length"] = VietnameseInteger(lazy("Nhiều nhất bao nhiêu ký tự"), [Optional(), Between(
            1, LONGEST_TEXT)])
    if kind is not QuestionKind.NOTE:
        found |= _answer_fields(kind)
    return found


def _line_field(label: Any, message: Any, hint: Any) -> TextAreaField:
    """Options or rows, one a line."""
    return TextAreaField(label, [Required(message), AtMost(20_000), Accepts(_lines)], description=hint,
                         render_kw={"rows": "6"})


def _limit_fields(kind: QuestionKind) -> dict[str, Any]:
    """Smallest and largest."""
    if kind is QuestionKind.DATE:
        return {"minimum": DayField(lazy("Không trước ngày"), [Optional()]),
                "maximum": DayField(lazy("Không sau ngày"), [Optional()])}
    field = VietnameseInteger if kind is QuestionKind.INTEGER else VietnameseDecimal
    bound = Between(-LARGEST_NUMBER, LARGEST_NUMBER)
    return {"minimum": field(lazy("Nhỏ nhất"), [Optional(), bound]),
            "maximum": field(lazy("Lớn nhất"), [Optional(), bound])}


def _answer_fields(kind: QuestionKind) -> dict[str, Any]:
    """Whether an answer must be given, and what it must meet."""
    ticks = [choice("required", lazy("Bắt buộc trả lời"))]
    if kind in SCALED:
        ticks.append(choice("not_applicable", lazy("Có ô “Không áp dụng”")))
    return {
        "ticks": SelectMultipleField(lazy("Cách trả lời"), [Optional()], choices=ticks,
                                     widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()),
        "constraint": StringField(
            lazy("Câu trả lời phải thỏa"), [Optional(), AtMost(EXPRESSION_MAX_LENGTH)],
            description=lazy("Dấu chấm là câu trả lời, ví dụ . >= ${Q18}"), render_kw={"spellcheck": "false"}),
        "message_vi": _text(lazy("Lời nhắc khi không thỏa")), "message_en": _text(lazy("Lời nhắc, tiếng Anh")),
    }


@cache
def _form_class(kind: QuestionKind) -> type[QuestionForm]:
    """The form of a kind, compiled once."""
    return type("KindForm", (QuestionForm,), {"kind": kind, **_fields(kind)})


def question_form(kind: QuestionKind, formdata: Any, body: Body) -> QuestionForm:
    """The form of one question of ``kind``, filled with ``formdata`` (texts)."""
    form = _form_class(kind)(formdata)
    form.offer(body)
    return form


def question_texts(question: Question, section: str) -> dict[str, Any]:
    """A question as the texts of its form."""
    ticks = [name for name, is_on in (("required", question.is_required),
                                      ("not_applicable", question.allows_not_applicable)) if is_on]
    return {
        "code": question.code, "section": section, "text_vi": question.text.vi, "text_en": question.text.en,
        "hint_vi": question.hint.vi, "hint_en": question.hint.en, "relevant": question.relevant,
        "constraint": question.constraint, "message_vi": question.constraint_message.vi,
        "message_en": question.constraint_message.en, "choices": format_choices(question.choices),
        "rows": format_choices(question.rows), "scale": question.scale, "factor": question.factor, "ticks": ticks,
        "minimum": _shown(question, question.minimum), "maximum": _shown(question, question.maximum),
        "decimals": str(question.decimals), "max_length": str(question.max_length), "answer": question.answer,
    }


def _shown(question: Question, limit: str) -> str:
    """A limit as a person types it."""
    if limit and question.kind is QuestionKind.DATE:
        return format_day(parse_day(limit))
    return limit.replace(".", ",")


__all__ = ["CODE", "TICKS", "NewQuestionnaireForm", "QuestionForm", "SectionForm", "UploadForm", "question_form",
           "question_texts"]
