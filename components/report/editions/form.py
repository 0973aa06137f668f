"""Planning an edition for a meeting, moving its dates, and the steps that lead to its publication. Nothing is saved."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import streamlit as st

from components.frame import notice
from components.parts import afresh, typed_text
from components.parts.markup import plain
from components.report.editions import below
from cycle.report.editions.calendar import Calendar
from cycle.report.editions.shown import EditionView
from performance.ground.incoming import Watch
from performance.ground.measures import ContentKind
from performance.ground.periods import Period, day_in_words
from performance.report.editions import LONGEST_COMMITTEE, Audience, Edition, EditionState

FORM = "new-edition"
_AHEAD = 21  # days from the end of a period to the day on which its figures close, and from that to the meeting
_QUARTER = 3  # months


@dataclass(frozen=True, kw_only=True)
class Freezing:
    """Freeze the figures, or freeze them again: as they are known now, or were known when they closed."""

    version: int
    at_its_close: bool


@dataclass(frozen=True, kw_only=True)
class Publishing:
    """Publish what is frozen."""

    version: int


@dataclass(frozen=True, kw_only=True)
class Cancelling:
    """Take the meeting off the calendar."""

    version: int


Wish = Edition | Freezing | Publishing | Cancelling


def ask_new(calendar: Calendar) -> Edition | None:
    """A new edition, from those who make them."""
    if not calendar.may_plan:
        return None
    if notice.is_fresh(FORM):
        afresh.begin("edition")
    name, last = afresh.key("new", "edition"), Period.containing(calendar.today, months=_QUARTER).previous
    closes = max(calendar.today, last.end + timedelta(days=_AHEAD))
    blank = Edition(
        committee="", period=last, closes_on=closes, meets_on=closes + timedelta(days=_AHEAD), audience=Audience.MEMBERS
    )
    with st.expander("Plan an edition for a meeting"), st.form(FORM, border=False):
        period = _ask_period(name, last, _periods(calendar.today))
        wanted = replace(_ask(name, blank), period=period)
        planned = st.form_submit_button("Put it on the calendar", type="primary")
    return wanted if planned else None


def ask(view: EditionView) -> Wish | None:
    """What can be done with an edition that is not published, for those who make them."""
    edition = view.edition
    if not view.may_make or edition.is_published:
        return None
    below.mark(below.TOWARDS)
    st.header("Towards publication", anchor=False)
    found: list[Wish | None] = [*_ask_steps(view), _ask_change(edition)]
    return next((each for each in found if each is not None), None)


@contextmanager
def working() -> Iterator[Watch]:
    """A line that says how many measures are worked out, while the block runs."""
    place = st.empty()

    def say(done: int) -> None:
        place.text(f"Freezing the figures: {done} measures are worked out.")

    yield say
    place.empty()


def _ask_steps(view: EditionView) -> list[Wish | None]:
    edition, number = view.edition, view.edition.id
    is_frozen = edition.state is EditionState.FROZEN
    st.write("Freezing copies every figure, target, colour and sentence of the period as it is known at that moment.")
    at_its_close = _ask_moment(view)
    freezes = _pressed(
        "Freeze the figures again" if is_frozen else "Freeze the figures", f"freeze-{number}", edition,
        type="secondary" if is_frozen else "primary", disabled=edition.period.end >= view.today,
    )  # fmt: skip
    publishes = None
    if is_frozen:
        readers, many = edition.audience.in_words.lower(), len(view.lines)
        sure = st.checkbox(
            plain(f"I have looked at all {many} measures: {readers} are to see them, for good"), key=f"sure-{number}"
        )
        publishes = _pressed(f"Publish to {readers}", f"publish-{number}", edition, type="primary", disabled=not sure)
    return [
        Freezing(version=freezes, at_its_close=at_its_close) if freezes else None,
        Publishing(version=publishes) if publishes else None,
    ]


def _pressed(label: str, name: str, edition: Edition, **look: Any) -> int | None:
    """The version that was seen as the button was pressed, which may no longer be the edition's; None where it was not.

    The button keeps its name from version to version: one that was pressed on an older page is answered too.
    """
    seen = f"seen-{name}"
    st.button(plain(label), key=name, on_click=_note, args=(seen, edition.version), **look)
    version: int | None = st.session_state.pop(seen, None)
    return version


def _note(seen: str, version: int) -> None:
    st.session_state[seen] = version


def _ask_moment(view: EditionView) -> bool:
    """Whether what came in after the figures closed is left out; asked once they have."""
    closed_on = view.edition.closes_on
    if closed_on >= view.today:
        return False
    moments = {
        False: "What is known now",
        True: f"What was known when its figures closed, on {day_in_words(closed_on)}",
    }
    return st.radio("What is frozen", list(moments), format_func=moments.__getitem__, key=f"moment-{view.edition.id}")


def _ask_change(edition: Edition) -> Wish | None:
    name, is_planned = f"{edition.id}-{edition.version}", edition.state is EditionState.PLANNED
    with st.expander("Change its meeting, its dates or who may read it"):
        with st.form(f"change-{edition.id}", border=False):
            wanted = _ask(name, edition, is_planned=is_planned)
            changed = st.form_submit_button("Keep the change")
        cancels = _pressed("Take it off the calendar", f"cancel-{edition.id}", edition) if is_planned else None
    return Cancelling(version=cancels) if cancels else wanted if changed else None


def _ask(name: str, edition: Edition, *, is_planned: bool = True) -> Edition:
    committee = typed_text.line(
        "Who meets", value=edition.committee, key=f"committee-{name}", at_most=LONGEST_COMMITTEE
    )
    left, middle, right = st.columns(3)
    closes_on = left.date_input("Figures close on", value=edition.closes_on, format="DD/MM/YYYY", key=f"closes-{name}")
    meets_on = middle.date_input("Meets on", value=edition.meets_on, format="DD/MM/YYYY", key=f"meets-{name}")
    audiences = list(Audience)
    audience = right.selectbox(
        "Who may read it once published", audiences, index=audiences.index(edition.audience),
        format_func=lambda each: each.in_words, key=f"audience-{name}",
    )  # fmt: skip
    kinds: Sequence[ContentKind] = edition.kinds
    if is_planned:
        kinds = st.multiselect(
            "Kinds of measure", list(ContentKind), default=list(edition.kinds), placeholder="All kinds",
            format_func=lambda kind: kind.in_words, key=f"kinds-{name}",
        )  # fmt: skip
    return replace(
        edition, committee=committee, closes_on=closes_on, meets_on=meets_on, audience=audience, kinds=tuple(kinds)
    )


def _ask_period(name: str, first: Period, periods: Sequence[Period]) -> Period:
    return st.selectbox(
        "Period", periods, index=periods.index(first), format_func=lambda each: each.in_words, key=f"period-{name}"
    )


def _periods(today: date) -> list[Period]:
    """Quarters first, then years and months: those that have begun, the newest first, and the next of each."""
    found: list[Period] = []
    for months, many in ((_QUARTER, 8), (12, 3), (1, 12)):
        following = Period.containing(today, months=months).following
        found += [following.shifted(-months * back) for back in range(many + 2)]
    return found
