"""When a return was last approved, so that its figures stay locked when it is submitted again; one request waits"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("returns", sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE returns SET approved_at = decided_at WHERE status = 'approved'")
    waits = sa.text("status = 'asked'")
    op.create_index(
        "one_waits",
        "reopenings",
        ["unit_code", "period_start", "period_months", "measure_code"],
        unique=True,
        sqlite_where=waits,
        postgresql_where=waits,
    )
