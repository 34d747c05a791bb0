"""The form of what is said of a whole questionnaire: texts, headline, factors, scales."""

from dataclasses import replace
from typing import Any

from wtforms import Field, SelectField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from core.translation import _, lazy
from forms.base import Form
from forms.fields import StringField, TextAreaField, VietnameseInteger, choice
from forms.lines import format_factors, format_scales, read_factors, read_lines, read_scales
from forms.validators import Accepts, AtMost, Between, Optional, Required
from models.question import SCALED, Body, Words

LEVEL_COUNT = 5
TITLE_MAX_LENGTH, TEXT_MAX_LENGTH, LIST_MAX_LENGTH = 500, 4000, 20_000


def _scales(_form: Any, field: Field) -> str | None:
    """A name and five words a line."""
    lines = read_lines(field.data)
    wrong = next((number for number, parts in enumerate(lines, start=1) if len(parts) != LEVEL_COUNT + 1), None)
    if wrong is not None:
        return _("Dòng %(number)s cần tên thang và đúng năm mức, cách nhau bằng dấu |", number=wrong)
    names = [parts[0] for parts in lines]
    return _("Mỗi thang một tên khác nhau") if len(set(names)) != len(names) else None


def _factors(_form: Any, field: Field) -> str | None:
    """Each code once, each with a name."""
    factors = read_factors(field.data)
    codes = [factor.code for factor in factors]
    if len(set(codes)) != len(codes):
        return _("Mỗi yếu tố một mã khác nhau")
    bare = next((factor.code for factor in factors if not factor.name.vi), None)
    return _("Ghi tên cho yếu tố “%(code)s”", code=bare) if bare is not None else None


class AboutForm(Form):
    """Texts and rules of the whole questionnaire."""

    title_vi = StringField(lazy("Tên phiếu"), [Required(lazy("Nhập tên phiếu")), AtMost(TITLE_MAX_LENGTH)])
    title_en = StringField(lazy("Tên phiếu, tiếng Anh"), [Optional(), AtMost(TITLE_MAX_LENGTH)])
    intro_vi = TextAreaField(lazy("Lời mở đầu"), [Optional(), AtMost(TEXT_MAX_LENGTH)],
                             render_kw={"rows": "5"},
                             description=lazy("Phiếu dành cho ai, hỏi về việc gì, mất bao lâu"))
    intro_en = TextAreaField(lazy("Lời mở đầu, tiếng Anh"), [Optional(), AtMost(TEXT_MAX_LENGTH)],
                             render_kw={"rows": "3"})
    thanks_vi = TextAreaField(lazy("Lời cảm ơn"), [Optional(), AtMost(TEXT_MAX_LENGTH)], render_kw={"rows": "2"})
    thanks_en = TextAreaField(lazy("Lời cảm ơn, tiếng Anh"), [Optional(), AtMost(TEXT_MAX_LENGTH)],
                              render_kw={"rows": "2"})
    headline = SelectField(lazy("Câu chung"), [Optional()],
                           description=lazy("Tỷ lệ hài lòng của phiếu lấy từ câu này"))
    pass_share = VietnameseInteger(lazy("Tỷ lệ trả lời đúng để đạt"), [Optional(), Between(1, 100)],
                                   description=lazy("Chỉ dùng cho phiếu kiểm tra hiểu biết"))
    ticks = SelectMultipleField(
        lazy("Cách hiện"), [Optional()], choices=[choice("sectioned", lazy("Mỗi lần hiện một phần"))],
        widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())
    factors = TextAreaField(
        lazy("Các yếu tố"), [Optional(), AtMost(LIST_MAX_LENGTH), Accepts(_factors)], render_kw={"rows": "6"},
        description=lazy("Mỗi dòng một yếu tố: mã | tên | tên tiếng Anh | x. Chữ x ở cuối: tính vào điểm chung các "
                         "yếu tố phục vụ"))
    scales_vi = TextAreaField(
        lazy("Các thang năm mức"), [Optional(), AtMost(LIST_MAX_LENGTH), Accepts(_scales)], render_kw={"rows": "3"},
        description=lazy("Mỗi dòng một thang: tên | mức 1 | mức 2 | mức 3 | mức 4 | mức 5, từ thấp đến cao"))
    scales_en = TextAreaField(lazy("Các thang năm mức, tiếng Anh"),
                              [Optional(), AtMost(LIST_MAX_LENGTH), Accepts(_scales)], render_kw={"rows": "3"})

    def offer(self, body: Body) -> None:
        """Let the headline be one of the scale questions."""
        items = [item for question in body.questions() if question.kind in SCALED for item in question.items]
        self.headline.choices = [choice("", _("Không có")),
                                 *(choice(item.code, f"{item.code}. {item.text.vi}") for item in items)]

    def written(self, body: Body) -> Body:
        """The body with what the form says."""
        return replace(
            body, title=Words(self.title_vi.data or "", self.title_en.data or ""),
            intro=Words(self.intro_vi.data or "", self.intro_en.data or ""),
            thanks=Words(self.thanks_vi.data or "", self.thanks_en.data or ""), headline=self.headline.data or "",
            pass_share=self.pass_share.data or Body().pass_share, is_sectioned="sectioned" in (self.ticks.data or []),
            factors=read_factors(self.factors.data or ""),
            scales=read_scales(self.scales_vi.data or "", self.scales_en.data or ""))

    @staticmethod
    def texts(body: Body) -> dict[str, Any]:
        """A body as the texts of the form."""
        return {
            "title_vi": body.title.vi, "title_en": body.title.en, "intro_vi": body.intro.vi, "intro_en": body.intro.en,
            "thanks_vi": body.thanks.vi, "thanks_en": body.thanks.en, "headline": body.headline,
            "pass_share": str(body.pass_share), "ticks": ["sectioned"] if body.is_sectioned else [],
            "factors": format_factors(body.factors), "scales_vi": format_scales(body.scales, "vi"),
            "scales_en": format_scales(body.scales, "en"),
        }


__all__ = ["AboutForm"]
