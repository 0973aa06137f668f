"""Lists whose every line leads to the page where the person can act on it."""

from collections.abc import Iterable, Mapping
from datetime import date

import streamlit as st

from components.frame import navigation
from components.parts.figure_lines import MOST, line_to
from components.parts.markup import plain
from cycle.do.delivery import Unsaid
from cycle.do.return_view import Owed
from cycle.do.signing_off import Waiting
from cycle.ground.series.red_now import RedNow
from cycle.home.desk import Question, Standing
from cycle.revise.recovery.plans_due import PlansDue
from cycle.revise.recovery.view import PlanSummary
from performance.do.returns import SIGN_OFF_WITHIN
from performance.ground.organisation import Unit
from performance.ground.people import User
from performance.ground.periods import Period, day_in_words
from performance.review.scorecard import ScorecardLine

MOST_OWED = 4


class Returns:
    """Returns that want something of the person: each on one line, with what its actions want beside its figures."""

    def __init__(self, unsaid: Iterable[Unsaid]) -> None:
        self._unsaid = {(each.unit.code, each.period): each for each in unsaid}

    def questions(self, asked: Iterable[Question]) -> None:
        """Returns that came back, each with what was asked."""
        for each in asked:
            when = f" on {day_in_words(each.asked_on)}" if each.asked_on else ""
            said = f"Returned by {each.asked_by}{when}"
            if each.question:
                said = f"{each.asked_by} asked{when}: {each.question}"
            self._line(each.unit, each.period, "returned with a question", said)

    def owed(self, returns: Iterable[Owed], *, today: date) -> None:
        """Returns to enter, each with its state and its day; of what is beyond the first few, how many."""
        drawn = list(returns)
        for each in drawn[:MOST_OWED]:
            self._line(each.unit, each.period, each.in_words, _due(each, today))
        if len(drawn) > MOST_OWED:
            st.caption(plain(f"And {len(drawn) - MOST_OWED} more, to choose on the page of the return."))

    def unsaid(self) -> None:
        """Actions nobody has spoken for this month, a line a service, of those that had no line yet."""
        for each in list(self._unsaid.values()):
            self._line(each.unit, each.period, "", "")

    def _line(self, unit: Unit, period: Period, wants: str, detail: str) -> None:
        actions = self._unsaid.pop((unit.code, period), None)
        words = [wants, _to_speak_for(actions) if actions else ""]
        line_to(
            "My return",
            f"{unit.name}, {period.in_words}: {'; '.join(filter(None, words))}",
            ". ".join(filter(None, [detail.removesuffix("."), _how_each_stood(actions) if actions else ""])),
            unit=unit.code,
            period=period.iso,
        )


def _to_speak_for(unsaid: Unsaid) -> str:
    return f"{unsaid.actions} action{'' if unsaid.actions == 1 else 's'} to speak for"


def _how_each_stood(unsaid: Unsaid) -> str:
    late = f" {unsaid.late} past the end that was set." if unsaid.late else ""
    return f"Say how each action stood: on track, late or done.{late}"


def waiting(returns: Iterable[Waiting], *, today: date) -> None:
    """Returns to sign off, each with who sent it and by when; or why this person may not."""
    for each in returns:
        stored = each.stored
        detail = f"Submitted by {each.submitted_by}"
        if stored.submitted_at is not None:
            sent = stored.submitted_at.astimezone().date()
            detail += f" on {day_in_words(sent)}. {_by(sent + SIGN_OFF_WITHIN, today, 'Sign off')}"
        line_to(
            "Sign-off",
            f"{each.unit.name}, {stored.period.in_words}",
            each.why_not or detail,
            unit=stored.unit_code,
            period=stored.period.iso,
        )


def plans(due: PlansDue) -> None:
    """Recovery plans that wait for the person, a line each, with what is wanted of them."""
    wanted = (
        (due.to_agree, "agree it or say what is missing"),
        (due.to_answer, "say whether the measure is tolerated"),
        (due.to_judge, "say whether it worked"),
    )
    for found, words in wanted:
        for each in found:
            label = f"Recovery plan {each.plan.reference}, {each.off.measure.title}: {words}"
            line_to("One recovery plan", label, each.progress, plan=str(each.plan.id))
    for each in due.to_update:
        month = Period.containing(each.today, months=1).previous
        label = f"Recovery plan {each.plan.reference}, {each.off.measure.title}: say how it went in {month.in_words}"
        said = f"{each.course.course.in_words}. {each.progress}"
        line_to("My return", label, said, unit=each.off.measure.unit_code, period=month.iso)


def red(standing: Standing, *, where: str, planned: Mapping[str, PlanSummary] | None = None) -> None:
    """Red measures, the furthest off target first: figure, target, whether it is a real change, and what is done about
    it; each leads to its page."""
    drawn = standing.now.red
    if not drawn:
        st.write(plain(f"No measure of {where} is red."))
    if len(drawn) > 1:
        st.caption("Real changes for the worse first, then what is furthest off its target, measured in tolerances.")
    for line in drawn[:MOST]:
        real = f"; {standing.real[line.measure.code]}"
        _measure_link(line, f"{line.rag.shape} {line.rag.in_words}: {_figure(line)}{real}{_plan(line, planned)}")


def red_on_scorecard(now: RedNow, *, scope: str) -> None:
    """From the count to the list that it counts, where the part is one that has a scorecard."""
    if not (now.rated and scope):
        return
    many = len(now.red)
    label = f"The {many} red on the scorecard" if many else f"All {now.rated} rated measures on the scorecard"
    query = {"scope": scope, "period": "now"} | ({"status": "red"} if many else {})
    st.page_link(navigation.find_entry("Scorecard").file, label=plain(label), query_params=query)


def changed(standing: Standing, *, where: str) -> None:
    """Measures whose status moved, from what to what, and on to the page that counts the same ones."""
    drawn, month = standing.changed, standing.month
    months = f"from {month.previous.in_words} to {month.in_words}"
    if not drawn:
        st.write(plain(f"No status of {where} moved {months}."))
        return
    st.write(plain(f"{len(drawn)} status{' has' if len(drawn) == 1 else 'es have'} moved {months}."))
    for each in drawn[:MOST]:
        why = f". {each.now.target_moved_in_words}" if each.is_by_target_alone else ""
        said = f"{each.before.rag.in_words} to {each.now.rag.in_words}: {_figure(each.now)}{why}"
        _measure_link(each.now, said)
    if standing.scope:
        query = {"scope": standing.scope, "period": month.iso}
        st.page_link(navigation.find_entry("What changed").file, label="All that changed", query_params=query)
        ahead = {"scope": standing.scope}
        st.page_link(navigation.find_entry("What may turn red").file, label="What may turn red", query_params=ahead)


def open_pages(user: User) -> None:
    """The pages a person may open, besides this one."""
    for entry in navigation.PAGES:
        if entry.linked and entry.stage != "Home" and user.may(entry.needs):
            st.page_link(entry.file, label=plain(f"{entry.stage}: {entry.title}"))


def _plan(line: ScorecardLine, planned: Mapping[str, PlanSummary] | None) -> str:
    if planned is None:
        return ""
    plan = planned.get(line.measure.code)
    if plan is None:
        return ". No recovery plan"
    stands = plan.course.course.in_words if plan.plan.agreed_by else "Drafted"
    return f". Plan {plan.plan.reference}: {stands.lower()}"


def _figure(line: ScorecardLine) -> str:
    return f"{line.measure.print_value(line.value)}{line.against_target} ({line.period.short})"


def _due(owed: Owed, today: date) -> str:
    if owed.locks_on is not None and owed.locks_on < today:
        return f"Locked since {day_in_words(owed.locks_on)}: ask the BI team to reopen what is missing"
    locks = f", locks on {day_in_words(owed.locks_on)}" if owed.locks_on else ""
    if not owed.late:
        return f"{_by(owed.due_on, today, 'On time')}{locks}"
    days = (today - owed.due_on).days
    return f"Late by {days} day{'' if days == 1 else 's'}: due by {_weekday(owed.due_on)}{locks}"


def _by(day: date, today: date, what: str) -> str:
    """On time by Friday 17 November 2017 (7 days left)."""
    left = (day - today).days
    if left < 0:
        return f"{what} by {_weekday(day)} ({-left} day{'' if left == -1 else 's'} ago)"
    return (
        f"{what} by {_weekday(day)} ({'today' if not left else f'{left} day' + ('' if left == 1 else 's') + ' left'})"
    )


def _weekday(day: date) -> str:
    return f"{day:%A} {day_in_words(day)}"


def _measure_link(line: ScorecardLine, detail: str) -> None:
    line_to("One measure", line.measure.title, detail, measure=line.measure.code, period=line.own_period.iso)
