"""Design tokens: the one source of colour, space and type for the pages and the papers.

The web reads them as custom properties (``static/tokens.css`` is ``custom_properties()`` to the byte, a test
proves it); the papers read ``LIGHT``, ``CHART_TYPE`` and ``CHART_FILLS`` directly. Run ``python -m core.tokens``
after a change to write the stylesheet anew.
"""

from dataclasses import dataclass, fields
from pathlib import Path

STYLESHEET = Path(__file__).resolve().parent.parent / "static" / "tokens.css"


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme, each ``#rrggbb``."""

    paper: str
    card: str
    sunken: str
    """Ground of table heads, bands and code: a shade below paper."""
    ink: str
    muted: str
    line: str
    """Hairlines that only decorate."""
    edge: str
    """Borders that must be seen (fields, switches): at least 3:1 on card and paper."""
    jade: str
    jade_soft: str
    jade_strong: str
    """Jade under the pointer."""
    on_jade: str
    """Text on a jade button."""
    leaf: str
    leaf_soft: str
    sky: str
    sky_soft: str
    amber: str
    amber_soft: str
    lacquer: str
    lacquer_soft: str
    level_1: str
    level_2: str
    level_3: str
    level_4: str
    level_5: str
    on_level_end: str
    """Text on the two ends of the satisfaction scale."""
    on_level_middle: str
    """Text on the three middle levels."""
    heat_1: str
    """Tints of a heat table from few to many, the deepest is jade; ink is read on each of these."""
    heat_2: str
    heat_3: str
    heat_4: str
    veil: str
    """What lies over the page behind an open dialog."""


LIGHT = Palette(
    paper="#fbfaf7",
    card="#ffffff",
    sunken="#f3f2ed",
    ink="#1d2730",
    muted="#56636f",
    line="#d9dcd8",
    edge="#77838d",
    jade="#0b6a66",
    jade_soft="#e3f1ef",
    jade_strong="#08514e",
    on_jade="#ffffff",
    leaf="#2c6b2f",
    leaf_soft="#e6f3e4",
    sky="#1f5b94",
    sky_soft="#e6f0f9",
    amber="#8a5a00",
    amber_soft="#fff3d6",
    lacquer="#a3251f",
    lacquer_soft="#fbe9e6",
    level_1="#a3251f",
    level_2="#e9aaa2",
    level_3="#c9ced1",
    level_4="#a9d3a5",
    level_5="#2c6b2f",
    on_level_end="#ffffff",
    on_level_middle="#1d2730",
    heat_1="#f4f8f7",
    heat_2="#e3f1ef",
    heat_3="#b9d9d6",
    heat_4="#7fb9b5",
    veil="#1d2730",
)
"""The light theme, and the ink of every paper."""

DARK = Palette(
    paper="#12181d",
    card="#1a2229",
    sunken="#212b33",
    ink="#e8ecef",
    muted="#a3b0bb",
    line="#33404a",
    edge="#7d8b97",
    jade="#5cc4bd",
    jade_soft="#17363a",
    jade_strong="#8bd9d3",
    on_jade="#0c1f20",
    leaf="#86cf88",
    leaf_soft="#1c3524",
    sky="#86bdf0",
    sky_soft="#1b3247",
    amber="#f0b648",
    amber_soft="#3a2e16",
    lacquer="#ff8f84",
    lacquer_soft="#41211f",
    level_1="#ff8f84",
    level_2="#8f4640",
    level_3="#4c5964",
    level_4="#3b6b41",
    level_5="#86cf88",
    on_level_end="#12181d",
    on_level_middle="#f4f6f7",
    heat_1="#1d2a30",
    heat_2="#23373c",
    heat_3="#2d5154",
    heat_4="#37696a",
    veil="#05080a",
)
"""The dark theme of the screen."""

STEP = 4
"""One step of space, px."""

SPACES: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 8, 10, 12, 16)
"""The steps in use: ``--space-3`` is 12 px."""

RADIUS = 8
"""Corner of a card, px."""

TARGET = 44
"""Least height of what is touched, px (WCAG 2.2, 2.5.8 asks 24; the house asks 44)."""


@dataclass(frozen=True, slots=True)
class TypeScale:
    """Sizes of text on the screen, px, and the height of a line as a multiple."""

    small: int = 15
    body: int = 17
    large: int = 19
    h3: int = 19
    h2: int = 23
    h1: int = 30
    figure: int = 34
    leading: float = 1.6
    """Stacked Vietnamese marks (ẵ, ỗ) need this much air."""
    heading_leading: float = 1.35


@dataclass(frozen=True, slots=True)
class ChartType:
    """Sizes of text in a chart, in points, alike on screen and paper."""

    label: float = 10.0
    value: float = 10.0
    legend: float = 9.5
    leading: float = 1.35


TYPE = TypeScale()
CHART_TYPE = ChartType()

CHART_FILLS: dict[str, str] = {
    "level-1": "level_1",
    "level-2": "level_2",
    "level-3": "level_3",
    "level-4": "level_4",
    "level-5": "level_5",
    "hatch-1": "on_level_end",
    "hatch-2": "on_level_middle",
    "bar": "jade",
    "bar-muted": "edge",
    "bar-late": "lacquer",
    "track": "sunken",
    "grid": "line",
    "axis": "edge",
    "trend": "jade",
    "dot": "jade",
    "label": "ink",
    "value": "ink",
    "legend": "muted",
    "note": "muted",
    "value-end": "on_level_end",
    "value-middle": "on_level_middle",
    "heat-0": "lacquer_soft",
    "heat-1": "heat_1",
    "heat-2": "heat_2",
    "heat-3": "heat_3",
    "heat-4": "heat_4",
    "heat-5": "jade",
    "heat-frame": "lacquer",
    "heat-figure": "ink",
    "heat-deep": "on_jade",
    "heat-none": "lacquer",
}
"""Role of a chart's shape → name of its colour in ``Palette``."""


def chart_colour(role: str, palette: Palette = LIGHT) -> str:
    """Return the colour of a chart role, ``chart_colour("bar") == "#0b6a66"``; KeyError if the role is unknown."""
    colour: str = getattr(palette, CHART_FILLS[role])
    return colour


def colours(palette: Palette) -> dict[str, str]:
    """Return the palette as custom-property names to colours, ``{"jade-soft": "#e3f1ef", …}``."""
    return {field.name.replace("_", "-"): getattr(palette, field.name) for field in fields(palette)}


def _block(selector: str, lines: list[str], indent: str = "") -> str:
    body = "\n".join(f"{indent}  {line}" for line in lines)
    return f"{indent}{selector} {{\n{body}\n{indent}}}\n"


def _theme_lines(palette: Palette, scheme: str) -> list[str]:
    return [f"color-scheme: {scheme};", *(f"--{name}: {value};" for name, value in colours(palette).items())]


def _shape_lines() -> list[str]:
    lines = [f"--space-{steps}: {steps * STEP}px;" for steps in SPACES]
    lines += [f"--radius: {RADIUS}px;", f"--target: {TARGET}px;"]
    for field in fields(TYPE):
        value = getattr(TYPE, field.name)
        name = field.name.replace("_", "-")
        lines.append(
            f"--{name}: {value};" if isinstance(value, float) else f"--text-{name}: {value / 16:g}rem;"
        )
    return lines


def custom_properties() -> str:
    """Return the whole text of ``static/tokens.css``: light, dark by choice, dark by the reader's system."""
    dark = _theme_lines(DARK, "dark")
    return (
        "/* Written by core/tokens.py (python -m core.tokens); change it there. */\n"
        + _block(":root", _shape_lines())
        + "\n"
        + _block(":root", _theme_lines(LIGHT, "light"))
        + "\n"
        + _block('html[data-theme="dark"]', dark)
        + "\n@media (prefers-color-scheme: dark) {\n"
        + _block('html:not([data-theme="light"])', dark, indent="  ")
        + "}\n\n@media print {\n"
        + _block(
            'html, html[data-theme="dark"], html:not([data-theme="light"])',
            _theme_lines(LIGHT, "light"),
            "  ",
        )
        + "}\n"
    )


if __name__ == "__main__":
    STYLESHEET.write_text(custom_properties(), encoding="utf-8")
