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
from data_access.models.learn import FeedbackRow, LessonRow
from data_access.models.meet import ReviewItemRow, ReviewMeetingRow
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
from data_access.models.review import ChallengeRow, DataRequestRow, RebaseRow, SavedViewRow, SelfAssessmentRow
from data_access.models.revise import (
    ActionChangeRow,
    ActionRow,
    DeliveryRow,
    MilestoneRow,
    RecoveryCourseRow,
    RecoveryNoteRow,
    RecoveryPlanRow,
    RecoveryShareRow,
    RecoveryWhyRow,
)
from data_access.models.risk import RiskChangeRow, RiskRow
from data_access.models.thread import OwnObjectiveRow, PersonalThreadRow, PlanRefreshRow, RefreshLineRow

__all__ = [
    "ActionChangeRow",
    "ActionRow",
    "AreaRow",
    "AuditEventRow",
    "Base",
    "BoundaryEditionRow",
    "BoundaryRow",
    "ChallengeRow",
    "ComparatorMembershipRow",
    "DataRequestRow",
    "DeliveryRow",
    "DraftRow",
    "FeedbackRow",
    "FigureRow",
    "ImportRunRow",
    "LessonRow",
    "MeasureRow",
    "MeasureUseRow",
    "MilestoneRow",
    "OwnObjectiveRow",
    "PersonRow",
    "PersonalThreadRow",
    "PlanNodeRow",
    "PlanRefreshRow",
    "RebaseRow",
    "RecoveryCourseRow",
    "RecoveryNoteRow",
    "RecoveryPlanRow",
    "RecoveryShareRow",
    "RecoveryWhyRow",
    "RefreshLineRow",
    "RegisterChangeRow",
    "ReopeningRow",
    "ReportingDatesRow",
    "RequestRow",
    "ReturnQuestionRow",
    "ReturnRow",
    "ReviewItemRow",
    "ReviewMeetingRow",
    "RiskChangeRow",
    "RiskRow",
    "RoleHoldingRow",
    "SavedViewRow",
    "SelfAssessmentRow",
    "SeriesBreakRow",
    "SettingRow",
    "SignInAttemptRow",
    "TargetPartRow",
    "TargetRow",
    "UnitPlacementRow",
    "UnitRow",
]
