"""The reporting calendar to read, and to change where a period needs other days."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from components.parts import html_table
from components.parts.html_table import Column
from components.parts.markup import plain
from cycle.do.calendar import Round, Rounds
from performance.do.calendar import lock_in_words
from performance.ground.periods import day_in_words

_COLUMNS = [Column(title=title) for title in ("Period", "Opens", "On time by", "Locks on", "How it came about")]


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """Other days for a period, and why; without days, back to the rule."""

    round: Round
    days: tuple[date, date, date] | None
    reason: str = ""


def introduce(rounds: Rounds) -> None:
    due = "Figures are due a number of days after their period, which the register keeps for each measure."
    st.write(plain(f"{due} {lock_in_words(rounds.lock_after)}"))


def show(rounds: Rounds) -> None:
    """The periods of each frequency, newest first."""
    by_frequency: dict[str, list[Round]] = {}
    for each in rounds.rounds:
        by_frequency.setdefault(each.frequency.in_words, []).append(each)
    for name, found in by_frequency.items():
        html_table.plain(f"{name} figures", _COLUMNS, [_row(each) for each in found])


def ask(rounds: Rounds) -> Chosen | None:
    """Other days for one of the periods; nothing until a button is pressed."""
    labels = {f"{each.frequency.in_words}: {each.period.in_words}": each for each in rounds.rounds}
    st.header("Set other days", anchor=False)
    with st.container(width=420):
        now = next((at for at, each in enumerate(rounds.rounds) if each.dates.is_open(rounds.today)), 0)
        chosen = labels[st.selectbox("Period", list(labels), index=now, key="round", filter_mode=None)]
    key = f"{chosen.frequency.value}-{chosen.period.iso}"
    with st.form(f"days-{key}"):
        places = st.columns(3)
        days = [
            place.date_input(plain(label), value=value, format="DD/MM/YYYY", key=f"{label}-{key}")
            for place, label, value in zip(
                places,
                ("Opens", "On time by", "Locks on"),
                (chosen.dates.opens_on, chosen.dates.on_time_by, chosen.dates.locks_on or chosen.dates.on_time_by),
                strict=True,
            )
        ]
        reason = st.text_input("Why", key=f"why-{key}", autocomplete="off")
        with st.container(horizontal=True):
            sets = st.form_submit_button("Set these days", type="primary")
            resets = chosen.is_set and st.form_submit_button("Back to the rule")
    first, middle, last = (day if isinstance(day, date) else date.min for day in days)
    if sets:
        return Chosen(round=chosen, days=(first, middle, last), reason=reason)
    return Chosen(round=chosen, days=None) if resets else None


def _row(each: Round) -> list[str]:
    dates = each.dates
    locks = day_in_words(dates.locks_on) if dates.locks_on else "Does not lock"
    return [each.period.in_words, day_in_words(dates.opens_on), day_in_words(dates.on_time_by), locks, _why(each)]


def _why(each: Round) -> str:
    are = "is" if each.others == 1 else "are"
    others = f" {each.others} of {each.measures} measures {are} due on other days." if each.others else ""
    if each.is_set:
        return f"Set by the BI team: {each.dates.reason}. The rule: {day_in_words(each.ruled.on_time_by)}.{others}"
    return f"By the rule.{others}"


def in_words(chosen: Chosen) -> str:
    """What was done, to say once it is done."""
    what = chosen.round.period.in_words
    return f"{what} is back to the rule." if chosen.days is None else f"The days of {what} are set."
