"""The fields of a task as an officer writes and reads them: one table for forms, sheets, history and messages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from corpus.text import fold, nfc
from nlp.dates import parse_date
from nlp.deadlines import find_deadline
from nlp.model import Deadline, Task
from service.errors import InvalidInput

MAX_TEXT: Final = 10_000
CLASSES: Final = {"tracked": "Theo dõi riêng", "general": "Nhiệm vụ chung, báo cáo trong kỳ"}
MODALITIES: Final = {
    "order": "Giao thực hiện",
    "soft": "Khuyến khích, vận động",
    "prohibition": "Không được làm",
    "study": "Nghiên cứu, đề xuất",
    "standing": "Nhiệm vụ thường xuyên theo chức năng",
}
RECURRENCES: Final = {
    "weekly": "hằng tuần",
    "monthly": "hằng tháng",
    "quarterly": "hằng quý",
    "half-yearly": "định kỳ 6 tháng",
    "yearly": "hằng năm",
    "continuous": "thường xuyên",
    "on-request": "đột xuất",
}
_SEPARATOR: Final = re.compile(r"\s*[;\n]\s*")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name in ``nlp.model.Task``, its label, how it is asked for, what may be written there."""

    name: str
    label: str
    kind: str
    """``long`` and ``line`` text, ``list`` (parts separated by semicolons), ``choice``, ``deadline``."""
    key: str
    """The key that goes to it on the review page."""
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()


FIELDS: Final = {
    field.name: field
    for field in (
        Field("text", "Nội dung nhiệm vụ", "long", "1"),
        Field("lead", "Đơn vị chủ trì", "list", "2", "cách nhau bằng dấu chấm phẩy"),
        Field("coordinators", "Đơn vị phối hợp", "list", "3", "cách nhau bằng dấu chấm phẩy"),
        Field("deadline", "Thời hạn hoàn thành", "deadline", "4", "ví dụ: 30/6/2026; quý II/2026; hằng tháng"),
        Field("product", "Sản phẩm, kết quả", "line", "5"),
        Field("target", "Chỉ tiêu", "line", "6"),
        Field("class_", "Cách theo dõi", "choice", "7", choices=tuple(CLASSES.items())),
        Field("modality", "Tính chất", "choice", "8", choices=tuple(MODALITIES.items())),
        Field("report_due", "Thời hạn báo cáo", "deadline", "9", "ngày, hoặc hằng tháng, hằng quý"),
        Field("report_to", "Nơi nhận báo cáo", "line", "0"),
        Field("report_via", "Báo cáo qua", "line", ""),
        Field("citations", "Văn bản viện dẫn", "list", "", "số, ký hiệu, cách nhau bằng dấu chấm phẩy"),
    )
}


def parse(name: str, written: str, *, year: int | None = None) -> Any:  # noqa: ANN401 - a field's own type
    """What an officer wrote, as the value of a task's field; ``year`` is that of a date without one.

    ``InvalidInput`` tells what is wrong and how to write it.
    """
    field = FIELDS.get(name)
    if field is None:
        raise InvalidInput(f"Không có trường “{name}” trong nhiệm vụ.", field=name)
    text = nfc(written).strip()
    if len(text) > MAX_TEXT:
        raise InvalidInput(f"{field.label}: dài quá {MAX_TEXT} ký tự.", field=name)
    value = _READERS[field.kind](field, text, year)
    if name == "text" and value is None:
        raise InvalidInput("Nội dung nhiệm vụ không được để trống.", field=name)
    return _report_due(value) if name == "report_due" and isinstance(value, Deadline) else value


def shown(task: Task, name: str) -> str:
    """A field as it stands in a form, a sheet or the history; ``parse`` reads it back."""
    return show_value(name, getattr(task, name))


def show_value(name: str, value: Any) -> str:  # noqa: ANN401 - a field's own type, or its JSON
    """The same for a value alone."""
    if value is None or value in ((), []):
        return ""
    if name in ("class_", "modality"):
        return (CLASSES | MODALITIES)[value]
    if name == "report_due":
        return day(value) if _DAY.fullmatch(value) else str(value)
    if name == "deadline":
        return str(value["text"] if isinstance(value, dict) else value.text)
    return "; ".join(value) if isinstance(value, list | tuple) else str(value)


def day(value: dt.date | str) -> str:
    """dd/mm/yyyy."""
    found = dt.date.fromisoformat(value) if isinstance(value, str) else value
    return f"{found:%d/%m/%Y}"


def due_words(deadline: Deadline | None) -> str:
    """How a deadline was understood: the day, the rhythm, or the event it hangs on."""
    if deadline is None:
        return "Không quy định thời hạn"
    parts = [day(deadline.due)] if deadline.due else []
    if deadline.recurrence:
        parts.append(RECURRENCES[deadline.recurrence])
    if deadline.anchor:
        parts.append(deadline.anchor)
    return ", ".join(parts) or "chưa xác định được ngày"


def _line(_field: Field, text: str, _year: int | None) -> str | None:
    return fold(text) or None


def _long(_field: Field, text: str, _year: int | None) -> str | None:
    return text.replace("\r\n", "\n") or None


def _list(_field: Field, text: str, _year: int | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for one in _SEPARATOR.split(text) if (part := fold(one).strip(" ,"))))


def _choice(field: Field, text: str, _year: int | None) -> str:
    wanted = fold(text).lower()
    for value, label in field.choices:
        if wanted in (value, label.lower()):
            return value
    allowed = "; ".join(label for _, label in field.choices)
    raise InvalidInput(f"{field.label}: “{text}” không hợp lệ. Chọn một trong: {allowed}.", field=field.name)


def _deadline(field: Field, text: str, year: int | None) -> Deadline | None:
    words = fold(text)
    if not words or words.lower() == "không quy định thời hạn":
        return None
    exact = _exact_day(words)
    found = exact or find_deadline(words, year=year, cell=True) or find_deadline(words, year=year)
    if found is None or (found.due is None and found.recurrence is None and found.anchor is None):
        raise InvalidInput(
            f"{field.label}: chưa hiểu “{words}”. Viết ngày (30/6/2026), tháng (6/2026), quý (quý II/2026), năm, "
            "hằng tháng, hằng quý, thường xuyên, hoặc để trống.",
            field=field.name,
        )
    return replace(found, text=words)


def _exact_day(words: str) -> Deadline | None:
    """A bare day, as forms and sheets write it."""
    found = dt.date.fromisoformat(words) if _DAY.fullmatch(words) and _is_day(words) else parse_date(words)
    return Deadline(words, due=found, precision="day") if found and words[0].isdigit() and len(words) <= 10 else None


def _is_day(words: str) -> bool:
    try:
        dt.date.fromisoformat(words)
    except ValueError:
        return False
    return True


def _report_due(deadline: Deadline) -> str:
    return deadline.due.isoformat() if deadline.due else deadline.text


_READERS: Final[dict[str, Callable[[Field, str, int | None], Any]]] = {
    "long": _long,
    "line": _line,
    "list": _list,
    "choice": _choice,
    "deadline": _deadline,
}
