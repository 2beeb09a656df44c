"""Counts and shares of a claim against their whole or target: "6/35", "đạt 17%", "01 trong 02", "kế hoạch 200 bộ"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

from nlp.status_words import has

Measure = Literal["none", "below", "reached"]
"""Nothing of the target, a part of it, all of it."""

_NUMBER: Final = r"\d[\d.]*(?:,\d+)?"
_RATIO: Final = re.compile(
    rf"(?<![\w/.,-])({_NUMBER})\s*(?:/|(?:trong(?: tổng)? số|trên tổng số|trong|trên) (?=\d))\s*"
    rf"({_NUMBER})(?![\d]*\s*/|\d|-)(?= (?!điểm)[^\W\d]|\s*[(;,.]|$)"
)
_OF_UNITS: Final = re.compile(
    rf"(?<![\w/.,-])({_NUMBER}) ((?:tỷ |triệu |nghìn )?[^\W\d]+)(?: [^\W\d]+){{0,6}}"
    rf"(?:\s*/\s*| (?:trong|trên)(?: tổng)?(?: số)? )({_NUMBER}) \2"
)
_OUT_OF: Final = re.compile(
    rf"trong (?:tổng )?(?:số )?({_NUMBER}) ([^\W\d]+(?: [^\W\d]+)?)"
    rf"[^;]*?[, ](?:đã |mới |có )?(?:[^\W\d]+ ){{0,3}}({_NUMBER}) \2"
)
_IN_DATE: Final = re.compile(
    r"(?:ngày|tháng|quý|trước|đến|từ|sau|hết|số|vào|sáng|chiều|tối|đêm|hôm|dịp|khóa|lúc|điều|các|và|"
    r"quốc khánh|kỷ niệm|lễ|chiến thắng|phụ nữ|thương binh|,|-|–)\s*(?:hết )?$"
)
"""Before a date's day ("đến 30/11", "các ngày 05/9 và 05/10") or a document's number."""
_BODIES: Final = re.compile(
    r" (?:xã|phường|thôn|khối|hộ|đơn vị|cơ sở|trường|huyện|điểm|nhà|cơ quan|tổ|chi|dự án|công trình|nhiệm vụ|"
    r"chỉ tiêu|đội|bản|xóm|ấp|hồ sơ)(?!\w)"
)
"""Behind a ratio: it counts, whatever stands before it."""
_OF_ALL: Final = re.compile(
    rf"(?<![\w/.,-])({_NUMBER}) ([^\W\d]+(?: [^\W\d]+){{0,2}}), (?:đã|mới|mới có) (?:[^\W\d]+ ){{1,3}}"
    rf"({_NUMBER})(?: \2)?(?= ?[.;,]|$)"
)
"""A whole and what is done of it: "312 tài khoản, đã soát 205"."""
_MONTHS: Final = 12
_AROUND_THE_CLOCK: Final = (24.0, 24.0)

_PERCENT: Final = re.compile(r"(?<![\w.,])(\d{1,3}(?:[.,]\d+)?) ?%")
_SAYS_REACH: Final = re.compile(
    r"(?:đạt|bằng|được|tương đương|hoàn thành|giải ngân|khối lượng|tiến độ|thực hiện|mới|xong|lũy kế|ở mức)"
    r"(?: [^\W\d]+){0,2}? ?(?:khoảng |trên |gần |chừng |hơn |~ ?|tỷ lệ )*$"
)
_OF_WHOLE: Final = re.compile(
    r"^ ?(?:của |so với )?(?:tổng )?(?:số )?(?:kế hoạch|chỉ tiêu|dự toán|khối lượng|tiến độ|nhiệm vụ|công việc|"
    r"mục tiêu|giá trị|chiều dài|diện tích|vốn|đối tượng|nhu cầu|yêu cầu|số giao|năm(?: 20\d\d)?$)"
)
_OF_OTHERS: Final = re.compile(r"^ ?(?:so với )?(?:cùng kỳ|năm|tổng chi|tổng thu|grdp|hài lòng|cả nước)|^ ?và |^ ?$")
_BARE: Final = re.compile(r"(?:đạt |được |bằng |khoảng |trên |gần |mới |hoàn thành |chừng )*\d{1,3}(?:[.,]\d+)? ?%")
_SHARE_OF_BODIES: Final = re.compile(r"^(?:đã |hiện |mới )?có $")
_SO_MANY: Final = re.compile(r"^(?:gần |trên |hơn |khoảng |mới |đã |có )*$")
_OF_THEM: Final = re.compile(r"^ (?:số |các )?(?:[^\W\d]+ ){1,5}(?:đã|được|hoàn thành) ")
_EQUALS: Final = re.compile(
    r"(?:đạt|bằng|tương đương|được|xong|phủ|hoàn thành|giải ngân|chi trả)(?: khoảng| trên| gần| chừng| hơn)? $"
)
_CHANGE: Final = re.compile(
    r"(?:giảm|tăng|cắt|rút ngắn|lãi suất|thuế|tiết kiệm|chiết khấu|vượt|hỗ trợ)(?: [^\W\d]+){0,3} ?$"
)
_TARGET: Final = re.compile(
    rf"(?:kế hoạch|chỉ tiêu|mục tiêu|so với|yêu cầu|định mức|được giao|số giao|giao)"
    rf"(?: [^\W\d]+){{0,3}}? (?:là )?({_NUMBER}) ?(%|[^\W\d]+)"
)
_FIGURE: Final = re.compile(rf"(?<![\w/.,-])({_NUMBER}) ?(%|[^\W\d]+)")
_UNLIKE: Final = frozenset({
    "năm", "tháng", "ngày", "quý", "giờ", "tuần", "và", "đến", "là", "trong", "trên", "của", "tỷ", "triệu", "nghìn",
    "đồng", "khoản", "điều", "mục", "cấp", "lần", "tuổi",
})  # fmt: skip
"""Words behind a number that are no unit of a result, or (money) one that is asked and told of different things."""
_MONEY: Final = frozenset({"tỷ", "triệu", "nghìn", "đồng"})
_REPEATS: Final = re.compile(
    r"(?P<task>(?!đã |trong |đến |có |hiện )[^:;]{8,200}?)(?:: |,? (?=(?:tính )?đến (?:nay|hết|thời điểm|ngày) ))"
    r"(?P<told>[^:]+)$"
)
_REACHED: Final = re.compile(rf"(?:được|mới (?:có )?)(?: [^\W\d]+)? ({_NUMBER}) ([^\W\d]+)")
_CEILING: Final = re.compile(
    rf"(?:không quá|không vượt quá|dưới|tối đa|giảm|xuống|còn|ít hơn|thấp hơn)"
    rf"(?: [^\W\d]+){{0,4}} {_NUMBER} ?(?:%|[^\W\d]+)"
)


def number(printed: str) -> float:
    """As printed here: "1.105" is a thousand, "11,2" a fraction."""
    return float(printed.rstrip(".").replace(".", "").replace(",", "."))


def shares(low: str) -> list[tuple[float, float]]:
    """The (part, whole) that a text counts; dates, numbers of documents and hours of the day are none."""
    return [*_ratios(low), *_named(low)]


def _ratios(low: str) -> Iterator[tuple[float, float]]:
    for match in _RATIO.finditer(low):
        pair = number(match[1]), number(match[2])
        if pair[1] and not _is_time(*pair) and (_BODIES.match(low, match.end()) or not _is_day(low, match)):
            yield pair


def _is_day(low: str, match: re.Match[str]) -> bool:
    """ngày 20/11, or a day alone in brackets: "(06/8)"."""
    alone = match[0].strip() == low.strip(" .;") and match[1].startswith("0") and number(match[2]) <= _MONTHS
    return alone or bool(_IN_DATE.search(low[: match.start()]))


def _is_time(day: float, month: float) -> bool:
    """ngày 20/9 without the word, 24/7, 24/24."""
    return (day, month) == _AROUND_THE_CLOCK or (month < day <= 31 and month <= 12)


def _named(low: str) -> Iterator[tuple[float, float]]:
    for match in _OF_UNITS.finditer(low):
        yield number(match[1]), number(match[3])
    for match in _OUT_OF.finditer(low):
        yield number(match[3]), number(match[1])


def measured(low: str) -> Measure | None:
    """What the shares and percentages of a statement or clause say of its whole; None where it tells none."""
    pairs = [(part, whole) for part, whole in shares(low) if whole]
    if any(part == 0 for part, _ in pairs):
        return "none"
    if any(part < whole for part, whole in pairs):
        return "below"
    return _percent(low) or ("reached" if pairs else None)


def _percent(low: str) -> Measure | None:
    found: Measure | None = None
    for match in _PERCENT.finditer(low):
        before, after = low[: match.start()], low[match.end() :]
        reach = float(match[1].replace(",", "."))
        if _CHANGE.search(before) or not _speaks_of_work(low, before, after):
            continue
        if reach < 100:
            return "below"
        found = "reached"
    return found


def _speaks_of_work(low: str, before: str, after: str) -> bool:
    says, ends = bool(_SAYS_REACH.search(before)), not after.strip(" .;)")
    if _OF_WHOLE.match(after):
        return says or not before.strip() or before.endswith(": ")
    if _SO_MANY.fullmatch(before) and _OF_THEM.match(after):
        return True
    if "mới" in before.split()[-4:]:
        return says
    if has("indicator", low, "rates"):
        return False
    of_noun = bool(_EQUALS.search(before)) and not _OF_OTHERS.match(after)
    return (says and ends) or of_noun or bool(_BARE.fullmatch(low)) or bool(_SHARE_OF_BODIES.fullmatch(before))


def against_target(low: str, asked: str = "") -> Measure | None:
    """A figure beside the target that is told with it ("lắp 140 bộ (kế hoạch 200 bộ)") or that the task asks for.

    >>> against_target("cấp phép 03 mỏ", "cấp phép 05 mỏ trong tháng 10")
    'below'
    """
    for match in _TARGET.finditer(low):
        for said in (low[: match.start()], low[match.end() :]):
            if answer := _compared(said, number(match[1]), match[2], money=said.endswith(" trên ")):
                return answer
    if answer := _after_its_task(low):
        return answer
    if out_of := _OUT_OF.search(low):
        return "below" if number(out_of[3]) < number(out_of[1]) else "reached"
    if counted := _OF_ALL.search(low):
        return "below" if number(counted[3]) < number(counted[1]) else "reached"
    return _against(low, asked) if asked else None


def _after_its_task(low: str) -> Measure | None:
    """A statement that repeats its task and then tells how far it is: "trồng 15.000 cây: đến nay được 11.200 cây"."""
    parted = _REPEATS.match(low)
    if not parted or _RATIO.search(parted["told"]):
        return None
    if answer := _against(parted["told"], parted["task"]):
        return answer
    goals = [number(match[1]) for match in _FIGURE.finditer(parted["task"]) if match[2] not in _UNLIKE]
    reached = _REACHED.search(parted["told"])
    if len(goals) != 1 or not reached or reached[2] in _UNLIKE:
        return None
    return "below" if number(reached[1]) < goals[0] else "reached"


def _against(said: str, asked: str) -> Measure | None:
    """Figures of what is told beside those of the same unit that are asked for."""
    goals = _CEILING.sub(" ", asked)
    wanted = {match[2]: number(match[1]) for match in _FIGURE.finditer(goals) if match[2] not in _UNLIKE}
    answers = {_compared(said, goal, unit) for unit, goal in wanted.items()} - {None}
    return answers.pop() if len(answers) == 1 else None


def _compared(said: str, goal: float, unit: str, *, money: bool = False) -> Measure | None:
    alike = unit not in _UNLIKE or (money and unit in _MONEY)
    figures = [number(match[1]) for match in _FIGURE.finditer(said) if match[2] == unit and alike]
    if not figures or not goal:
        return None
    return "reached" if max(figures) >= goal else "below"
