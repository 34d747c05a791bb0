"""Good models and examples as an annex of a consolidated report tells them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ModelLine:
    """One good model, initiative or example that was picked for the report."""

    kind: str
    """As "Mô hình hay"."""
    title: str
    unit_name: str
    text: str
    """What it is and what came of it."""
    person: str = ""
    """Who it is; empty unless the person agreed to be named."""
