"""The pages of a unit's plan: reading it, writing its texts and items, sending it."""

from views.plan import item, page, section, sending
from views.plan.blueprint import blueprint

__all__ = ["blueprint", "item", "page", "section", "sending"]
