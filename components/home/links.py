"""Lists whose every line leads to the page where the person can act on it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import streamlit as st

from components.frame import navigation
from components.parts.figure_lines import MOST, figure_questions, line_to
from components.parts.markup import plain
from cycle.do.signing_off import Waiting
from cycle.ground.series.red_now import RedNow
from cycle.home import lines
from cycle.home.desk import Home, Standing
from cycle.revise.recovery.plans_due import PlansDue
from cycle.revise.recovery.view import PlanSummary
from performance.ground.people import User
from performance.home.lines import Line
from performance.review.scorecard import ScorecardLine
from performance.revise.risks import RiskEntry

MOST_OWED = 4


def returns(home: Home) -> None:
    """Returns that came back, questions about figures, what is to be entered, and actions nobody has spoken for."""
    said = lines.Returns(home.unsaid)
    for asked in home.questions:
        _draw(said.question(asked))
    figure_questions(home.asked.to_answer, what="a question to answer")
    for owed in home.owed[:MOST_OWED]:
        _draw(said.owed(owed, today=home.today))
    if len(home.owed) > MOST_OWED:
        st.caption(plain(f"And {len(home.owed) - MOST_OWED} more, to choose on the page of the return."))
    for _, line in said.unsaid():
        _draw(line)


def waiting(found: Iterable[Waiting], *, today: date) -> None:
    """Returns to sign off."""
    for each in found:
        _draw(lines.waiting(each, today=today))


def plans(due: PlansDue) -> None:
    """Recovery plans that wait for the person, a line each, with what is wanted of them."""
    for *_, line in lines.plans(due):
        _draw(line)


def risks(due: Sequence[RiskEntry]) -> None:
    """Risks that the person keeps, to be looked at again."""
    if line := lines.risks(due):
        _draw(line)


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


def _draw(line: Line) -> None:
    line_to(navigation.find_at(line.opens).title, line.label, line.detail, **dict(line.query))


def _measure_link(line: ScorecardLine, detail: str) -> None:
    line_to("One measure", line.measure.title, detail, measure=line.measure.code, period=line.own_period.iso)
