"""At which browser an attempt to sign in was made: where someone signed in lately, a guesser elsewhere bars nobody"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("sign_in_attempts", sa.Column("browser", sa.String(length=64), nullable=True))
