"""From what was found to one of six words. What is not known is said, never guessed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final

from corpus.tree import build_tree
from nlp.model import Locator
from nlp.symbols import symbol_key
from service.errors import Ambiguous, InvalidInput
from service.index.asking import find_place
from service.records import StoredDocument
from service.store.ports import Store
from service.validity.evidence import Reader
from service.validity.model import Act, Reason, Status, Subject, Validity, day
from service.validity.places import inside, show_locator


def validity(store: Store, name: str, on: dt.date, locator: Locator = (), *, reader: Reader | None = None) -> Validity:
    """The force of ``45/2020/NĐ-CP`` or ``468/QĐ-TTg@2021-03-27`` (or of a place in it) on a day."""
    return _Case(reader or Reader(store), find_subject(store, name), on, locator).answer()


def on_document(
    store: Store, document: StoredDocument, on: dt.date, locator: Locator = (), *, reader: Reader | None = None
) -> Validity:
    """The same for a document of the store."""
    subject = Subject(document.header.symbol, document.header.date, (document,))
    return _Case(reader or Reader(store), subject, on, locator).answer()


def on_subject(subject: Subject, on: dt.date, locator: Locator = (), *, reader: Reader) -> Validity:
    """The same for a document that may only be cited."""
    return _Case(reader, subject, on, locator).answer()


def find_subject(store: Store, name: str) -> Subject:
    """The document that a name means; one that is not in the store may still be known from others."""
    symbol, _, printed = name.strip().partition("@")
    if not symbol.strip():
        raise InvalidInput("Cần có số, ký hiệu của văn bản")
    try:
        date = dt.date.fromisoformat(printed) if printed else None
    except ValueError:
        raise InvalidInput(f"“{printed}” không phải là ngày (ví dụ 2021-03-27)", date=printed) from None
    found = store.by_symbol(symbol_key(symbol), date=date)
    dates = {document.header.date for document in found if document.header.date}
    if len(dates) > 1:
        keys = sorted({document.key or document.file for document in found})
        raise Ambiguous(f"“{name}” có thể là: {', '.join(keys)}", keys)
    return Subject(symbol.strip(), date or next(iter(dates), None), tuple(found))


_SHOWN: Final = 8
"""Places named in a reason; the others are counted."""


class _Case:
    """One question with its evidence."""

    def __init__(self, reader: Reader, subject: Subject, on: dt.date, locator: Locator) -> None:
        self._reader = reader
        self._subject = subject
        self._on = on
        self._locator = locator
        self._all = reader.acts(subject)
        self._office = reader.office(subject)

    def answer(self) -> Validity:
        """The status with its reasons."""
        status, reasons = self._decide()
        starts, ends = self._start, [act.date for act in self._whole("end") if act.date]
        return Validity(
            symbol=self._subject.symbol,
            on=self._on,
            status=status,
            locator=self._locator,
            since=starts.date if starts else None,
            until=min(ends) - dt.timedelta(days=1) if ends else None,
            reasons=_grouped(reasons),
            missing=self._missing() if status == "unknown" or (status == "partly_ended" and not starts) else (),
            conflicts=tuple(self._conflicts()),
            documents=tuple(document.id for document in self._subject.documents),
        )

    # --- the decision

    def _decide(self) -> tuple[Status, list[Reason]]:
        ended = [act for act in self._touching("end") if act.holds(self._on)]
        if ended:
            return "ended", _reasons(ended)
        early = self._too_early()
        if early:
            return "not_yet", early
        suspended = [act for act in self._touching("suspend") if act.holds(self._on)]
        if suspended:
            return "suspended", _reasons(suspended)
        if [act for act in self._touching("end", "suspend") if act.date is None]:
            return "unknown", _reasons(self._touching("end", "suspend"))
        return self._partly_or_whole()

    def _partly_or_whole(self) -> tuple[Status, list[Reason]]:
        """In force, as far as known; a text whose places were amended or repealed is partly out of force."""
        known = [self._start.reason] if self._start else []
        partly = [act for act in self._inside("end", "amend") if act.holds(self._on)]
        if partly:
            return "partly_ended", [*_reasons(partly), *known]
        renewed = [act for act in self._over("amend", "supplement") if act.holds(self._on)]
        later = [act for act in self._touching("end") if act.date and act.date > self._on]
        if self._locator and not renewed and self._is_absent():
            return "unknown", known
        if known or renewed:
            return "in_force", [
                *_reasons(renewed),
                *known,
                *_reasons(later),
                *([] if later else [self._nothing_found()]),
            ]
        return "unknown", _reasons(later)

    def _too_early(self) -> list[Reason]:
        added = [
            act
            for act in self._all
            if act.action == "supplement" and self._locator and inside(self._locator, act.locator)
        ]
        future = [act for act in added if act.date and act.date > self._on]
        if added and len(future) == len(added):
            return _reasons(future)
        if self._start and self._start.date and self._on < self._start.date:
            return [self._start.reason]
        issued = self._subject.date
        if issued and self._on < issued:
            return [Reason("not_issued", f"Văn bản ban hành ngày {day(issued)}", issued, self._subject.document)]
        return []

    # --- which acts count

    def _whole(self, *actions: str) -> list[Act]:
        return [act for act in self._all if act.action in actions and not act.locator]

    def _touching(self, *actions: str) -> list[Act]:
        """Acts on the whole document, or on all of the place that is asked about."""
        return [*self._whole(*actions), *self._over(*actions)]

    def _over(self, *actions: str) -> list[Act]:
        if not self._locator:
            return []
        return [
            act for act in self._all if act.action in actions and act.locator and inside(self._locator, act.locator)
        ]

    def _inside(self, *actions: str) -> list[Act]:
        """Acts on parts of what is asked about."""
        asked = self._locator
        return [
            act
            for act in self._all
            if act.action in actions
            and act.locator
            and inside(act.locator, asked)
            and not (asked and inside(asked, act.locator))
        ]

    @cached_property
    def _start(self) -> Act | None:
        """The beginning: the office's word first, then the place's own clause, then the text's."""
        over = self._over("start")
        starts = over or self._whole("start")
        office = [act for act in starts if act.reason.office]
        return next(iter(office or starts), None)

    # --- what is said beside

    def _nothing_found(self) -> Reason:
        count = self._reader.store.count_documents()
        words = f"Trong kho ({count} văn bản) không có văn bản nào thay thế, bãi bỏ hoặc ngưng hiệu lực"
        return Reason("no_end_found", words)

    def _is_absent(self) -> bool:
        """Whether the store has the text and the place is not in it."""
        document = self._subject.document
        if document is None or document.status != "ok":
            return False
        tree = build_tree(self._reader.store.layout(document.id))
        place = [tuple(step.rsplit(" ", 1)) for step in self._locator]
        return find_place(tree, place) is None  # type: ignore[arg-type]

    def _missing(self) -> tuple[str, ...]:
        missing = []
        if not self._subject.documents:
            missing.append("văn bản chưa có trong kho")
        if self._start is None or self._start.date is None:
            inside_text = "văn bản không ghi rõ" if self._subject.documents else "chưa có nguồn nào ghi"
            missing.append(f"ngày có hiệu lực ({inside_text})")
        if [act for act in self._touching("end", "suspend") if act.date is None]:
            missing.append("ngày hết hiệu lực hoặc ngưng hiệu lực (văn bản tác động không ghi rõ ngày)")
        if self._locator and self._is_absent():
            missing.append(f"{show_locator(self._locator)} (không thấy trong văn bản)")
        if not self._office:
            missing.append("thông tin của cơ quan về hiệu lực (chưa nhập bảng)")
        return tuple(missing)

    def _conflicts(self) -> Iterable[str]:
        for action, words in (("start", "Ngày có hiệu lực"), ("end", "Ngày hết hiệu lực")):
            office = {act.date for act in self._whole(action) if act.reason.office}
            texts = {act.date for act in self._whole(action) if not act.reason.office and act.date}
            if office and texts and not office & texts:
                ours, theirs = (", ".join(map(day, sorted(filter(None, days)))) for days in (office, texts))
                yield f"{words} không khớp: bảng của cơ quan ghi {ours}, văn bản ghi {theirs}"
        ended = [act for act in self._whole("end") if act.holds(self._on) and not act.reason.office]
        row = self._office[0] if self._office else None
        if (
            ended
            and row
            and not row.expired
            and row.checked_on
            and row.checked_on >= min(filter(None, (a.date for a in ended)))
        ):
            yield f"Bảng của cơ quan (rà soát {day(row.checked_on)}) chưa ghi ngày hết hiệu lực"


def _grouped(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """One reason for all places that one document changes in one way."""
    groups: dict[tuple[str, int | None, str], list[Reason]] = {}
    for reason in dict.fromkeys(reasons):
        source = reason.document.id if reason.document else None
        groups.setdefault((reason.code, source, "" if reason.locators else reason.text), []).append(reason)
    return tuple(_group(reasons) for reasons in groups.values())


def _group(reasons: list[Reason]) -> Reason:
    first = reasons[0]
    places = tuple(dict.fromkeys(place for reason in reasons for place in reason.locators))
    if len(places) < 2:
        return first
    shown = ", ".join(show_locator(place) for place in places[:_SHOWN])
    more = f" và {len(places) - _SHOWN} vị trí khác" if len(places) > _SHOWN else ""
    own = show_locator(first.locators[0])
    words = first.text[len(own) + 1 :] if first.text.casefold().startswith(own.casefold()) else first.text
    return replace(first, text=f"{words[:1].upper()}{words[1:]}: {shown}{more}", locators=places)


def _reasons(acts: Sequence[Act]) -> list[Reason]:
    return [act.reason for act in acts]


__all__ = ["find_subject", "on_document", "on_subject", "validity"]
