"""Choices that live in the address, so that a link shows what its sender saw."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

import streamlit as st

from components import navigation
from cycle.scoring import STATUTORY, Scope
from performance.measures import ContentKind, Measure
from performance.periods import Period, PeriodNotUnderstoodError, parse_period

KINDS = {kind.value: kind.in_words for kind in ContentKind} | {STATUTORY: "Required by law"}


def one(label: str, codes: Collection[str], *, name: str, words: Callable[[str], str]) -> str:
    """One of the codes, shown in words; what the address names, else the first."""
    options = list(codes)
    return st.selectbox(
        label, options, index=_index(options, st.query_params.get(name)), format_func=words, key=f"pick_{name}",
        on_change=_into_address, args=(name,),
    )  # fmt: skip


def switch(label: str, options: Mapping[str, str], *, name: str) -> str:
    """One of a few, all in sight; what the address names, else the first."""
    asked = st.query_params.get(name)
    chosen = st.segmented_control(
        label, list(options), default=asked if asked in options else next(iter(options)),
        format_func=options.__getitem__, key=f"pick_{name}", on_change=_into_address, args=(name,),
    )  # fmt: skip
    # Pressed again, the chosen one is let go of: then the first is shown.
    return str(chosen or next(iter(options)))


def some(label: str, codes: Collection[str], *, name: str, words: Callable[[str], str], all_of: str) -> list[str]:
    """Any number of the codes; none of them chosen stands for all, which the placeholder says."""
    asked = (st.query_params.get(name) or "").split(",")
    return st.multiselect(
        label, list(codes), default=[code for code in codes if code in asked], format_func=words, placeholder=all_of,
        key=f"pick_{name}", on_change=_some_into_address, args=(name,),
    )  # fmt: skip


def period(label: str, periods: Sequence[Period], *, name: str, first: Period | None = None) -> Period:
    """One of the periods, written in the address as in files; any way a period may be written is understood.

    Where the address names none it is `first`, or else the first of them.
    """
    by_iso = {each.iso: each for each in periods}
    asked = _read(st.query_params.get(name)) or first
    options = list(by_iso)
    chosen = st.selectbox(
        label, options, index=_index(options, asked.iso if asked else None),
        format_func=lambda iso: by_iso[iso].in_words, key=f"pick_{name}", on_change=_into_address, args=(name,),
    )  # fmt: skip
    return by_iso[chosen]


def other_period(label: str, periods: Sequence[Period], *, name: str, none: str) -> Period | None:
    """One of the periods or none of them; without a period in the address, none."""
    by_iso = {each.iso: each for each in periods}
    asked = _read(st.query_params.get(name))
    options = ["", *by_iso]
    chosen = st.selectbox(
        label, options, index=_index(options, asked.iso if asked else None),
        format_func=lambda iso: by_iso[iso].in_words if iso else none, key=f"pick_{name}",
        on_change=_into_address, args=(name,),
    )  # fmt: skip
    return by_iso.get(chosen)


def text(label: str, *, name: str, placeholder: str = "") -> str:
    """Words to look for, as the address has them."""
    return st.text_input(
        label, value=st.query_params.get(name, ""), max_chars=80, placeholder=placeholder, key=f"pick_{name}",
        on_change=_into_address, args=(name,),
    ).strip()  # fmt: skip


def year(label: str, *, name: str) -> int | None:
    """A calendar year, or none; what the address names where that is a year."""
    typed = text(label, name=name, placeholder="Any year")
    return int(typed) if typed.isdecimal() and typed.isascii() and len(typed) == 4 else None


def day(label: str, *, name: str, today: date) -> date:
    """A day within a lifetime of plans, written in the address as in files; today where the address names none."""
    first, last = today.replace(year=today.year - 25, day=1), today.replace(year=today.year + 5, day=1)
    asked = _read_day(st.query_params.get(name))
    return st.date_input(
        label, value=asked if asked and first <= asked <= last else today, min_value=first, max_value=last,
        format="DD/MM/YYYY", key=f"pick_{name}", on_change=_into_address, args=(name,),
    )  # fmt: skip


def measure_to_open(measures: Sequence[Measure]) -> None:
    """Another way to a measure's page than its link: stays in the session, and works by keyboard."""
    titles = {measure.code: f"{measure.title} ({measure.code})" for measure in measures}
    chosen = st.selectbox(
        "Open a measure", titles, format_func=titles.__getitem__, index=None, placeholder="Choose a measure",
        key="pick_measure_to_open",
    )  # fmt: skip
    if chosen:
        st.switch_page(navigation.find_entry("One measure").file, query_params={"measure": chosen})


def scope_in_words(scope: Scope) -> str:
    return scope.name if scope.level == "Corporate" else f"{scope.level}: {scope.name}"


def _index(options: Sequence[str], asked: str | None) -> int:
    return options.index(asked) if asked in options else 0


def _into_address(name: str) -> None:
    if chosen := st.session_state[f"pick_{name}"]:
        st.query_params[name] = chosen.isoformat() if isinstance(chosen, date) else chosen
    else:
        st.query_params.pop(name, None)


def _some_into_address(name: str) -> None:
    if chosen := st.session_state[f"pick_{name}"]:
        st.query_params[name] = ",".join(chosen)
    else:
        st.query_params.pop(name, None)


def _read_day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _read(text: str | None) -> Period | None:
    try:
        return parse_period(text) if text else None
    except PeriodNotUnderstoodError:
        return None
