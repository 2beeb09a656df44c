"""Which leader is in charge of which units and fields, from the office's own list."""

from __future__ import annotations

import csv
import io

from nlp.matters import matters
from service.asked_records import Charge
from service.errors import InvalidInput


def read_charges(data: bytes, file: str) -> list[Charge]:
    """Rows of a CSV file: leader, then a unit or a field (one of ``nlp.matters``); a head row is left out.

    A row that lacks one of them is an error that names the row; nothing is kept then.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput(f"{file}: tệp phải là CSV mã hóa UTF-8.", file=file) from None
    known = {name.casefold(): name for name in matters()}
    found = []
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=";" if ";" in text else ","), 1):
        cells = [cell.strip() for cell in row if cell.strip()]
        if not cells or (number == 1 and cells[0].casefold() in ("lãnh đạo", "leader")):
            continue
        if len(cells) != 2:
            raise InvalidInput(f"{file}, dòng {number}: cần hai cột, lãnh đạo và đơn vị hoặc lĩnh vực.", row=number)
        matter = known.get(cells[1].removeprefix("lĩnh vực ").casefold())
        found.append(Charge(cells[0], "matter" if matter else "unit", matter or cells[1]))
    return found
