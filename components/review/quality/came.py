"""What came of the figures that were due: by unit, over a year, and measure by measure."""

from decimal import Decimal
from functools import lru_cache

import streamlit as st

from components.frame import navigation
from components.parts import html_table
from components.parts.markup import plain
from components.review.quality import months
from cycle.review.quality.view import QualityView
from performance.ground.periods import Period, day_in_words
from performance.ground.reading_order import as_read
from performance.review.quality.received import Counts, DueFigure
from reporting.charts import over_time, shares
from reporting.charts.alternative_text import came_alt

_COUNTED = ("Due", "Received", "On time", "Late", "Estimated", "Signed off", "Checks confirmed", "Questions open")


def show(view: QualityView) -> None:
    """A sentence, the table of units, the year as a chart with its table, and the measures of the month."""
    st.write(plain(_in_words(view)))
    if view.rows:
        columns = [html_table.Column(title="Unit"), *(html_table.Column(title=t, is_number=True) for t in _COUNTED)]
        caption = f"Figures due for {view.month.in_words}, {view.name}"
        html_table.plain(caption, columns, [[months.name_of(row.unit), *_cells(row.counts)]
                                            for row in view.rows])  # fmt: skip
    _year(view)
    months.show(view)
    if view.due:
        with st.expander(f"Measure by measure ({len(view.due)})"):
            _measures(view)
    st.caption(
        "Due: the due date (the end of the period and the measure's days after it) has passed. Received: a number or "
        "an allowed reason; an empty return is nothing. On time: by the due date. A directorate's line counts all "
        "that is below it."
    )


def _in_words(view: QualityView) -> str:
    later = f" {view.not_due} more not due yet." if view.not_due > 0 else ""
    if not view.counts.due:
        return f"Nothing was due from {view.name} for {view.month.in_words}.{later}"
    asked = view.counts.questions
    questions = f" {asked} question{' is' if asked == 1 else 's are'} open about them." if asked else ""
    return f"{view.counts.in_words}.{later}{questions}"


def _cells(counts: Counts) -> list[str]:
    return [
        f"{counts.due}",
        _share(counts.received, counts.received_percent),
        _share(counts.on_time, counts.on_time_percent),
        f"{counts.late}",
        f"{counts.estimated}",
        _share(counts.signed_off, counts.signed_off_percent),
        f"{counts.confirmed}",
        f"{counts.questions}",
    ]


def _share(number: int, percent: Decimal | None) -> str:
    return f"{number}" if percent is None else f"{number} ({percent}%)"


def _year(view: QualityView) -> None:
    """Twelve months as two lines; a month in which nothing was due is a gap."""
    st.header("Twelve months", anchor=False)
    if not any(counts.due for counts in view.year.values()):
        st.write(f"Nothing was due from {plain(view.name)} in these months.")
        return
    st.write(plain(_year_in_words(view)))
    st.vega_lite_chart(
        _spec(view), alt=came_alt(view.name, view.year, _year_in_words(view)), theme=None,
        key=f"quality_year_{view.month.iso}_{view.name}",
    )  # fmt: skip
    with st.expander("Table of this chart"):
        columns = [html_table.Column(title="Month"), *(html_table.Column(title=t, is_number=True) for t in _COUNTED)]
        rows = [[month.in_words, *_cells(counts)] for month, counts in reversed(list(view.year.items()))]
        html_table.plain(f"Figures due by month, {view.name}", columns, rows)


def _year_in_words(view: QualityView) -> str:
    known = [(month, counts) for month, counts in view.year.items() if counts.due]
    due, on_time = (sum(getattr(counts, what) for _, counts in known) for what in ("due", "on_time"))
    received = sum(counts.received for _, counts in known)
    worst = min(known, key=lambda each: each[1].on_time_percent or 0)
    said = f"Of {due:,} figures due in these months {received:,} were received and {on_time:,} came on time."
    if on_time == due:
        return said
    return f"{said} Fewest on time: {worst[0].in_words} ({worst[1].on_time_percent}%)."


@lru_cache(maxsize=64)
def _spec(view: QualityView) -> over_time.Spec:
    """Drawn once for each view that is kept."""
    months = tuple(view.year)
    return shares.shares(
        over_time.Trend(
            periods=months,
            lines=(
                over_time.Line(name="On time", numbers=_known(view, "on_time_percent")),
                over_time.Line(name="Received", numbers=_known(view, "received_percent")),
            ),
            unit="percent",
        )
    )


def _known(view: QualityView, name: str) -> tuple[tuple[Period, Decimal], ...]:
    return tuple(
        (month, percent) for month, counts in view.year.items() if (percent := getattr(counts, name)) is not None
    )


def _measures(view: QualityView) -> None:
    columns = [html_table.Column(title=title) for title in ("Measure", "Period", "Due by", "What came", "Sign-off")]
    rows = [
        _measure(each) for each in sorted(view.due, key=lambda each: (each.is_received, as_read(each.measure.title)))
    ]
    html_table.plain(f"Figures due for {view.month.in_words}, those missing first", columns, rows)


def _measure(each: DueFigure) -> list[html_table.Cell]:
    marks = [
        each.in_words,
        "estimated" if each.is_estimated else "",
        "check confirmed" if each.has_confirmed else "",
        f"{each.questions} question{'' if each.questions == 1 else 's'} open" if each.questions else "",
    ]
    signed = "Signed off" if each.is_signed_off else "Not signed off" if each.is_received else "–"
    return [
        navigation.measure_cell(each.measure, each.period),
        each.period.in_words,
        day_in_words(each.measure.due_on(each.period)),
        ", ".join(filter(None, marks)),
        signed,
    ]
