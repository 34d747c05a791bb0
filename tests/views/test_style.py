"""The style page: every component stands up, and a form with errors says what to do."""

from tests.support.client import PageClient, errors_shown
from tests.support.pages import Page, text_of


def test_every_component_is_shown_without_a_fault(client: PageClient) -> None:
    page = client.page("/style")
    sections = {section.attrib.get("id") for section in page.all("section")}
    expected = {"section-map", "draft", "state", "facts", "tasks", "chips", "table", "figures", "chart", "timeline"}
    assert expected <= sections


def test_a_form_left_empty_lists_its_errors_and_links_them_to_their_fields(client: PageClient) -> None:
    response = client.submit("/style", "style", status=422)
    shown = errors_shown(response)
    assert any("Nhập tên hoạt động" in error for error in shown)
    page = Page(response.text)
    summary = next(box for box in page.all("div") if box.attrib.get("class") == "error-summary")
    assert summary.attrib["role"] == "alert"
    links = [link.attrib["href"] for link in summary.iter("a")]
    assert links == [
        "#title", "#held_on", "#attendee_count", "#theme", "#kind", "#channels", "#costs-0-source", "#costs-0-amount",
    ]


def test_a_field_with_an_error_is_described_by_its_hint_and_its_error(client: PageClient) -> None:
    page = Page(client.submit("/style", "style", status=422, held_on="31/02/2023").text)
    field = next(control for control in page.all("input") if control.attrib.get("name") == "held_on")
    assert field.attrib["aria-invalid"] == "true"
    assert field.attrib["aria-describedby"] == "held_on-hint held_on-error"
    assert field.attrib["value"] == "31/02/2023"
    error = next(line for line in page.all("p") if line.attrib.get("id") == "held_on-error")
    assert "30/05/2023" in text_of(error)


def test_optional_questions_say_so_in_words(client: PageClient) -> None:
    page = client.page("/style")
    labels = {label.attrib.get("for"): text_of(label) for label in page.all("label")}
    assert labels["story"].endswith("(không bắt buộc)")
    assert "không bắt buộc" not in labels["title"]


def test_a_chart_carries_its_words_and_its_table(client: PageClient) -> None:
    page = client.page("/style")
    pictures = [svg for svg in page.root.iter() if svg.attrib.get("role") == "img"]
    assert len(pictures) == 8
    captions = [text_of(caption) for caption in page.all("caption")]
    for picture in pictures:
        title, description = picture.attrib["aria-labelledby"].split()
        words = {part.attrib["id"]: text_of(part) for part in picture.iter() if "id" in part.attrib}
        assert words[title] in captions
        assert words[description]
