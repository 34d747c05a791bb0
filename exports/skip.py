"""Conditions of a questionnaire in words for paper, where no browser follows them.

"${S2} != '4'" becomes "câu S2 không chọn “Chưa làm thủ tục trong 12 tháng qua”". What cannot be said shortly names
the questions that it hangs on.
"""

from core.expression import ExpressionError, Node, parse, references
from exports.fonts import require
from models.question import Body, Question, QuestionKind

ONLY_IF = require("Chỉ trả lời nếu")
ALSO = require("phù hợp với phần này")
_SIGNS = {"=": "là", "!=": "khác", "<": "nhỏ hơn", "<=": "không quá", ">": "lớn hơn", ">=": "từ"}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


def skip_words(body: Body, condition: str) -> str:
    """When a section or question is answered, as "Chỉ trả lời nếu …"; empty where it always is."""
    if not condition:
        return ""
    try:
        node = parse(condition)
    except ExpressionError:
        return ""
    said = _say(_by_name(body), node, True)
    if said is None:
        codes = ", ".join(sorted(references(node)))
        if not codes:
            return ""
        said = f"câu trả lời ở {codes} {ALSO}"
    return f"{ONLY_IF} {said}."


def _by_name(body: Body) -> dict[str, tuple[Question, tuple[str, ...], tuple[str, ...]]]:
    """Questions by field, with the codes and words of their options."""
    found = {}
    for question in body.questions():
        codes = tuple(choice.code for choice in question.choices)
        words = tuple(choice.text.vi for choice in question.choices)
        if question.kind in (QuestionKind.SCALE, QuestionKind.GRID):
            words = tuple(label.vi for label in body.scale_labels(question.scale))
            codes = tuple(str(level) for level in range(1, len(words) + 1))
        for name in question.names:
            found[name] = (question, codes, words)
    return found


_Names = dict[str, tuple[Question, tuple[str, ...], tuple[str, ...]]]


def _say(names: _Names, node: Node, wanted: bool) -> str | None:
    """A condition, or its opposite, in words; None where it cannot be said shortly."""
    match node:
        case ("not", inner):
            return _say(names, inner, not wanted)
        case (("and" | "or") as word, left, right):
            first, second = _say(names, left, wanted), _say(names, right, wanted)
            if first is None or second is None:
                return None
            return f"{first} {'và' if (word == 'and') == wanted else 'hoặc'} {second}"
        case ("selected", ("answer", code), ("text", value)):
            return _choice(names, code, value, wanted)
        case (("=" | "!=" | "<" | "<=" | ">" | ">=") as sign, ("answer", code), (("text" | "decimal"), value)):
            return _comparison(names, code, sign if wanted else _OPPOSITE[sign], value)
        case (("=" | "!=" | "<" | "<=" | ">" | ">=") as sign, (("text" | "decimal"), value), ("answer", code)):
            turned = _TURNED[sign]
            return _comparison(names, code, turned if wanted else _OPPOSITE[turned], value)
    return None


def _comparison(names: _Names, code: str, sign: str, value: str) -> str | None:
    """An answer against a constant."""
    if code not in names:
        return None
    if value == "":
        return f"câu {code} {'để trống' if sign == '=' else 'có trả lời'}" if sign in ("=", "!=") else None
    if names[code][1] and sign in ("=", "!="):
        return _choice(names, code, value, sign == "=")
    return f"câu {code} {_SIGNS[sign]} {value.replace('.', ',')}"


def _choice(names: _Names, code: str, value: str, wanted: bool) -> str | None:
    """Whether an option was chosen, by its words."""
    if code not in names:
        return None
    _question, codes, words = names[code]
    if value not in codes:
        return None
    return f"câu {code} {'chọn' if wanted else 'không chọn'} “{words[codes.index(value)]}”"


__all__ = ["skip_words"]
