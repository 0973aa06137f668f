"""The first schema"""

import sqlalchemy as sa
from alembic import op

from data_access.migrations.append_only import refuse_changes

revision = "0001"
down_revision = None

# To the last digit: SQLite would make a double of a number.
EXACT = sa.Numeric().with_variant(sa.Text(), "sqlite")
APPEND_ONLY = ("figures", "audit_events", "recovery_notes")


def upgrade() -> None:
    op.create_table(
        "areas",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("parent_code", sa.String(length=32), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to", name=op.f("ck_areas_dates")
        ),
        sa.ForeignKeyConstraint(["parent_code"], ["areas.code"], name=op.f("fk_areas_parent_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_areas")),
    )
    op.create_table(
        "audit_events",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("username", sa.String(length=80), nullable=False),
        sa.Column("verb", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit_events")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_events_hash")),
    )
    op.create_table(
        "boundary_editions",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("drawn_by_us", sa.Boolean(), nullable=False),
        sa.CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", name=op.f("ck_boundary_editions_dates")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_boundary_editions")),
    )
    op.create_table(
        "organisation_units",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_organisation_units")),
    )
    op.create_table(
        "people",
        sa.Column("username", sa.String(length=80), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("session_epoch", sa.Integer(), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("username", name=op.f("pk_people")),
    )
    op.create_table(
        "requests",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("username", sa.String(length=80), nullable=False),
        sa.Column("verb", sa.String(length=80), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_requests")),
    )
    op.create_table(
        "settings",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_settings")),
    )
    op.create_table(
        "sign_in_attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempts")),
    )
    with op.batch_alter_table("sign_in_attempts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_attempts_address_at"), ["address", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_in_attempts_username_at"), ["username", "at"], unique=False)

    op.create_table(
        "boundaries",
        sa.Column("edition_name", sa.String(length=80), nullable=False),
        sa.Column("area_code", sa.String(length=32), nullable=False),
        sa.Column("geometry", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["area_code"], ["areas.code"], name=op.f("fk_boundaries_area_code")),
        sa.ForeignKeyConstraint(["edition_name"], ["boundary_editions.name"], name=op.f("fk_boundaries_edition_name")),
        sa.PrimaryKeyConstraint("edition_name", "area_code", name=op.f("pk_boundaries")),
    )
    op.create_table(
        "comparator_memberships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_name", sa.String(length=80), nullable=False),
        sa.Column("area_code", sa.String(length=32), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["area_code"], ["areas.code"], name=op.f("fk_comparator_memberships_area_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comparator_memberships")),
        sa.UniqueConstraint(
            "group_name",
            "area_code",
            "valid_from",
            name=op.f("uq_comparator_memberships_group_name_area_code_valid_from"),
        ),
    )
    op.create_table(
        "plan_nodes",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("parent_code", sa.String(length=32), nullable=True),
        sa.Column("unit_code", sa.String(length=32), nullable=True),
        sa.Column("owner_role", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to", name=op.f("ck_plan_nodes_dates")
        ),
        sa.ForeignKeyConstraint(["parent_code"], ["plan_nodes.code"], name=op.f("fk_plan_nodes_parent_code")),
        sa.ForeignKeyConstraint(["unit_code"], ["organisation_units.code"], name=op.f("fk_plan_nodes_unit_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_plan_nodes")),
    )
    op.create_table(
        "returns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.String(length=32), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_months", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("submitted_by", sa.String(length=80), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name=op.f("ck_returns_decision_paired")),
        sa.CheckConstraint(
            "(submitted_by IS NULL) = (submitted_at IS NULL)", name=op.f("ck_returns_submission_paired")
        ),
        sa.CheckConstraint("decided_by IS NULL OR decided_by <> submitted_by", name=op.f("ck_returns_two_people")),
        sa.ForeignKeyConstraint(["unit_code"], ["organisation_units.code"], name=op.f("fk_returns_unit_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returns")),
        sa.UniqueConstraint(
            "unit_code", "period_start", "period_months", name=op.f("uq_returns_unit_code_period_start_period_months")
        ),
    )
    op.create_table(
        "role_holdings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("unit_code", sa.String(length=32), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to", name=op.f("ck_role_holdings_dates")
        ),
        sa.ForeignKeyConstraint(["unit_code"], ["organisation_units.code"], name=op.f("fk_role_holdings_unit_code")),
        sa.ForeignKeyConstraint(["username"], ["people.username"], name=op.f("fk_role_holdings_username")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_holdings")),
    )
    with op.batch_alter_table("role_holdings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_holdings_username"), ["username"], unique=False)

    op.create_table(
        "unit_placements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parent_code", sa.String(length=32), nullable=True),
        sa.Column("owner_role", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to", name=op.f("ck_unit_placements_dates")
        ),
        sa.ForeignKeyConstraint(
            ["parent_code"], ["organisation_units.code"], name=op.f("fk_unit_placements_parent_code")
        ),
        sa.ForeignKeyConstraint(["unit_code"], ["organisation_units.code"], name=op.f("fk_unit_placements_unit_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_placements")),
        sa.UniqueConstraint("unit_code", "valid_from", name=op.f("uq_unit_placements_unit_code_valid_from")),
    )
    op.create_table(
        "measures",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("polarity", sa.String(32), nullable=False),
        sa.Column("accumulation", sa.String(32), nullable=False),
        sa.Column("frequency", sa.String(32), nullable=False),
        sa.Column("unit_code", sa.String(length=32), nullable=False),
        sa.Column("objective_code", sa.String(length=32), nullable=True),
        sa.Column("multiplier", EXACT, nullable=False),
        sa.Column("decimals", sa.Integer(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("numerator_definition", sa.Text(), nullable=False),
        sa.Column("denominator_definition", sa.Text(), nullable=False),
        sa.Column("polarity_note", sa.Text(), nullable=False),
        sa.Column("is_share", sa.Boolean(), nullable=False),
        sa.Column("may_be_negative", sa.Boolean(), nullable=False),
        sa.Column("year_basis", sa.String(32), nullable=False),
        sa.Column("cycle_months", sa.Integer(), nullable=False),
        sa.Column("content_kind", sa.String(32), nullable=False),
        sa.Column("perspective", sa.String(32), nullable=False),
        sa.Column("owner_role", sa.Text(), nullable=False),
        sa.Column("tolerance", EXACT, nullable=True),
        sa.Column("tolerance_kind", sa.String(32), nullable=False),
        sa.Column("counts_people", sa.Boolean(), nullable=False),
        sa.Column("seasonal", sa.Boolean(), nullable=False),
        sa.Column("meaningful_change", EXACT, nullable=True),
        sa.Column("lag_days", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("methodology", sa.Text(), nullable=False),
        sa.Column("methodology_reviewed_on", sa.Date(), nullable=True),
        sa.Column("statutory_reference", sa.Text(), nullable=False),
        sa.Column("comparator_group", sa.Text(), nullable=False),
        sa.Column("no_target_reason", sa.Text(), nullable=False),
        sa.Column("active_from", sa.Date(), nullable=True),
        sa.Column("active_to", sa.Date(), nullable=True),
        sa.Column("illustrative", sa.Boolean(), nullable=False),
        sa.CheckConstraint("cycle_months >= 12", name=op.f("ck_measures_cycle")),
        sa.CheckConstraint("decimals BETWEEN 0 AND 6", name=op.f("ck_measures_decimals")),
        sa.CheckConstraint("lag_days >= 0", name=op.f("ck_measures_lag")),
        sa.ForeignKeyConstraint(["objective_code"], ["plan_nodes.code"], name=op.f("fk_measures_objective_code")),
        sa.ForeignKeyConstraint(["unit_code"], ["organisation_units.code"], name=op.f("fk_measures_unit_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_measures")),
    )
    with op.batch_alter_table("measures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measures_objective_code"), ["objective_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_measures_unit_code"), ["unit_code"], unique=False)

    op.create_table(
        "figures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_code", sa.String(length=32), nullable=False),
        sa.Column("area_code", sa.String(length=32), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_months", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("numerator", EXACT, nullable=True),
        sa.Column("denominator", EXACT, nullable=True),
        sa.Column("value", EXACT, nullable=True),
        sa.Column("absence", sa.String(32), nullable=True),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("commentary", sa.Text(), nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.CheckConstraint(
            "(CASE WHEN numerator IS NOT NULL THEN 1 ELSE 0 END) + (CASE WHEN value IS NOT NULL THEN 1 ELSE 0 END) + (CASE WHEN absence IS NOT NULL THEN 1 ELSE 0 END) = 1",
            name=op.f("ck_figures_counts_or_value_or_absence"),
        ),
        sa.CheckConstraint("denominator IS NULL OR numerator IS NOT NULL", name=op.f("ck_figures_numerator_first")),
        sa.CheckConstraint("period_months >= 1", name=op.f("ck_figures_length")),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_figures_revision")),
        sa.ForeignKeyConstraint(["area_code"], ["areas.code"], name=op.f("fk_figures_area_code")),
        sa.ForeignKeyConstraint(["measure_code"], ["measures.code"], name=op.f("fk_figures_measure_code")),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name=op.f("fk_figures_return_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figures")),
        sa.UniqueConstraint(
            "measure_code",
            "area_code",
            "period_start",
            "period_months",
            "revision",
            name=op.f("uq_figures_measure_code_area_code_period_start_period_months_revision"),
        ),
    )
    with op.batch_alter_table("figures", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_figures_area_code_period_start"), ["area_code", "period_start"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_figures_return_id"), ["return_id"], unique=False)

    op.create_table(
        "recovery_plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_code", sa.String(length=32), nullable=False),
        sa.Column("area_code", sa.String(length=32), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_months", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("opened_by", sa.String(length=80), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_by", sa.String(length=80), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status = 'drafted' OR agreed_by IS NOT NULL", name=op.f("ck_recovery_plans_agreed")),
        sa.CheckConstraint(
            "(agreed_by IS NULL) = (agreed_at IS NULL)", name=op.f("ck_recovery_plans_agreement_paired")
        ),
        sa.CheckConstraint("agreed_by IS NULL OR agreed_by <> opened_by", name=op.f("ck_recovery_plans_two_people")),
        sa.ForeignKeyConstraint(["area_code"], ["areas.code"], name=op.f("fk_recovery_plans_area_code")),
        sa.ForeignKeyConstraint(["measure_code"], ["measures.code"], name=op.f("fk_recovery_plans_measure_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_plans")),
    )
    with op.batch_alter_table("recovery_plans", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_plans_measure_code"), ["measure_code"], unique=False)

    op.create_table(
        "risks",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("effect", sa.Text(), nullable=False),
        sa.Column("likelihood", sa.Integer(), nullable=True),
        sa.Column("impact", sa.Integer(), nullable=True),
        sa.Column("owner_role", sa.Text(), nullable=False),
        sa.Column("node_code", sa.String(length=32), nullable=True),
        sa.Column("measure_code", sa.String(length=32), nullable=True),
        sa.Column("mitigation", sa.Text(), nullable=False),
        sa.CheckConstraint("impact IS NULL OR impact BETWEEN 1 AND 5", name=op.f("ck_risks_impact")),
        sa.CheckConstraint("likelihood IS NULL OR likelihood BETWEEN 1 AND 5", name=op.f("ck_risks_likelihood")),
        sa.ForeignKeyConstraint(["measure_code"], ["measures.code"], name=op.f("fk_risks_measure_code")),
        sa.ForeignKeyConstraint(["node_code"], ["plan_nodes.code"], name=op.f("fk_risks_node_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_risks")),
    )
    op.create_table(
        "series_breaks",
        sa.Column("measure_code", sa.String(length=32), nullable=False),
        sa.Column("break_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["measure_code"], ["measures.code"], name=op.f("fk_series_breaks_measure_code")),
        sa.PrimaryKeyConstraint("measure_code", "break_on", name=op.f("pk_series_breaks")),
    )
    op.create_table(
        "targets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_code", sa.String(length=32), nullable=False),
        sa.Column("area_code", sa.String(length=32), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_months", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("number", EXACT, nullable=True),
        sa.Column("lower", EXACT, nullable=True),
        sa.Column("upper", EXACT, nullable=True),
        sa.Column("profile", sa.String(32), nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("baseline", sa.Text(), nullable=False),
        sa.Column("benchmark", sa.Text(), nullable=False),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("proposed_by", sa.String(length=80), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('draft', 'proposed') OR decided_by IS NOT NULL", name=op.f("ck_targets_decided")),
        sa.CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name=op.f("ck_targets_decision_paired")),
        sa.CheckConstraint("(lower IS NULL) = (upper IS NULL)", name=op.f("ck_targets_both_bounds")),
        sa.CheckConstraint("(number IS NULL) <> (lower IS NULL)", name=op.f("ck_targets_number_or_range")),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> proposed_by OR imported", name=op.f("ck_targets_two_people")
        ),
        sa.ForeignKeyConstraint(["area_code"], ["areas.code"], name=op.f("fk_targets_area_code")),
        sa.ForeignKeyConstraint(["measure_code"], ["measures.code"], name=op.f("fk_targets_measure_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_targets")),
        sa.UniqueConstraint(
            "measure_code",
            "area_code",
            "period_start",
            "period_months",
            "revision",
            name=op.f("uq_targets_measure_code_area_code_period_start_period_months_revision"),
        ),
    )
    op.create_table(
        "actions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("node_code", sa.String(length=32), nullable=True),
        sa.Column("measure_code", sa.String(length=32), nullable=True),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("responsible_role", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("resources", sa.Text(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.CheckConstraint(
            "node_code IS NOT NULL OR measure_code IS NOT NULL OR plan_id IS NOT NULL",
            name=op.f("ck_actions_belongs_somewhere"),
        ),
        sa.CheckConstraint(
            "starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on", name=op.f("ck_actions_dates")
        ),
        sa.ForeignKeyConstraint(["measure_code"], ["measures.code"], name=op.f("fk_actions_measure_code")),
        sa.ForeignKeyConstraint(["node_code"], ["plan_nodes.code"], name=op.f("fk_actions_node_code")),
        sa.ForeignKeyConstraint(["plan_id"], ["recovery_plans.id"], name=op.f("fk_actions_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actions")),
    )
    with op.batch_alter_table("actions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_actions_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "milestones",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", EXACT, nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_months", sa.Integer(), nullable=False),
        sa.Column("original_period_start", sa.Date(), nullable=False),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["recovery_plans.id"], name=op.f("fk_milestones_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestones")),
    )
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestones_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "recovery_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by", sa.String(length=80), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["recovery_plans.id"], name=op.f("fk_recovery_notes_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_notes")),
    )
    with op.batch_alter_table("recovery_notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_notes_plan_id"), ["plan_id"], unique=False)
    for table in APPEND_ONLY:
        refuse_changes(table)
