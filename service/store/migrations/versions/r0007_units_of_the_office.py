"""An office's own units: names, codes, parents, successors, members of collectives, the office itself, the history"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

DAY, TIME = sa.String(length=10), sa.String(length=32)


def key() -> sa.Column:
    return sa.Column("id", sa.Integer(), autoincrement=True, nullable=False)


def term() -> list[sa.Column]:
    return [sa.Column("valid_from", DAY, nullable=True), sa.Column("valid_to", DAY, nullable=True)]


def of_unit(table: str) -> list[object]:
    place = sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f(f"fk_{table}_unit_id"), ondelete="CASCADE")
    return [sa.Column("unit_id", sa.Integer(), nullable=False), place, primary(table)]


def primary(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def who() -> list[sa.Column]:
    return [sa.Column("by", sa.Text(), nullable=False), sa.Column("known_at", TIME, nullable=False)]


def upgrade() -> None:
    op.create_table(
        "units",
        key(),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("province", sa.Text(), nullable=True),
        *term(),
        *who(),
        primary("units"),
        sa.UniqueConstraint("unit", name=op.f("uq_units_unit")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "unit_names",
        key(),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        *term(),
        *of_unit("unit_names"),
        sa.UniqueConstraint("unit_id", "ordinal", name=op.f("uq_unit_names_unit_id_ordinal")),
    )
    op.create_table(
        "unit_codes",
        key(),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        *term(),
        *of_unit("unit_codes"),
    )
    op.create_table(
        "unit_parents",
        key(),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True),
        *term(),
        *of_unit("unit_parents"),
    )
    op.create_table(
        "unit_successors",
        key(),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("successor", sa.Text(), nullable=False),
        sa.Column("date", DAY, nullable=False),
        sa.Column("scope", sa.String(length=8), nullable=False),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("what", sa.Text(), nullable=True),
        *who(),
        primary("unit_successors"),
    )
    op.create_table(
        "unit_members",
        key(),
        sa.Column("collective", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        *term(),
        primary("unit_members"),
    )
    op.create_table(
        "unit_office",
        key(),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("province", sa.Text(), nullable=True),
        *who(),
        primary("unit_office"),
    )
    op.create_table(
        "unit_events",
        key(),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        *who(),
        primary("unit_events"),
        sqlite_autoincrement=True,
    )
    for table in ("unit_names", "unit_codes", "unit_parents"):
        op.create_index(f"ix_{table}_unit_id", table, ["unit_id"], unique=False)
    op.create_index("ix_unit_names_key", "unit_names", ["key"], unique=False)
    op.create_index("ix_unit_successors_unit", "unit_successors", ["unit"], unique=False)
    op.create_index("ix_unit_members_key", "unit_members", ["key"], unique=False)
    op.create_index("ix_unit_events_subject", "unit_events", ["subject"], unique=False)


def downgrade() -> None:
    for table in ("unit_events", "unit_office", "unit_members", "unit_successors", "unit_parents", "unit_codes"):
        op.drop_table(table)
    op.drop_table("unit_names")
    op.drop_table("units")
