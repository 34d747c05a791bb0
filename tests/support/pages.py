"""What must hold on every page, read from its HTML as a browser without styles or scripts would read it.

``page_faults(html)`` lists the faults in sentences; a page without faults gives an empty list. The tests of
this module (``tests/house/test_page_checks.py``) show one page for each fault.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from xml.etree.ElementTree import Element

import html5lib

TITLE_SEPARATOR = " – "
REFERENCES = ("aria-describedby", "aria-labelledby", "aria-controls", "aria-owns", "form", "list")
_TOKEN = re.compile(r'"[\w.-]{60,}"', re.ASCII)
_CODE = re.compile(r"\b\d{3}-[0-9a-f]{8}\b")
_WAY_BACK = re.compile(r'(name="next" value=")[^"]*')
UNLABELLED_TYPES = {"hidden", "submit", "button", "reset", "image"}
FORGERY_TOKENS = {"csrf_token", "_ticket"}
"""The token of a session, and the sealed ticket of the public page, which has none."""
DATA_SCRIPTS = {"application/json", "application/ld+json"}


class Page:
    """A page, parsed when somebody looks: its elements, the parser's complaints, and what a person reads on it."""

    def __init__(self, html: str) -> None:
        """Keep ``html``."""
        self.html = html

    @cached_property
    def _parsed(self) -> tuple[Element, list[str]]:
        """The root, and the complaints of the parser with their line."""
        parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
        root: Element = parser.parse(self.html)
        return root, [f"line {where[0]}: {code} {said or ''}" for where, code, said in parser.errors]

    @property
    def root(self) -> Element:
        """The element of the whole page."""
        return self._parsed[0]

    @property
    def complaints(self) -> list[str]:
        """What the parser had to mend."""
        return self._parsed[1]

    @cached_property
    def parents(self) -> dict[Element, Element]:
        """The element above each."""
        return {child: parent for parent in self.root.iter() for child in parent}

    @property
    def shape(self) -> str:
        """The page without what is another each time: tokens, the code of an error to quote, the way back."""
        return _CODE.sub("", _WAY_BACK.sub(r"\1", _TOKEN.sub('""', self.html)))

    def all(self, *tags: str) -> list[Element]:
        """Every element of these names, in the order of the page; SVG's own are not HTML."""
        return [element for element in self.root.iter() if element.tag in tags]

    def above(self, element: Element) -> Iterator[Element]:
        """The element's ancestors, nearest first."""
        while (parent := self.parents.get(element)) is not None:
            yield parent
            element = parent

    @property
    def ids(self) -> Counter[str]:
        """How often each id occurs."""
        return Counter(element.attrib["id"] for element in self.root.iter() if "id" in element.attrib)


def text_of(element: Element) -> str:
    """The words in an element, spaces made single, without comments, scripts and styles."""
    if callable(element.tag) or element.tag in {"script", "style", "template"}:
        return ""
    parts: list[str] = [element.text or ""]
    for child in element:
        parts += [text_of(child), child.tail or ""]
    return " ".join("".join(parts).split())


def page_faults(html: str) -> list[str]:
    """All faults of a page, each a sentence that names the element; empty if there is none."""
    return faults_of(Page(html))


def faults_of(page: Page) -> list[str]:
    """All faults of a parsed page."""
    faults = list(page.complaints)
    for check in (_head, _headings, _ids, _references, _labels, _groups, _names, _tables, _inline, _forms):
        faults += check(page)
    return faults


def show(element: Element) -> str:
    """An element's tag with its telling attributes, as ``<input name='reach'>``."""
    telling = [key for key in ("id", "name", "href", "type") if key in element.attrib]
    return f"<{' '.join([element.tag, *(f'{key}={element.attrib[key]!r}' for key in telling)])}>"


def _head(page: Page) -> Iterator[str]:
    """Language, title, character set, viewport."""
    if not page.root.attrib.get("lang"):
        yield "html has no lang"
    if len(page.all("title")) != 1 or not text_of(page.all("title")[0]):
        yield "there must be one title, with words"
    metas = page.all("meta")
    if not any("charset" in meta.attrib for meta in metas):
        yield "no meta charset"
    if not any(meta.attrib.get("name") == "viewport" for meta in metas):
        yield "no meta viewport"
    if len(page.all("main")) != 1:
        yield f"there must be one main, not {len(page.all('main'))}"


def _headings(page: Page) -> Iterator[str]:
    """One h1, equal to the first part of the title; no level of headings is jumped over."""
    first = [text_of(heading) for heading in page.all("h1")]
    title = " ".join(text_of(element) for element in page.all("title"))
    if len(first) != 1:
        yield f"there must be one h1, not {len(first)}: {first}"
    elif title != first[0] and title.rpartition(TITLE_SEPARATOR)[0] != first[0]:
        yield f"the title {title!r} does not begin with the h1 {first[0]!r}"
    level = 0
    for heading in page.all("h1", "h2", "h3", "h4", "h5", "h6"):
        if not text_of(heading):
            yield f"{show(heading)} is an empty heading"
        if int(heading.tag[1]) > level + 1:
            yield f"heading {text_of(heading)!r} is {heading.tag} below h{level}"
        level = int(heading.tag[1])


def _ids(page: Page) -> Iterator[str]:
    """Each id once, never empty, and no value that is only Python's None."""
    yield from (f"id {name!r} occurs {count} times" for name, count in page.ids.items() if count > 1)
    for element in page.root.iter():
        for name, value in element.attrib.items():
            if value == "None" or (name == "id" and not value.strip()):
                yield f"{show(element)} has {name}={value!r}"


def _references(page: Page) -> Iterator[str]:
    """Every reference to an id finds it: descriptions, labels, links within the page."""
    ids = page.ids
    for element in page.root.iter():
        targets = [target for name in REFERENCES for target in element.attrib.get(name, "").split()]
        if element.tag == "label":
            targets += element.attrib.get("for", "").split()
        if element.tag == "a" and element.attrib.get("href", "").startswith("#"):
            targets.append(element.attrib["href"][1:])
        missing = [target for target in targets if target not in ids]
        yield from (f"{show(element)} refers to {target!r}, which is not there" for target in missing)
        if element.attrib.get("aria-invalid") == "true" and not element.attrib.get("aria-describedby"):
            yield f"{show(element)} is invalid and does not say why (aria-describedby)"


def _labels(page: Page) -> Iterator[str]:
    """Every field has a label with words in it."""
    labelled = {label.attrib.get("for") for label in page.all("label") if text_of(label)} - {None}
    for field in page.all("input", "select", "textarea"):
        if field.tag == "input" and field.attrib.get("type") in UNLABELLED_TYPES:
            continue
        wrapped = any(parent.tag == "label" and text_of(parent) for parent in page.above(field))
        if not (field.attrib.get("id") in labelled or wrapped or has_own_name(field)):
            yield f"{show(field)} has no label"


def _groups(page: Page) -> Iterator[str]:
    """Radio buttons stand in a fieldset with a legend, or in a labelled group."""
    for radio in page.all("input"):
        if radio.attrib.get("type") == "radio" and not any(map(is_named_group, page.above(radio))):
            yield f"{show(radio)} stands in no named group"


def is_named_group(element: Element) -> bool:
    """Whether an element names the fields within it."""
    if element.tag == "fieldset":
        return any(child.tag == "legend" and text_of(child) for child in element.iter())
    return element.attrib.get("role") in {"radiogroup", "group", "row"} and has_own_name(element)


def has_own_name(element: Element) -> bool:
    """Whether an element carries its name itself."""
    return any(element.attrib.get(name, "").strip() for name in ("aria-label", "aria-labelledby"))


def _names(page: Page) -> Iterator[str]:
    """Links, buttons and pictures say what they are."""
    for element in page.all("a", "button", "summary"):
        pictures = any(picture.attrib.get("alt") for picture in element.iter("img"))
        if not (text_of(element) or has_own_name(element) or pictures):
            yield f"{show(element)} has no words"
        if element.tag == "a" and "href" not in element.attrib:
            yield f"link {text_of(element)!r} leads nowhere"
        if element.tag == "button" and element.attrib.get("type") not in {"submit", "button", "reset"}:
            yield f"button {text_of(element)!r} has no type"
    yield from (f"{show(image)} has no alt" for image in page.all("img") if "alt" not in image.attrib)


def _tables(page: Page) -> Iterator[str]:
    """Tables have a caption, and their head cells say for what they stand."""
    for table in page.all("table"):
        if not any(text_of(caption) for caption in table.findall("caption")):
            yield f"{show(table)} has no caption"
        for head in table.iter("th"):
            if head.attrib.get("scope") not in {"col", "row", "colgroup", "rowgroup"}:
                yield f"th {text_of(head)!r} has no scope"


def _inline(page: Page) -> Iterator[str]:
    """Nothing that the strict content policy would refuse: inline style, inline script, handlers."""
    for element in page.root.iter():
        if callable(element.tag):
            continue
        for name in element.attrib:
            if name == "style" or re.fullmatch(r"on[a-z]+", name):
                yield f"{show(element)} has an inline {name}"
        addresses = [element.attrib.get(name, "").strip().lower() for name in ("href", "src", "action")]
        if any(address.startswith("javascript:") for address in addresses):
            yield f"{show(element)} runs a script from an address"
    yield from ("there is an inline style" for _ in page.all("style"))
    for script in page.all("script"):
        if "src" not in script.attrib and script.attrib.get("type") not in DATA_SCRIPTS:
            yield "there is an inline script"


def _forms(page: Page) -> Iterator[str]:
    """A form that posts carries the token against forged requests, and no form is put in another."""
    for form in page.all("form"):
        if form.attrib.get("method", "get").lower() == "post":
            tokens = [field for field in form.iter("input") if field.attrib.get("name") in FORGERY_TOKENS]
            if len(tokens) != 1 or not tokens[0].attrib.get("value"):
                yield f"form to {form.attrib.get('action', 'its own page')!r} has {len(tokens)} csrf tokens"
