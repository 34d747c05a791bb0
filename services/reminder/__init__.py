"""Reminders: written into the records and the outbox, and sent from there."""

from services.reminder.queue import Mailing, Queued, queue_due, queue_now
from services.reminder.rule import mark_received, set_schedule
from services.reminder.send import Sent, send_again, send_due

__all__ = ["Mailing", "Queued", "Sent", "mark_received", "queue_due", "queue_now", "send_again", "send_due",
           "set_schedule"]
