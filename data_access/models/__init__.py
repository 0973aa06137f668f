"""The tables. Codes that people know (measure, area, unit) are the keys; constraints stand here, not in hope."""

from data_access.models.base import Base
from data_access.models.council import (
    AreaRow,
    BoundaryEditionRow,
    BoundaryRow,
    ComparatorMembershipRow,
    PersonRow,
    RoleHoldingRow,
    SignInAttemptRow,
    UnitPlacementRow,
    UnitRow,
)
from data_access.models.do import FigureRow, ReturnRow
from data_access.models.plan import MeasureRow, PlanNodeRow, SeriesBreakRow, TargetRow
from data_access.models.record import AuditEventRow, RequestRow, SettingRow
from data_access.models.revise import ActionRow, MilestoneRow, RecoveryNoteRow, RecoveryPlanRow, RiskRow

__all__ = [
    "ActionRow",
    "AreaRow",
    "AuditEventRow",
    "Base",
    "BoundaryEditionRow",
    "BoundaryRow",
    "ComparatorMembershipRow",
    "FigureRow",
    "MeasureRow",
    "MilestoneRow",
    "PersonRow",
    "PlanNodeRow",
    "RecoveryNoteRow",
    "RecoveryPlanRow",
    "RequestRow",
    "ReturnRow",
    "RiskRow",
    "RoleHoldingRow",
    "SeriesBreakRow",
    "SettingRow",
    "SignInAttemptRow",
    "TargetRow",
    "UnitPlacementRow",
    "UnitRow",
]
