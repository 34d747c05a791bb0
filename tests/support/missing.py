"""What a test needs from the machine beside Python, and the sentence that says how to get it.

On a newcomer's machine a test whose need is missing is skipped with that sentence; where everything is
promised (``PORTAL_REQUIRE_ALL=1``, as in ``.ci/run``) any skip is a failure.
"""

import os
import shutil
from typing import NoReturn

import pytest

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def is_all_required() -> bool:
    """Whether nothing may be skipped in this run."""
    return os.environ.get("PORTAL_REQUIRE_ALL") == "1"


def skip(sentence: str) -> NoReturn:
    """Leave this test out, saying how it can be run; a run that requires all fails it instead."""
    pytest.skip(sentence)


def chromium() -> str:
    """The path of Chromium; PORTAL_CHROMIUM names another than the one on the path."""
    given = os.environ.get("PORTAL_CHROMIUM")
    found = next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)
    return given or found or skip(
        "no Chromium: on Debian 'apt install chromium', elsewhere set PORTAL_CHROMIUM to the path of Chrome"
    )


def tool(name: str) -> str:
    """The path of a command line tool that reads documents: pdftotext, pdffonts, pdftoppm, qpdf, soffice."""
    package = {"qpdf": "qpdf", "soffice": "libreoffice-writer-nogui"}.get(name, "poppler-utils")
    return shutil.which(name) or skip(f"no {name}: on Debian 'apt install {package}', on macOS with brew")


def postgresql() -> str:
    """The address of a PostgreSQL server on which databases may be made."""
    return os.environ.get("PORTAL_TEST_POSTGRESQL") or skip(
        "no PostgreSQL: set PORTAL_TEST_POSTGRESQL to postgresql://user:password@host/postgres, where this "
        "user may create databases (.ci/run starts one by itself on Debian)"
    )
