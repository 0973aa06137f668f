"""Writing the words of an edition: a box for each place of the pack, and three for each red. Nothing is saved here."""

from collections.abc import Mapping

import streamlit as st

from components.parts import typed_text
from components.parts.markup import plain
from cycle.report.editions.writing import WordsView
from performance.report.tokens import FIELDS
from performance.report.words import LONGEST_WORDS, OF_PACK, OF_RED, Place, Red, Said, Spot


def explain() -> None:
    """How figures come into what is written."""
    others = ", ".join(f".{field}" for field in FIELDS[1:])
    st.text(
        "Figures are never typed: {{CODE.value}} stands for what the edition says of a measure, by the measure's code."
        f" In place of .value you may write {others}."
    )


def ask(view: WordsView) -> Mapping[Spot, Said]:
    """All that stands in the boxes, as it was sent; nothing where it was not."""
    found: dict[Spot, Said] = {}
    with st.form("words", border=False):
        for place in OF_PACK:
            found |= _box((place, ""), view, "")
        for red in view.pack.story.reds:
            line = red.line
            st.subheader(plain(line.title), anchor=False)
            st.text(f"{line.in_short} in {line.period.in_words}, {line.held_against}.")
            if red.lacks:
                st.markdown(f"**Lacks {plain(' and '.join(red.lacks))}.**")
            for place in OF_RED:
                found |= _box((place, line.measure_code), view, _instead(red)[place])
        kept = st.form_submit_button("Keep the words", type="primary")
    return found if kept else {}


def _box(spot: Spot, view: WordsView, instead: str) -> dict[Spot, Said]:
    (place, code), seen = spot, view.at(spot)
    if instead:
        st.caption(plain(f"There already, as long as nothing is written: {instead}"))
    title = next((each.line.title for each in view.pack.story.reds if each.line.measure_code == code), "")
    label = f"{place.in_words} ({title})" if title else place.in_words
    key = f"words-{place}-{code}-{seen.version}"
    words = typed_text.area(label, value=seen.words, key=key, at_most=LONGEST_WORDS, height=90)
    return {spot: Said(words=words, by="", version=seen.version)}


def _instead(red: Red) -> dict[Place, str]:
    """What stands there already, from who is compared with and from what the service said."""
    return {
        Place.COMPARATOR: red.line.compared,
        Place.CAUSE: red.line.said.why,
        Place.ACTION: red.line.said.next_in_words,
    }
