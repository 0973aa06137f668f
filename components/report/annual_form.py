"""The policy officer's choices for a chart of the annual report, the preview, and the files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from components.frame import address, pick
from components.parts import html_table, typed_text
from components.parts.html_table import Column
from components.parts.markup import plain
from cycle.ground.series.comparing import Comparator
from cycle.report.charts import MOST_SERIES, AnnualFigures
from performance.ground.measures import Measure
from performance.ground.periods import Frequency, Period
from performance.ground.texts import length
from reporting.charts.annual_spec import spec
from reporting.documents import annual_word, images
from reporting.documents.annual import ChartKind, ChartPage, Drawn, chart_page
from reporting.documents.renderer import NotDrawnError
from reporting.words.chart_headlines import (
    LONGEST_ALT,
    LONGEST_HEADLINE,
    MOST_WORDS,
    check_headline,
    count_words,
    suggest_headline,
)

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What is to be drawn."""

    first: Period
    last: Period
    comparators: tuple[str, ...]
    kind: ChartKind


def choose_measure(measures: Sequence[Measure]) -> tuple[str, bool]:
    """The measure by its code, and whether it is drawn by years or by its own periods."""
    by_code = {measure.code: measure for measure in measures}
    left, right = st.columns([3, 1])
    with left:
        code = pick.one(
            "Measure", by_code, name="measure", words=lambda each: f"{by_code[each].title} ({each})",
            clears=("from", "to", "with"),
        )  # fmt: skip
    frequency = by_code[code].frequency
    if frequency is Frequency.YEARLY:
        return code, True
    own = {Frequency.MONTHLY: "Months", Frequency.QUARTERLY: "Quarters"}[frequency]
    words = {"years": "Years", "periods": own}
    with right:
        return code, pick.one("By", words, name="by", words=lambda each: words[each]) == "years"


def choose(found: AnnualFigures) -> Choices:
    """From when to when, compared with whom, drawn how."""
    periods = list(found.periods)
    start, end, how = st.columns([2, 2, 2])
    by_year = periods[0].months >= 12
    with start:
        earliest = periods[-6:] if by_year else periods[-13:]
        first = pick.period("From", [earliest[0], *(each for each in periods if each != earliest[0])], name="from")
    with end:
        last = pick.period("To", [each for each in reversed(periods) if each >= first], name="to")
    with how:
        kinds = {kind.value: kind.in_words for kind in ChartKind}
        kind = pick.one("Chart", kinds, name="chart", words=lambda each: kinds[each])
    label, names = f"Compare with (at most {MOST_SERIES - 1})", {each.key: each.label for each in found.comparators}
    if names:
        chosen = pick.some(
            label, names, name="with", words=names.__getitem__, all_of="Nobody", most=MOST_SERIES - 1,
            first=list(names)[:1],
        )  # fmt: skip
    else:
        chosen = address.some_of(names, name="with", label=label)
        st.text("No comparator is published for these periods.")
    return Choices(first=first, last=last, comparators=tuple(chosen), kind=ChartKind(kind))


def write(drawn: AnnualFigures, choices: Choices) -> ChartPage:
    """The words around the chart: a headline and an alternative text, both written from the data to begin with."""
    measure = drawn.measure
    series = _series(drawn)
    ours = series[0].numbers
    name = f"{measure.code}-{choices.first.iso}-{choices.last.iso}-{choices.kind}-{'-'.join(choices.comparators)}"
    headline = typed_text.line(
        f"Headline, {MOST_WORDS} words or fewer", value=suggest_headline(measure, ours),
        key=f"words-headline-{measure.code}-{choices.first.iso}-{choices.last.iso}", at_most=LONGEST_HEADLINE,
    )  # fmt: skip
    words = count_words(headline)
    st.caption(plain(f"{words} word{'' if words == 1 else 's'}. Suggested: {suggest_headline(measure, ours)}"))
    for doubt in check_headline(headline, measure, ours):
        st.html(
            '<p style="margin:0;padding:.35rem .75rem;border-left:5px solid #6f7777;background:#f3f3f3">'
            f"Check: {escape(doubt)}</p>"
        )
    begun = _page(drawn, choices, headline=headline, alt="")
    alt = typed_text.area(
        "Alternative text, for those who cannot see the chart", value=begun.alt, key=f"words-alt-{name}",
        at_most=LONGEST_ALT, height=100,
    )  # fmt: skip
    if length(headline) > LONGEST_HEADLINE or length(alt) > LONGEST_ALT:
        st.info("The chart is drawn, and can be taken away, once its texts are short enough.")
        st.stop()
    return _page(drawn, choices, headline=headline, alt=alt)


def preview(page: ChartPage) -> None:
    """The picture that is handed out, to the last byte, and its figures as a table."""
    try:
        picture = images.png(spec(page))
    except NotDrawnError as fault:
        st.error(plain(str(fault)))
        return
    with st.container(width=900):
        st.image(picture, alt=page.alt, width="stretch")
    with st.expander("Table of this chart"):
        columns = [Column(title=title, is_number=place > 0) for place, title in enumerate(page.header)]
        html_table.plain(page.subtitle, columns, page.rows)


def downloads(page: ChartPage, *, author: str, made: Callable[[], None]) -> None:
    """The files, each made when it is asked for; `made` is told that one was."""

    def told(content: bytes) -> bytes:
        made()
        return content

    with st.container(horizontal=True):
        st.download_button(
            "Word page", data=lambda: told(annual_word.document(page, author=author)),
            file_name=f"{page.file_name}.docx", mime=_WORD, on_click="ignore", type="primary",
        )  # fmt: skip
        st.download_button(
            "PNG", data=lambda: told(images.png(spec(page))), file_name=f"{page.file_name}.png", mime="image/png",
            on_click="ignore",
        )  # fmt: skip
        st.download_button(
            "SVG", data=lambda: told(_svg(page).encode()), file_name=f"{page.file_name}.svg", mime="image/svg+xml",
            on_click="ignore",
        )  # fmt: skip


def _page(drawn: AnnualFigures, choices: Choices, *, headline: str, alt: str) -> ChartPage:
    return chart_page(
        drawn.measure,
        _series(drawn),
        kind=choices.kind,
        headline=headline,
        place=drawn.area_name,
        council=drawn.council_name,
        known_on=drawn.known_on,
        alt=alt,
    )


def _series(drawn: AnnualFigures) -> list[Drawn]:
    partial = [each.period.short for each in drawn.ours if each.is_partial]
    note = f"Not all figures of {', '.join(partial)} are known." if partial else ""
    ours = Drawn(name=drawn.area_name, values={each.period: each.value for each in drawn.ours}, note=note)
    return [ours, *(_compared(each) for each in drawn.comparators)]


def _compared(comparator: Comparator) -> Drawn:
    """A middle's name is short in the chart and whole in a note, with how many councils it is made of."""
    short = comparator.name.split(" (")[0]
    note = f"{comparator.name}, {comparator.councils[comparator.latest]} councils" if comparator.is_middle else ""
    return Drawn(
        name=short, values=dict(comparator.numbers), note=f"{note} in {comparator.latest.short}." if note else ""
    )


def _svg(page: ChartPage) -> str:
    return images.svg(spec(page), title=page.headline, description=page.alt)
