"""Recovery in full: whys, partners, expected effects, several measures, a course said otherwise, three ways to end"""

import sqlalchemy as sa
from alembic import op

from data_access.migrations.append_only import refuse_changes

revision = "0007"
down_revision = "0006"
EXACT = sa.Numeric().with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    _make_whys()
    _make_courses()
    _make_lessons()
    for column in (
        sa.Column("partners", sa.Text(), nullable=False, server_default=""),
        sa.Column("asked_until", sa.Date(), nullable=True),
        sa.Column("asked_because", sa.Text(), nullable=False, server_default=""),
        sa.Column("asked_by", sa.String(length=80), nullable=True),
        sa.Column("tolerated_until", sa.Date(), nullable=True),
        sa.Column("ended_because", sa.Text(), nullable=False, server_default=""),
        sa.Column("kept_by_role", sa.Text(), nullable=False, server_default=""),
        sa.Column("ended_by", sa.String(length=80), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
    ):
        op.add_column("recovery_plans", column)
    # Not keys: what they name is checked by the verb, and SQLite would have to write the whole table anew.
    op.add_column("milestones", sa.Column("measure_code", sa.String(length=32), nullable=True))
    for of_action in (
        sa.Column("effect", EXACT, nullable=True),
        sa.Column("effect_by", sa.Date(), nullable=True),
        sa.Column("original_ends_on", sa.Date(), nullable=True),
        sa.Column("moves", sa.Integer(), nullable=False, server_default="0"),
    ):
        op.add_column("actions", of_action)
    _date_what_was_closed()


def _date_what_was_closed() -> None:
    """The audit knows who closed a plan and when; what is hashed there stays as it is."""
    connection = op.get_bind()
    for number in connection.execute(sa.text("SELECT id FROM recovery_plans WHERE status = 'closed'")).scalars().all():
        closed = {"subject": f"recovery plan R-{number:02d}", "verb": "close recovery plan", "number": number}
        for column, found in (("ended_at", "at"), ("ended_by", "username")):
            connection.execute(
                sa.text(
                    f"UPDATE recovery_plans SET {column} = (SELECT max({found}) FROM audit_events"  # noqa: S608
                    " WHERE subject = :subject AND verb = :verb) WHERE id = :number"
                ),
                closed,
            )


def _make_whys() -> None:
    op.create_table(
        "recovery_whys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.CheckConstraint("position BETWEEN 1 AND 5", name=op.f("ck_recovery_whys_position")),
        sa.ForeignKeyConstraint(["plan_id"], ["recovery_plans.id"], name=op.f("fk_recovery_whys_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_whys")),
        sa.UniqueConstraint("plan_id", "position", name=op.f("uq_recovery_whys_plan_id_position")),
    )
    op.create_table(
        "recovery_shares",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("measure_code", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["recovery_plans.id"], name=op.f("fk_recovery_shares_plan_id")),
        sa.ForeignKeyConstraint(["measure_code"], ["measures.code"], name=op.f("fk_recovery_shares_measure_code")),
        sa.PrimaryKeyConstraint("plan_id", "measure_code", name=op.f("pk_recovery_shares")),
    )


def _make_courses() -> None:
    op.create_table(
        "recovery_courses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=True),
        sa.Column("course", sa.String(length=32), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("said_by", sa.String(length=80), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["recovery_plans.id"], name=op.f("fk_recovery_courses_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_courses")),
    )
    op.create_index(op.f("ix_recovery_courses_plan_id"), "recovery_courses", ["plan_id"])
    refuse_changes("recovery_courses")


def _make_lessons() -> None:
    op.create_table(
        "lessons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("what_worked", sa.Text(), nullable=False),
        sa.Column("what_did_not", sa.Text(), nullable=False),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.Column("verdict", sa.String(length=32), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("measure_code", sa.String(length=32), nullable=True),
        sa.Column("unit_code", sa.String(length=32), nullable=True),
        sa.Column("written_by", sa.String(length=80), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("withdrawn_by", sa.String(length=80), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(withdrawn_by IS NULL) = (withdrawn_at IS NULL)", name=op.f("ck_lessons_withdrawal_paired")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["recovery_plans.id"], name=op.f("fk_lessons_plan_id")),
        sa.ForeignKeyConstraint(["measure_code"], ["measures.code"], name=op.f("fk_lessons_measure_code")),
        sa.ForeignKeyConstraint(["unit_code"], ["organisation_units.code"], name=op.f("fk_lessons_unit_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lessons")),
        sa.UniqueConstraint("plan_id", name=op.f("uq_lessons_plan_id")),
    )
    _make_searchable()


def _make_searchable() -> None:
    """Full text in each database's own way. On SQLite triggers keep the index in step, so that no writer forgets."""
    texts = ("title", "what_worked", "what_did_not", "advice")
    if op.get_bind().dialect.name != "sqlite":
        words = " || ' ' || ".join(texts)
        op.execute(f"CREATE INDEX lessons_text ON lessons USING gin (to_tsvector('english', {words}))")
        return
    columns = ", ".join(texts)
    op.execute(
        f"CREATE VIRTUAL TABLE lessons_text USING fts5({columns}, content='lessons', content_rowid='id',"
        " tokenize='porter unicode61')"
    )
    new, old = (", ".join(f"{row}.{text}" for text in texts) for row in ("new", "old"))
    add = f"INSERT INTO lessons_text(rowid, {columns}) VALUES (new.id, {new});"  # noqa: S608
    take = f"INSERT INTO lessons_text(lessons_text, rowid, {columns}) VALUES ('delete', old.id, {old});"  # noqa: S608
    for verb, steps in (("INSERT", add), ("DELETE", take), ("UPDATE", f"{take} {add}")):
        op.execute(f"CREATE TRIGGER lessons_text_{verb.lower()} AFTER {verb} ON lessons BEGIN {steps} END")
