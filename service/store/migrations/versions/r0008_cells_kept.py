"""Cells of the matrix kept up to date, and saved searches"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None
WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "gap_basis",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("horizon", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap_basis")),
    )
    op.create_table(
        "gap_cells",
        sa.Column("id", WIDE, autoincrement=False, nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("tracked", sa.Boolean(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("via_id", sa.Integer(), nullable=True),
        sa.Column("origin_id", sa.Integer(), nullable=True),
        sa.Column("collective", sa.Boolean(), nullable=False),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("first", sa.Integer(), nullable=True),
        sa.Column("final", sa.Integer(), nullable=True),
        sa.Column("opens", sa.Integer(), nullable=False),
        sa.Column("closes", sa.Integer(), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("inclusive", sa.Boolean(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("report_due", sa.Integer(), nullable=False),
        sa.Column("report_inclusive", sa.Boolean(), nullable=False),
        sa.Column("report_last", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("on_time", sa.Integer(), nullable=False),
        sa.Column("reported", sa.Integer(), nullable=False),
        sa.Column("c_done", sa.Integer(), nullable=False),
        sa.Column("c_on_time", sa.Integer(), nullable=False),
        sa.Column("c_reported", sa.Integer(), nullable=False),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap_cells")),
    )
    op.create_index(
        "ix_gap_cells_count",
        "gap_cells",
        [
            "unit_id",
            "opens",
            "closes",
            "last",
            "report_last",
            "done",
            "on_time",
            "reported",
            "c_done",
            "c_on_time",
            "c_reported",
            "document_id",
            "due",
            "state",
            "tracked",
        ],
        unique=False,
    )
    op.create_index("ix_gap_cells_directive", "gap_cells", ["document_id", "ordinal", "place"], unique=False)
    op.create_index("ix_gap_cells_due", "gap_cells", ["last", "id"], unique=False)
    op.create_index("ix_gap_cells_period", "gap_cells", ["label", "unit_id"], unique=False)
    op.create_index(op.f("ix_gap_cells_task_id"), "gap_cells", ["task_id"], unique=False)
    op.create_table(
        "gap_claims",
        sa.Column("cell_id", WIDE, autoincrement=False, nullable=False),
        sa.Column("since", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.Column("claimed", sa.String(length=16), nullable=True),
        sa.Column("done_on", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("cell_id", "since", name=op.f("pk_gap_claims")),
    )
    op.create_table(
        "gap_days",
        sa.Column("scope", sa.String(length=1), nullable=False),
        sa.Column("ref", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("no_deadline", sa.Integer(), nullable=False),
        sa.Column("done_on_time", sa.Integer(), nullable=False),
        sa.Column("done_late", sa.Integer(), nullable=False),
        sa.Column("open_overdue", sa.Integer(), nullable=False),
        sa.Column("reported", sa.Integer(), nullable=False),
        sa.Column("reported_late", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("c_done_on_time", sa.Integer(), nullable=False),
        sa.Column("c_done_late", sa.Integer(), nullable=False),
        sa.Column("c_open_overdue", sa.Integer(), nullable=False),
        sa.Column("c_reported", sa.Integer(), nullable=False),
        sa.Column("c_reported_late", sa.Integer(), nullable=False),
        sa.Column("c_missing", sa.Integer(), nullable=False),
        sa.Column("pending", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "ref", "day", name=op.f("pk_gap_days")),
    )
    op.create_table(
        "gap_dirty",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap_dirty")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "gap_fields",
        sa.Column("task_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("field", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("task_id", "field", name=op.f("pk_gap_fields")),
    )
    op.create_index("ix_gap_fields_field", "gap_fields", ["field", "task_id"], unique=False)
    op.create_table(
        "gap_flags",
        sa.Column("cell_id", WIDE, autoincrement=False, nullable=False),
        sa.Column("rule", sa.String(length=32), nullable=False),
        sa.Column("since", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("cell_id", "rule", "since", name=op.f("pk_gap_flags")),
    )
    op.create_index("ix_gap_flags_rule", "gap_flags", ["rule", "cell_id", "since", "until"], unique=False)
    op.create_table(
        "gap_strays",
        sa.Column("document_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("arrived", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_gap_strays")),
    )
    op.create_table(
        "gap_units",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("collective", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap_units")),
        sa.UniqueConstraint("name", name=op.f("uq_gap_units_name")),
    )
    op.create_table(
        "saved_searches",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("query", sa.JSON(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_searches")),
    )
    op.create_index("uq_saved_searches_owner_name", "saved_searches", ["owner", "name"], unique=True)


def downgrade() -> None:
    op.drop_index("uq_saved_searches_owner_name", table_name="saved_searches")
    op.drop_table("saved_searches")
    op.drop_table("gap_units")
    op.drop_table("gap_strays")
    op.drop_index("ix_gap_flags_rule", table_name="gap_flags")
    op.drop_table("gap_flags")
    op.drop_index("ix_gap_fields_field", table_name="gap_fields")
    op.drop_table("gap_fields")
    op.drop_table("gap_dirty")
    op.drop_table("gap_days")
    op.drop_table("gap_claims")
    op.drop_index(op.f("ix_gap_cells_task_id"), table_name="gap_cells")
    op.drop_index("ix_gap_cells_period", table_name="gap_cells")
    op.drop_index("ix_gap_cells_due", table_name="gap_cells")
    op.drop_index("ix_gap_cells_directive", table_name="gap_cells")
    op.drop_index("ix_gap_cells_count", table_name="gap_cells")
    op.drop_table("gap_cells")
    op.drop_table("gap_basis")
