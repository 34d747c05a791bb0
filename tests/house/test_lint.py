"""The checkers agree: ruff on the code, mypy on its types, djlint on the templates."""

import subprocess
import sys

import pytest

from tests.support.house import ROOT

COMMANDS = {
    "ruff": ["-m", "ruff", "check", "."],
    "mypy": ["-m", "mypy", "--no-error-summary"],
    "djlint": ["-m", "djlint", "templates", "--lint", "--quiet"],
}


@pytest.mark.parametrize("checker", COMMANDS)
def test_a_checker_has_nothing_to_say(checker: str) -> None:
    command = [sys.executable, *COMMANDS[checker]]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
