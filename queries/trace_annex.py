"""The annex that says where the sentences of a report came from, as it is printed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TraceLine:
    """One sentence of the report with where it came from."""

    heading: str
    number: int
    """Within its heading, from 1 on."""
    text: str
    source: str
    """Figures and units' reports, a line each."""
