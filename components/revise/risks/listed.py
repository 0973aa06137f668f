"""The risk register: what moved since the quarter began, and each risk with its score in words and number."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from components.frame import navigation, pick
from components.parts import html_table
from components.parts.html_table import Cell, Column, Html
from components.parts.markup import plain
from cycle.revise.risks import Register
from performance.ground.periods import day_in_words
from performance.revise.risks import RiskEntry, Which, moved_in_words

_ALL, _WHOLE, _ANY = {"": "Every service"}, {"": "The whole plan"}, {"": "Any measure or none"}
_COLUMNS = [
    Column(title=title)
    for title in ("Risk", "How likely and how bad", "Owner", "Service", "Aimed at", "It threatens",
                  "What is done about it")
]  # fmt: skip


def narrow(register: Register) -> list[RiskEntry]:
    """Those of the part of the council, of the plan and of the measure that the address names; of all without any."""
    units = _ALL | {code: name for code, name in register.units.items() if register.narrowed(unit=code)}
    nodes = _WHOLE | {code: title for code, title in register.nodes.items() if register.narrowed(node=code)}
    threatened = {each.risk.measure_code for each in register.entries}
    measures = _ANY | {code: title for code, title in register.measures.items() if code in threatened}
    left, middle, right = st.columns(3)
    with left:
        unit = pick.one("Service", units, name="unit", words=units.__getitem__)
    with middle:
        node = pick.one("Part of the plan", nodes, name="node", words=nodes.__getitem__)
    with right:
        measure = pick.one("Measure", measures, name="measure", words=measures.__getitem__)
    return register.narrowed(unit=unit, node=node, measure=measure)


def which() -> Which:
    """Which score the matrix shows."""
    options = {each.value: each.in_words for each in (Which.CURRENT, Which.INHERENT, Which.TARGET)}
    return Which(pick.switch("Score", options, name="score"))


def show_movements(entries: Sequence[RiskEntry], register: Register) -> None:
    """What is new, closed, and up or down since the quarter began."""
    found = [(each, said) for each in entries if (said := _movement(each, register))]
    st.header(plain(f"Since {day_in_words(register.since)}"), anchor=False)
    if not found:
        st.write("No risk is new, closed, or at another score.")
        return
    html_table.plain(
        "What moved on the register",
        [Column(title="Risk"), Column(title="What moved")],
        [[f"{each.code}: {each.risk.title}", said] for each, said in found],
    )


def _movement(entry: RiskEntry, register: Register) -> str:
    before = register.before.get(entry.code)
    if before is None:
        return "New on the register"
    if before.is_open and not entry.is_open:
        return f"Closed: {entry.closed_because}"
    if before.current == entry.current:
        return ""
    return moved_in_words(before.current, entry.current)


def show(entries: Sequence[RiskEntry], register: Register) -> None:
    """Each risk, the highest first, with what is done about it and the way to all of it."""
    if not entries:
        st.info("No risk is on the register here.")
        return
    html_table.plain("Every risk, the highest first", _COLUMNS, [_row(each, register) for each in entries])


def _row(entry: RiskEntry, register: Register) -> list[Cell]:
    risk = entry.risk
    name = navigation.link("One risk", escape(f"{entry.code}: {risk.title}"), risk=entry.code)
    flags = ". ".join(entry.flags(register.today))
    threatens = register.measures.get(risk.measure_code or ""), register.nodes.get(risk.node_code or "")
    return [
        Html(f"{name}<br><strong>{escape(flags)}.</strong>" if flags else name),
        entry.in_words,
        risk.owner_role,
        register.units.get(register.unit_of[entry.code], ""),
        str(entry.target.number) if entry.target else "",
        "; ".join(filter(None, threatens)),
        risk.mitigation,
    ]
