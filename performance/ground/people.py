"""Who may do what: roles held at organisation units, and the permissions each role brings (docs/domain.md)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """The roles of the framework. `head` is a head of service or a director, by the unit it is held at; `deputy` signs
    off in a head's place, between the days the head named."""

    SERVICE_MANAGER = "service_manager"
    HEAD = "head"
    DEPUTY = "deputy"
    LEADERSHIP = "leadership"
    POLICY_OFFICER = "policy_officer"
    BI_TEAM = "bi_team"
    EMPLOYEE = "employee"
    COUNCILLOR = "councillor"
    ADMINISTRATOR = "administrator"

    @property
    def in_words(self) -> str:
        return {
            "service_manager": "Service manager",
            "head": "Head of service or director",
            "deputy": "Deputy who signs off",
            "leadership": "Wider Leadership Team",
            "policy_officer": "Policy officer",
            "bi_team": "Business intelligence team",
            "employee": "Employee",
            "councillor": "Councillor",
            "administrator": "Administrator",
        }[self.value]


# What an account is given. A deputy is named by a head, between two days.
LASTING_ROLES = tuple(role for role in Role if role is not Role.DEPUTY)


class Permission(StrEnum):
    """What a verb or a page needs. Asked in every verb and in every query, not by hiding pages."""

    SIGN_IN = "use the app"
    ENTER_FIGURES = "enter and submit figures"
    APPROVE_RETURNS = "sign off returns"
    NAME_DEPUTY = "name a deputy who signs off"
    VIEW_CALENDAR = "see the reporting calendar"
    ASK_TO_REOPEN = "ask to reopen what is locked"
    KEEP_CALENDAR = "set reporting dates"
    GRANT_REOPENINGS = "reopen what is locked"
    BRING_IN = "paste or upload figures"
    VIEW_IMPORTS = "see what was imported"
    VIEW_PLAN = "see the golden thread"
    EDIT_PLAN = "change plans on a page"
    REFRESH_PLAN = "refresh the plan for a new year"
    DOCUMENT_MEASURES = "document how measures are worked out"
    PROPOSE_TARGETS = "propose targets"
    AGREE_TARGETS = "agree targets"
    VIEW_TARGETS = "see targets being set"
    VIEW_SCORECARDS = "see scorecards"
    READ_RETURNS = "read returns"
    VIEW_WARDS = "see ward figures"
    ASK_QUESTIONS = "ask questions about figures"
    DOUBT_FIGURES = "doubt what a service confirmed"
    SET_LIMITS_ANEW = "set process limits anew"
    VIEW_DATA_QUALITY = "see data quality"
    EXPLORE = "explore figures and save views"
    ANSWER_REQUESTS = "answer requests for data"
    VIEW_RECOVERY_PLANS = "see recovery plans"
    DRAFT_RECOVERY_PLANS = "draft and update recovery plans"
    AGREE_RECOVERY_PLANS = "agree recovery plans"
    VIEW_LESSONS = "see lessons"
    WRITE_LESSONS = "write lessons"
    VIEW_RISKS = "see risks"
    KEEP_RISKS = "keep the risk register"
    VIEW_MEETINGS = "see review meetings"
    MINUTE_MEETINGS = "open and minute review meetings"
    VIEW_FEEDBACK = "see what people told the council"
    RECORD_FEEDBACK = "record what people told the council"
    MAKE_REPORTS = "make reports"
    MAKE_EDITIONS = "plan, freeze and publish editions"
    SCHEDULE_REPORTS = "schedule reports"
    VIEW_EDITIONS = "see editions for members"
    MAINTAIN_REGISTER = "maintain measures, targets and areas"
    IMPORT = "import figures"
    VIEW_AUDIT = "see the audit trail"
    LOOK_AFTER_MAIL = "look after mail"
    ADMINISTER = "look after people and settings"


_OFFICER = {
    Permission.SIGN_IN,
    Permission.VIEW_PLAN,
    Permission.VIEW_TARGETS,
    Permission.VIEW_SCORECARDS,
    Permission.READ_RETURNS,
    Permission.VIEW_WARDS,
    Permission.ASK_QUESTIONS,
    Permission.VIEW_DATA_QUALITY,
    Permission.EXPLORE,
    Permission.VIEW_RECOVERY_PLANS,
    Permission.VIEW_LESSONS,
    Permission.VIEW_FEEDBACK,
    Permission.VIEW_MEETINGS,
    Permission.VIEW_RISKS,
    Permission.VIEW_EDITIONS,
}
_MANAGER = _OFFICER | {
    Permission.EDIT_PLAN,
    Permission.ENTER_FIGURES,
    Permission.VIEW_CALENDAR,
    Permission.ASK_TO_REOPEN,
    Permission.BRING_IN,
    Permission.VIEW_IMPORTS,
    Permission.PROPOSE_TARGETS,
    Permission.DRAFT_RECOVERY_PLANS,
    Permission.WRITE_LESSONS,
    Permission.RECORD_FEEDBACK,
    Permission.KEEP_RISKS,
}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.SERVICE_MANAGER: frozenset(_MANAGER),
    Role.HEAD: frozenset(
        _MANAGER
        | {
            Permission.APPROVE_RETURNS,
            Permission.NAME_DEPUTY,
            Permission.AGREE_TARGETS,
            Permission.AGREE_RECOVERY_PLANS,
            Permission.MINUTE_MEETINGS,
        }
    ),
    # Reads what is signed off there and no more: a head gives nobody the sight of the whole council.
    Role.DEPUTY: frozenset({Permission.SIGN_IN, Permission.READ_RETURNS, Permission.APPROVE_RETURNS}),
    Role.LEADERSHIP: frozenset(
        _OFFICER
        | {Permission.AGREE_RECOVERY_PLANS, Permission.WRITE_LESSONS, Permission.MINUTE_MEETINGS, Permission.KEEP_RISKS}
    ),
    Role.POLICY_OFFICER: frozenset(
        _OFFICER
        | {
            Permission.EDIT_PLAN,
            Permission.REFRESH_PLAN,
            Permission.DOCUMENT_MEASURES,
            Permission.MAKE_REPORTS,
            Permission.MAKE_EDITIONS,
            Permission.SCHEDULE_REPORTS,
            Permission.ANSWER_REQUESTS,
            Permission.WRITE_LESSONS,
            Permission.RECORD_FEEDBACK,
            Permission.MINUTE_MEETINGS,
            Permission.KEEP_RISKS,
        }
    ),
    Role.BI_TEAM: frozenset(
        _OFFICER
        | {
            Permission.DOCUMENT_MEASURES,
            Permission.MAINTAIN_REGISTER,
            Permission.DOUBT_FIGURES,
            Permission.SET_LIMITS_ANEW,
            Permission.ANSWER_REQUESTS,
            Permission.WRITE_LESSONS,
            Permission.RECORD_FEEDBACK,
            Permission.MINUTE_MEETINGS,
            Permission.KEEP_RISKS,
            Permission.VIEW_CALENDAR,
            Permission.KEEP_CALENDAR,
            Permission.ASK_TO_REOPEN,
            Permission.GRANT_REOPENINGS,
            Permission.IMPORT,
            Permission.BRING_IN,
            Permission.VIEW_IMPORTS,
            Permission.VIEW_AUDIT,
            Permission.LOOK_AFTER_MAIL,
            Permission.SCHEDULE_REPORTS,
        }
    ),
    Role.EMPLOYEE: frozenset({Permission.SIGN_IN, Permission.VIEW_PLAN}),
    Role.COUNCILLOR: frozenset(
        {Permission.SIGN_IN, Permission.VIEW_WARDS, Permission.ASK_QUESTIONS, Permission.VIEW_EDITIONS}
    ),
    Role.ADMINISTRATOR: frozenset(
        {Permission.SIGN_IN, Permission.ADMINISTER, Permission.VIEW_AUDIT, Permission.LOOK_AFTER_MAIL}
    ),
}


def roles_that_may(permission: Permission) -> tuple[Role, ...]:
    """The roles that bring it, of those that an account is given; a deputy's is for a head to give."""
    return tuple(role for role in LASTING_ROLES if permission in PERMISSIONS[role])


@dataclass(frozen=True, kw_only=True)
class Holding:
    """A role held today at a unit, and every unit below it today, itself included."""

    role: Role
    unit_code: str
    covers: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class User:
    """A person as the database knows them on this very run; whose password is a one-time one, since when."""

    username: str
    name: str
    session_epoch: int = 0
    must_change_password: bool = False
    one_time_since: datetime | None = None
    holdings: tuple[Holding, ...] = ()

    def may(self, permission: Permission, *, at: str | None = None) -> bool:
        """Whether any role held brings the permission, at the unit where one is named."""
        return any(
            permission in PERMISSIONS[holding.role] and (at is None or at in holding.covers)
            for holding in self.holdings
        )

    def units_where(self, permission: Permission) -> frozenset[str]:
        """Every unit, by code, at which the person has the permission."""
        return frozenset().union(*(held.covers for held in self.holdings if permission in PERMISSIONS[held.role]))

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(holding.role for holding in self.holdings)


# The app has no page for it: only the setup workbook, in the hands of an administrator who is of the BI team too.
GIVEN = "Accounts and roles are given by whoever runs this app, by commands on its server."
"""Who gives roles, in the sentence that every page says it in."""


class NotAllowedError(Exception):
    """Refused: the message says what was asked for and who can do it."""

    def __init__(self, permission: Permission, *, at: str | None = None) -> None:
        holders = [role.in_words.lower() for role, held in PERMISSIONS.items() if permission in held]
        where = f" for {at}" if at else ""
        super().__init__(f"You may not {permission.value}{where}. Ask: {', '.join(holders)}.")
        self.permission = permission
