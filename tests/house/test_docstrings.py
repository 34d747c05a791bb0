"""Every module, public class and public function begins with a sentence, and every component says what it takes."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.support.house import ROOT, modules, short

Named = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def public_names(body: list[ast.stmt], above: str = "") -> Iterator[tuple[str, Named]]:
    """The public functions and classes of a module or class, with their dotted names."""
    for node in body:
        if isinstance(node, Named) and not node.name.startswith("_"):
            yield above + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from public_names(node.body, f"{above}{node.name}.")


def is_sentence(text: str | None) -> bool:
    """Whether the first line of a docstring can be read as a sentence; it may begin with a command's name."""
    return bool(re.match(r"(flask [a-z]|\W*[^\W\d_a-z]).*[.:?…]”?$", (text or "").strip().split("\n")[0]))


def wordless(path: Path) -> list[str]:
    """What in a module lacks its sentence."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    missing = [] if is_sentence(ast.get_docstring(tree)) else [short(path)]
    named = public_names(tree.body)
    return missing + [f"{short(path)} {name}" for name, node in named if not is_sentence(ast.get_docstring(node))]


def test_every_module_and_public_name_begins_with_a_sentence() -> None:
    assert [name for path in modules() for name in wordless(path)] == []


def test_every_component_begins_with_a_comment_that_says_what_it_takes() -> None:
    components = sorted((ROOT / "templates" / "components").rglob("*.html"))
    assert components
    assert [short(path) for path in components if not path.read_text(encoding="utf-8").lstrip().startswith("{#")] == []
