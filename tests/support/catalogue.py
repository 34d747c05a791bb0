"""The portal's texts: found in code and templates, compared with the catalogues, written anew.

``python -m tests.support.catalogue`` adds new texts to every catalogue (untranslated), drops those that are gone,
and compiles them. The Vietnamese text is the message id, so there is no Vietnamese catalogue.
"""

import io
import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tests.support.house import FLOORS, ROOT, short

TRANSLATIONS = ROOT / "translations"
KEYWORDS = {"_": None, "lazy": None, "N_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
METHODS = [("templates/**.html", "jinja2"), ("app.py", "python"), *((f"{floor}/**.py", "python") for floor in FLOORS)]
OPTIONS = {"templates/**.html": {"trimmed": "true", "silent": "false"}}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%%|%[sd]")


def found_texts() -> Catalog:
    """Every text marked for translation, with the places where it stands."""
    catalogue = Catalog(charset="utf-8")
    folders = {*FLOORS, "templates", str(ROOT)}

    def is_ours(folder: str) -> bool:
        return Path(folder) == ROOT or Path(folder).relative_to(ROOT).parts[0] in folders

    rows = extract_from_dir(ROOT, METHODS, OPTIONS, KEYWORDS, ("Translators:",), directory_filter=is_ours)
    for name, line, message, comments, _context in rows:
        catalogue.add(message, locations=[(Path(name).as_posix(), line)], auto_comments=comments)
    return catalogue


def po_files() -> list[Path]:
    """The catalogue of every language but Vietnamese."""
    return sorted(TRANSLATIONS.glob("*/LC_MESSAGES/messages.po"))


def read(path: Path) -> Catalog:
    """Read a catalogue."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3], charset="utf-8")


def compiled(catalogue: Catalog) -> bytes:
    """A catalogue as the portal reads it: the bytes of its .mo."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def placeholders(text: str) -> list[str]:
    """The variables a text holds, sorted."""
    return sorted(match.group(0) for match in PLACEHOLDER.finditer(text))


def renew(path: Path, texts: Catalog) -> None:
    """Bring one catalogue to the texts of today, without guesses, and compile it."""
    old = read(path) if path.exists() else Catalog(locale=path.parts[-3])
    new = Catalog(locale=path.parts[-3], charset="utf-8", fuzzy=False)
    for message in texts:
        if message.id:
            known = old.get(message.id)
            new.add(message.id, known.string if known else "", locations=message.locations)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, new, sort_output=True, include_lineno=False, omit_header=True, width=110)
    path.with_suffix(".mo").write_bytes(compiled(read(path)))


def main() -> None:
    """Renew every catalogue and say what still wants a translation."""
    texts = found_texts()
    for path in po_files() or [TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po"]:
        renew(path, texts)
        missing = [message.id for message in read(path) if message.id and not message.string]
        print(f"{short(path)}: {len(texts)} texts, {len(missing)} untranslated")  # noqa: T201  # it speaks to a terminal


if __name__ == "__main__":
    main()
