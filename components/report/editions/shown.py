"""One edition: which it is and how it stands, what is left to do, and what is known otherwise since."""

from collections.abc import Sequence

import streamlit as st

from components.frame import address, navigation
from components.parts import html_table
from components.parts.html_table import Cell, Column
from components.parts.markup import plain
from components.report.editions.listed import stands
from cycle.report.editions.shown import EditionView
from performance.ground.periods import day_in_words
from performance.report.editions import EditionState
from performance.report.public import address_of
from performance.report.restated import Restated

_RESTATED = [Column(title="Measure"), Column(title="In the edition"), Column(title="Now"), Column(title="Why")]


def asked() -> int | None:
    """The edition that the address names."""
    return address.referred("E", name="edition")


def head(view: EditionView) -> None:
    """Which edition it is and how it stands; and the way back."""
    edition = view.edition
    meets = f"For the meeting on {day_in_words(edition.meets_on)}."
    said = (f"{edition.reference}.", meets, stands(edition), edition.when_in_words(view.today))
    st.text(" ".join(filter(None, said)))
    if edition.published_at and edition.published_by:
        day, who = day_in_words(edition.published_at.astimezone().date()), edition.published_by
        st.caption(plain(f"Published on {day} by {view.known_as.get(who, who)}."))
    with st.container(horizontal=True):
        st.page_link(navigation.find_entry("Editions").file, label="All editions")
        if address := address_of(edition):
            st.markdown(f"[As the public reads it]({plain(address)})")
        if view.may_make and edition.state is EditionState.FROZEN:
            query = {"edition": edition.reference}
            st.page_link(navigation.find_entry("Words of an edition").file, label="Write its words", query_params=query)


def restated(view: EditionView) -> None:
    """Figures that would read otherwise today: was, now, and why."""
    if not view.restated:
        return
    st.header(plain(f"Restated since it was frozen: {len(view.restated)}"), anchor=False)
    st.write("The edition stays as it is. This is what is known of the same figures now.")
    restated_table("Figures restated since", view.restated)


def restated_table(caption: str, found: Sequence[Restated]) -> None:
    """Restatements, a row each."""
    html_table.plain(caption, _RESTATED, [_row(each) for each in found])


def _row(each: Restated) -> list[Cell]:
    was, now = (f"{line.in_short}; {line.held_against}" for line in (each.was, each.now))
    return [f"{each.was.title}, {each.was.period.in_words}", was, now, each.because]
