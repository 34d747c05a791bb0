"""The papers and files of surveys: posters, the paper form, results as PDF, workbook and CSV."""

from views.survey_file import place, results
from views.survey_file.blueprint import blueprint

__all__ = ["blueprint", "place", "results"]
