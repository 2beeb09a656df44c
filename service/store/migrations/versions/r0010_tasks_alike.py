"""Tasks that read alike, with what people decided about them"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tasks", sa.Column("paired", sa.Integer(), server_default="-1", nullable=False))
    op.create_table(
        "task_pairs",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("one", sa.Integer(), nullable=False),
        sa.Column("other", sa.Integer(), nullable=False),
        sa.Column("likeness", sa.Float(), nullable=False),
        sa.Column("decision", sa.String(length=16), nullable=True),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["one"], ["tasks.id"], name=op.f("fk_task_pairs_one"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other"], ["tasks.id"], name=op.f("fk_task_pairs_other"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_pairs")),
        sa.UniqueConstraint("one", "other", name=op.f("uq_task_pairs_one_other")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_task_pairs_other", "task_pairs", ["other"], unique=False)


def downgrade() -> None:
    op.drop_table("task_pairs")
    op.drop_column("tasks", "paired")
