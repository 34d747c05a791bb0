"""The tokens are the stylesheet, and every pair of colours that carries text can be read."""

import re

import pytest

from core.tokens import (
    CHART_FILLS,
    DARK,
    LIGHT,
    STYLESHEET,
    Palette,
    chart_colour,
    colours,
    custom_properties,
)
from tests.support.house import templates

UNSTYLED = {"content", "mapped", "full", "totals", "figures-region", "tally-region"}
"""Classes that only mark a place."""

COMMENT = re.compile(r"\{#.*?#\}", re.S)

TEXT_PAIRS = [
    *(
        (text, ground)
        for text in ("ink", "muted", "jade", "jade_strong", "lacquer")
        for ground in ("paper", "card", "sunken")
    ),
    *((tone, f"{tone}_soft") for tone in ("jade", "leaf", "sky", "amber", "lacquer")),
    *((tone, "card") for tone in ("leaf", "sky", "amber")),
    *(("ink", f"{tone}_soft") for tone in ("jade", "leaf", "sky", "amber", "lacquer")),
    ("muted", "jade_soft"),
    ("on_jade", "jade"),
    ("on_jade", "jade_strong"),
    *(("ink", f"heat_{step}") for step in range(1, 5)),
    ("on_level_end", "level_1"),
    ("on_level_end", "level_5"),
    *(("on_level_middle", f"level_{level}") for level in (2, 3, 4)),
]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_stylesheet_is_what_the_tokens_write():
    assert STYLESHEET.read_text(encoding="utf-8") == custom_properties()


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS, ids="-on-".join)
def test_text_can_be_read_on_its_ground(palette: Palette, text: str, ground: str):
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "card", "sunken"])
@pytest.mark.parametrize("mark", ["edge", "jade"])
def test_borders_and_the_focus_ring_can_be_seen(palette: Palette, mark: str, ground: str):
    assert contrast(getattr(palette, mark), getattr(palette, ground)) >= 3


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_colour_is_six_hexadecimal_digits(palette: Palette):
    assert all(re.fullmatch(r"#[0-9a-f]{6}", colour) for colour in colours(palette).values())


def test_every_role_of_a_chart_names_a_colour():
    assert all(chart_colour(role) in colours(LIGHT).values() for role in CHART_FILLS)


def test_no_other_stylesheet_holds_a_colour_of_its_own():
    for sheet in sorted(STYLESHEET.parent.rglob("*.css")):
        if sheet != STYLESHEET:
            assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", sheet.read_text(encoding="utf-8")), (
                sheet.name
            )


def test_every_class_of_a_template_is_known_to_a_stylesheet():
    sheets = "".join(sheet.read_text(encoding="utf-8") for sheet in STYLESHEET.parent.rglob("*.css"))
    known = set(re.findall(r"\.([a-zA-Z][\w-]*)", sheets)) | UNSTYLED
    unknown = {
        f"{path.parent.name}/{path.name}: {name}"
        for path in templates()
        for words in re.findall(r'class="([^"]*)"', COMMENT.sub("", path.read_text(encoding="utf-8")))
        for name in re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", words).split()
        if name not in known and not name.endswith("-")
    }
    assert unknown == set()
