"""The public page of a survey: from the address on the wall to the stored sheet, without a session."""

from views.sheet import routes
from views.sheet.blueprint import blueprint

__all__ = ["blueprint", "routes"]
