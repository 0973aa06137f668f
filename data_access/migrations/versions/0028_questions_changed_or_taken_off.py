"""What a question of a memo was before somebody worded it anew, and why an item was taken off"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    for column in ("first_question", "dropped_because"):
        op.add_column("review_items", sa.Column(column, sa.Text(), nullable=False, server_default=""))
