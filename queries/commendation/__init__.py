"""Commendations as pages, reports and points read them."""

from queries.commendation.count import count_commendations
from queries.commendation.detail import (
    ActivityMark,
    CommendationPage,
    find_by_token,
    find_commendation,
    get_commendation,
    list_own_activities,
)
from queries.commendation.listing import (
    PAGE_SIZE,
    CommendationCounts,
    CommendationFilter,
    CommendationLine,
    count_by_state,
    list_commendations,
)
from queries.commendation.picked import PickedModel, list_picked, list_reported

__all__ = ["PAGE_SIZE", "ActivityMark", "CommendationCounts", "CommendationFilter", "CommendationLine",
           "CommendationPage", "PickedModel", "count_by_state", "count_commendations", "find_by_token",
           "find_commendation", "get_commendation", "list_commendations", "list_own_activities", "list_picked",
           "list_reported"]
