"""Who closed the tour that Home shows on the first visit"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.add_column("people", sa.Column("closed_tour", sa.Boolean(), nullable=False, server_default=sa.false()))
    # Whoever has a password of their own has been here before: this is no first visit, and Help shows it to them.
    people = sa.table("people", sa.column("closed_tour", sa.Boolean()), sa.column("must_change_password", sa.Boolean()))
    op.execute(people.update().where(people.c.must_change_password.is_(sa.false())).values(closed_tour=sa.true()))
