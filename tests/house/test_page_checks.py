"""The page checks find what they are there for: one good page, and one page for each fault."""

import pytest

from tests.support.pages import Page, page_faults

GOOD = """<!DOCTYPE html>
<html lang="vi">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Hoạt động – Cổng báo cáo</title><script type="module" src="/static/js/main.js"></script></head>
<body><a href="#main">Đến nội dung chính</a><main id="main"><h1>Hoạt động</h1>
<form method="post" action="/a"><input type="hidden" name="csrf_token" value="x">
<label for="reach">Số người</label><input id="reach" name="reach" aria-describedby="hint">
<p id="hint">Gợi ý</p>
<fieldset><legend>Kênh</legend><label><input type="radio" name="c" value="1"> Một</label></fieldset>
<button type="submit">Lưu</button></form>
<table><caption>Bảng</caption><tr><th scope="col">Cột</th></tr><tr><td>1</td></tr></table>
<svg viewBox="0 0 1 1" role="img" aria-label="Biểu đồ"><rect width="1" height="1"/></svg>
</main></body></html>"""

FAULTS = {
    "no language": (' lang="vi"', "", "html has no lang"),
    "no title": ("<title>Hoạt động – Cổng báo cáo</title>", "", "one title"),
    "no character set": ('<meta charset="utf-8">', "", "no meta charset"),
    "no viewport": ('name="viewport"', 'name="x"', "no meta viewport"),
    "a second main": ("</main>", "</main><main></main>", "one main"),
    "a second h1": ("</main>", "<h1>Hai</h1></main>", "one h1"),
    "another title": ("<h1>Hoạt động</h1>", "<h1>Kế hoạch</h1>", "does not begin with the h1"),
    "a heading too deep": ("</main>", "<h3>Sâu</h3></main>", "is h3 below h1"),
    "an empty heading": ("</main>", "<h2> </h2></main>", "empty heading"),
    "an id twice": ('<p id="hint">', '<p id="reach">', "occurs 2 times"),
    "an attribute None": ('value="1"', 'value="None"', "value='None'"),
    "a description that is not there": ('<p id="hint">', "<p>", "refers to 'hint'"),
    "a link to nowhere on the page": ('href="#main"', 'href="#other"', "refers to 'other'"),
    "an error without its reason": ('aria-describedby="hint"', 'aria-invalid="true"', "does not say why"),
    "a field without label": ('<label for="reach">Số người</label>', "", "has no label"),
    "a label without words": ("Số người", "", "has no label"),
    "radio buttons without a group": ("<legend>Kênh</legend>", "", "no named group"),
    "a link without words": ("Đến nội dung chính", "", "has no words"),
    "a link that leads nowhere": ("</main>", "<a>Xem</a></main>", "leads nowhere"),
    "a button without type": (' type="submit"', "", "has no type"),
    "a picture without words": ("</main>", '<img src="/a.png"></main>', "has no alt"),
    "a table without caption": ("<caption>Bảng</caption>", "", "has no caption"),
    "a head cell without scope": (' scope="col"', "", "has no scope"),
    "an inline style attribute": ("<h1>", '<h1 style="color: red">', "inline style"),
    "an inline handler": ("<h1>", '<h1 onclick="x()">', "inline onclick"),
    "a script address": ('href="#main"', 'href="javascript:x()"', "runs a script"),
    "a style element": ("</head>", "<style>h1 {}</style></head>", "inline style"),
    "an inline script": ("</main>", "<script>x()</script></main>", "inline script"),
    "a form without token": ('<input type="hidden" name="csrf_token" value="x">', "", "0 csrf tokens"),
    "a tag that is not closed": ("</fieldset>", "", "end-tag"),
    "a stray end tag": ("</main>", "</section></main>", "end-tag"),
    "a block in a paragraph": ("Gợi ý</p>", "<div>Gợi ý</div></p>", "end-tag"),
}


def test_a_good_page_has_no_fault() -> None:
    assert page_faults(GOOD) == []


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_found_and_nothing_else(name: str) -> None:
    found, put, fault = FAULTS[name]
    assert found in GOOD
    faults = page_faults(GOOD.replace(found, put, 1))
    assert any(fault in sentence for sentence in faults), faults


def test_pages_have_one_shape_only_when_they_differ_in_nothing_that_can_be_wrong() -> None:
    form = '<form><input name="csrf_token" value="{}"><input name="next" value="{}"></form><p>{}</p>'
    first = Page(form.format("a" * 70, "/plans", "500-0a1b2c3d")).shape
    assert Page(form.format("b" * 91, "/plans/1", "500-ffffffff")).shape == first
    token = "a" * 70
    others = [form.format("short", "/plans", ""), form.format(token, '/"plans', ""), form.format(token, "/", "khác")]
    assert all(Page(html).shape != first for html in others)
