"""The year's programme: reading it; and for the Office making, changing, comparing and publishing one."""

from views.programme import frame, page, row, year
from views.programme.blueprint import blueprint

__all__ = ["blueprint", "frame", "page", "row", "year"]
