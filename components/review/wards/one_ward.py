"""A ward on one page: who lives there, each measure beside the council and wards like it, and what is being done."""

from functools import lru_cache, partial
from html import escape

import streamlit as st

from components.frame import known, navigation, sheet_files
from components.parts import asset, html_table
from components.parts.html_table import Html
from components.parts.markup import plain
from components.review import spark
from performance.ground.periods import day_in_words
from performance.report.schedules import ReportKind
from performance.report.templates import WARD_PROFILE
from performance.review.infographic import of_ward
from performance.review.wards.profile import WardLine, WardProfile
from reporting.charts.sparkline import with_gaps
from reporting.documents import ward_profile

_PICTURES = {"pdf": "application/pdf", "png": "image/png", "svg": "image/svg+xml"}
_MOST_POINTS = 24
_NUMBERS = 4
"""After the measure's name so many columns hold figures."""


def show(profile: WardProfile) -> None:
    """Facts, sentence, table, actions; what is beyond ten measures is folded."""
    for sentence in profile.in_sentences:
        st.write(plain(sentence))
    for each in ward_profile.facts(profile):
        st.caption(plain(each))
    if not profile.lines:
        st.info(ward_profile.NO_MEASURES)
        return
    st.header(plain(f"{profile.ward.name} beside {profile.place}"), anchor=False)
    st.html(_table(profile, more=False))
    if profile.more:
        with st.expander(f"More measures ({len(profile.more)})"):
            st.html(_table(profile, more=True))
    st.caption(plain(ward_profile.read_with(profile)))
    if any(line.measure.illustrative for line in profile.every_line):
        st.caption("Some figures are illustrative, made for this demonstration.")
    _actions(profile)


def files(profile: WardProfile) -> None:
    """The ward for each program, and as a picture; each made when it is asked for."""
    name = ward_profile.sheet(profile).file_name
    with st.container(horizontal=True, vertical_alignment="center"):
        sheet_files.buttons(WARD_PROFILE, lambda: ward_profile.sheet(profile), name=name)
        for ending, mime in _PICTURES.items():
            st.download_button(
                plain(f"Infographic as {ending.upper()}"), data=partial(_infographic, profile, ending), mime=mime,
                file_name=f"{name}-infographic.{ending}", on_click="ignore", key=f"infographic_{ending}_{name}",
            )  # fmt: skip
        wards = navigation.find_entry("Wards").file
        query = {"ward": profile.ward.code, **known.query(profile.as_known_at)}
        st.page_link(wards, label="See the wards on a map", query_params=query)


def _infographic(profile: WardProfile, ending: str) -> bytes:
    from reporting.papers.endings import writers  # late: whoever takes nothing away does not wait for it

    known_up_to = f"Figures up to {day_in_words(profile.on)}"
    page = of_ward(profile, council=profile.council_name, known=known_up_to)
    return writers(ReportKind.WARD_INFOGRAPHIC)[ending](page)


def _actions(profile: WardProfile) -> None:
    st.header("What the council is doing", anchor=False)
    rows = [(line.measure.title, *ward_profile.doing(each)) for line in profile.every_line for each in line.doing]
    if not rows:
        st.write(ward_profile.NO_ACTIONS)
        return
    titles = ("Measure", "Action", "Responsible officer", "By", "How it stands")
    html_table.plain("Actions that are not done", [html_table.Column(title=title) for title in titles], rows)


_STYLE = asset.style(__file__)


@lru_cache(maxsize=64)
def _table(profile: WardProfile, *, more: bool) -> str:
    """Drawn once for each profile that is kept."""
    titles = ward_profile.columns(profile)
    columns = [html_table.Column(title=title, is_number=0 < at <= _NUMBERS) for at, title in enumerate(titles)]
    caption = f"Measures of {profile.ward.name}" + (", more" if more else "")
    rows = [_row(line, profile) for line in (profile.more if more else profile.lines)]
    table = html_table.table(caption, columns, rows)
    return f'{_STYLE}<div class="ward-lines">{html_table.wrapped(caption, table)}</div>'


def _row(line: WardLine, profile: WardProfile) -> list[Html]:
    _, *texts = ward_profile.cells(line, profile.place)
    drawn = [escape(text) for text in texts]
    drawn[-1] = f"{_spark(line)}{drawn[-1]}"
    measure = line.measure
    beneath = f"{line.period.in_words}. {measure.polarity.in_words}."
    name = f"{escape(measure.title)}<br><small>{escape(beneath)}</small>"
    return [Html(name), *(Html(f"<span>{cell}</span>") for cell in drawn)]


def _spark(line: WardLine) -> str:
    words = ward_profile.spark_words(line)
    if not words:
        return ""
    return f"{spark.picture(with_gaps(line.numbers[-_MOST_POINTS:]), words)}<br>"
