"""The status board: units as rows, requirements as columns, grouped by whom they report to.

``get_board`` reads it; page, PDF and XLSX are made of the same ``Board``.
"""

from queries.board.board import get_board, open_requirements
from queries.board.parts import Board, BoardColumn, BoardGroup, BoardRow
from queries.board.wish import FILTERS, BoardOrder, BoardWish, Reading

__all__ = ["FILTERS", "Board", "BoardColumn", "BoardGroup", "BoardOrder", "BoardRow", "BoardWish", "Reading",
           "get_board", "open_requirements"]
