"""What people say about tasks: corrections over the reading, operations that can be undone, every state a task had"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

OVERLAY = ("extracted", "correction", "removal")


def overlay() -> list[sa.Column]:
    return [sa.Column(name, sa.JSON(none_as_null=True), nullable=True) for name in OVERLAY]


def upgrade() -> None:
    op.add_column("tasks", sa.Column("version", sa.Integer(), server_default="0", nullable=False))
    op.add_column("tasks", sa.Column("origin", sa.JSON(none_as_null=True), nullable=True))
    for column in overlay():
        op.add_column("tasks", column)
    op.create_table(
        "task_operations",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_task_operations_document_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["undoes"], ["task_operations.id"], name=op.f("fk_task_operations_undoes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_operations")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_task_operations_document_id", "task_operations", ["document_id"], unique=False)
    op.create_table(
        "task_events",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("confirmed_by", sa.Text(), nullable=True),
        sa.Column("confirmed_at", sa.String(length=32), nullable=True),
        sa.Column("vanished_at", sa.String(length=32), nullable=True),
        *overlay(),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_task_events_task_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["operation_id"], ["task_operations.id"], name=op.f("fk_task_events_operation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_events")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_task_events_task_id", "task_events", ["task_id"], unique=False)
    op.create_index("ix_task_events_operation_id", "task_events", ["operation_id"], unique=False)


def downgrade() -> None:
    op.drop_table("task_events")
    op.drop_table("task_operations")
    for column in ("version", "origin", *OVERLAY):
        op.drop_column("tasks", column)
