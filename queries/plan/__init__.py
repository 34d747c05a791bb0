"""A unit's plan: as it is being written, as it was frozen, and as a document."""

from queries.plan.content import (
    BudgetPart,
    PlanContent,
    PlanItemLine,
    PlanSection,
    PlanTarget,
    content_of,
    plan_from,
)
from queries.plan.document import document_of
from queries.plan.option import PlanOptions, get_options
from queries.plan.proposal import get_proposals
from queries.plan.working import get_item, get_plan, get_section_id, list_removed_items

__all__ = [
    "BudgetPart", "PlanContent", "PlanItemLine", "PlanOptions", "PlanSection", "PlanTarget", "content_of",
    "document_of", "get_item", "get_options", "get_plan", "get_proposals", "get_section_id", "list_removed_items",
    "plan_from",
]
