"""All that Home asks of every stage, for one person, and what they do first."""

from dataclasses import dataclass

from cycle.home import desk
from cycle.home._first import first_step
from cycle.home.accounts_now import AccountsNow, accounts_now
from cycle.home.desk import Home
from cycle.home.figures_in import FiguresIn, figures_in
from cycle.report.editions import calendar
from cycle.report.editions.calendar import Calendar
from cycle.revise import risks_shown
from cycle.revise.recovery.plans_due import PlansDue, plans_due
from performance.ground.people import Permission, User
from performance.home.lines import Line
from performance.revise.risks import RiskEntry


@dataclass(frozen=True, kw_only=True)
class Front:
    """`figures` is None for those who do not keep the council's, `accounts` for those who do not look after people;
    `first` where nothing waits and nothing is red."""

    desk: Home
    plans: PlansDue
    risks: tuple[RiskEntry, ...]
    editions: Calendar
    figures: FiguresIn | None
    accounts: AccountsNow | None
    first: Line | None

    @property
    def is_asked(self) -> bool:
        """Whether anything is due from the person."""
        asked = self.desk.questions or self.desk.owed or self.desk.unsaid or self.desk.asked.to_answer
        return bool(asked or self.plans.is_any or self.risks)

    @property
    def reads_first(self) -> bool:
        """Whether the person enters nothing, signs nothing off and prepares nothing: how things stand comes first."""
        return (
            self.desk.standing is not None
            and self.desk.whole_council
            and not (self.desk.waiting or self.figures or self.editions.may_plan)
        )


def front(*, by: User) -> Front:
    """What matters to the person today. Each part asks for itself who they are and what they may see."""
    home, plans, risks = desk.home(by=by), plans_due(by=by), tuple(risks_shown.risks_due(by=by))
    editions = calendar.list_editions(by=by)
    figures = figures_in(by=by) if by.may(Permission.GRANT_REOPENINGS) else None
    accounts = accounts_now(by=by) if by.may(Permission.ADMINISTER) else None
    return Front(
        desk=home, plans=plans, risks=risks, editions=editions, figures=figures, accounts=accounts,
        first=first_step(home, plans, len(risks), editions, figures, accounts),
    )  # fmt: skip
