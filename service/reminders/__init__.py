"""Reminders: N days before, on the day, after (capped); in the app and by mail, each saying its rule."""

from __future__ import annotations

from service.reminders.mail import check_address
from service.reminders.rules import due_today
from service.reminders.run import Daily, Run, remind, try_it

__all__ = ["Daily", "Run", "check_address", "due_today", "remind", "try_it"]
