"""Nothing that is committed names a machine, an address of a package registry, or an end of line of its own."""

import re

from tests.support.house import committed_files, short

MACHINE_PATHS = re.compile(r"(?<![\w.)}/*-])/(?:root|work|tmp|home|Users|opt)/[\w.]")
REGISTRIES = re.compile(r"\b(?:pypi|pythonhosted|npmjs|deb\.debian|proxy\.golang)\.(?:org|com)\b|file:///")
OWN = "tests/house/test_words.py"


def texts() -> dict[str, str]:
    """Every committed text by its path; pictures, fonts and other binaries are left out."""
    found = {}
    for path in committed_files():
        content = path.read_bytes()
        if b"\0" not in content and short(path) != OWN:
            found[short(path)] = content.decode("utf-8")
    return found


def hits(pattern: re.Pattern[str]) -> list[str]:
    """Where a pattern occurs: file, line, words."""
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in texts().items()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_nothing_names_a_folder_of_somebodys_machine() -> None:
    assert hits(MACHINE_PATHS) == []


def test_nothing_names_a_package_registry() -> None:
    assert hits(REGISTRIES) == []


def test_every_locked_library_has_a_version_and_a_hash() -> None:
    for name in ("requirements/run.lock", "requirements/test.lock"):
        text = texts()[name].replace("\\\n", "")
        wanted = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
        assert wanted
        assert [line for line in wanted if "==" not in line or "--hash=sha256:" not in line] == []


def test_texts_are_utf_8_with_unix_line_ends_and_composed_letters() -> None:
    import unicodedata

    crooked = [name for name, text in texts().items() if "\r" in text or not unicodedata.is_normalized("NFC", text)]
    assert crooked == []
