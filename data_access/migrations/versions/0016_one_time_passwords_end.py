"""When a one-time password was given: it ends after 72 hours, and those that are out end 72 hours from now"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("people", sa.Column("one_time_since", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE people SET one_time_since = CURRENT_TIMESTAMP WHERE must_change_password")
