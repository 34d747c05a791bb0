"""Reorganising units by recorded decisions: check, preview, apply (product law 8)."""

from services.reorganisation.apply import (
    ReorganisationError,
    apply_decision,
    named,
    preview_decision,
    steps_of,
)
from services.reorganisation.compare import steps_between, steps_to_units
from services.reorganisation.decision import (
    add_decision,
    add_step,
    change_decision,
    discard_decision,
    load_steps,
    remove_step,
)
from services.reorganisation.preview import Preview, decision_faults, preview_steps
from services.reorganisation.step import (
    COLUMNS,
    FIELD_COLUMNS,
    Step,
    read_steps,
    write_steps_csv,
    write_steps_xlsx,
)

__all__ = [
    "COLUMNS",
    "FIELD_COLUMNS",
    "Preview",
    "ReorganisationError",
    "Step",
    "add_decision",
    "add_step",
    "apply_decision",
    "change_decision",
    "decision_faults",
    "discard_decision",
    "load_steps",
    "named",
    "preview_decision",
    "preview_steps",
    "read_steps",
    "remove_step",
    "steps_between",
    "steps_of",
    "steps_to_units",
    "write_steps_csv",
    "write_steps_xlsx",
]
