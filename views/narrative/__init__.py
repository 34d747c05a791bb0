"""The narrative desk: the report's sentences beside what the units wrote, and where each sentence came from."""

from views.narrative import deed, page, trace, writing
from views.narrative.blueprint import blueprint

__all__ = ["blueprint", "deed", "page", "trace", "writing"]
