"""The pages of consolidated reports: the list, one of them, its figures, issuing, downloads."""

from views.consolidation import download, issuing, page
from views.consolidation.blueprint import blueprint

__all__ = ["blueprint", "download", "issuing", "page"]
