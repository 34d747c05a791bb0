"""Reviewing: what waits, what a version says, what changed since the one before."""

from queries.review.change import (
    Change,
    FrozenFigure,
    FrozenItem,
    FrozenSection,
    VersionContent,
    compare,
    read_version,
)
from queries.review.ground import Coverage, PlanGround, read_ground
from queries.review.queue import (
    PAGE_SIZE,
    Neighbours,
    QueueFilter,
    QueueState,
    ReviewQueue,
    count_queue,
    find_neighbours,
    get_queue,
    list_chosen,
    list_queue,
)

__all__ = [
    "PAGE_SIZE", "Change", "Coverage", "FrozenFigure", "FrozenItem", "FrozenSection", "Neighbours", "PlanGround",
    "QueueFilter", "QueueState", "ReviewQueue", "VersionContent", "compare", "count_queue", "find_neighbours",
    "get_queue", "list_chosen", "list_queue", "read_ground", "read_version",
]
