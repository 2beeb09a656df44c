"""What the office knows about the force of documents"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "office_rows",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("symbol_key", sa.Text(), nullable=False),
        sa.Column("issued", sa.String(length=10), nullable=True),
        sa.Column("effective", sa.String(length=10), nullable=True),
        sa.Column("expired", sa.String(length=10), nullable=True),
        sa.Column("replaced_by", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("checked_on", sa.String(length=10), nullable=True),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("known_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_rows")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_office_rows_symbol_key", "office_rows", ["symbol_key"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_office_rows_symbol_key", "office_rows")
    op.drop_table("office_rows")
