"""Why the figure is where it is, and how the number was made: from the figures alone, with chart and table."""

from collections.abc import Callable, Iterable

import streamlit as st

from components.frame import pick
from components.parts import html_table
from components.parts.html_table import Column
from components.parts.markup import plain
from cycle.review.one_measure import MeasurePage
from performance.ground.commentary import read_commentary
from performance.ground.periods import Period
from performance.ground.reckoning.aggregation import Aggregate, longer_periods
from performance.ground.reckoning.rag import Rag
from reporting.charts.alternative_text import parts_alt
from reporting.charts.parts_chart import parts_chart
from reporting.words.explained import explained_in_words, name_of, short, signed
from reporting.words.number_words import added_up_in_words, number_in_words


def in_a_sentence(page: MeasurePage) -> None:
    """Why a red is red, beside its rating: that is what is asked first. Its service's words, then the figures'."""
    if page.line.rag is Rag.RED:
        st.write(f"**Why is it red?** {plain(_said_by_the_service(page))}")
        st.write(plain(_in_words(page)))


def _said_by_the_service(page: MeasurePage) -> str:
    """Why, and what is done next, of the figure that is shown."""
    figure = page.series.stored(page.line.own_period)
    said = read_commentary(figure.commentary if figure else "")
    if not (why := said.why or said.what_happened):
        return "Its service has not said why."
    after = f" Next: {said.next_in_words}." if said.what_next else ""
    return f"Its service says: {_ended(why)}{after}"


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def why(page: MeasurePage) -> None:
    """The change to the newest figure in its parts; that it cannot be told where it cannot."""
    found, measure, is_red = page.explained, page.measure, page.line.rag is Rag.RED
    if is_red and (found is None or not found.whole):
        return
    st.header("Why it is red, in parts" if is_red else "What moved it?", anchor=False)
    if not is_red:
        st.write(plain(_in_words(page)))
    if found is None or not found.whole:
        return
    parts = [(name_of(each), each.amount, signed(measure, each.amount)) for each in found.parts]
    st.vega_lite_chart(
        parts_chart([(name_of(each), each.amount, short(measure, each.amount)) for each in found.parts], unit="number"),
        theme=None, key=f"why_{measure.code}",
        alt=parts_alt(measure, found.parts),
    )  # fmt: skip
    with st.expander("Table of these parts"):
        rows = [[name, said] for name, _, said in parts] + [["Together", signed(measure, found.whole)]]
        html_table.plain(
            "What the change is made of", [Column(title="Part"), Column(title="Amount", is_number=True)], rows
        )


def _in_words(page: MeasurePage) -> str:
    if page.explained is None:
        return "The figures cannot tell: there is none to compare with that stands in the same series."
    return explained_in_words(page.line.measure, page.explained, page.variation)


def number(page: MeasurePage, story: Callable[[Period], Iterable[str]]) -> None:
    """How any one of the figures was made: inputs, formula, who and when, what stood before; and its `story` since.

    And the year to date, quarters and years, which are made of them.
    """
    if not page.shown:
        return
    with st.expander("Explain a number", expanded="number" in st.query_params):
        made_of = _made_of(page)
        period = pick.period("The figure for", (*page.shown, *made_of), name="number")
        for sentence in _how_made(page, period, story, made_of.get(period)):
            st.write(plain(sentence))


def _how_made(
    page: MeasurePage, period: Period, story: Callable[[Period], Iterable[str]], longer: Aggregate | None
) -> Iterable[str]:
    if longer is not None:
        return added_up_in_words(page.measure.at(period), page.series, longer)
    figure = page.series.figures.get(period)
    if figure is None:
        return [f"There is no figure for {period.in_words}."]
    earlier = [each for each in page.revisions if each.period == period and each.revision < figure.revision]
    said = number_in_words(page.measure.at(period), figure, earlier=earlier, known_as=page.known_as)
    return (*said, *story(period))


def _made_of(page: MeasurePage) -> dict[Period, Aggregate]:
    """What is made of several figures: the year to date, then years and quarters, the newest first."""
    found = {page.line.year_to_date.period: page.line.year_to_date}
    for months in (12, 3):
        longer = longer_periods(page.measure, page.series, months, today=page.today)
        found |= {period: longer[period] for period in reversed(longer)}
    return {period: each for period, each in found.items() if period not in page.shown}
