"""The counting index holds the period too, so that questions about a period walk it alone"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None
BEFORE = [
    "unit_id", "opens", "closes", "last", "report_last", "done", "on_time", "reported",
    "c_done", "c_on_time", "c_reported", "document_id", "due", "state", "tracked",
]  # fmt: skip


def upgrade() -> None:
    op.drop_index("ix_gap_cells_period", table_name="gap_cells")
    op.drop_index("ix_gap_cells_count", table_name="gap_cells")
    op.create_index("ix_gap_cells_count", "gap_cells", [*BEFORE, "label", "first", "final"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_gap_cells_count", table_name="gap_cells")
    op.create_index("ix_gap_cells_count", "gap_cells", BEFORE, unique=False)
    op.create_index("ix_gap_cells_period", "gap_cells", ["label", "unit_id"], unique=False)
