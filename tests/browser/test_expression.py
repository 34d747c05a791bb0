"""The browser's twin of the expression language, and a form that follows its conditions, in a real Chromium."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, Route, expect

from core.expression import dump, evaluate, parse
from models.answering import Answering
from models.question import Body, Choice, Question, QuestionKind, Section, Words
from tests.support.browser import PATIENCE
from tests.support.expressions import ANSWERS, CASES, CURRENT, TODAY
from tests.support.house import ROOT

ADDRESS = "http://portal.test/"
POLICY = "default-src 'none'; script-src 'self'"
VALUE = """async ([rows, answers, current, today]) => {
  const { evaluate, text } = await import("/static/js/expression.js");
  return rows.map((tree) => text(evaluate(tree, answers, current, today)));
}"""
WAYS = tuple(Choice(code, Words(f"Cách {code}")) for code in ("1", "2", "4"))
BODY = Body(title=Words("Phiếu"), scales=(("s", tuple(Words(str(level)) for level in range(1, 6))),), sections=(
    Section("A", Words("A"), questions=(
        Question("S2", QuestionKind.SINGLE, Words("S2"), choices=WAYS),
        Question("Age", QuestionKind.INTEGER, Words("Tuổi"), constraint=". >= 16",
                 constraint_message=Words("Chỉ hỏi người từ 16 tuổi", "Only from the age of 16")),
        Question("X", QuestionKind.MULTIPLE, Words("X"), choices=WAYS),
    )),
    Section("B", Words("B"), relevant="${S2} != '4'", questions=(
        Question("Q1", QuestionKind.SCALE, Words("Q1")),
        Question("Why", QuestionKind.LONG_TEXT, Words("Why"), relevant="${Q1} <= 2 and ${Q1} != ''"),
        Question("Adult", QuestionKind.SCALE, Words("Adult"), relevant="${Age} > 17"),
        Question("G", QuestionKind.GRID, Words("G"), rows=(Choice("G1", Words("G1")), Choice("G2", Words("G2")))),
    )),
    Section("C", Words("C"), questions=(
        Question("N", QuestionKind.NOTE, Words("N"), relevant="selected(${X}, '2')"),
        Question("Old", QuestionKind.TEXT, Words("Old"), relevant="${Age} > 1000"),
        Question("Day", QuestionKind.DATE, Words("Day"), constraint=". <= today()"),
        Question("After", QuestionKind.TEXT, Words("After"), relevant="${Day} >= '2023-05-01' and ${Why} = ''"),
    )),
))


def controls(question: Question) -> str:
    """The fields of a question, as plain HTML."""
    match question.kind:
        case QuestionKind.NOTE:
            return "<p>...</p>"
        case QuestionKind.SINGLE | QuestionKind.MULTIPLE:
            kind = "radio" if question.kind is QuestionKind.SINGLE else "checkbox"
            return "".join(f'<input type="{kind}" name="{question.code}" value="{choice.code}">'
                           for choice in question.choices)
        case QuestionKind.SCALE | QuestionKind.GRID:
            return "".join(f'<input type="radio" name="{name}" value="{level}">'
                           for name in question.names for level in range(1, 6))
        case QuestionKind.LONG_TEXT:
            return f'<textarea name="{question.code}"></textarea>'
        case _:
            return f'<input name="{question.code}">'


def document() -> str:
    """A page with the form of BODY."""
    tree = json.dumps(Answering(BODY).tree()).replace("&", "&amp;").replace('"', "&quot;")
    sections = "".join(
        f'<section data-section="{section.code}"><h2>{section.code}</h2>' + "".join(
            f'<fieldset data-question="{question.code}">{controls(question)}</fieldset>'
            for question in section.questions) + "</section>"
        for section in BODY.sections)
    return (f'<!doctype html><html lang="vi"><title>Phiếu</title><form data-relevance="{tree}" data-today="2023-05-30">'
            f'{sections}</form><script type="module" src="/static/js/relevance.js"></script>')


def serve(route: Route) -> None:
    """The page, and the scripts as they are."""
    path = route.request.url.removeprefix(ADDRESS)
    headers = {"Content-Security-Policy": POLICY}
    if path.startswith("static/"):
        body = (ROOT / path).read_text(encoding="utf-8")
        route.fulfill(body=body, content_type="text/javascript; charset=utf-8", headers=headers)
    elif path == "":
        route.fulfill(body=document(), content_type="text/html; charset=utf-8", headers=headers)
    else:
        route.fulfill(status=204)


@pytest.fixture
def sheet(browser: Browser) -> Iterator[Page]:
    """The form in a browser, under the portal's strict policy; any error in the console fails the test."""
    context = browser.new_context(locale="vi-VN")
    context.set_default_timeout(PATIENCE)
    context.route("**/*", serve)
    page = context.new_page()
    noises: list[str] = []
    page.on("console", lambda message: noises.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: noises.append(str(error)))
    page.goto(ADDRESS)
    page.wait_for_load_state("networkidle")
    yield page
    context.close()
    assert noises == []


def test_a_browser_that_cannot_count_exactly_shows_every_question(browser: Browser) -> None:
    context = browser.new_context()
    context.add_init_script("delete window.BigInt")
    context.route("**/*", serve)
    page = context.new_page()
    noises: list[str] = []
    page.on("pageerror", lambda error: noises.append(str(error)))
    page.goto(ADDRESS)
    page.wait_for_load_state("networkidle")
    assert len(asked(page)) == len(list(BODY.questions()))
    assert page.evaluate("typeof BigInt") == "undefined" and noises == []
    context.close()


def asked(page: Page) -> list[str]:
    """The codes of the questions that are shown."""
    return [block.get_attribute("data-question") or "" for block in page.locator("[data-question]").all()
            if block.is_visible()]


def sent(page: Page) -> dict[str, list[str]]:
    """What the form would send."""
    found: dict[str, list[str]] = page.evaluate("""() => {
        const form = new FormData(document.querySelector("form"));
        return Object.fromEntries([...new Set(form.keys())].map((name) => [name, form.getAll(name)]));
    }""")
    return found


def give(page: Page, answers: dict[str, list[str]]) -> None:
    """Fill the form in from its beginning, as a person does; questions that are not shown are left out."""
    page.evaluate("document.querySelector('form').reset()")
    page.evaluate("() => new Promise((done) => setTimeout(done))")
    for name, values in answers.items():
        fields = page.locator(f"[name='{name}']")
        if not fields.first.is_visible():
            continue
        if fields.count() == 1:
            fields.fill(values[0])
        for value in values if fields.count() > 1 else []:
            page.locator(f"[name='{name}'][value='{value}']").check()


def test_the_browser_comes_to_the_same_values_as_the_server(sheet: Page) -> None:
    trees = [dump(parse(text)) for text, _value in CASES]
    found = sheet.evaluate(VALUE, [trees, ANSWERS, CURRENT, TODAY.isoformat()])
    assert dict(zip([text for text, _value in CASES], found, strict=True)) == dict(CASES)


def node(depth: int) -> st.SearchStrategy[tuple[Any, ...]]:
    """Any tree of a few levels."""
    leaves = st.one_of(
        st.tuples(st.just("text"), st.one_of(st.sampled_from(["", "1", "a b", "-0.5", "2023-05-30", " 7 "]), st.text(
            st.characters(exclude_categories=["Cs", "Cc"]), max_size=5))),
        st.tuples(st.just("decimal"), st.decimals(0, 10**14, places=4).map(lambda number: f"{number:f}")),
        st.tuples(st.just("answer"), st.sampled_from([*ANSWERS, "Missing"])),
        st.sampled_from([("current",), ("today",), ("true",), ("false",)]))
    if depth == 0:
        return leaves
    deeper = node(depth - 1)
    pairs = ["or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod", "selected", "coalesce", "round"]
    singles = ["negate", "not", "count-selected", "string-length", "int", "round", "number"]
    return st.one_of(leaves, st.tuples(st.sampled_from(singles), deeper), st.tuples(
        st.sampled_from(pairs), deeper, deeper), st.tuples(st.just("if"), deeper, deeper, deeper))


@settings(max_examples=40, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(trees=st.lists(node(3), min_size=20, max_size=40))
def test_no_tree_means_something_else_to_the_browser(sheet: Page, trees: list[tuple[Any, ...]]) -> None:
    ours = []
    for tree in trees:
        value = evaluate(tree, ANSWERS, CURRENT, TODAY)
        ours.append(str(value).lower() if isinstance(value, bool) else value if isinstance(value, str)
                    else f"{value:f}" if value.is_finite() else "NaN")
    theirs = sheet.evaluate(VALUE, [[dump(tree) for tree in trees], ANSWERS, CURRENT, TODAY.isoformat()])
    assert theirs == ours


def test_questions_come_and_go_with_the_answers_that_lead_to_them(sheet: Page) -> None:
    expect(sheet.locator("[data-question=Why]")).to_be_hidden()
    assert asked(sheet) == ["S2", "Age", "X", "Q1", "G", "Day"]
    sheet.locator("[name=Q1][value='2']").check()
    assert "Why" in asked(sheet)
    sheet.locator("[name=X][value='2']").check()
    assert "N" in asked(sheet)
    sheet.locator("[name=Age]").fill("1.001")
    assert "Old" in asked(sheet) and "Adult" in asked(sheet)
    sheet.locator("[name=S2][value='4']").check()
    assert asked(sheet) == ["S2", "Age", "X", "N", "Old", "Day"]
    expect(sheet.locator("[data-section=B]")).to_be_hidden()


def test_a_hidden_answer_is_not_sent_and_comes_back_with_its_question(sheet: Page) -> None:
    sheet.locator("[name=Q1][value='1']").check()
    sheet.locator("[name=Why]").fill("Chờ lâu")
    sheet.locator("[name=Age]").fill("18")
    sheet.locator("[name=Adult][value='5']").check()
    sheet.locator("[name=S2][value='4']").check()
    assert sent(sheet) == {"S2": ["4"], "Age": ["18"], "Day": [""]}
    sheet.locator("[name=S2][value='1']").check()
    assert sent(sheet) == {
        "S2": ["1"], "Age": ["18"], "Q1": ["1"], "Why": ["Chờ lâu"], "Adult": ["5"], "Day": [""]}


def test_an_answer_that_cannot_be_read_hides_nothing(sheet: Page) -> None:
    sheet.locator("[name=Age]").fill("nhiều lắm")
    assert "Old" in asked(sheet)
    sheet.locator("[name=Age]").fill("40")
    assert "Old" not in asked(sheet)


def test_a_broken_constraint_is_told_before_sending(sheet: Page) -> None:
    age, day = sheet.locator("[name=Age]"), sheet.locator("[name=Day]")
    age.fill("12")
    assert age.evaluate("(field) => field.validationMessage") == "Chỉ hỏi người từ 16 tuổi"
    age.fill("16")
    assert age.evaluate("(field) => field.validationMessage") == ""
    day.fill("31/5/2023")
    assert day.evaluate("(field) => field.validationMessage") == "Câu trả lời chưa hợp với điều kiện của câu hỏi"
    day.fill("30/5/2023")
    assert day.evaluate("(field) => field.validationMessage") == ""


@pytest.mark.parametrize("answers", [
    {}, {"S2": ["4"], "X": ["1", "2"]}, {"Q1": ["5"], "Day": ["30/05/2023"]}, {"Q1": ["1"], "Day": ["01052023"]},
    {"Q1": ["2"], "Why": ["Chờ"], "Day": ["1-5-2023"]}, {"Age": ["1.001"], "Old": ["x"]}, {"Age": ["01001"]},
    {"Day": ["30/4/2023"]}, {"Day": ["2023-05-02"]}, {"X": ["2"], "G1": ["3"], "G2": ["4"]}, {"Age": ["1 001"]},
], ids=str)
def test_what_the_browser_leaves_in_the_server_takes(sheet: Page, answers: dict[str, list[str]]) -> None:
    give(sheet, answers)
    posted = sent(sheet)
    judged = Answering(BODY).judge(posted, today=date(2023, 5, 30))
    assert judged.errors == {}
    book = Answering(BODY).book
    not_asked = {cell.question.code for cell, value in zip(book.cells, judged.choices, strict=True)
                 if cell.question and value == 255}
    countable = {question.code for question in BODY.questions() if question.names}
    assert not_asked == countable - set(asked(sheet))
