"""People review what was extracted: correct, split, merge, remove, confirm, add by hand, undo. See ADR 0011."""

from service.review.edit import (
    ACTIONS,
    add_task,
    add_to_new_document,
    changes,
    confirm,
    correct,
    existing,
    in_order,
    merge,
    remove,
    restore,
    revert,
    set_class,
    split,
    undo,
)
from service.review.fields import FIELDS, Field, parse, shown
from service.review.history import Change, Step, history

__all__ = [
    "ACTIONS",
    "FIELDS",
    "Change",
    "Field",
    "Step",
    "add_task",
    "add_to_new_document",
    "changes",
    "confirm",
    "correct",
    "existing",
    "history",
    "in_order",
    "merge",
    "parse",
    "remove",
    "restore",
    "revert",
    "set_class",
    "shown",
    "split",
    "undo",
]
