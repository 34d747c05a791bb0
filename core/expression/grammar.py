"""The grammar of expressions, and the tuples that they become.

A node is ``("text", "4")``, ``("decimal", "1.5")``, ``("answer", "Q1")``, ``("current",)``, ``("negate", node)``,
an operator with two nodes as ``("<=", node, node)``, or a function with its own as ``("selected", node, node)``.
"""

import unicodedata
from functools import cache, lru_cache
from typing import Any, cast

from lark import Lark, Token, Transformer, UnexpectedInput
from lark.exceptions import UnexpectedToken

from core.expression.trouble import ExpressionError
from core.translation import _

Node = tuple[Any, ...]
LONGEST = 2000
"""Signs in one expression."""
MOST_DEPTH = 100
"""Levels of nodes in one expression."""
FUNCTIONS = {
    "selected": (2, 2), "count-selected": (1, 1), "if": (3, 3), "coalesce": (2, 2), "today": (0, 0),
    "string-length": (1, 1), "int": (1, 1), "round": (1, 2), "number": (1, 1), "not": (1, 1), "true": (0, 0),
    "false": (0, 0),
}
"""How few and how many arguments each function takes."""
_GRAMMAR = r"""
?start: either
?either: both | either OR both -> pair
?both: equal | both AND equal -> pair
?equal: order | equal EQUAL order -> pair
?order: sum | order ORDER sum -> pair
?sum: product | sum (PLUS | MINUS) product -> pair
?product: signed | product TIMES signed -> pair
?signed: atom | MINUS signed -> negate
?atom: "(" either ")" | NAME "(" [either ("," either)*] ")" -> call
     | TEXT -> text | NUMBER -> decimal | ANSWER -> answer | "." -> current
OR: /or\b/
AND: /and\b/
EQUAL: "=" | "!="
ORDER: "<=" | ">=" | "<" | ">"
PLUS: "+"
MINUS: "-"
TIMES: "*" | /div\b/ | /mod\b/
NAME: /[A-Za-z][A-Za-z0-9]*([-:][A-Za-z0-9]+)*(?=\s*\()/
TEXT: /'[^']*'|"[^"]*"/
NUMBER.2: /[0-9]+(\.[0-9]*)?|\.[0-9]+/
ANSWER: /\$\{[ ]*[A-Za-z][A-Za-z0-9_]*[ ]*\}/
%ignore /[ \t\r\n]+/
"""


class _Builder(Transformer[Token, Node]):
    """Makes the nodes while the text is read; nothing of it calls itself."""

    def pair(self, parts: list[Any]) -> Node:
        """Two nodes around an operator."""
        left, operator, right = parts
        return str(operator), left, right

    def negate(self, parts: list[Any]) -> Node:
        """A minus before a node."""
        return "negate", parts[1]

    def call(self, parts: list[Any]) -> Node:
        """A function. Raises ExpressionError for one that is unknown or given too much or too little."""
        name, arguments = parts[0], [part for part in parts[1:] if part is not None]
        if name not in FUNCTIONS:
            raise ExpressionError(
                _("Không có hàm “%(name)s”; các hàm dùng được: %(known)s", name=str(name)[:40],
                  known=", ".join(sorted(FUNCTIONS))), _place(name))
        fewest, most = FUNCTIONS[name]
        if not fewest <= len(arguments) <= most:
            raise ExpressionError(
                _("Hàm “%(name)s” cần %(wanted)s giá trị trong ngoặc, đang có %(given)s", name=str(name),
                  wanted=str(most) if fewest == most else f"{fewest}–{most}", given=len(arguments)), _place(name))
        return str(name), *arguments

    def text(self, parts: list[Token]) -> Node:
        """A text between straight quotes."""
        return "text", unicodedata.normalize("NFC", parts[0][1:-1])

    def decimal(self, parts: list[Token]) -> Node:
        """A number."""
        return "decimal", str(parts[0])

    def answer(self, parts: list[Token]) -> Node:
        """The answer to a question."""
        return "answer", parts[0][2:-1].strip()

    def current(self, _parts: list[Token]) -> Node:
        """The answer that is judged."""
        return ("current",)


@lru_cache(maxsize=2048)
def parse(text: str) -> Node:
    """Read an expression. Raises ExpressionError for one that is empty, too long, too deep or not understood."""
    if not text.strip():
        raise ExpressionError(_("Biểu thức đang trống"), 1)
    if len(text) > LONGEST:
        raise ExpressionError(_("Biểu thức dài quá %(most)s ký tự; hãy viết ngắn lại", most=LONGEST), LONGEST + 1)
    try:
        node = cast(Node, _parser().parse(text))
    except UnexpectedInput as error:
        raise _explained(text, error) from None
    if _depth(node) > MOST_DEPTH:
        raise ExpressionError(
            _("Biểu thức lồng nhau quá %(most)s lớp; hãy viết gọn lại", most=MOST_DEPTH), 1)
    return node


def dump(node: Node) -> list[Any]:
    """A node as plain JSON, for the browser."""
    return [dump(part) if isinstance(part, tuple) else part for part in node]


def references(node: Node) -> frozenset[str]:
    """The codes of all answers that an expression asks for."""
    return frozenset(part[1] for part, _level in _walk(node) if part[0] == "answer")


def asks_current(node: Node) -> bool:
    """Whether an expression asks for the answer that is judged."""
    return any(part == ("current",) for part, _level in _walk(node))


def _walk(node: Node) -> list[tuple[Node, int]]:
    """Every node with its level, from 1."""
    found, waiting = [], [(node, 1)]
    while waiting:
        part, level = waiting.pop()
        found.append((part, level))
        waiting += [(inner, level + 1) for inner in part[1:] if isinstance(inner, tuple)]
    return found


def _depth(node: Node) -> int:
    """How many levels a node has."""
    return max(level for _part, level in _walk(node))


@cache
def _parser() -> Lark:
    """The one parser; made when the first expression is read."""
    return Lark(_GRAMMAR, parser="lalr", transformer=_Builder())


def _explained(text: str, error: UnexpectedInput) -> ExpressionError:
    """What stands where nothing like it can stand, as a sentence."""
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        return ExpressionError(_("Biểu thức còn dở dang: thiếu phần cuối hoặc dấu đóng ngoặc"), len(text) + 1)
    place = error.pos_in_stream or 0
    sign, rest = text[place], text[place:]
    if sign in "“”‘’«»":
        message = _("Dùng dấu nháy thẳng ' hoặc \" thay cho “%(sign)s”", sign=sign)
    elif sign in "'\"":
        message = _("Chữ trong nháy chưa có dấu nháy đóng, hoặc thiếu phép tính phía trước")
    elif rest.startswith("$"):
        message = _("Gọi câu trả lời bằng mã câu trong ngoặc nhọn, như ${Q1}, giữa các phép tính")
    elif rest.startswith(("==", "&&", "||")) or (sign == "=" and text[place - 1:place] == "="):
        message = _("Dùng = để so sánh, and và or để nối các điều kiện")
    else:
        message = _("“%(found)s” không đặt được ở đây", found=rest.split()[0][:20])
    return ExpressionError(message, place + 1)


def _place(token: str) -> int:
    """Where a token begins, from 1."""
    return (token.start_pos or 0) + 1 if isinstance(token, Token) else 1


__all__ = ["FUNCTIONS", "LONGEST", "MOST_DEPTH", "Node", "asks_current", "dump", "parse", "references"]
