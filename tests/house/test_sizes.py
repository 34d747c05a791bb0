"""Nothing has grown past the size at which it is split."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support.house import modules, short, templates

MODULE, FUNCTION, VIEW, TEMPLATE = 300, 40, 25, 80
ROUTES = {"get", "post", "put", "patch", "delete", "route"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def lines(path: Path) -> int:
    """How many lines a file has."""
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> Iterator[Function]:
    """Every function and method of a module, nested ones too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Function):
            yield node


def length(function: Function) -> int:
    """The lines from ``def`` to the end, the docstring not counted: prose is never a reason to split."""
    first = function.body[0]
    prose = (first.end_lineno or 0) - first.lineno + 1 if ast.get_docstring(function) is not None else 0
    return (function.end_lineno or 0) - function.lineno + 1 - prose


def is_view(function: Function) -> bool:
    """Whether a function answers an address, by its decorators."""
    called = [decorator.func for decorator in function.decorator_list if isinstance(decorator, ast.Call)]
    return any(isinstance(name, ast.Attribute) and name.attr in ROUTES for name in called)


def test_no_module_is_longer_than_300_lines() -> None:
    assert {short(path): lines(path) for path in modules() if lines(path) > MODULE} == {}


def test_no_function_is_longer_than_40_lines_and_no_view_than_25() -> None:
    long = {
        f"{short(path)}:{function.lineno} {function.name}": length(function)
        for path in modules()
        for function in functions(path)
        if length(function) > (VIEW if short(path).startswith("views/") and is_view(function) else FUNCTION)
    }
    assert long == {}


def test_no_template_is_longer_than_80_lines() -> None:
    assert {short(path): lines(path) for path in templates() if lines(path) > TEMPLATE} == {}
