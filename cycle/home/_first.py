"""What a person does first: of all that waits for them, the one thing that Home puts on a button.

**Decided.** What keeps others waiting comes before what is only due: returns to sign off, what came back with a
question, figures to enter, questions to answer, actions to speak for, recovery plans; then requests to reopen, the
edition for the next meeting, figures that are missing, what was not sent, an account that is held back, risks to look
at again. Who has none of these is led to what is red.
"""

from collections.abc import Iterator

from cycle.do.return_view import Owed
from cycle.home.accounts_now import AccountsNow
from cycle.home.desk import Home, Standing
from cycle.home.figures_in import FiguresIn
from cycle.report.editions.calendar import Calendar
from cycle.revise.recovery.plans_due import PlansDue
from performance.ground.periods import Period
from performance.home.lines import Line, Opens
from performance.revise.recovery import plan_reference


def first_step(
    home: Home, plans: PlansDue, risks: int, editions: Calendar, figures: FiguresIn | None, accounts: AccountsNow | None
) -> Line | None:
    """The first of what is wanted; None where nothing waits and nothing is red."""
    return next(_steps(home, plans, risks, editions, figures, accounts), None)


def _steps(
    home: Home, plans: PlansDue, risks: int, editions: Calendar, figures: FiguresIn | None, accounts: AccountsNow | None
) -> Iterator[Line]:
    yield from _to_sign_off(home)
    yield from _of_returns(home)
    yield from _of_plans(plans, leads=home.leads)
    if figures and figures.waiting:
        yield Line(label=f"Answer {_count(figures.waiting, 'request')} to reopen", opens=Opens.REOPENINGS)
    if editions.may_plan and editions.to_come:
        yield _edition(editions)
    if figures:
        yield from _of_figures(figures)
    if accounts:
        yield from _of_accounts(accounts)
    if risks:
        yield Line(label=f"Look again at {_count(risks, 'risk')}", opens=Opens.RISKS)
    if home.standing and home.standing.now.red:
        yield _red(home.standing)


def _edition(editions: Calendar) -> Line:
    """Of the next meeting; of the last one, where none is to come."""
    coming = next((each for each in editions.to_come if each.meets_on >= editions.today), editions.to_come[-1])
    what = "Prepare" if coming.freeze is None else "Finish"
    return Line(label=f"{what} {coming.title}", opens=Opens.EDITION, query=(("edition", coming.reference),))


def _of_figures(figures: FiguresIn) -> Iterator[Line]:
    if figures.counts.missing:
        month = (("period", figures.month.iso), ("show", "remind"))
        yield Line(label=f"Remind whose figures are missing: {figures.counts.missing:,}", opens=Opens.DATA_QUALITY,
                   query=month)  # fmt: skip
    if figures.mails:
        yield _mails(figures.mails)
    if figures.reports:
        yield Line(label=f"See {_count(figures.reports, 'report')} that may not have come", opens=Opens.REPORTS_SENT)


def _of_accounts(accounts: AccountsNow) -> Iterator[Line]:
    """What a page can answer; the rest of what is to be put right is a command, which stands on its line."""
    if accounts.mails:
        yield _mails(accounts.mails)
    for each in accounts.held_back[:1]:
        yield Line(label=f"See what was done at the account {each.username}", opens=Opens.AUDIT,
                   query=(("find", each.username),))  # fmt: skip


def _mails(many: int) -> Line:
    return Line(label=f"Decide on {_count(many, 'mail')} that may not have come", opens=Opens.MAIL)


def _red(standing: Standing) -> Line:
    """All of them, where they have a scorecard; else the first."""
    if standing.scope:
        return Line(
            label=f"Read {_count(len(standing.now.red), 'red measure')}",
            opens=Opens.SCORECARD,
            query=(("scope", standing.scope), ("period", "now"), ("status", "red")),
        )
    first = standing.now.red[0]
    return Line(
        label=f"Look at {first.measure.title}",
        opens=Opens.MEASURE,
        query=(("measure", first.measure.code), ("period", first.own_period.iso)),
    )


def _to_sign_off(home: Home) -> Iterator[Line]:
    """Those that this person may sign: not their own."""
    free = [each for each in home.waiting if not each.why_not]
    if len(free) == 1:
        stored = free[0].stored
        query = (("unit", stored.unit_code), ("period", stored.period.iso))
        yield Line(label=f"Sign off {free[0].unit.name}, {stored.period.in_words}", opens=Opens.SIGN_OFF, query=query)
    elif free:
        yield Line(label=f"Sign off {_count(len(free), 'return')}", opens=Opens.SIGN_OFF)


def _of_returns(home: Home) -> Iterator[Line]:
    """Whoever heads several units leaves figures to those who enter them, and answers what nobody else can."""
    for asked in home.questions if not home.leads else ():
        yield _return(f"Answer the question about {asked.unit.name}, {asked.period.in_words}", asked.unit.code,
                      asked.period)  # fmt: skip
    for owed in home.owed if not home.leads else ():
        if not owed.is_locked:
            yield _return(_to_enter(owed, home), owed.unit.code, owed.period)
    for each in home.asked.to_answer if not home.leads else ():
        yield Line(
            label=f"Answer the question about {each.measure.title}",
            opens=Opens.WARDS if each.is_ward else Opens.MEASURE,
            query=(("measure", each.measure.code), ("period", each.challenge.period.iso),
                   *((("ward", each.challenge.area_code),) if each.is_ward else ())),
        )  # fmt: skip
    for unsaid in home.unsaid if not home.leads else ():
        said = f"Say how {_count(unsaid.actions, 'action')} stood in {unsaid.period.in_words}"
        yield _return(said, unsaid.unit.code, unsaid.period)


def _to_enter(owed: Owed, home: Home) -> str:
    """ "Enter 3 figures for October 2017", and of which service where the person has several."""
    several = len({each.unit.code for each in home.owed}) > 1
    of = f" of {owed.unit.name}" if several else ""
    return f"Enter {_count(owed.asked - owed.provided, 'figure')}{of} for {owed.period.in_words}"


def _of_plans(plans: PlansDue, *, leads: bool) -> Iterator[Line]:
    wanted = (
        ("Decide on", plans.to_agree), ("Answer what is asked in", plans.to_answer), ("Judge", plans.to_judge),
    )  # fmt: skip
    for what, found in wanted:
        for each in found:
            reference = plan_reference(each.plan.id)
            yield Line(label=f"{what} recovery plan {reference}", opens=Opens.RECOVERY_PLAN,
                       query=(("plan", reference),))  # fmt: skip
    for each in plans.to_update if not leads else ():
        month = Period.containing(each.today, months=1).previous
        said = f"Say how recovery plan {plan_reference(each.plan.id)} went in {month.in_words}"
        yield _return(said, each.off.measure.unit_code, month)


def _return(label: str, unit_code: str, period: Period) -> Line:
    return Line(label=label, opens=Opens.MY_RETURN, query=(("unit", unit_code), ("period", period.iso)))


def _count(many: int, what: str) -> str:
    return f"{many:,} {what}{'' if many == 1 else 's'}"
