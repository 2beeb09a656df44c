"""Follow-up work: moves of tasks, urging letters, reminders, addresses"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _id() -> sa.Column:
    return sa.Column("id", sa.Integer(), autoincrement=True, nullable=False)


def upgrade() -> None:
    op.create_table(
        "task_moves",
        _id(),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("period", sa.Text(), nullable=True),
        sa.Column("effective", sa.String(length=10), nullable=False),
        sa.Column("known_at", sa.String(length=32), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("answers", sa.Integer(), nullable=True),
        sa.Column("batch", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_task_moves_task_id")),
        sa.ForeignKeyConstraint(["answers"], ["task_moves.id"], name=op.f("fk_task_moves_answers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_moves")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_task_moves_task_id", "task_moves", ["task_id"], unique=False)
    op.create_index("ix_task_moves_batch", "task_moves", ["batch"], unique=False)
    op.create_table(
        "letters",
        _id(),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("as_of", sa.String(length=10), nullable=False),
        sa.Column("listed_at", sa.String(length=32), nullable=False),
        sa.Column("answer_by", sa.String(length=10), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("symbol", sa.Text(), nullable=True),
        sa.Column("issued", sa.String(length=10), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_letters_unit", "letters", ["unit"], unique=False)
    op.create_index("ix_letters_state", "letters", ["state"], unique=False)
    op.create_table(
        "letter_events",
        _id(),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_letter_events_letter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_events")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_letter_events_letter_id", "letter_events", ["letter_id"], unique=False)
    op.create_table(
        "reminders",
        _id(),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("rule", sa.String(length=32), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.Text(), nullable=True),
        sa.Column("due", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("read_at", sa.String(length=32), nullable=True),
        sa.Column("mail_to", sa.Text(), nullable=True),
        sa.Column("mail_state", sa.String(length=16), nullable=False),
        sa.Column("mail_error", sa.Text(), nullable=True),
        sa.Column("mail_at", sa.String(length=32), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_reminders_task_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint("key", name=op.f("uq_reminders_key")),
        sqlite_autoincrement=True,
    )
    for column in ("task_id", "read_at", "mail_state"):
        op.create_index(f"ix_reminders_{column}", "reminders", [column], unique=False)
    op.create_table(
        "contacts",
        _id(),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
        sa.UniqueConstraint("unit", name=op.f("uq_contacts_unit")),
    )


def downgrade() -> None:
    for table in ("contacts", "reminders", "letter_events", "letters", "task_moves"):
        op.drop_table(table)
