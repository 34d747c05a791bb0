"""What the Office asks of units: requirements, single obligations, ad hoc reports."""

from views.requirement.ad_hoc import change, index, new
from views.requirement.ad_hoc_deed import add, withdraw
from views.requirement.blueprint import blueprint
from views.requirement.page import excuse, give_longer, open_, show

__all__ = ["add", "blueprint", "change", "excuse", "give_longer", "index", "new", "open_", "show", "withdraw"]
