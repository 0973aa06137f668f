"""The six dimensions of a measure's data, what was restated, and who is to be reminded."""

import streamlit as st

from components.frame import navigation
from components.parts import html_table
from components.parts.markup import plain
from components.review.quality import assessment_form
from cycle.review.quality.doubts import Restated
from cycle.review.quality.of_measure import MeasureQuality
from cycle.review.quality.view import QualityView
from performance.ground.people import User
from performance.ground.periods import day_in_words
from performance.ground.reckoning.rag import Rag
from performance.review.quality.dimensions import Dimension, State


def dimensions(view: QualityView) -> None:
    """Measures by dimensions; each state with its shape and word, never added up."""
    if not view.measures:
        st.write(plain(f"No measure of {view.name} was in use in {view.month.in_words}."))
        return
    look = sum(any(each.state is State.LOOK for each in one.findings) for one in view.measures)
    st.write(
        plain(f"Of {len(view.measures)} measures {look} have a dimension to look at, over the 12 months to "
              f"{day_in_words(view.today)}. The dimensions are not added up into one score.")
    )  # fmt: skip
    headings = ("Measure", *(each.in_words for each in Dimension), "Self-assessed")
    columns = [html_table.Column(title=title) for title in headings]
    rows: list[list[html_table.Cell]] = [
        [
            navigation.measure_cell(one.measure),
            *(f"{f.state.shape} {f.state.in_words}" for f in one.findings),
            _assessed(one),
        ]
        for one in view.measures
    ]
    html_table.plain(f"Data quality in six dimensions, {view.name}", columns, rows)
    with st.expander("The evidence"):
        titles = {one.measure.code: one for one in view.measures}
        chosen = st.selectbox(
            "Measure", list(titles), format_func=lambda code: f"{titles[code].measure.title} ({code})",
            key=f"evidence-{view.month.iso}-{view.name}",
        )  # fmt: skip
        _evidence(titles[chosen])


def of_measure(found: MeasureQuality, *, is_past: bool, by: User) -> None:
    """The six dimensions of one measure, folded, with their evidence and what its service says of them."""
    look = [each.dimension.in_words.lower() for each in found.findings if each.state is State.LOOK]
    said = f"look at {', '.join(look)}" if look else "nothing to look at"
    with st.expander(plain(f"Data quality: {said}")):
        _evidence(found)
        assessment_form.show(found, is_past=is_past, by=by)


def _own_words(found: MeasureQuality, dimension: Dimension) -> str:
    judged = found.assessed.answers.get(dimension) if found.assessed else None
    if judged is None:
        return "–"
    return f"{judged.judgement.in_words}: {judged.words}" if judged.words else judged.judgement.in_words


def _assessed(one: MeasureQuality) -> str:
    if one.assessed is None:
        return "Not yet"
    against = sum(one.assessed.contradicts(finding) for finding in one.findings)
    year = one.assessed.year.in_words
    return f"{year}, against the evidence in {against}" if against else year


def restated(view: QualityView) -> None:
    """Figures that were changed after sign-off, newest first."""
    many = len(view.restated)
    figures = "No figure" if not many else "1 figure" if many == 1 else f"{many} figures"
    was = "was" if many <= 1 else "were"
    st.write(plain(f"{figures} of {view.name} {was} changed after sign-off in the 12 months to "
                   f"{day_in_words(view.today)}."))  # fmt: skip
    if view.restated:
        titles = ("Measure", "Period", "Was", "Now", "When", "Who", "Why")
        rows = [_restated(each) for each in view.restated]
        html_table.plain("Restatements, newest first", [html_table.Column(title=title) for title in titles], rows)


def reminders(view: QualityView) -> None:
    """What each service owes, as a text to copy."""
    owed = sum(len(each.missing) for each in view.reminders)
    if not owed:
        st.write(plain(f"Nothing is missing from {view.name} that fell due in the 12 months to "
                       f"{day_in_words(view.today)}."))  # fmt: skip
        return
    figures = "1 figure is" if owed == 1 else f"{owed} figures are"
    st.write(plain(f"{figures} missing. Copy a reminder with the button at its corner, and send it."))
    for each in view.reminders:
        st.subheader(plain(f"{each.unit_name} ({len(each.missing)})"), anchor=False)
        st.code(each.text, language=None, wrap_lines=True)


def _evidence(found: MeasureQuality) -> None:
    columns = [html_table.Column(title=title) for title in ("Dimension", "State", "Evidence", "Its service says")]
    rows = [
        [f"{each.dimension.in_words}: {each.dimension.question}", f"{each.state.shape} {each.state.in_words}",
         each.evidence, _own_words(found, each.dimension)]
        for each in found.findings
    ]  # fmt: skip
    html_table.plain(f"{found.measure.title}: data quality in six dimensions", columns, rows)


def _restated(each: Restated) -> list[html_table.Cell]:
    return [
        navigation.measure_cell(each.measure, each.period),
        each.period.in_words,
        _coloured(each.was, each.rag_was),
        _coloured(each.now, each.rag_now),
        day_in_words(each.on) if each.on else "–",
        each.who or "The service",
        each.why or "No reason was kept",
    ]


def _coloured(words: str, rag: Rag | None) -> str:
    return words if rag is None else f"{words}, {rag.shape} {rag.in_words.lower()}"
