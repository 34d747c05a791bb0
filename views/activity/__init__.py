"""Activities on the web: list, page, form, taking out and putting back."""

from views.activity.routes import blueprint

__all__ = ["blueprint"]
