"""Choices that live in the address, so that a link shows what its sender saw."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date

import streamlit as st

from components.frame import address, navigation
from components.parts import typed_text
from components.parts.markup import plain
from cycle.ground.series.scoring import STATUTORY, Scope
from performance.ground.measures import ContentKind
from performance.ground.periods import Period
from performance.ground.texts import length
from performance.review.scorecard import ScorecardLine

LONGEST_WORDS = 80
KINDS = {kind.value: kind.in_words for kind in ContentKind} | {STATUTORY: "Required by law"}


def one(
    label: str, codes: Collection[str], *, name: str, words: Callable[[str], str], first: str | None = None,
    clears: Sequence[str] = (),
) -> str:  # fmt: skip
    """One of the codes, shown in words; what the address names, else `first`, where it is one of them, or the first.

    Another one clears other names. Raises NothingThereError.
    """
    options = list(codes)
    otherwise = first if first in options else options[0]
    key = _follow(name, address.one_of(options, name=name, label=label) or otherwise)
    return st.selectbox(
        plain(label), options, format_func=words, key=key, on_change=_into_address, args=(name, *clears)
    )


def switch(label: str, options: Mapping[str, str], *, name: str) -> str:
    """One of a few, all in sight; what the address names, else the first. Raises NothingThereError."""
    shown = address.one_of(options, name=name, label=label) or next(iter(options))
    st.segmented_control(
        plain(label), list(options), format_func=options.__getitem__, key=_follow(name, shown), on_change=_into_address,
        args=(name,),
    )  # fmt: skip
    # Pressed again, the chosen one is let go of: then the first is shown.
    return shown


def some(
    label: str, codes: Collection[str], *, name: str, words: Callable[[str], str], all_of: str, most: int | None = None,
    first: Sequence[str] = (),
) -> list[str]:  # fmt: skip
    """Any number of the codes, or `most`; none of them chosen stands for what `all_of` says.

    Where the address says nothing it is `first`; that none is wanted stands there too.
    Raises NothingThereError.
    """
    chosen = address.some_of(codes, name=name, label=label) if address.read(name) else list(first)
    if most is not None and len(chosen) > most:
        address.refuse(f"The link asks for {len(chosen)} as “{label}”: at most {most} fit.", name)
        chosen = chosen[:most]
    return st.multiselect(
        plain(label), list(codes), format_func=words, placeholder=all_of, key=_follow(name, chosen),
        max_selections=most, select_all=most is None, on_change=_some_into_address, args=(name, bool(first)),
    )  # fmt: skip


def period(
    label: str, periods: Sequence[Period], *, name: str, first: Period | None = None,
    takes: Callable[[Period], bool] | None = None,
) -> Period:  # fmt: skip
    """One of the periods, written in the address as in files; any way a period may be written is understood.

    Where the address names none it is `first`, or else the first of them. A link may name one that is not offered,
    where `takes` has it. Raises NothingThereError.
    """
    found = period_or({}, label, periods, name=name, first=first, takes=takes)
    return found or first or periods[0]


def period_or(
    besides: Mapping[str, str], label: str, periods: Sequence[Period], *, name: str, first: Period | None = None,
    takes: Callable[[Period], bool] | None = None,
) -> Period | None:  # fmt: skip
    """The same; or None where something besides periods is chosen, by code, shown in words."""
    beside = address.read(name) if address.read(name) in besides else ""
    asked = None if beside else address.period(takes or periods.__contains__, name=name, label=label)
    by_iso = {each.iso: each for each in ([*periods, asked] if asked else periods)}
    shown = asked or (first if first and first in periods else periods[0])
    chosen = st.selectbox(
        plain(label), [*besides, *by_iso], format_func=lambda code: besides.get(code) or by_iso[code].in_words,
        key=_follow(name, beside or shown.iso), on_change=_into_address, args=(name,),
    )  # fmt: skip
    return by_iso.get(chosen)


def other_period(label: str, periods: Sequence[Period], *, name: str, none: str) -> Period | None:
    """One of the periods or none of them; without a period in the address, none. Raises NothingThereError."""
    asked = address.period(periods.__contains__, name=name, label=label)
    by_iso = {each.iso: each for each in periods}
    chosen = st.selectbox(
        plain(label), ["", *by_iso], format_func=lambda iso: by_iso[iso].in_words if iso else none,
        key=_follow(name, asked.iso if asked else ""), on_change=_into_address, args=(name,),
    )  # fmt: skip
    return by_iso.get(chosen)


def text(label: str, *, name: str, placeholder: str = "", clears: Sequence[str] = ()) -> str:
    """Words to look for, as the address has them; none of more than can be looked for, which stay in the box.

    Others clear other names.
    """
    shown = address.read(name) or st.session_state.get(_beside(name), "")
    typed = typed_text.line(
        label, at_most=LONGEST_WORDS, placeholder=placeholder, key=_follow(name, shown),
        on_change=_words_into_address, args=(name, *clears),
    ).strip()  # fmt: skip
    return "" if length(typed) > LONGEST_WORDS else typed


def year(label: str, *, name: str) -> int | None:
    """A calendar year, or none; what is typed and is no year is said. Raises NothingThereError."""
    typed = text(label, name=name, placeholder="Any year")
    if not typed or (typed.isdecimal() and typed.isascii() and len(typed) == 4):
        return int(typed) if typed else None
    raise address.NothingThereError(f"“{typed}” is not a year. Write one like 2016.", name)


def day(label: str, *, name: str, today: date) -> date:
    """A day within a lifetime of plans, written in the address as in files; today where the address names none.

    Raises NothingThereError.
    """
    first, last = today.replace(year=today.year - 25, day=1), today.replace(year=today.year + 5, day=1)
    shown = address.day(name=name, first=first, last=last) or today
    return st.date_input(
        plain(label), min_value=first, max_value=last, format="DD/MM/YYYY", key=_follow(name, shown),
        on_change=_into_address, args=(name,),
    )  # fmt: skip


def past_day(label: str, *, name: str, latest: date) -> date | None:
    """A day before the latest, or none, which stands for the latest. Raises NothingThereError."""
    first = date(latest.year - 25, 1, 1)
    return st.date_input(
        plain(label), value=None, min_value=first, max_value=latest, format="DD/MM/YYYY",
        key=_follow(name, address.day(name=name, first=first, last=latest)), on_change=_into_address, args=(name,),
    )  # fmt: skip


def measure_to_open(lines: Iterable[ScorecardLine], shown: Mapping[str, str]) -> None:
    """Another way to a measure's page than its link: by keyboard, at the period and moment it is shown here."""
    by_code = {line.measure.code: line for line in lines}
    titles = {code: f"{line.measure.title} ({code})" for code, line in by_code.items()}
    chosen = st.selectbox(
        "Open a measure", titles, format_func=titles.__getitem__, index=None, placeholder="Choose a measure",
        key="pick_measure_to_open",
    )  # fmt: skip
    if chosen:
        query = {"measure": chosen, "period": by_code[chosen].own_period.iso, **shown}
        st.switch_page(navigation.find_entry("One measure").file, query_params=query)


def scope_in_words(scope: Scope) -> str:
    return scope.name if scope.level == "Corporate" else f"{scope.level}: {scope.name}"


def _follow(name: str, shown: object) -> str:
    """The key of a choice that shows what the address says, also where a link changes it under an open page."""
    key = f"pick_{name}"
    st.session_state[key] = shown
    return key


def _words_into_address(name: str, *cleared: str) -> None:
    """An address of any length would be refused on the way back: what is too long stays beside it."""
    for other in cleared:
        address.keep(other, "")
    typed = st.session_state[f"pick_{name}"]
    fits = length(typed) <= LONGEST_WORDS
    st.session_state[_beside(name)] = "" if fits else typed
    address.keep(name, typed if fits else "")


def _beside(name: str) -> str:
    return f"too_long_{name}"


def _some_into_address(name: str, has_first: bool) -> None:
    chosen = st.session_state[f"pick_{name}"]
    address.keep(name, ",".join(chosen) or (address.NONE if has_first else ""))


def _into_address(name: str, *cleared: str) -> None:
    for other in cleared:
        address.keep(other, "")
    chosen = st.session_state[f"pick_{name}"]
    if isinstance(chosen, date):
        chosen = chosen.isoformat()
    address.keep(name, chosen or "")
