"""The status that a statement or a table row claims, as it is kept: the rules, and the trained second look over them.

The rules (``nlp.status``) say what words claim, ``nlp.status_model`` how far they can be believed in this wording. What
a figure says against the task's target is arithmetic and stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from nlp.model import ClaimedStatus, ReportSection
from nlp.status import claimed_status, row_status, with_beside
from nlp.status_counts import against_target
from nlp.status_model import weighed
from nlp.status_words import has, plain

__all__ = ["read_claim", "read_row"]

SURE: Final = 0.95
"""Among limits and requests a claim is taken only where its wording leaves so little doubt."""


def read_claim(text: str, *, told: bool = True, section: ReportSection | None = None) -> tuple[ClaimedStatus, bool]:
    """The status that a statement claims and whether it says that the work is late; ``told`` as for the rules.

    ``section``: plans promise and limits claim nothing, but both may ask for a change, and a limit may be a claim
    beyond doubt ("Dự án chưa khởi công").

    >>> read_claim("Chưa hoàn thành, chậm tiến độ")
    ('in_progress', True)
    """
    by_rules, late = claimed_status(text, told=told)
    status = weighed(text, by_rules, told=told, sure=SURE if section == "limits" else 0.0)
    if section == "plans" and status != "change_requested":
        status = "promise"
    return ("in_progress" if late and status == "unknown" and not section else status), late


def read_row(cells: Sequence[str], asked: str, beside: Sequence[str] = ()) -> tuple[ClaimedStatus, bool]:
    """The claim of a table row; arguments as for ``nlp.status.row_status``.

    Its cells are read one by one, and together where several claim something. Where none does, they are read behind
    the task ("Bồi dưỡng kế toán: 12 lớp"), after their figures were held against its target.

    >>> read_row(["12 lớp, 618 lượt người"], "Bồi dưỡng giám đốc, kế toán hợp tác xã")
    ('done', False)
    """
    by_rules, behind = row_status(cells, asked)
    others = [claimed_status(cell, told=False) for cell in beside if cell]
    late = behind or any(late for _, late in others)
    status = _told([cell for cell in cells if cell], asked, by_rules)
    return with_beside(status, [one for one, _ in others], late=late), late


def _told(cells: Sequence[str], asked: str, by_rules: ClaimedStatus) -> ClaimedStatus:
    telling = [cell for cell in cells if not has("time_only", plain(cell))] or cells
    claims = [status for cell in telling if (status := _claim(cell)) != "unknown"]
    together = "; ".join(telling)
    if "change_requested" in claims:
        return "change_requested"
    if claims:
        return claims[0] if len(claims) == 1 else _claim(together)
    if not together or against_target(plain(together), plain(asked)):
        return by_rules
    status = _claim(f"{asked}: {together}", told=True)
    return status if status in ("done", "partial", "unknown") else by_rules  # the rest would be the task's own words


def _claim(text: str, *, told: bool = False) -> ClaimedStatus:
    return weighed(text, claimed_status(text, told=told)[0], told=told)
