"""The ward that a councillor reads first"""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.execute(
        "ALTER TABLE people ADD COLUMN ward_code VARCHAR(32) CONSTRAINT fk_people_ward_code REFERENCES areas (code)"
    )
