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
from data_access.models.do import (
    DraftRow,
    FigureRow,
    ImportRunRow,
    ReopeningRow,
    ReportingDatesRow,
    ReturnQuestionRow,
    ReturnRow,
)
from data_access.models.plan import (
    MeasureRow,
    MeasureUseRow,
    PlanNodeRow,
    RegisterChangeRow,
    SeriesBreakRow,
    TargetPartRow,
    TargetRow,
)
from data_access.models.record import AuditEventRow, RequestRow, SettingRow
from data_access.models.revise import (
    ActionChangeRow,
    ActionRow,
    DeliveryRow,
    MilestoneRow,
    RecoveryNoteRow,
    RecoveryPlanRow,
    RiskRow,
)
from data_access.models.thread import OwnObjectiveRow, PersonalThreadRow, PlanRefreshRow, RefreshLineRow

__all__ = [
    "ActionChangeRow",
    "ActionRow",
    "AreaRow",
    "AuditEventRow",
    "Base",
    "BoundaryEditionRow",
    "BoundaryRow",
    "ComparatorMembershipRow",
    "DeliveryRow",
    "DraftRow",
    "FigureRow",
    "ImportRunRow",
    "MeasureRow",
    "MeasureUseRow",
    "MilestoneRow",
    "OwnObjectiveRow",
    "PersonRow",
    "PersonalThreadRow",
    "PlanNodeRow",
    "PlanRefreshRow",
    "RecoveryNoteRow",
    "RecoveryPlanRow",
    "RefreshLineRow",
    "RegisterChangeRow",
    "ReopeningRow",
    "ReportingDatesRow",
    "RequestRow",
    "ReturnQuestionRow",
    "ReturnRow",
    "RiskRow",
    "RoleHoldingRow",
    "SeriesBreakRow",
    "SettingRow",
    "SignInAttemptRow",
    "TargetPartRow",
    "TargetRow",
    "UnitPlacementRow",
    "UnitRow",
]
