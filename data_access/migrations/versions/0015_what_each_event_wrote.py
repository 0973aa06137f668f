"""What each event wrote: a digest of every row, so that a row that was changed by hand is found and named

The rows that are there already are adopted once this has run: data_access.store.migrate.
"""

import sqlalchemy as sa
from alembic import op

from data_access.migrations.append_only import refuse_changes

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("audit_events", sa.Column("rows_digest", sa.String(length=64), nullable=False, server_default=""))
    op.create_table(
        "row_digests",
        sa.Column("event_sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("table_name", sa.String(length=64), nullable=False),
        sa.Column("row_key", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("event_sequence", "position", name=op.f("pk_row_digests")),
    )
    refuse_changes("row_digests")
