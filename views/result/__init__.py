"""Results of survey rounds: the page, and the same numbers as JSON."""

from views.result import routes
from views.result.blueprint import blueprint

__all__ = ["blueprint", "routes"]
