"""Find words in a template that no translation can reach: text and telling attributes outside ``_()``."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from jinja2 import Environment

HOLE = "\ufffc"
"""Stands for what Jinja puts in."""
TELLING = {"title", "alt", "aria-label", "placeholder", "aria-description", "label", "content", "data-confirm"}
SILENT = {"script", "style"}
WORDS = re.compile(r"[^\W\d_]{2,}")
NEUTRAL = {"pdf", "xlsx", "docx", "csv", "qr"}


class Reader(HTMLParser):
    """Collects the words a person would read or hear."""

    def __init__(self) -> None:
        """Start with none."""
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Read the attributes that speak."""
        self.silent += tag in SILENT
        named = dict(attributes)
        for name, value in attributes:
            is_button = tag == "input" and named.get("type") in {"submit", "button"}
            speaks = name in TELLING or (name == "value" and is_button)
            if speaks and value and (tag != "meta" or named.get("name") == "description"):
                self.note(value)

    def handle_endtag(self, tag: str) -> None:
        """Hear again after a script or a style."""
        self.silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        """Read text."""
        if not self.silent:
            self.note(data)

    def note(self, text: str) -> None:
        """Keep a text in which there are words."""
        if any(word.lower() not in NEUTRAL for word in WORDS.findall(text)):
            self.found.append((self.getpos()[0], " ".join(text.split())))


def bare_text(source: str) -> list[tuple[int, str]]:
    """The untranslatable texts of a template, each with its line."""
    reader = Reader()
    reader.feed("".join(own_text(source)))
    reader.close()
    return reader.found


def own_text(source: str) -> Iterator[str]:
    """The template's own text, line for line, with holes where Jinja puts something in or says something."""
    environment = Environment(extensions=["jinja2.ext.i18n"], trim_blocks=False, autoescape=True)
    block: list[str] = []
    is_silent = False
    for _line, kind, value in environment.lex(source):
        if kind == "data":
            yield "\n" * value.count("\n") if is_silent else value
        elif kind in {"variable_begin", "block_begin"}:
            block = []
            yield HOLE * (kind == "variable_begin")
        elif kind == "name" or (kind == "operator" and value == "="):
            block.append(value)
        elif kind == "block_end" and block and block[0] in {"set", "endset"}:
            yield "" if "=" in block else "<x " if block[0] == "set" else ">"  # attributes put together for a tag
        elif kind == "block_end" and block:
            names_a_class = block[0] == "block" and block[-1].endswith("_class")
            is_silent = block[0] == "trans" or names_a_class or (is_silent and not block[0].startswith("end"))
        if kind != "data":
            yield "\n" * value.count("\n")
