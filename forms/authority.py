"""Fields for who signs a document: free text, with the lines that the decree knows offered to choose from."""

from typing import Any

from markupsafe import Markup
from wtforms.widgets import TextInput

from forms.fields import StringField
from models.authority import AUTHORITY_LINES, POSITIONS


class SuggestingInput(TextInput):
    """A text box with a list of suggestions; what is not in the list may be typed."""

    def __init__(self, suggestions: tuple[str, ...]) -> None:
        super().__init__()
        self.suggestions = suggestions

    def __call__(self, field: Any, **attributes: Any) -> Markup:
        """The box, and its list beside it."""
        name = f"{field.id}-list"
        options = Markup("").join(Markup('<option value="{}"></option>').format(text) for text in self.suggestions)
        box = super().__call__(field, list=name, **attributes)
        return box + Markup('<datalist id="{}">{}</datalist>').format(name, options)


class AuthorityField(StringField):
    """By what right somebody signs, as "KT. GIÁM ĐỐC"."""

    widget = SuggestingInput(AUTHORITY_LINES)


class PositionField(StringField):
    """What the signer is, as "PHÓ GIÁM ĐỐC"."""

    widget = SuggestingInput(POSITIONS)


__all__ = ["AuthorityField", "PositionField", "SuggestingInput"]
