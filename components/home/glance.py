"""What is red and what moved, at a glance: status, figure, target, the year as a small line, and what is done."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

import streamlit as st

from components.frame import navigation
from components.parts import asset, html_table, rating
from components.parts.figure_lines import MOST
from components.parts.html_table import Column, Html
from components.parts.markup import plain
from components.review import spark
from cycle.ground.series.red_now import RedNow
from cycle.home.desk import Standing
from cycle.home.front import Front
from cycle.review.what_changed import StatusMoved
from cycle.revise.recovery.view import PlanSummary
from performance.ground.reckoning.rag import target_in_words
from performance.review.scorecard import ScorecardLine
from reporting.charts.alternative_text import spark_alt
from reporting.charts.sparkline import with_gaps

_STYLE = asset.style(__file__)


def show(found: Front) -> None:
    """What is red and what moved in the person's part of the council."""
    standing = found.desk.standing
    if standing is None:
        return
    where = "the council" if found.desk.whole_council else "your part of the council"
    st.header(plain(f"Red now: {standing.now.in_words}"), anchor=False)
    _show_red(standing, where=where, planned=found.plans.of_measure)
    _link_to_scorecard(standing.now, scope=standing.scope)
    st.header("What changed", anchor=False)
    _show_changed(standing, where=where)


def _show_red(standing: Standing, *, where: str, planned: Mapping[str, PlanSummary] | None) -> None:
    """Red measures, real changes for the worse first, each with its target, its year and its recovery plan."""
    drawn = standing.now.red
    if not drawn:
        st.write(plain(f"No measure of {where} is red."))
        return
    if len(drawn) > 1:
        st.caption("Real changes for the worse first, then what is furthest off its target, measured in tolerances.")
    titles = ["Measure", "Now", "Target", "Lately", *(["Recovery plan"] if planned is not None else [])]
    _table("Red now", titles, [list(_red(line, standing, planned)) for line in drawn[:MOST]])


def _link_to_scorecard(now: RedNow, *, scope: str) -> None:
    """From the count to the list that it counts, where the part is one that has a scorecard."""
    if not (now.rated and scope):
        return
    many = len(now.red)
    label = f"The {many} red on the scorecard" if many else f"All {now.rated} rated measures on the scorecard"
    query = {"scope": scope, "period": "now"} | ({"status": "red"} if many else {})
    st.page_link(navigation.find_entry("Scorecard").file, label=plain(label), query_params=query)


def _show_changed(standing: Standing, *, where: str) -> None:
    """Measures whose status moved, from what to what, and on to the page that counts the same ones."""
    drawn, month = standing.changed, standing.month
    months = f"from {month.previous.in_words} to {month.in_words}"
    if not drawn:
        st.write(plain(f"No status of {where} moved {months}."))
        return
    st.write(plain(f"{len(drawn)} status{' has' if len(drawn) == 1 else 'es have'} moved {months}."))
    rows = [list(_moved(each, standing)) for each in drawn[:MOST]]
    _table("Statuses that moved", ["Measure", "Now", "Target", "Lately", "Before"], rows)
    if standing.scope:
        with st.container(horizontal=True):
            query = {"scope": standing.scope, "period": month.iso}
            st.page_link(navigation.find_entry("What changed").file, label="All that changed", query_params=query)
            ahead = {"scope": standing.scope}
            st.page_link(navigation.find_entry("What may turn red").file, label="What may turn red", query_params=ahead)


def _table(caption: str, titles: Sequence[str], rows: Sequence[Sequence[Html]]) -> None:
    columns = [Column(title=title) for title in titles]
    drawn = html_table.wrapped(caption, html_table.table(caption, columns, rows, folds=False))
    st.html(f'{rating.STYLE}{_STYLE}<div class="glance">{drawn}</div>')


def _red(line: ScorecardLine, standing: Standing, planned: Mapping[str, PlanSummary] | None) -> Iterator[Html]:
    code = line.measure.code
    real = standing.real[code]
    mark = '<strong class="worse"><span aria-hidden="true">◆</span> {}</strong>' if code in standing.worse else "{}"
    yield _name(line, f"<small>{mark.format(escape(real[:1].upper() + real[1:]))}</small>")
    yield from _standing(line, standing)
    if planned is not None:
        yield Html(_plan(planned.get(code)))


def _moved(each: StatusMoved, standing: Standing) -> Iterator[Html]:
    why = f"<small>{escape(each.now.target_moved_in_words)}</small>" if each.is_by_target_alone else ""
    yield _name(each.now, why)
    yield from _standing(each.now, standing)
    yield Html(rating.tag(each.before.rag))


def _name(line: ScorecardLine, beneath: str) -> Html:
    title = escape(line.measure.title)
    link = navigation.link("One measure", title, measure=line.measure.code, period=line.own_period.iso)
    return Html(f"{link}<br>{beneath}" if beneath else link)


def _standing(line: ScorecardLine, standing: Standing) -> Iterator[Html]:
    """Status and figure with its period, target, and the year up to it."""
    measure = line.measure
    value = escape(measure.print_value(line.value))
    yield Html(f"{rating.tag(line.rag)} <span>{value}</span> <small>{escape(line.period.short)}</small>")
    yield Html(escape(target_in_words(measure, line.target)))
    lately = standing.lately.get(measure.code, ())
    yield Html(spark.picture(with_gaps(lately), spark_alt(measure, lately)))


def _plan(found: PlanSummary | None) -> str:
    """Its course where it is agreed; that there is none is said, since somebody is asked for one."""
    if found is None:
        return "No plan"
    stands = found.course.course.in_words if found.plan.agreed_by else "Drafted"
    reference = found.plan.reference
    return f"{navigation.link('One recovery plan', escape(reference), plan=reference)}: {escape(stands.lower())}"
