"""The floors stand on each other as drawn: contracts of import-linter, and what an import really brings along."""

import subprocess
import sys

import pytest

from tests.support.house import FLOORS, ROOT

WEB = {"flask_login", "flask_wtf", "wtforms", "flask_sqlalchemy_lite"}


def test_the_contracts_between_the_floors_are_kept() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_folder_takes_the_name_of_a_standard_module() -> None:
    assert not set(FLOORS) & sys.stdlib_module_names


@pytest.mark.parametrize("folder", ["models", "queries", "exports"])
def test_a_rule_a_query_or_a_paper_does_not_bring_forms_or_sign_in_with_it(folder: str) -> None:
    names = [f"{folder}.{path.stem}" for path in sorted((ROOT / folder).glob("*.py")) if path.stem != "__init__"]
    assert names
    script = f"import importlib, sys\nfor name in {names!r}: importlib.import_module(name)\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not set(done.stdout.split()) & WEB

