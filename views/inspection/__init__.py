"""Inspections: plan, visit, tick evidence, write findings; units answer, inspectors accept or ask again."""

from views.inspection import answering, finding, listing, page, planning, visiting
from views.inspection.blueprint import blueprint

__all__ = ["answering", "blueprint", "finding", "listing", "page", "planning", "visiting"]
