"""Setting process limits anew, and taking that back: for those who keep the register."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from components.parts import typed_text
from cycle.review.one_measure import MeasurePage
from performance.ground.periods import day_in_words
from performance.ground.reckoning.spc import is_charted
from performance.review.rebasing import LONGEST_REASON, LimitsWish, Rebase


def show(page: MeasurePage) -> LimitsWish | None:
    """The form, folded; the answer is what was sent in. Nothing for a measure without limits, or at a past moment."""
    code = page.measure.code
    if not is_charted(page.measure) or page.as_known_at:
        return None
    with st.expander("Set limits anew"):
        st.write(
            "Where a process was changed for good, limits from before it no longer say what is usual. From the day you"
            " name they are worked out anew, and the chart says by whom and why."
        )
        with st.form(f"rebase-{code}", border=False):
            day = st.date_input(
                "From", value=None, min_value=date(page.today.year - 25, 1, 1), max_value=page.today,
                format="DD/MM/YYYY", key=f"rebase-day-{code}",
            )  # fmt: skip
            reason = typed_text.line(
                "Why the process runs at another level", at_most=LONGEST_REASON, key=f"rebase-why-{code}"
            )
            sent = st.form_submit_button("Set limits anew")
        undone = _take_back(page.rebases, code)
    if undone is not None:
        return undone
    return LimitsWish(reason=reason, starts_on=day) if sent else None


def _take_back(made: Sequence[Rebase], code: str) -> LimitsWish | None:
    if not made:
        return None
    with st.form(f"rebase-back-{code}", border=False):
        by_id = {each.id: f"{day_in_words(each.starts_on)}: {each.reason}" for each in made}
        chosen = st.selectbox("Take back", by_id, format_func=by_id.__getitem__, key=f"rebase-which-{code}")
        because = typed_text.line(
            "Why the limits should stand as before", at_most=LONGEST_REASON, key=f"rebase-because-{code}"
        )
        sent = st.form_submit_button("Take it back")
    return LimitsWish(reason=because, take_back=chosen) if sent else None
