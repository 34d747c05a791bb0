"""The form of the narrative desk: one sentence, or what is written on at the end of a section."""

from core.translation import lazy
from forms.base import Form
from forms.fields import TextAreaField
from forms.validators import AtMost, Required
from models.report import NARRATIVE_MAX_LENGTH


class SentenceForm(Form):
    """The wording of a sentence; several sentences become several."""

    text = TextAreaField(
        lazy("Câu văn"), [Required(lazy("Viết câu văn; muốn bỏ câu này thì dùng nút “Bỏ khỏi bài”")),
                          AtMost(NARRATIVE_MAX_LENGTH)],
        description=lazy("Số trong {{ }} chạy theo số liệu, ví dụ {{B1}}; xuống dòng là sang đoạn mới"),
        render_kw={"rows": "6"})


__all__ = ["SentenceForm"]
