"""Static files are kept by browsers until they change."""

from tests.support.client import PageClient


def test_a_style_sheet_bears_its_version_and_is_kept(client: PageClient) -> None:
    """A year, and never asked for again."""
    page = client.get("/login").get_data(as_text=True)
    address = next(part for part in page.split('"') if part.startswith("/static/css/base.css"))
    assert "?v=" in address
    with client.get(address) as answer:
        assert "immutable" in answer.headers["Cache-Control"]


def test_a_file_without_a_version_is_asked_for_again(client: PageClient) -> None:
    """Scripts import each other by their bare names."""
    with client.get("/static/js/autosave.js") as answer:
        assert answer.headers["Cache-Control"] == "no-cache"
