"""Where the words of a task stand in its document, so that a person's task is highlighted like any other."""

from __future__ import annotations

import re
from dataclasses import replace

from nlp.model import Task


def locate(text: str, task: Task, within: tuple[int, int] = (0, 0)) -> Task:
    """The task with its place: first inside ``within``, then anywhere; ``within`` itself where its words are others.

    White space and letter case do not count. No place at all is ``start == end``: nothing is highlighted.
    """
    words = re.split(r"\s+", task.text.strip(" \t\n.;,-–+*•"))
    pattern = re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE)
    start, end = within
    found = pattern.search(text, start, end) if end > start else None
    found = found or pattern.search(text)
    place = found.span() if found and any(words) else within
    return replace(task, start=place[0], end=place[1])
