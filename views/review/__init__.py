"""Reviewing plans and reports: the queue, the two panes, and what a reviewer decides."""

from views.review.blueprint import blueprint
from views.review.bulk import accept_chosen, confirm
from views.review.deed import approve, give_back, open_again, refuse_unlock, start
from views.review.page import show
from views.review.queue import index

__all__ = [
    "accept_chosen", "approve", "blueprint", "confirm", "give_back", "index", "open_again", "refuse_unlock", "show",
    "start",
]
