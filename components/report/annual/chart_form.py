"""The policy officer's choices for a chart of the annual report, the preview, and the files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from typing import Literal

import streamlit as st

from components.frame import address, pick
from components.frame.templated import MIMES
from components.parts import html_table, typed_text
from components.parts.html_table import Column
from components.parts.markup import plain
from cycle.report.annual.charts import MOST_SERIES, AnnualFigures
from performance.ground.measures import Measure
from performance.ground.periods import Frequency, Period
from performance.ground.texts import length
from performance.report.annual import (
    LONGEST_ALT,
    LONGEST_HEADLINE,
    LONGEST_NOTE,
    LONGEST_SOURCE,
    LONGEST_SUBTITLE,
    ChartKind,
    ChartWords,
    ReportChart,
    drawn_first,
)
from reporting.charts.annual_spec import spec
from reporting.documents import images
from reporting.documents.annual import ChartPage
from reporting.documents.renderer import NotDrawnError
from reporting.words.chart_headlines import (
    MOST_WORDS,
    count_words,
    own_words,
)

_FILES = {
    "Word": ("docx", MIMES["docx"]), "PowerPoint": ("pptx", MIMES["pptx"]), "Excel": ("xlsx", MIMES["xlsx"]),
    "PDF": ("pdf", "application/pdf"), "PNG": ("png", "image/png"), "SVG": ("svg", "image/svg+xml"),
}  # fmt: skip
_LONGEST = {
    "headline": LONGEST_HEADLINE, "subtitle": LONGEST_SUBTITLE, "source": LONGEST_SOURCE, "note": LONGEST_NOTE,
    "alt": LONGEST_ALT,
}  # fmt: skip


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


def choose(found: AnnualFigures, kept: ReportChart | None, *, year: Period | None = None) -> Choices:
    """From when to when, compared with whom, drawn how; up to the year of the report that it is for. A chart that is
    kept may wait for a period that has no figure yet."""
    periods = list(found.periods)
    waits = {kept.first, kept.last} if kept and kept.measure_code == found.measure.code else set()
    start, end, how = st.columns([2, 2, 2])
    with start:
        suggested = drawn_first(periods, year)
        first = pick.period(
            "From",
            periods,
            name="from",
            first=suggested[0],
            takes=lambda each: each in periods or each in waits,
        )
    with end:
        ends = [each for each in reversed(periods) if each >= first] or [first]
        last = pick.period(
            "To",
            ends,
            name="to",
            first=suggested[-1],
            takes=lambda each: each >= first and (each in periods or each in waits),
        )
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


@dataclass(frozen=True, kw_only=True)
class Written:
    """The page that the words in the boxes make, and those of them that are a person's own."""

    page: ChartPage
    own: ChartWords


def write(drawn: AnnualFigures, choices: Choices, kept: ReportChart | None) -> Written:
    """The words around the chart, made of the figures to begin with, or as they are kept in a report. What stands as it
    was suggested is nobody's words."""
    measure = drawn.measure
    own = _own(kept, measure, choices)
    about = f"{kept.id if kept else 0}-{drawn.measure.code}"
    of = f"{about}-{choices.first.iso}-{choices.last.iso}"
    suggested = drawn.suggested
    headline = typed_text.line(
        f"Headline, {MOST_WORDS} words or fewer", value=own.headline or suggested,
        key=f"words-headline-{of}", at_most=LONGEST_HEADLINE,
    )  # fmt: skip
    words = count_words(headline)
    st.caption(plain(f"{words} word{'' if words == 1 else 's'}. Suggested: {suggested}"))
    for doubt in drawn.doubts(headline):
        doubted(doubt)
    around = _write_around(drawn, choices, own, ChartWords(headline=headline), about)
    begun = drawn.page(choices.kind, around)
    alt = typed_text.area(
        "Alternative text, for those who cannot see the chart", value=own.alt or begun.alt,
        key=f"words-alt-{of}-{choices.kind}-{'-'.join(choices.comparators)}", at_most=LONGEST_ALT, height=100,
    )  # fmt: skip
    said = replace(around, alt=alt)
    if any(length(getattr(said, name)) > most for name, most in _LONGEST.items()):
        st.info("The chart is drawn, and can be taken away, once its texts are short enough.")
        st.stop()
    return Written(
        page=drawn.page(choices.kind, said),
        own=replace(around, headline=own_words(headline, suggested), alt=own_words(alt, begun.alt)),
    )


def _write_around(drawn: AnnualFigures, choices: Choices, own: ChartWords, words: ChartWords, about: str) -> ChartWords:
    """Subtitle, source and note: the boxes are empty where the suggestion stands, which follows the figures.

    A source and a note are the measure's, whichever of its periods are drawn.
    """
    of = f"{about}-{choices.first.iso}-{choices.last.iso}"
    with st.expander("Subtitle, source and note", expanded=bool(own.subtitle or own.source or own.note)):
        subtitle = typed_text.line("Subtitle", value=own.subtitle, key=f"words-subtitle-{of}", at_most=LONGEST_SUBTITLE)
        _say_which(subtitle, drawn.page(choices.kind, words).subtitle)
        source = typed_text.line("Source", value=own.source, key=f"words-source-{about}", at_most=LONGEST_SOURCE)
        _say_which(source, drawn.suggested_source)
        note = typed_text.area("Note", value=own.note, key=f"words-note-{about}", at_most=LONGEST_NOTE, height=70)
        st.caption("Nothing is suggested. It stands under the source.")
    return replace(words, subtitle=subtitle.strip(), source=own_words(source, drawn.suggested_source),
                   note=note.strip())  # fmt: skip


def _say_which(typed: str, suggested: str) -> None:
    stands = "Yours stands. Suggested" if typed.strip() else "Suggested, and used as long as this is empty"
    st.caption(plain(f"{stands}: {suggested}"))


def _own(kept: ReportChart | None, measure: Measure, choices: Choices) -> ChartWords:
    """The words that are kept, as far as they are of what is drawn: a headline, a source and a note of the measure, a
    subtitle and an alternative text of just this chart."""
    if kept is None or kept.measure_code != measure.code:
        return ChartWords()
    is_same = (kept.first, kept.last, kept.kind) == (choices.first, choices.last, choices.kind)
    is_same = is_same and set(kept.comparators) == set(choices.comparators)
    return kept.words if is_same else replace(kept.words, subtitle="", alt="")


def doubted(doubt: str) -> None:
    """What is doubtful of a chart, as a line to be looked at."""
    st.html(
        '<p style="margin:0;padding:.35rem .75rem;border-left:5px solid #6f7777;background:#f3f3f3">'
        f"Check: {escape(doubt)}</p>"
    )


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
    with st.container(horizontal=True):
        for label, (ending, mime) in _FILES.items():
            look: Literal["primary", "secondary"] = "primary" if ending == "docx" else "secondary"
            st.download_button(
                plain(label), data=partial(_made, ending, page, author, made), file_name=f"{page.file_name}.{ending}",
                mime=mime, on_click="ignore", key=f"figure-{ending}", type=look,
            )  # fmt: skip


def _made(ending: str, page: ChartPage, author: str, made: Callable[[], None]) -> bytes:
    # Whoever takes nothing away does not wait for what makes documents.
    from reporting.papers import figure

    ways: dict[str, Callable[[], bytes]] = {
        "docx": lambda: figure.as_word(page, author=author),
        "pptx": lambda: figure.as_slides(page, author=author),
        "xlsx": lambda: figure.as_workbook(page, author=author),
        "pdf": lambda: figure.as_pdf(page, author=author),
        "png": lambda: images.png(spec(page)),
        "svg": lambda: images.svg(spec(page), title=page.headline, description=page.alt).encode(),
    }
    content = ways[ending]()
    made()
    return content
