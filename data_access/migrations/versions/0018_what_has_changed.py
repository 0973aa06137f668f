"""A version of every table, and of what is one measure's in it: what was worked out holds while these stay the same"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "versions",
        sa.Column("table_name", sa.String(length=64), nullable=False),
        sa.Column("part", sa.String(length=32), nullable=False),
        sa.Column("token", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("table_name", "part", name=op.f("pk_versions")),
    )
