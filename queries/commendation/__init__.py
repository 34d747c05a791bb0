"""Commendations as pages, reports and points read them."""

from queries.commendation.count import count_commendations

__all__ = ["count_commendations"]
