"""Announcements: a list, one of them, who has read it; writing, correcting, withdrawing, reminding."""

from views.announcement.blueprint import blueprint
from views.announcement.deed import read, remind, withdraw
from views.announcement.reading import file, index, readers, show
from views.announcement.writing import correct, new

__all__ = ["blueprint", "correct", "file", "index", "new", "read", "readers", "remind", "show", "withdraw"]
