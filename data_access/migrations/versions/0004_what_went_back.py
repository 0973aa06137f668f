"""When a return last went back, so that the approver is shown what changed since"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("returns", sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE returns SET returned_at = decided_at WHERE status = 'returned'")
