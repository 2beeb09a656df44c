"""Whether a document, or a place in it, is in force on a day: always with the reason and where it was read."""

from service.validity.judge import on_document, on_subject, validity
from service.validity.model import STATUS, Reason, Status, Validity
from service.validity.places import parse_locator, show_locator

__all__ = [
    "STATUS",
    "Reason",
    "Status",
    "Validity",
    "on_document",
    "on_subject",
    "parse_locator",
    "show_locator",
    "validity",
]
