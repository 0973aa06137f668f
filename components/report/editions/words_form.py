"""Writing the words of an edition: a box for each place of the pack, and three for each red. Nothing is saved here."""

from collections.abc import Mapping

import streamlit as st

from components.parts import afresh, typed_text
from components.parts.markup import plain
from cycle.report.editions.writing import WordsView
from performance.report.editions import Edition
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
    """All that stands in the boxes, as it was sent, each at the version it was begun from; nothing where it was not."""
    about = _about(view.pack.edition)
    found: dict[Spot, Said] = {}
    with st.form(f"words-{about}", border=False):
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


def begin(edition: Edition) -> None:
    """What was written is kept: the boxes show what is stored from here on."""
    afresh.begin(_about(edition))


def have_read(edition: Edition, theirs: Mapping[Spot, Said]) -> None:
    """What somebody else wrote meanwhile has been shown: the same words may now be kept in its place."""
    for spot, each in theirs.items():
        st.session_state[_begun_from(edition, spot)] = each.version


def _box(spot: Spot, view: WordsView, instead: str) -> dict[Spot, Said]:
    """What is typed stays in its box, whatever somebody else keeps meanwhile; and so does what it was begun from."""
    (place, code), seen, edition = spot, view.at(spot), view.pack.edition
    if instead:
        st.caption(plain(f"There already, as long as nothing is written: {instead}"))
    title = next((each.line.title for each in view.pack.story.reds if each.line.measure_code == code), "")
    label = f"{place.in_words} ({title})" if title else place.in_words
    version = st.session_state.setdefault(_begun_from(edition, spot), seen.version)
    key = afresh.key(f"words-{place}-{code}", _about(edition))
    words = typed_text.area(label, value=seen.words, key=key, at_most=LONGEST_WORDS, height=90)
    return {spot: Said(words=words, by="", version=version)}


def _begun_from(edition: Edition, spot: Spot) -> str:
    return afresh.key(f"begun-{spot[0]}-{spot[1]}", _about(edition))


def _about(edition: Edition) -> str:
    """The edition with its freeze: other reds have other boxes."""
    return f"edition-{edition.id}-{edition.freeze.number if edition.freeze else 0}"


def _instead(red: Red) -> dict[Place, str]:
    """What stands there already, from who is compared with and from what the service said."""
    return {
        Place.COMPARATOR: red.line.compared,
        Place.CAUSE: red.line.said.why,
        Place.ACTION: red.line.said.next_in_words,
    }
