"""Jobs that try again: when a job whose work failed for a passing reason may be taken next"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("jobs", sa.Column("not_before", sa.String(length=32), nullable=True))


def downgrade() -> None:
    op.drop_column("jobs", "not_before")
