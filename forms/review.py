"""The form with which a reviewer returns parts of a plan or report, each with its reason."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import Field, SelectMultipleField
from wtforms.validators import Optional

from core.translation import _, lazy
from forms.base import Form
from forms.fields import TextAreaField, choice
from forms.submission import REASON_MAX_LENGTH
from forms.validators import AtMost

RETURN_MULTIPLE = frozenset({"parts"})
_WHY = "why_"


class ReturnForm(Form):
    """Which parts go back and why; ``make_return_form`` adds a reason for each part."""

    parts = SelectMultipleField(lazy("Phần trả lại"), [Optional()], choices=[])
    general = TextAreaField(
        lazy("Nhận xét chung"), [Optional(), AtMost(REASON_MAX_LENGTH)], render_kw={"rows": "3"},
        description=lazy("Không chọn phần nào thì toàn bộ văn bản được mở để sửa theo nhận xét này."))

    def reason_field(self, part: str) -> Field:
        """The field for the reason of ``part``."""
        return self[reason_name(part)]

    def chosen(self) -> list[tuple[str, str]]:
        """The parts that were ticked or given a reason, each with its reason."""
        ticked = set(self.parts.data or [])
        reasons = [(part, self.reason_field(part).data or "") for part, *_words in self.parts.iter_choices()]
        return [(part, reason) for part, reason in reasons if part in ticked or reason.strip()]

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Ask for a reason for each ticked part, or for a general one where none is ticked."""
        is_valid = bool(super().validate(extra_validators))
        for part, reason in self.chosen():
            if not reason.strip():
                field = self.reason_field(part)
                field.errors = [*field.errors, _("Ghi lý do trả lại phần này")]
                is_valid = False
        if not self.chosen() and not (self.general.data or "").strip():
            self.general.errors = [*self.general.errors, _("Chọn phần cần trả lại hoặc ghi nhận xét chung")]
            is_valid = False
        return is_valid


def reason_name(part: str) -> str:
    """The name of the field for the reason of a part: "section:I.1" is "why_section_I_1"."""
    return _WHY + part.replace(":", "_").replace(".", "_")


def make_return_form(parts: Iterable[tuple[str, str]]) -> type[ReturnForm]:
    """The form for ``parts``, each as (part, its words)."""
    listed = list(parts)
    fields: dict[str, Any] = {
        reason_name(part): TextAreaField(
            lazy("Lý do"), [Optional(), AtMost(REASON_MAX_LENGTH)], render_kw={"rows": "2"})
        for part, _label in listed
    }
    fields["parts"] = SelectMultipleField(
        lazy("Phần trả lại"), [Optional()], choices=[choice(part, label) for part, label in listed])
    return type("PartsReturnForm", (ReturnForm,), fields)
