"""Reminders: who was reminded when and how, the button, the schedule, and "đã nhận" on the home page."""

from views.reminder.blueprint import blueprint
from views.reminder.deed import receive, remind, send_mail_again
from views.reminder.page import index, record, show
from views.reminder.schedule import edit_schedule

__all__ = ["blueprint", "edit_schedule", "index", "receive", "record", "remind", "send_mail_again", "show"]
