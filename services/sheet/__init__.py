"""Answer sheets: tickets of pages, single-use codes, the pace at which sheets come, and storing them."""

from services.sheet.answer import Arrival, Outcome, take_sheet
from services.sheet.code import CodeError, is_usable, make_codes, read_code, withdraw_batch, written
from services.sheet.exclude import exclude, flag_duplicates, include
from services.sheet.pace import blur_paces, forget_paces
from services.sheet.store import NewSheet, add_rows, add_sheets, store_sheet
from services.sheet.ticket import Ticket, issue_ticket, read_ticket

__all__ = ["Arrival", "CodeError", "NewSheet", "Outcome", "Ticket", "add_rows", "add_sheets", "blur_paces",
           "exclude", "flag_duplicates", "forget_paces", "include", "is_usable", "issue_ticket", "make_codes",
           "read_code", "read_ticket", "store_sheet", "take_sheet", "withdraw_batch", "written"]
