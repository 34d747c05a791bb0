"""The pages of a report: reading it, filling in its sections, following its figures, sending it."""

from views.report import document, figure, page, section, sending, word_file
from views.report.blueprint import blueprint

__all__ = ["blueprint", "document", "figure", "page", "section", "sending", "word_file"]
