"""Bytes of a text file become a string: UTF-8, UTF-16, windows-1258, TCVN3, VNI, else the best guess, said aloud."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from charset_normalizer import from_bytes

from corpus.legacy import convert, detect
from corpus.model import Problem
from corpus.text import nfc

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE: Final = 65_536
_WORDS: Final = re.compile(
    r"(?<!\w)(?:của|và|các|được|trong|cho|với|những|người|việc|theo|về|là|có|không|này|năm|ngày|tháng|số|định|quyết|nghị"
    r"|nhân|dân|thực|hiện|chính|quản|lý|để|tại|từ|đến|ủy|hội|tỉnh|đảng)(?!\w)",
    re.IGNORECASE,
)
_NAMES: Final = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI", "cp1258": "Windows-1258"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text and what an officer should know about how it was obtained."""

    text: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes) -> Decoded:
    """The text of ``data``; problems say when a guess was made or bytes were lost. Empty text: nothing was readable."""
    text, problems = _unicode(data) or _eight_bit(data)
    if "\0" in text:
        problems.append(Problem("encoding", f"Tệp có {text.count(chr(0))} ký tự rỗng (NUL), đã bỏ."))
        text = text.replace("\0", "")
    if (legacy := detect(text)) is not None:
        text = nfc(convert(text, legacy))
        problems.append(_legacy(legacy))
    return Decoded(text, tuple(problems))


def looks_binary(data: bytes) -> bool:
    """True for bytes that are no text in any encoding: many control characters, and not UTF-16."""
    sample = data[:_SAMPLE]
    if not sample or _bom(sample) or _bare_utf16(sample):
        return False
    controls = len(sample) - len(sample.translate(None, bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1b")))
    return controls > max(8, 0.02 * len(sample)) and not _mostly_utf8(sample)


def _mostly_utf8(sample: bytes) -> bool:
    """NUL bytes inside an otherwise sound UTF-8 text."""
    text = sample.replace(b"\0", b"").decode("utf-8", "replace")
    odd = sum(1 for char in text if char == "\ufffd" or (char < " " and char not in "\t\n\v\f\r\x1b"))
    return len(text) > 0.5 * len(sample) and odd <= 0.01 * len(text)


def _bom(data: bytes) -> tuple[bytes, str] | None:
    return next(((mark, name) for mark, name in _BOMS if data.startswith(mark)), None)


def _bare_utf16(sample: bytes) -> str | None:
    """UTF-16 without its mark: spaces and ASCII letters leave NULs on one side only."""
    if len(sample) < 8:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.3 * half and even < 0.02 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.3 * half and odd < 0.02 * half else None


def _unicode(data: bytes) -> tuple[str, list[Problem]] | None:
    """The text when it is some form of Unicode, damaged or not."""
    mark = _bom(data)
    name = mark[1] if mark else _bare_utf16(data[:_SAMPLE]) or "utf-8"
    body = data[len(mark[0]) :] if mark else data
    try:
        return body.decode(name), []
    except UnicodeDecodeError:
        text = body.decode(name, "replace")
    lost, real = text.count("\ufffd"), sum(1 for char in text[:_SAMPLE] if char > "\x7f" and char != "\ufffd")
    if name == "utf-8" and not mark and lost > 0.05 * max(real, 1):
        return None
    return text, [
        Problem("encoding", f"Tệp có {lost} chỗ không giải mã được theo {name.upper()}, đã thay bằng “\ufffd”.")
    ]


def _eight_bit(data: bytes) -> tuple[str, list[Problem]]:
    """The reading with most Vietnamese words among the eight-bit encodings, or the library's guess."""
    latin = data.decode("latin-1")
    readings = {"cp1258": nfc(data.decode("cp1258", "replace"))}
    readings |= {name: nfc(convert(latin, name)) for name in ("tcvn3", "vni")}
    scores = {name: len(_WORDS.findall(text[:_SAMPLE])) for name, text in readings.items()}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] >= 3 and scores[best] > 0.01 * len(data[:_SAMPLE].split()):
        return readings[best], [_legacy(best)]
    return _guess(data)


def _guess(data: bytes) -> tuple[str, list[Problem]]:
    match = None if looks_binary(data) else from_bytes(data[:_SAMPLE]).best()
    if match is None:
        return "", [Problem("encoding", "Không xác định được bảng mã; tệp không phải là văn bản đọc được.")]
    text = data.decode(match.encoding, "replace")
    return text, [Problem("encoding", f"Bảng mã không rõ, tạm đọc theo {match.encoding}; một số chữ có thể sai.")]


def _legacy(name: str) -> Problem:
    return Problem(
        "legacy_encoding",
        f"Văn bản dùng bảng mã cũ {_NAMES[name]}, đã chuyển sang Unicode; đề nghị đối chiếu với bản gốc.",
    )
