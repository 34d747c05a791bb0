"""Chase letters: preview and make one, read it again."""

from views.chase_letter.blueprint import blueprint
from views.chase_letter.reading import download, show
from views.chase_letter.writing import preview, write

__all__ = ["blueprint", "download", "preview", "show", "write"]
