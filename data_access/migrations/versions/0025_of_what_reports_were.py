"""What each report that went out was of, whatever its schedule says since; and when one that waits was looked for"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.add_column("report_sends", sa.Column("report", sa.String(length=32), nullable=True))
    op.add_column("report_sends", sa.Column("about", sa.String(length=80), nullable=True))
    op.add_column("report_sends", sa.Column("looked_on", sa.Date(), nullable=True))
    # What a schedule was of before it was changed is not known: what it is of now is the best there is.
    for column in ("report", "about"):
        op.execute(
            f"UPDATE report_sends SET {column} = (SELECT schedules.{column} FROM schedules"  # noqa: S608 - names of ours
            " WHERE schedules.id = report_sends.schedule_id) WHERE state = 'sent'"
        )
