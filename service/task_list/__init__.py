"""The task list as a file: XLSX there and back, and the field names of Nghị định 30/2020, Phụ lục VI."""

from service.task_list.annex import ANNEX_FIELDS, read_annex, to_annex_csv, to_annex_json
from service.task_list.choose import Choice, choose
from service.task_list.files import FORMATS, incoming, outgoing
from service.task_list.plan import Entry, Plan, Problem, apply, plan
from service.task_list.preview import forget, keep, kept
from service.task_list.sheet import COLUMNS, read_xlsx, to_sheet
from service.task_list.training import corrections

__all__ = [
    "ANNEX_FIELDS",
    "COLUMNS",
    "FORMATS",
    "Choice",
    "Entry",
    "Plan",
    "Problem",
    "apply",
    "choose",
    "corrections",
    "forget",
    "incoming",
    "keep",
    "kept",
    "outgoing",
    "plan",
    "read_annex",
    "read_xlsx",
    "to_annex_csv",
    "to_annex_json",
    "to_sheet",
]
