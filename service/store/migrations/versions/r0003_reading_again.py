"""Reading again: the rules that read a document, what vanished, what is suspect, what a report was linked to"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("documents", sa.Column("rules", sa.String(length=64), nullable=True))
    op.add_column("documents", sa.Column("read_at", sa.String(length=32), nullable=True))
    op.add_column("tasks", sa.Column("vanished_at", sa.String(length=32), nullable=True))
    op.add_column("tasks", sa.Column("revision", sa.Integer(), server_default="0", nullable=False))
    op.create_index("ix_tasks_revision", "tasks", ["revision"], unique=False)
    op.add_column("items", sa.Column("vanished_at", sa.String(length=32), nullable=True))
    op.add_column("reports", sa.Column("linked_at", sa.String(length=32), nullable=True))
    op.add_column("reports", sa.Column("linked_revision", sa.Integer(), nullable=True))
    op.add_column("reports", sa.Column("scorer", sa.Text(), nullable=True))
    for table in ("links", "link_events"):
        op.add_column(table, sa.Column("suspect", sa.Boolean(), server_default=sa.false(), nullable=False))
    numbers = op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
    )
    op.bulk_insert(numbers, [{"id": 1, "value": 0}])


def downgrade() -> None:
    op.drop_table("revision")
    for table in ("link_events", "links"):
        op.drop_column(table, "suspect")
    for column in ("scorer", "linked_revision", "linked_at"):
        op.drop_column("reports", column)
    op.drop_column("items", "vanished_at")
    op.drop_index("ix_tasks_revision", "tasks")
    for column in ("revision", "vanished_at"):
        op.drop_column("tasks", column)
    for column in ("read_at", "rules"):
        op.drop_column("documents", column)
