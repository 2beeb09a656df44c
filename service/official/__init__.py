"""Official papers in the form of Nghị định 30/2020/NĐ-CP, from templates that an office may change."""

from __future__ import annotations

from service.official import change, sample
from service.official.make import KINDS, Made, letter_paper, make, unit_forms
from service.official.office import Office, load_office
from service.official.templates import NAMES, export, folder, own

__all__ = [
    "KINDS",
    "NAMES",
    "Made",
    "Office",
    "change",
    "export",
    "folder",
    "letter_paper",
    "load_office",
    "make",
    "own",
    "sample",
    "unit_forms",
]
