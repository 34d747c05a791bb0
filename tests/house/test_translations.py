"""The portal speaks Vietnamese, and every word of it in English, too."""

import gettext
from pathlib import Path

import pytest

from tests.support.bare_text import bare_text
from tests.support.catalogue import found_texts, placeholders, po_files, read
from tests.support.house import ROOT, short, templates
from tests.support.vietnamese import foreign_words

LANGUAGES = ("en",)
QUOTES_OF_FILES = ("services/xlsform/", "core/expression/")
"""Where texts quote the English words of a file's columns and conditions."""
CATALOGUES = [ROOT / "translations" / language / "LC_MESSAGES" / "messages.po" for language in LANGUAGES]


def texts() -> dict[str, str]:
    """Every text in use, with the file where it first stands."""
    return {str(message.id): message.locations[0][0] for message in found_texts() if message.id}


def test_there_is_a_catalogue_for_each_language_and_no_other() -> None:
    assert po_files() == sorted(CATALOGUES)


@pytest.mark.parametrize("path", CATALOGUES, ids=LANGUAGES)
class TestCatalogue:
    """What holds for the catalogue of each language."""

    def test_it_translates_every_text_and_nothing_else(self, path: Path) -> None:
        translated = {str(message.id) for message in read(path) if message.id and message.string}
        assert {"missing": sorted(texts().keys() - translated), "gone": sorted(translated - texts().keys())} == {
            "missing": [],
            "gone": [],
        }

    def test_it_holds_no_guess(self, path: Path) -> None:
        assert [message.id for message in read(path) if message.id and message.fuzzy] == []

    def test_its_texts_have_the_variables_of_the_original(self, path: Path) -> None:
        pairs = [(str(message.id), str(message.string)) for message in read(path) if message.id and message.string]
        assert pairs
        assert [pair for pair in pairs if placeholders(pair[0]) != placeholders(pair[1])] == []

    def test_the_compiled_file_says_the_same(self, path: Path) -> None:
        with path.with_suffix(".mo").open("rb") as file:
            compiled = gettext.GNUTranslations(file)
        said = {str(message.id): str(message.string) for message in read(path) if message.id and message.string}
        assert {text: compiled.gettext(text) for text in said} == said, "run: python -m tests.support.catalogue"


def test_every_text_is_vietnamese() -> None:
    foreign = {text: words for text, where in texts().items()
               if not where.startswith(QUOTES_OF_FILES) and (words := foreign_words(text))}
    assert foreign == {}


@pytest.mark.parametrize("text", ["Send report", "Save", "Cancel", "The report was sent", "Log in", "No reports yet"])
def test_an_english_text_would_be_noticed(text: str) -> None:
    assert foreign_words(text)


@pytest.mark.parametrize("text", ["Gửi báo cáo", "Xem", "In", "Tải tệp PDF", "Còn %(days)s ngày", "Giờ hẹn"])
def test_a_vietnamese_text_passes(text: str) -> None:
    assert foreign_words(text) == []


def test_no_template_shows_words_that_cannot_be_translated() -> None:
    bare = [f"{short(path)}:{line} {text}" for path in templates() for line, text in bare_text(path.read_text("utf-8"))]
    assert bare == []


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<p>Xin chào</p>", ["Xin chào"]),
        ('<p>{{ _("Xin chào") }}</p>', []),
        ("<p>{% trans %}Xin chào{% endtrans %} bạn</p>", ["bạn"]),
        ('<img alt="Bản đồ">', ["Bản đồ"]),
        ('<img alt="{{ _("Bản đồ") }}">', []),
        ('<input type="submit" value="Gửi">', ["Gửi"]),
        ("{% block page_class %}is-wide{% endblock %}<p>Xong</p>", ["Xong"]),
        ("{# Xin chào #}{% set x = 'Xin chào' %}<script>let chao;</script>", []),
        ('<a class="button {{ x }}" href="/plans">{{ x }} – {{ y }}</a>', []),
    ],
)
def test_words_outside_a_translation_are_found(template: str, words: list[str]) -> None:
    assert [text for _line, text in bare_text(template)] == words
