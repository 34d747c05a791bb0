"""Writing inspections: plan, visits with the evidence that was seen, findings and what becomes of them."""

from services.inspection.finding import FindingInput, StepInput, change_finding, raise_finding, take_step
from services.inspection.plan import (
    Ending,
    InspectionError,
    InspectionInput,
    add_inspection,
    add_units,
    change_inspection,
    end_inspection,
    remove_unit,
)
from services.inspection.visit import MarkInput, VisitInput, mark_evidence, write_visit

__all__ = [
    "Ending", "FindingInput", "InspectionError", "InspectionInput", "MarkInput", "StepInput", "VisitInput",
    "add_inspection", "add_units", "change_finding", "change_inspection", "end_inspection", "mark_evidence",
    "raise_finding", "remove_unit", "take_step", "write_visit",
]
