"""Sheets on paper as they are typed in: one sign a cell, in the grid and in files alike.

A sign is the number of the option in its order (1 for the first), "n" for "không áp dụng", nothing, "0" or "-" for a
question left blank; a question of several options takes all their numbers. Numbers, days and texts stand as they are.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.translation import _
from models.question import SCALED, Body, Question, QuestionKind

BLANK_SIGNS = frozenset({"", "0", "-"})
NOT_APPLICABLE_SIGNS = frozenset({"n", "na"})
NOT_APPLICABLE = "na"
"""What is posted for "không áp dụng"."""
MOST_DIGITS = 9
"""Options up to which one digit says which."""


@dataclass(frozen=True, slots=True)
class PaperCell:
    """One field of a sheet as the grid shows it."""

    name: str
    question: str
    """Code of the question; that of the field itself but for the rows of a grid."""
    text: str
    kind: str
    """"choice", "ticks" or "free"."""
    options: tuple[str, ...] = ()
    """Words of the options, in order."""
    codes: tuple[str, ...] = ()
    """What is posted for each."""
    allows_not_applicable: bool = False

    @property
    def is_one_sign(self) -> bool:
        """Whether one sign fills the cell."""
        return self.kind == "choice" and len(self.codes) <= MOST_DIGITS

    @property
    def legend(self) -> str:
        """The signs in words: "1 Rất không hài lòng · … · n Không áp dụng"."""
        parts = [f"{place} {words}" for place, words in enumerate(self.options, start=1)]
        return " · ".join([*parts, *([f"n {_('Không áp dụng')}"] if self.allows_not_applicable else [])])


def paper_cells(body: Body) -> tuple[PaperCell, ...]:
    """The fields of a questionnaire in order."""
    return tuple(cell for question in body.questions() for cell in _cells(body, question))


def _cells(body: Body, question: Question) -> Iterable[PaperCell]:
    """The fields of one question."""
    if question.kind in SCALED:
        words = tuple(label.vi for label in body.scale_labels(question.scale))
        for item in question.items:
            yield PaperCell(item.code, question.code, item.text.vi or question.text.vi, "choice", words,
                            tuple(str(level) for level in range(1, len(words) + 1)), question.allows_not_applicable)
    elif question.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        yield PaperCell(question.code, question.code, question.text.vi,
                        "choice" if question.kind is QuestionKind.SINGLE else "ticks",
                        tuple(choice.text.vi for choice in question.choices),
                        tuple(choice.code for choice in question.choices))
    elif question.kind is not QuestionKind.NOTE:
        yield PaperCell(question.code, question.code, question.text.vi, "free")


def read_signs(cells: Iterable[PaperCell], typed: Mapping[str, str]) -> tuple[dict[str, list[str]], dict[str, str]]:
    """What the signs say, as a page would post it by field, and what is wrong with signs, by field."""
    posted: dict[str, list[str]] = {}
    errors: dict[str, str] = {}
    for cell in cells:
        text = typed.get(cell.name, "").strip()
        if cell.kind == "free":
            posted[cell.name] = [text] if text else []
            continue
        read = _read_ticks(cell, text) if cell.kind == "ticks" else _read_choice(cell, text)
        if read is None:
            errors[cell.name] = _("Gõ số từ 1 đến %(most)s", most=len(cell.codes)) + (
                _(", hoặc n: không áp dụng") if cell.allows_not_applicable else "")
        else:
            posted[cell.name] = read
    return posted, errors


def _read_choice(cell: PaperCell, text: str) -> list[str] | None:
    """One option; None for a sign that says nothing here."""
    sign = text.casefold()
    if sign in BLANK_SIGNS:
        return []
    if cell.allows_not_applicable and (
            sign in NOT_APPLICABLE_SIGNS or (sign == "9" and len(cell.codes) < MOST_DIGITS)):
        return [NOT_APPLICABLE]
    return _by_number(cell, sign)


def _read_ticks(cell: PaperCell, text: str) -> list[str] | None:
    """Several options: "135", or "1 12" where there are more than nine."""
    if text in BLANK_SIGNS:
        return []
    signs = re.split(r"[\s,;]+", text.strip(" ,;")) if len(cell.codes) > MOST_DIGITS else list(
        re.sub(r"[\s,;]", "", text))
    found = [_by_number(cell, sign) for sign in signs]
    return None if None in found else list(dict.fromkeys(code for part in found if part for code in part))


def _by_number(cell: PaperCell, sign: str) -> list[str] | None:
    """The option of a number, counted from 1."""
    place = int(sign) if re.fullmatch(r"[0-9]{1,3}", sign) else 0
    return [cell.codes[place - 1]] if 1 <= place <= len(cell.codes) else None


__all__ = ["NOT_APPLICABLE", "PaperCell", "paper_cells", "read_signs"]
