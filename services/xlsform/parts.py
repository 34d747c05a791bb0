"""What an XLSForm says of the questionnaire as a whole: title, texts, factors (sheets settings, portal, factors)."""

from collections.abc import Mapping
from typing import Any

from core.translation import _
from models.question import Factor, Words
from services.xlsform.book import Sheet, language_of
from services.xlsform.problem import FormProblem

YES = frozenset({"yes", "true", "1", "true()", "có", "co", "x"})
NO = frozenset({"", "no", "false", "0", "false()", "không", "khong"})
TEXTS = ("title", "intro", "thanks")


def read_words(line: Mapping[str, str] | Any, column: str) -> Words:
    """The Vietnamese and English text of a column; one without a language is Vietnamese."""
    return Words(line[f"{column}:vi"] or line[column], line[f"{column}:en"])


def read_settings(sheet: Sheet, problems: list[FormProblem]) -> tuple[str, str]:
    """The form's code and its Vietnamese title; "" where there is none."""
    if not sheet.lines:
        return "", ""
    line = sheet.lines[0]
    language = line["default_language"]
    if language and not language_of(language):
        problems.append(FormProblem(sheet.name, line.number, "default_language", _(
            "Ghi “Vietnamese (vi)”. Cổng dùng tiếng Việt, kèm tiếng Anh.")))
    return line["form_id"], line["form_title:vi"] or line["form_title"]


def read_portal(sheet: Sheet, title: str, problems: list[FormProblem]) -> dict[str, Any]:
    """Title, intro, thanks, headline, pass_share and is_sectioned, as arguments of a body."""
    found: dict[str, Any] = {"title": Words(title)}
    for line in sheet.lines:
        name, words = line["name"], read_words(line, "value")
        if name in TEXTS:
            found[name] = Words(title or words.vi, words.en) if name == "title" else words
        elif name == "headline":
            found[name] = words.vi
        elif name == "pass_share" and words.vi.isdecimal() and len(words.vi) <= 3:
            found[name] = int(words.vi)
        elif name == "sectioned" and words.vi.lower() in YES | NO:
            found["is_sectioned"] = words.vi.lower() in YES
        else:
            column = "value" if name in ("pass_share", "sectioned") else "name"
            problems.append(FormProblem(sheet.name, line.number, column, _(
                "Dùng một trong các mục title, intro, thanks, headline, pass_share (số phần trăm), "
                "sectioned (yes, no).")))
    return found


def read_factors(sheet: Sheet, problems: list[FormProblem]) -> tuple[Factor, ...]:
    """The factors, in order."""
    found = []
    for line in sheet.lines:
        service = line["service"].lower()
        if not line["code"]:
            problems.append(FormProblem(sheet.name, line.number, "code", _("Ghi mã của yếu tố.")))
        if service not in YES | NO:
            problems.append(FormProblem(sheet.name, line.number, "service", _("Ghi yes hoặc no.")))
        found.append(Factor(line["code"], read_words(line, "name"), service in YES))
    return tuple(found)


__all__ = ["NO", "TEXTS", "YES", "read_factors", "read_portal", "read_settings", "read_words"]
