"""Daily sums hold rules, ended cells, and what is both overdue and unreported; an index of what falls due"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None
BEFORE = (
    "total", "no_deadline",
    "done_on_time", "done_late", "open_overdue", "reported", "reported_late", "missing",
    "c_done_on_time", "c_done_late", "c_open_overdue", "c_reported", "c_reported_late", "c_missing",
    "pending",
)  # fmt: skip
AFTER = (*BEFORE[:8], "late_missing", *BEFORE[8:14], "c_late_missing", "pending")


def _sums(names: tuple[str, ...]) -> None:
    """The daily sums anew: they are made from the cells by the first question."""
    op.drop_table("gap_days")
    op.create_table(
        "gap_days",
        sa.Column("scope", sa.String(length=1), nullable=False),
        sa.Column("ref", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in names),
        sa.PrimaryKeyConstraint("scope", "ref", "day", name=op.f("pk_gap_days")),
    )
    op.execute("UPDATE gap_basis SET counted = false")


def upgrade() -> None:
    _sums(AFTER)
    op.create_table(
        "gap_rule_days",
        sa.Column("scope", sa.String(length=1), nullable=False),
        sa.Column("ref", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rule", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "ref", "rule", "day", name=op.f("pk_gap_rule_days")),
    )
    op.drop_index("ix_gap_cells_due", table_name="gap_cells")
    due = ["last", "id", "done", "opens", "closes", "due", "state", "tracked", "unit_id", "document_id"]
    op.create_index("ix_gap_cells_due", "gap_cells", due, unique=False)
    op.create_index("ix_gap_cells_standing", "gap_cells", ["tracked", "state", "opens", "closes"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_gap_cells_standing", table_name="gap_cells")
    op.drop_index("ix_gap_cells_due", table_name="gap_cells")
    op.create_index("ix_gap_cells_due", "gap_cells", ["last", "id"], unique=False)
    op.drop_table("gap_rule_days")
    _sums(BEFORE)
