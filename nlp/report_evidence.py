"""Evidence from many sides that a text is a report: how it presents itself, and what its body tells.

A report *says* that it is one (kind, title, opening, close, headings, columns of results, whom it is sent to), and its
body *bears it out*: its lines tell what was done rather than what others shall do. Both are sums of weights from
``data/report_evidence.toml``; a text is a report where what it says reaches ``limits.says`` and both together reach
``limits.threshold``. A kind that assigns (quyết định, kế hoạch, chỉ thị) is none, whatever it tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from corpus.labels import read_label
from corpus.model import Cell, Document, Table
from corpus.text import canonical_tones, fold, one_to_one
from nlp.model import Header
from nlp.report_opening import Opening, leading_asks
from nlp.vocabulary import load

_HEAD_LINES: Final = 14
"""Lines of a text without a header among which its title stands."""
_CLOSE_REACH: Final = 1_500
_HEADING: Final = 90
_LONGEST: Final = 400
"""Of a line of the body so much is weighed."""
_FILLED: Final = 2
"""Cells of a column of results that must tell something."""
_WISH: Final = 0.4
_COUNT: Final = 0.6
_NEUTRAL: Final = 0.15
"""Of a full line: what one that asks, that only counts, or that says neither, weighs in the balance."""
_ROWS: Final = 40
"""Rows of a table that are looked at."""
_NUMBER: Final = re.compile(r"\d[\d.]*(?:,\d+)?")
_TOP: Final = 5
"""Lines among which a message names those who receive it, not the foot of a letter."""
_PLACEHOLDER: Final = re.compile(r"[….]{3,}")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a report and against it, by name: weights above and below 0."""

    says: tuple[tuple[str, float], ...]
    body: float
    refused: bool = False
    """The kind assigns: nothing else counts."""

    @property
    def is_report(self) -> bool:
        """Whether the text says that it is a report and its body bears it out."""
        limits = _data()["limits"]
        said = sum(weight for _, weight in self.says)
        return not self.refused and said >= limits["says"] and said + self.body >= limits["threshold"]


@cache
def _data() -> dict[str, Any]:
    return load("report_evidence.toml")


@cache
def _patterns(name: str) -> tuple[tuple[float, re.Pattern[str]], ...]:
    start = _data()["title_start"]["pattern"]
    return tuple((entry["weight"], re.compile(entry["pattern"].replace("{start}", start))) for entry in _data()[name])


@cache
def _pattern(name: str, key: str = "pattern") -> re.Pattern[str]:
    return re.compile(_data()[name][key])


def assigns(header: Header) -> bool:
    """Whether the kind by itself says that a text is no report: all else need not be looked at."""
    return (header.kind or "none") not in _data()["kinds"]


def may_report(header: Header) -> bool:
    """Whether a text of this kind can be a report at all; a kind that assigns never is, and nothing else is asked."""
    return (header.kind or "none") in _data()["kinds"]


def weigh(document: Document, header: Header, opening: Opening | None, subject: str | None) -> Evidence:
    """All evidence about one document; ``subject`` is the body that the opening names as its author."""
    if assigns(header):
        return Evidence((), 0.0, refused=True)
    text = document.text
    start = opening.end if opening else _head_end(text, header)
    lines = list(_body_lines(text, start))
    told_rows = max((_told_rows(document, table) for table in document.tables[:4]), default=0)
    said = [
        ("kind", _data()["kinds"][header.kind or "none"]),
        ("title", _title(text, header, opening)),
        ("opening", _opening(text, opening, subject)),
        ("address", _address(text)),
        ("message", _lines_like("message", text[:1_500])),
        ("sender", 0.0 if header.kind or header.issuer else _lines_like("sender", text[:1_500], 2)),
        ("cites", 0.0 if header.kind else _cites(text)),
        ("signer", _lines_like("signer", text[-600:])),
        ("close", _sum_once("close", [_plain(text[start:][-_CLOSE_REACH:])])),
        ("headings", _headings(lines)),
        ("answers", _answers(lines)),
        ("columns", float(_data()["columns"]["weight"]) if told_rows else 0.0),
    ]
    enough = sum(value for _, value in said) >= _data()["limits"]["says"]  # else the body is not asked
    return Evidence(
        tuple((name, value) for name, value in said if value), _balance(lines, told_rows) if enough else 0.0
    )


def _plain(text: str) -> str:
    return canonical_tones(one_to_one(fold(text))).lower()


def _sum_once(name: str, texts: list[str]) -> float:
    """Each entry counts once, however often it is found."""
    return sum(weight for weight, pattern in _patterns(name) if any(pattern.search(text) for text in texts))


def _title(text: str, header: Header, opening: Opening | None) -> float:
    """By the subject; of a text whose header was not read, by its first lines."""
    titles = [_unmarked(header.title)] if header.title else list(_head_lines(text, opening))
    return _sum_once("title", titles)


def _unmarked(line: str) -> str:
    return _plain(line).strip(" *#_(-–:.")


def _head_lines(text: str, opening: Opening | None) -> Iterator[str]:
    """The first lines up to the opening, a numbered line or a table."""
    taken = 0
    for line in text[: opening.start if opening else 3_000].split("\n"):
        said = _unmarked(line)
        if not said:
            continue
        if taken >= _HEAD_LINES or "\t" in line or (taken > 1 and re.match(r"(?:\d+|[ivx]+)[.)] ", said)):
            return
        if line.rstrip().endswith((".", ";")):
            return
        taken += 1
        if len(said) < 2 * _HEADING:
            yield said


def _opening(text: str, opening: Opening | None, subject: str | None) -> float:
    weights = _data()["opening"]
    if opening is None:
        decides = _pattern("opening", "opines_at_once").search(_plain(text[:4_000]))
        return float(weights["decision"] if decides else weights["asks"] if leading_asks(text) else 0.0)
    led = _plain(text[opening.speaks : opening.end])
    if opening.strength != "strong" and _pattern("opening", "deciding").search(led):
        return float(weights["decision"])
    if opening.strength != "strong" and _pattern("opening", "opining").search(led):
        return float(weights["opinion"])
    many = re.match(r"(?:các|những|từng|mọi|người đứng đầu)\s", subject or "", re.IGNORECASE)
    if many:
        return float(weights["others"])
    return float(weights["named" if subject and opening.strength == "strong" else opening.strength])


def _address(text: str) -> float:
    """Sent to one body above it, or to many below."""
    rules = _data()["address"]
    low = _plain_lines(text[:4_000])
    place = next((n for n, line in enumerate(low) if line.strip("*# ").startswith("kính gửi")), None)
    if place is None:
        return 0.0
    first = re.sub(r"^[\W_]*kính gửi[\s:*]*", "", low[place])
    to = [line for line in [first, *low[place + 1 : place + 5]] if line]
    many = _pattern("address", "many")
    listed = [line for line in to if line == first or line.startswith(("-", "+", "•", "*"))]
    return float(rules["to_many"] if any(many.match(line.lstrip("-+•* ")) for line in listed) else rules["to_one"])


def _plain_lines(text: str) -> list[str]:
    return [canonical_tones(one_to_one(" ".join(line.split()))).lower() for line in text.split("\n")]


def _lines_like(name: str, part: str, among: int = 40) -> float:
    """The entry's weight where one of the first lines of a part is like it."""
    lines = [said for line in part.split("\n") if (said := _unmarked(line))][:among]
    return float(_data()[name]["weight"]) if any(_pattern(name).search(line) for line in lines) else 0.0


def _cites(text: str) -> float:
    """The document that a text without header answers, or that it is an annex of."""
    rules, head = _data()["cites"], _plain(text[:1_200])
    if _pattern("cites", "annexed").search(head):
        return float(rules["annex"])
    return float(rules["weight"]) if _pattern("cites").search(head) else 0.0


def _head_end(text: str, header: Header) -> int:
    """Where a body without an opening begins: behind the title, else at the top."""
    if not header.title:
        return 0
    place = text.find(header.title[:40])
    return place + len(header.title) if place >= 0 else 0


def _body_lines(text: str, start: int) -> Iterator[str]:
    """The first lines behind the opening, plain; up to those who receive the text."""
    taken, limit = 0, _data()["limits"]["lines"]
    for line in text[start : start + 40_000].split("\n"):
        said = _plain(line[:_LONGEST]).strip(" *#_|")
        if said.startswith("nơi nhận") and (taken > _TOP or said.endswith("nhận")):
            return
        if not any(char.isalpha() for char in said):
            continue
        yield said
        taken += 1
        if taken >= limit:
            return


def _without_label(line: str) -> str:
    label = read_label(line)
    return (line[label.length :] if label else re.sub(r"^(?:[ivx]{1,4}|[a-zđ])[.)] ?", "", line)).strip(" .:*")


def _headings(lines: list[str]) -> float:
    return _sum_once("heading", [_without_label(line) for line in lines if len(line) <= _HEADING])


def _answers(lines: list[str]) -> float:
    answers = sum(bool(_pattern("answers").match(line)) for line in lines)
    return float(_data()["answers"]["weight"]) if answers >= _FILLED else 0.0


def _balance(lines: list[str], told_rows: int) -> float:
    """From telling only to assigning only; lines about plans and wishes are set aside. Rows known to tell count so."""
    limits = _data()["limits"]
    told, ordered, neutral = float(told_rows), 0.0, 0.0
    aside = False
    for line in lines:
        said = _without_label(line)
        if len(said) <= _HEADING and _pattern("asides").match(said):
            aside = True
        elif aside and len(said) <= _HEADING and any(p.match(said) for w, p in _patterns("heading") if w > 0):
            aside = False
        if aside or _PLACEHOLDER.search(said) or said.startswith("(kèm theo"):
            continue
        if _pattern("ordered", "wishes").match(said):
            ordered += _WISH
            continue
        told_at, ordered_at = (_pattern(name).search(said) for name in ("told", "ordered"))
        if told_at and (not ordered_at or told_at.start() <= ordered_at.start()):
            told += 1
        elif ordered_at:
            ordered += 1
        elif _pattern("told", "counts").search(said):
            told += _COUNT
        else:
            neutral += 1
    if not told:
        return float(limits["silent"]) - (limits["balance"] if ordered else 0)
    return float(limits["balance"]) * (told - ordered) / (told + ordered + _NEUTRAL * neutral)


def _told_rows(document: Document, table: Table) -> int:
    """Rows that tell something in a column headed by results: in words, or in figures beside those of the plan."""
    head = _pattern("columns")
    for index, row in enumerate(table.rows[:3]):
        names = [_plain(document.text[cell.start : cell.end]) for cell in row.cells]
        below = table.rows[index + 1 : index + 1 + _ROWS]
        goals = [place for place, name in enumerate(names) if _pattern("columns", "goal").search(name)]
        for place, name in enumerate(names):
            if not head.match(name):
                continue
            texts = [text for other in below if (text := _cell(document, other.cells, place))]
            told = [text for text in texts if any(_pattern("told", key).search(text) for key in ("pattern", "counts"))]
            counted = [text for text in texts if _NUMBER.fullmatch(text)] if goals and goals[0] < place else []
            found = max(len(told), len(counted))
            if found >= _FILLED and 2 * found >= len(texts):
                return found
    return 0


def _cell(document: Document, cells: Sequence[Cell], place: int) -> str:
    return _plain(document.text[cells[place].start : cells[place].end]) if place < len(cells) else ""
