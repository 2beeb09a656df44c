"""The parts of a question as one filter: statuses joined or narrowed, what is shown, what its times say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from nlp.question_reading import Part
from nlp.question_times import Time

Filter = dict[str, Any]
AS_RULE: Final = {"open_overdue": "overdue", "missing": "no_report", "reported_late": "late_report"}
"""Statuses that a rule says too: joined to another rule they are one of several wishes."""


_DUE: Final = frozenset({"window", "due", "must", "soon"})
"""Parts that say that something is due at the time beside them."""
_AXES: Final = ("task_status", "report_status", "rules")
_STATUSES: Final = frozenset({"done_on_time", "done_late", "open_in_time", "no_deadline", "not_due", "reported"})
"""Statuses that no rule says."""


def combine(text: str, parts: Sequence[Part], today: dt.date) -> tuple[Filter, bool]:
    """The parts as one filter; True beside it where they contradict each other."""
    found: Filter = {}
    clash = False
    for place, part in enumerate(parts):
        match part.kind:
            case "say" | "window":
                clash |= _say(found, part.value, _joint(text, parts, place))
            case "unit" | "leader" | "matter" | "directive":
                clash |= found.get(part.kind, part.value) != part.value
                found[part.kind] = part.value
            case "show" if not _is_label(parts, place):
                _show(found, part.value)
    _most(found, parts)
    for place, part in enumerate(parts):
        if part.kind == "time":
            clash |= _timed(found, parts, place, today)
    _drop_implied(found)
    if any(part.kind == "remaining" for part in parts) and not {*_AXES, "pending"} & set(found):
        found["task_status"] = ["open_in_time", "open_overdue"]
    return found, clash or _is_idle(found)


def _is_label(parts: Sequence[Part], place: int) -> bool:
    """Whether what would be shown only names the kind of what follows, as "theo đơn vị: Sở Y tế"."""
    after = parts[place + 1].kind if place + 1 < len(parts) else ""
    return (parts[place].value, after) in (("units", "unit"), ("units, or tasks", "unit"), ("directives", "directive"))


def _is_idle(found: Filter) -> bool:
    """Whether what is to be shown needs something else to be asked: "nhiều nhất" of what, "ai" of one unit."""
    asked = set(found) - {"show", "as_of", "compare_to"}
    return not asked or found.get("show") == "most" or (found.get("show") == "units" and asked <= {"unit", "leader"})


def _joint(text: str, parts: Sequence[Part], place: int) -> str:
    """How the part is joined to what was said before it: "và", "hoặc" (so "hay" and a comma), or not ("")."""
    if place == 0:
        return ""
    before = parts[place - 1]
    if before.kind == "filler" and before.value in ("và", "hoặc", "hay"):
        return "và" if before.value == "và" else "hoặc"
    return "," if "," in text[before.end : parts[place].start] else ""


def _say(found: Filter, said: Filter, joint: str) -> bool:
    """Add a status or a rule; True where it and what was said before cannot be one filter.

    Two on one axis: either of them where joined, else what they have in common. "hoặc" across the axes of task and
    report is said by rules, of which any will do.
    """
    clash = False
    for name, value in said.items():
        clash |= name != "show" and _wish(found, name, value, joint)
    if "show" in said:
        _show(found, said["show"])
    return clash


def _wish(found: Filter, name: str, value: object, joint: str) -> bool:
    asked = [one for axis in _AXES for one in found.get(axis, ())]
    if not isinstance(value, list):
        found[name] = value
        return joint == "hoặc" and bool(asked)
    if asked and joint and name not in found:
        return _across(found, name, asked, value, joint)
    before = found.get(name)
    if before is None or joint:
        found[name] = list(dict.fromkeys([*(before or ()), *value]))
        return False
    both = [one for one in before if one in value]
    found[name] = both or [*before, *value]
    return not both


def _across(found: Filter, name: str, asked: list[str], value: list[str], joint: str) -> bool:
    """A wish joined to one on another axis: any of them as rules, else both at once, which "hoặc" does not say."""
    rules = [AS_RULE.get(one, one) for one in (*asked, *value)]
    among_rules = name == "rules" or "rules" in found
    if all(one not in _STATUSES for one in rules) and (among_rules or joint == "hoặc"):
        for axis in _AXES:
            found.pop(axis, None)
        found["rules"] = rules
        return False
    found[name] = list(value)
    return joint == "hoặc"


def _most(found: Filter, parts: Sequence[Part]) -> None:
    """As "nhiều nhất" of a noun that stands alone: "đơn vị nhiều việc quá hạn nhất"."""
    nouns = [part.value for part in parts if part.kind == "noun"]
    show = found.pop("show", "many")
    if show == "many" and _asks_for_units(parts):
        show = "units"
    elif show == "units, or tasks":
        show = "many" if any(part.kind == "tasks" for part in parts) else "units"
    elif nouns and (show == "most" or (show == "count" and _ranked(parts))):
        show = nouns[0]
    if show != "many":
        found["show"] = show


def _asks_for_units(parts: Sequence[Part]) -> bool:
    """Whether the question is about units though it does not say which: "liệt kê sở ngành trễ hạn"."""
    for place, part in enumerate(parts):
        if part.kind == "noun":
            after = next((one for one in parts[place + 1 :] if one.kind == "say"), None)
            between = parts[place + 1 : parts.index(after)] if after else ()
            of_tasks = after is not None and not {"rules", "pending"} & set(after.value)
            return of_tasks and part.value == "units" and all(one.kind in ("filler", "show") for one in between)
        if part.kind != "filler" or any(word in _WORK for word in part.value.split()):
            return False
    return False


_WORK: Final = ("việc", "vụ", "{việc}", "{việc},", "dung", "tác")
"""Last words of names for work."""


def _ranked(parts: Sequence[Part]) -> bool:
    """Whether "nhiều nhất" or "xếp hạng" is said: what is counted ("số việc") then only tells by what."""
    return any(part.kind == "show" and part.value == "most" for part in parts)


def _drop_implied(found: Filter) -> None:
    """Work that is due soon is open: saying so too narrows nothing."""
    if found.get("rules") == ["due_soon"] and set(found.get("task_status", ())) == {"open_in_time", "open_overdue"}:
        del found["task_status"]


def _show(found: Filter, value: str) -> None:
    """Units before documents before numbers; "nhiều nhất" only says how they are sorted, "nhiều" nothing."""
    rank = ("many", "most", "count", "directives", "units, or tasks", "units")
    if "show" not in found or rank.index(value) > rank.index(found["show"]):
        found["show"] = value


def _timed(found: Filter, parts: Sequence[Part], place: int, today: dt.date) -> bool:
    """Add what a time says; True where it says nothing that a filter can say, or something else than before."""
    time: Time = parts[place].value
    before = parts[place - 1] if place else None
    kinds = {part.kind for part in parts} | ({"soon"} if "due_soon" in found.get("rules", ()) else set())
    if before is not None and before.kind == "directive" and time.label is None and not time.ahead:
        found["directive"] = f"{before.value}@{time.last.isoformat()}"
        return False
    if before is not None and before.kind == "until":
        said = _until_then(time, kinds, today)
    elif before is not None and before.kind == "against":
        said = ("compare_to", time.relative.isoformat()) if time.relative else None
    elif _says_now(time, parts, place, kinds, today):
        return False
    else:
        said = _plain_time(found, time, kinds, today, first=place == 0)
    if said is None:
        return True
    name, value = said
    if name == "due_soon_days":
        found.setdefault("rules", ["due_soon"])
    clash = name in found and found[name] != value
    found[name] = value
    return clash


def _says_now(time: Time, parts: Sequence[Part], place: int, kinds: set[str], today: dt.date) -> bool:
    """Whether the time only says now: "hôm nay" where nothing is due, "tuần này so với tuần trước"."""
    if place + 1 < len(parts) and parts[place + 1].kind == "against":
        return _is_now(time, today)
    return time.last == today and time.label is None and not _DUE & kinds


def _until_then(time: Time, kinds: set[str], today: dt.date) -> tuple[str, object] | None:
    """As of a day that has been; up to one to come, what is due by it."""
    if time.last > today and kinds & _DUE:
        return "due_soon_days", (time.last - today).days
    return _as_of(time) if time.last <= today or time.label else None


def _as_of(time: Time) -> tuple[str, object]:
    return "as_of", time.last.isoformat()


def _plain_time(
    found: Filter, time: Time, kinds: set[str], today: dt.date, *, first: bool
) -> tuple[str, object] | None:
    """How soon things are due, a period, or the day of a state; None where the time is none of them."""
    if time.ahead:
        if not kinds & _DUE:
            return None
        return "due_soon_days", (time.last - today).days
    near = kinds & {"window", "due"} or ("soon" in kinds and (time.last - time.first).days <= _MONTH)
    if _is_now(time, today) and (near or (time.label is None and "must" in kinds)):
        return "due_soon_days", (time.last - today).days
    if time.label is None:
        recent = first or (today - time.last).days <= _NEAR
        return _as_of(time) if time.last < today and recent and _of_a_day(found) else None
    if "window" in kinds and found.get("rules") == ["due_soon"]:
        del found["rules"]
    if "due_soon_days" in found or (time.first > today and _has_been(found)):
        return None
    return "period", time.label


def _has_been(found: Filter) -> bool:
    """Whether what is asked can only have happened: overdue, done, reported."""
    asked = {*found.get("task_status", ()), *found.get("report_status", ())}
    return bool(asked & {"open_overdue", "done_on_time", "done_late", "reported", "reported_late"})


_MONTH: Final = 31
"""Days of the longest period in which "sắp đến hạn" says by when; in longer ones it keeps its own measure."""
_NEAR: Final = 2
"""Days back that have names ("hôm qua", "hôm kia") and so say as of when without further words."""


def _of_a_day(found: Filter) -> bool:
    """Whether what is asked is a state that a day has ("hôm qua còn mấy việc quá hạn"), not something that happened."""
    asked = {*found.get("task_status", ()), *found.get("report_status", ())}
    return bool(asked) and asked <= {"open_in_time", "open_overdue", "no_deadline", "missing", "not_due"}


def _is_now(time: Time, today: dt.date) -> bool:
    """Whether the time is today or a period that goes on today: what is due in it is due by its end."""
    return time.last == today if time.label is None else time.first <= today <= time.last
