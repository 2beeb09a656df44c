"""Daily sums in the order of days, with sums of whole spans beside them"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None
COUNTED = (
    "total", "no_deadline",
    "done_on_time", "done_late", "open_overdue", "reported", "reported_late", "missing", "late_missing",
    "c_done_on_time", "c_done_late", "c_open_overdue", "c_reported", "c_reported_late", "c_missing", "c_late_missing",
    "pending",
)  # fmt: skip


def _column(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)


def _anew(scope: int, order: tuple[str, ...], *, rowid: bool) -> None:
    """Both tables of sums: they are made from the cells by the first question."""
    for name, summed in (("gap_days", COUNTED), ("gap_rule_days", ("n",))):
        rules = [sa.Column("rule", sa.String(length=32), nullable=False)] if name == "gap_rule_days" else []
        keys = {"scope": sa.Column("scope", sa.String(length=scope), nullable=False)}
        keys |= {key: _column(key) for key in ("day", "ref")} | {rule.name: rule for rule in rules}
        ordered = [key for key in order if key in keys]
        op.drop_table(name)
        op.create_table(
            name,
            *(keys[key] for key in ordered),
            *(_column(one) for one in summed),
            sa.PrimaryKeyConstraint(*ordered, name=op.f(f"pk_{name}")),
            sqlite_with_rowid=rowid,
        )
    op.execute("UPDATE gap_basis SET counted = false")


def upgrade() -> None:
    _anew(2, ("scope", "day", "ref", "rule"), rowid=False)


def downgrade() -> None:
    _anew(1, ("scope", "ref", "rule", "day"), rowid=True)
