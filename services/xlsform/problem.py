"""What is wrong in an XLSForm: the sheet, the row, the column, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.translation import _


@dataclass(frozen=True, slots=True)
class FormProblem:
    """One thing to mend; row 0 is the whole sheet, an empty sheet the whole file, an empty column the whole row."""

    sheet: str
    row: int
    column: str
    message: str

    @property
    def where(self) -> str:
        """The place in words, as 'Trang tính “survey”, dòng 7, cột “relevant”'."""
        parts = [_("Trang tính “%(sheet)s”", sheet=self.sheet)] if self.sheet else [_("Cả tệp")]
        if self.row:
            parts.append(_("dòng %(row)s", row=self.row))
        if self.column:
            parts.append(_("cột “%(column)s”", column=self.column))
        return ", ".join(parts)

    @property
    def text(self) -> str:
        """The place and what to do."""
        return f"{self.where}: {self.message}"


class XLSFormError(ValueError):
    """The file is no questionnaire that the portal can use; ``problems`` say why, in the order of the file."""

    def __init__(self, problems: Iterable[FormProblem]) -> None:
        """Hold the problems."""
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.text for problem in self.problems))


__all__ = ["FormProblem", "XLSFormError"]
