"""Questionnaires of the Office: versions, drafts and their editor, XLSForm files, the preview."""

from views.questionnaire import editing, files, pages, preview, steps
from views.questionnaire.blueprint import blueprint

__all__ = ["blueprint", "editing", "files", "pages", "preview", "steps"]
