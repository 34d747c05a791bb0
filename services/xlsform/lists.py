"""The sheet of choices: lists of options, and which of them are five-level scales."""

from dataclasses import dataclass, field

from core.translation import _
from models.question import Choice, Words
from services.xlsform.book import Sheet
from services.xlsform.problem import FormProblem

LEVEL_CODES = ("1", "2", "3", "4", "5")
NOT_APPLICABLE = "na"
_NOT_APPLICABLE_CODES = frozenset({NOT_APPLICABLE, "n_a", "not_applicable", "99"})


@dataclass(slots=True)
class ChoiceList:
    """One list in the order of the sheet, with the row on which it begins."""

    name: str
    row: int
    scale: str = ""
    """The name of its scale, as "satisfaction"; its own name where the sheet says nothing."""
    is_marked: bool = False
    """Whether the sheet itself says that it is a scale."""
    choices: list[Choice] = field(default_factory=list)

    @property
    def is_scale(self) -> bool:
        """Whether its options are 1 to 5, and perhaps "không áp dụng"."""
        return self._levels == LEVEL_CODES

    @property
    def _levels(self) -> tuple[str, ...]:
        return tuple(choice.code for choice in self.choices if not _is_not_applicable(choice))

    @property
    def allows_not_applicable(self) -> bool:
        """Whether it offers "không áp dụng"."""
        return any(map(_is_not_applicable, self.choices))

    @property
    def words(self) -> tuple[Words, ...]:
        """The five words of a scale, lowest level first."""
        return tuple(choice.text for choice in self.choices if not _is_not_applicable(choice))


def _is_not_applicable(choice: Choice) -> bool:
    return choice.code.lower() in _NOT_APPLICABLE_CODES


def read_lists(sheet: Sheet, problems: list[FormProblem]) -> dict[str, ChoiceList]:
    """The lists by name; what is wrong is added to ``problems``."""
    lists: dict[str, ChoiceList] = {}
    for line in sheet.lines:
        name, code = line["list_name"], line["name"]
        if not name or not code:
            column = "name" if name else "list_name"
            problems.append(FormProblem(sheet.name, line.number, column, _(
                "Điền ô này, hoặc xóa cả dòng nếu không dùng.")))
            continue
        found = lists.setdefault(name, ChoiceList(name, line.number, name))
        if line["portal_scale"]:
            found.scale, found.is_marked = line["portal_scale"], True
        if any(choice.code == code for choice in found.choices):
            problems.append(FormProblem(sheet.name, line.number, "name", _(
                "Danh sách “%(list)s” đã có mã “%(code)s”. Đặt mã khác.", list=name, code=code)))
        if line["media:image"] or line["image"] or line["audio"] or line["video"]:
            problems.append(FormProblem(sheet.name, line.number, "media", _(
                "Phương án có hình hoặc tiếng chưa dùng được. Xóa ô này.")))
        found.choices.append(Choice(code, Words(line["label:vi"] or line["label"], line["label:en"])))
    for found in lists.values():
        if found.is_marked and not found.is_scale:
            problems.append(FormProblem(sheet.name, found.row, "portal_scale", _(
                "Thang “%(scale)s” cần đúng năm phương án mã 1, 2, 3, 4, 5 (có thể thêm “na”).", scale=found.scale)))
    return lists


def scales_of(lists: dict[str, ChoiceList], used: set[str]) -> dict[str, tuple[str, tuple[Words, ...]]]:
    """The scale of each list that is one: by the list's name, the scale's name and five words.

    ``used`` names the lists on which scale questions are asked. Lists with the same words are one scale, unless the
    sheet names their scales itself.
    """
    found: dict[str, tuple[str, tuple[Words, ...]]] = {}
    for name, item in lists.items():
        if not item.is_scale or not (item.is_marked or name in used):
            continue
        twin = next((scale for scale, words in found.values() if words == item.words), None)
        found[name] = (item.scale if item.is_marked or twin is None else twin, item.words)
    return found


__all__ = ["LEVEL_CODES", "NOT_APPLICABLE", "ChoiceList", "read_lists", "scales_of"]
