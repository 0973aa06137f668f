"""What is expected at year end, worked out behind a scorecard that can be read, clicked and left meanwhile."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cycle.ground.series.scoring import Scorecard
from cycle.ground.series.year_end import few_at_a_time
from cycle.review import readings
from performance.ground.people import User


def complete(card: Scorecard, place: DeltaGenerator, *, by: User) -> None:
    """The last line of a page: say how far it is, and draw the page anew once all of it is there.

    Whoever clicks breaks it off after a few lines; what is done by then stays done.
    """
    if not card.to_come:
        return
    bar = place.progress(0.0, text=_words(0, card))
    done = 0
    for few in few_at_a_time(card):
        readings.look_ahead(card, few, by=by)
        done += len(few)
        bar.progress(done / len(card.to_come), text=_words(done, card))
    st.rerun()


def _words(done: int, card: Scorecard) -> str:
    return f"Working out what is expected at year end: {done} of {len(card.to_come)} measures"
