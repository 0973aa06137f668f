"""The tables. Codes that people know (measure, area, unit) are the keys; constraints stand here, not in hope."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from data_access.column_types import ExactNumber, Moment, OneOf
from performance.figures import FigureStatus, Profile, TargetState
from performance.measures import Accumulation, ContentKind, Perspective, Polarity, ToleranceKind
from performance.organisation import ActionStatus, AreaKind, NodeKind, PlanStatus, ReturnStatus, UnitKind
from performance.people import Role
from performance.periods import Frequency, YearBasis
from performance.values import Absence


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {Decimal: ExactNumber, datetime: Moment, str: Text, dict[str, Any]: JSON}


Code = String(32)
NO_LATER_THAN_END = "valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to"


# The council: areas, units, people


class AreaRow(Base):
    __tablename__ = "areas"
    __table_args__ = (CheckConstraint(NO_LATER_THAN_END, name="dates"),)

    code: Mapped[str] = mapped_column(Code, primary_key=True)
    name: Mapped[str]
    kind: Mapped[AreaKind] = mapped_column(OneOf(AreaKind))
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("areas.code"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    aliases: Mapped[str] = mapped_column(default="")


class BoundaryEditionRow(Base):
    __tablename__ = "boundary_editions"
    __table_args__ = (CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", name="dates"),)

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    drawn_by_us: Mapped[bool] = mapped_column(default=False)


class BoundaryRow(Base):
    __tablename__ = "boundaries"

    edition_name: Mapped[str] = mapped_column(ForeignKey("boundary_editions.name"), primary_key=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("areas.code"), primary_key=True)
    geometry: Mapped[dict[str, Any]]


class ComparatorMembershipRow(Base):
    __tablename__ = "comparator_memberships"
    __table_args__ = (UniqueConstraint("group_name", "area_code", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_name: Mapped[str] = mapped_column(String(80))
    area_code: Mapped[str] = mapped_column(ForeignKey("areas.code"))
    rank: Mapped[int | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class UnitRow(Base):
    __tablename__ = "organisation_units"

    code: Mapped[str] = mapped_column(Code, primary_key=True)
    kind: Mapped[UnitKind] = mapped_column(OneOf(UnitKind))


class UnitPlacementRow(Base):
    """Where a unit stands, what it is called and who owns it, between two dates: a service may move."""

    __tablename__ = "unit_placements"
    __table_args__ = (CheckConstraint(NO_LATER_THAN_END, name="dates"), UniqueConstraint("unit_code", "valid_from"))

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("organisation_units.code"))
    name: Mapped[str]
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("organisation_units.code"))
    owner_role: Mapped[str] = mapped_column(default="")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class PersonRow(Base):
    __tablename__ = "people"

    username: Mapped[str] = mapped_column(String(80), primary_key=True)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str]
    must_change_password: Mapped[bool] = mapped_column(default=False)
    session_epoch: Mapped[int] = mapped_column(default=0)
    disabled_at: Mapped[datetime | None]


class RoleHoldingRow(Base):
    __tablename__ = "role_holdings"
    __table_args__ = (CheckConstraint(NO_LATER_THAN_END, name="dates"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(ForeignKey("people.username"), index=True)
    role: Mapped[Role] = mapped_column(OneOf(Role))
    unit_code: Mapped[str] = mapped_column(ForeignKey("organisation_units.code"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class SignInAttemptRow(Base):
    __tablename__ = "sign_in_attempts"
    __table_args__ = (Index(None, "username", "at"), Index(None, "address", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    succeeded: Mapped[bool]


# Plan: the golden thread, measures, targets


class PlanNodeRow(Base):
    __tablename__ = "plan_nodes"
    __table_args__ = (CheckConstraint(NO_LATER_THAN_END, name="dates"),)

    code: Mapped[str] = mapped_column(Code, primary_key=True)
    title: Mapped[str]
    kind: Mapped[NodeKind] = mapped_column(OneOf(NodeKind))
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("plan_nodes.code"))
    unit_code: Mapped[str | None] = mapped_column(ForeignKey("organisation_units.code"))
    owner_role: Mapped[str] = mapped_column(default="")
    why: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class MeasureRow(Base):
    __tablename__ = "measures"
    __table_args__ = (
        CheckConstraint("decimals BETWEEN 0 AND 6", name="decimals"),
        CheckConstraint("lag_days >= 0", name="lag"),
        CheckConstraint("cycle_months >= 12", name="cycle"),
    )

    code: Mapped[str] = mapped_column(Code, primary_key=True)
    title: Mapped[str]
    unit: Mapped[str]
    polarity: Mapped[Polarity] = mapped_column(OneOf(Polarity))
    accumulation: Mapped[Accumulation] = mapped_column(OneOf(Accumulation))
    frequency: Mapped[Frequency] = mapped_column(OneOf(Frequency))
    unit_code: Mapped[str] = mapped_column(ForeignKey("organisation_units.code"), index=True)
    objective_code: Mapped[str | None] = mapped_column(ForeignKey("plan_nodes.code"), index=True)
    multiplier: Mapped[Decimal] = mapped_column(default=Decimal(1))
    decimals: Mapped[int] = mapped_column(default=0)
    definition: Mapped[str] = mapped_column(default="")
    numerator_definition: Mapped[str] = mapped_column(default="")
    denominator_definition: Mapped[str] = mapped_column(default="")
    polarity_note: Mapped[str] = mapped_column(default="")
    is_share: Mapped[bool] = mapped_column(default=False)
    may_be_negative: Mapped[bool] = mapped_column(default=False)
    year_basis: Mapped[YearBasis] = mapped_column(OneOf(YearBasis), default=YearBasis.FINANCIAL)
    cycle_months: Mapped[int] = mapped_column(default=12)
    content_kind: Mapped[ContentKind] = mapped_column(OneOf(ContentKind), default=ContentKind.LOCAL)
    perspective: Mapped[Perspective] = mapped_column(OneOf(Perspective), default=Perspective.CUSTOMER)
    owner_role: Mapped[str] = mapped_column(default="")
    tolerance: Mapped[Decimal | None]
    tolerance_kind: Mapped[ToleranceKind] = mapped_column(OneOf(ToleranceKind), default=ToleranceKind.PERCENT)
    counts_people: Mapped[bool] = mapped_column(default=False)
    seasonal: Mapped[bool] = mapped_column(default=False)
    meaningful_change: Mapped[Decimal | None]
    lag_days: Mapped[int] = mapped_column(default=0)
    source: Mapped[str] = mapped_column(default="")
    methodology: Mapped[str] = mapped_column(default="")
    methodology_reviewed_on: Mapped[date | None]
    statutory_reference: Mapped[str] = mapped_column(default="")
    comparator_group: Mapped[str] = mapped_column(default="")
    no_target_reason: Mapped[str] = mapped_column(default="")
    active_from: Mapped[date | None]
    active_to: Mapped[date | None]
    illustrative: Mapped[bool] = mapped_column(default=False)


class SeriesBreakRow(Base):
    __tablename__ = "series_breaks"

    measure_code: Mapped[str] = mapped_column(ForeignKey("measures.code"), primary_key=True)
    on: Mapped[date] = mapped_column("break_on", primary_key=True)
    reason: Mapped[str]


class TargetRow(Base):
    """A target as proposed; the newest agreed revision in force rules. Wording never changes after agreement."""

    __tablename__ = "targets"
    __table_args__ = (
        UniqueConstraint("measure_code", "area_code", "period_start", "period_months", "revision"),
        CheckConstraint("(number IS NULL) <> (lower IS NULL)", name="number_or_range"),
        CheckConstraint("(lower IS NULL) = (upper IS NULL)", name="both_bounds"),
        CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name="decision_paired"),
        CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by OR imported", name="two_people"),
        CheckConstraint("state IN ('draft', 'proposed') OR decided_by IS NOT NULL", name="decided"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_code: Mapped[str] = mapped_column(ForeignKey("measures.code"))
    area_code: Mapped[str] = mapped_column(ForeignKey("areas.code"))
    period_start: Mapped[date]
    period_months: Mapped[int]
    revision: Mapped[int]
    number: Mapped[Decimal | None]
    lower: Mapped[Decimal | None]
    upper: Mapped[Decimal | None]
    profile: Mapped[Profile | None] = mapped_column(OneOf(Profile))
    state: Mapped[TargetState] = mapped_column(OneOf(TargetState))
    effective_from: Mapped[date]
    rationale: Mapped[str] = mapped_column(default="")
    baseline: Mapped[str] = mapped_column(default="")
    benchmark: Mapped[str] = mapped_column(default="")
    imported: Mapped[bool] = mapped_column(default=False)
    proposed_by: Mapped[str] = mapped_column(String(80))
    proposed_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(String(80))
    decided_at: Mapped[datetime | None]


# The Do stage: returns and figures


class ReturnRow(Base):
    """A service's figures for a reporting period, on their way from draft to approved."""

    __tablename__ = "returns"
    __table_args__ = (
        UniqueConstraint("unit_code", "period_start", "period_months"),
        CheckConstraint("(submitted_by IS NULL) = (submitted_at IS NULL)", name="submission_paired"),
        CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name="decision_paired"),
        CheckConstraint("decided_by IS NULL OR decided_by <> submitted_by", name="two_people"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("organisation_units.code"))
    period_start: Mapped[date]
    period_months: Mapped[int]
    status: Mapped[ReturnStatus] = mapped_column(OneOf(ReturnStatus))
    version: Mapped[int] = mapped_column(default=1)
    submitted_by: Mapped[str | None] = mapped_column(String(80))
    submitted_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(String(80))
    decided_at: Mapped[datetime | None]
    question: Mapped[str] = mapped_column(default="")


class FigureRow(Base):
    """Append-only: nothing is updated or deleted, and the unique revision is the optimistic lock."""

    __tablename__ = "figures"
    __table_args__ = (
        UniqueConstraint("measure_code", "area_code", "period_start", "period_months", "revision"),
        Index(None, "area_code", "period_start"),
        CheckConstraint("revision >= 1", name="revision"),
        CheckConstraint("period_months >= 1", name="length"),
        CheckConstraint("denominator IS NULL OR numerator IS NOT NULL", name="numerator_first"),
        CheckConstraint(
            "(CASE WHEN numerator IS NOT NULL THEN 1 ELSE 0 END) + (CASE WHEN value IS NOT NULL THEN 1 ELSE 0 END)"
            " + (CASE WHEN absence IS NOT NULL THEN 1 ELSE 0 END) = 1",
            name="counts_or_value_or_absence",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_code: Mapped[str] = mapped_column(ForeignKey("measures.code"))
    area_code: Mapped[str] = mapped_column(ForeignKey("areas.code"))
    period_start: Mapped[date]
    period_months: Mapped[int]
    revision: Mapped[int]
    numerator: Mapped[Decimal | None]
    denominator: Mapped[Decimal | None]
    value: Mapped[Decimal | None]
    absence: Mapped[Absence | None] = mapped_column(OneOf(Absence))
    status: Mapped[FigureStatus] = mapped_column(OneOf(FigureStatus), default=FigureStatus.FINAL)
    commentary: Mapped[str] = mapped_column(default="")
    return_id: Mapped[int | None] = mapped_column(ForeignKey("returns.id"), index=True)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(80))


# Revise: recovery plans, milestones, actions


class RecoveryPlanRow(Base):
    __tablename__ = "recovery_plans"
    __table_args__ = (
        CheckConstraint("(agreed_by IS NULL) = (agreed_at IS NULL)", name="agreement_paired"),
        CheckConstraint("agreed_by IS NULL OR agreed_by <> opened_by", name="two_people"),
        CheckConstraint("status = 'drafted' OR agreed_by IS NOT NULL", name="agreed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_code: Mapped[str] = mapped_column(ForeignKey("measures.code"), index=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("areas.code"))
    period_start: Mapped[date]
    period_months: Mapped[int]
    status: Mapped[PlanStatus] = mapped_column(OneOf(PlanStatus))
    version: Mapped[int] = mapped_column(default=1)
    cause: Mapped[str] = mapped_column(default="")
    opened_by: Mapped[str] = mapped_column(String(80))
    opened_at: Mapped[datetime]
    agreed_by: Mapped[str | None] = mapped_column(String(80))
    agreed_at: Mapped[datetime | None]


class MilestoneRow(Base):
    """A point on the measure's own line. It ticks itself when the figure arrives; nobody sets it by hand."""

    __tablename__ = "milestones"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("recovery_plans.id"), index=True)
    number: Mapped[Decimal]
    period_start: Mapped[date]
    period_months: Mapped[int]
    original_period_start: Mapped[date]
    moves: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(default="")


class RecoveryNoteRow(Base):
    """What the owner said of the plan for a month; append-only."""

    __tablename__ = "recovery_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("recovery_plans.id"), index=True)
    period_start: Mapped[date]
    text: Mapped[str]
    written_by: Mapped[str] = mapped_column(String(80))
    written_at: Mapped[datetime]


class ActionRow(Base):
    """Appendix A's columns: action, responsible officer, anticipated result, start, end, resources."""

    __tablename__ = "actions"
    __table_args__ = (
        CheckConstraint("starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on", name="dates"),
        CheckConstraint(
            "node_code IS NOT NULL OR measure_code IS NOT NULL OR plan_id IS NOT NULL", name="belongs_somewhere"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    node_code: Mapped[str | None] = mapped_column(ForeignKey("plan_nodes.code"))
    measure_code: Mapped[str | None] = mapped_column(ForeignKey("measures.code"))
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("recovery_plans.id"), index=True)
    action: Mapped[str]
    responsible_role: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    resources: Mapped[str] = mapped_column(default="")
    status: Mapped[ActionStatus] = mapped_column(OneOf(ActionStatus), default=ActionStatus.NOT_STARTED)


class RiskRow(Base):
    __tablename__ = "risks"
    __table_args__ = (
        CheckConstraint("likelihood IS NULL OR likelihood BETWEEN 1 AND 5", name="likelihood"),
        CheckConstraint("impact IS NULL OR impact BETWEEN 1 AND 5", name="impact"),
    )

    code: Mapped[str] = mapped_column(Code, primary_key=True)
    title: Mapped[str]
    cause: Mapped[str] = mapped_column(default="")
    event: Mapped[str] = mapped_column(default="")
    effect: Mapped[str] = mapped_column(default="")
    likelihood: Mapped[int | None]
    impact: Mapped[int | None]
    owner_role: Mapped[str] = mapped_column(default="")
    node_code: Mapped[str | None] = mapped_column(ForeignKey("plan_nodes.code"))
    measure_code: Mapped[str | None] = mapped_column(ForeignKey("measures.code"))
    mitigation: Mapped[str] = mapped_column(default="")


# What holds it together: audit, settings, requests already carried out


class AuditEventRow(Base):
    """One event a verb, in the verb's own transaction, each chained by hash to the one before."""

    __tablename__ = "audit_events"

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    username: Mapped[str] = mapped_column(String(80))
    verb: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str]
    before: Mapped[str] = mapped_column(default="")
    after: Mapped[str] = mapped_column(default="")
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class SettingRow(Base):
    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[str]


class RequestRow(Base):
    """A request that was carried out. The same key again gives the same answer and does nothing."""

    __tablename__ = "requests"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    username: Mapped[str] = mapped_column(String(80))
    verb: Mapped[str] = mapped_column(String(80))
    answer: Mapped[str]
    at: Mapped[datetime]
