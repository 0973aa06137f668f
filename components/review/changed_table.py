"""What changed, by kind of change: each a table with what was and what is, or a sentence that there is nothing."""

from datetime import datetime

import streamlit as st

from components.parts import html_table
from components.parts.html_table import Column
from components.parts.markup import plain
from cycle.ground.series.scoring import Entry
from cycle.review.what_changed import Corrected, Moved, WhatChanged, numbers_of
from performance.ground.periods import day_in_words
from performance.ground.reading_order import as_read
from performance.ground.reckoning.rag import Rag
from performance.ground.values import Absence
from performance.review.scorecard import ScorecardLine

_MOVED = {True: ("figure differs", "figures differ"), False: ("status moved", "statuses moved")}


def summary(found: WhatChanged, *, then: datetime | None) -> None:
    """In one sentence, what is compared and how much of it moved."""
    now, before = found.now.period, found.before.period
    against = f"what was known on {day_in_words(then.date())}" if then else before.in_words
    better, worse = (sum(_is_worse(each) is way for each in found.moved) for way in (False, True))
    said = [
        _count(len(found.moved), *_MOVED[then is not None]),
        _count(len(found.unusual), "measure is newly unusual", "measures are newly unusual"),
        _count(len(found.corrected), "figure was corrected", "figures were corrected"),
        _count(len(found.late), "figure is newly late", "figures are newly late"),
    ]  # fmt: skip
    ways = f" Of the statuses, {better} for the better and {worse} for the worse." if better or worse else ""
    st.write(plain(f"{found.now.scope.name}, {now.in_words}, against {against}: {'; '.join(said)}.{ways}"))


def moved(found: WhatChanged, *, then: datetime | None) -> None:
    """Measures whose status is another than before, what got worse first; between moments, any figure."""
    st.header("Figures that differ" if then else "Statuses that moved", anchor=False)
    if not found.moved:
        st.write("No figure differs." if then else "No status moved.")
        return
    columns = [
        Column(title="Measure"), Column(title="Before", is_number=True), Column(title="Status before", leads=True),
        Column(title="Now", is_number=True), Column(title="Status now", leads=True),
        Column(title="Which way", leads=True),
    ]  # fmt: skip
    rows = [
        [each.measure.title, _figure(each.before.line), _status(each.before.line.rag), _figure(each.now.line),
         _status(each.now.line.rag), _way(each)]
        for each in sorted(found.moved, key=_worse_first)
    ]  # fmt: skip
    html_table.plain(f"{found.now.scope.name}: before and now", columns, rows)


def unusual(found: WhatChanged) -> None:
    """Measures whose newest figure is a real change, where the one before was not."""
    st.header("Newly unusual", anchor=False)
    if not found.unusual:
        st.write("No measure: every movement lies within the usual ups and downs, or has too little history to tell.")
        return
    columns = [Column(title="Measure"), Column(title="Figure", is_number=True), Column(title="Status"),
               Column(title="What it is"), Column(title="What is usual")]  # fmt: skip
    html_table.plain("Real changes since", columns, [_unusual(each) for each in found.unusual])


def corrected(found: WhatChanged, *, then: datetime | None) -> None:
    """Figures recorded anew: what they were, what they are, who and why."""
    st.header("Corrected", anchor=False)
    since = then.date() if then else found.before.period.end
    if not found.corrected:
        st.write(plain(f"No figure was recorded anew after {day_in_words(since)}."))
        return
    columns = [Column(title="Measure"), Column(title="Period"), Column(title="Was", is_number=True),
               Column(title="Is", is_number=True), Column(title="Who and when"), Column(title="Why")]  # fmt: skip
    caption = f"Figures recorded anew after {day_in_words(since)}"
    html_table.plain(caption, columns, [_corrected(each) for each in found.corrected])


def late(found: WhatChanged) -> None:
    """Measures without the figure that was due, which had one before."""
    st.header("Newly late", anchor=False)
    if not found.late:
        st.write("No figure is newly late.")
        return
    columns = [Column(title="Measure"), Column(title="Figure missing"), Column(title="Was due on")]
    rows = [
        [each.measure.title, each.line.period.in_words, day_in_words(each.measure.due_on(each.line.period))]
        for each in found.late
    ]
    html_table.plain("Figures that are late since", columns, rows)


def _figure(line: ScorecardLine) -> str:
    return f"{line.measure.print_value(line.value)} ({line.period.short}{line.against_target})"


def _status(rag: Rag) -> str:
    return f"{rag.shape} {rag.in_words}"


_ORDER = {Rag.GREEN: 0, Rag.AMBER: 1, Rag.RED: 2}


def _is_worse(moved: Moved) -> bool | None:
    """Whether the status got worse; None where it stayed, or one of the two is no rating."""
    before, now = (_ORDER.get(each.line.rag) for each in (moved.before, moved.now))
    return None if before is None or now is None or before == now else now > before


def _way(moved: Moved) -> str:
    worse = _is_worse(moved)
    said = _other_way(moved) if worse is None else "Worse" if worse else "Better"
    return f"{said}. {moved.now.line.target_moved_in_words}" if moved.is_by_target_alone else said


def _other_way(moved: Moved) -> str:
    before, now = moved.before.line, moved.now.line
    if isinstance(before.value, Absence) and not isinstance(now.value, Absence):
        return "Has come in"
    return "Status stays" if before.rag is now.rag else "Rated otherwise"


def _worse_first(moved: Moved) -> tuple[bool, int, tuple[str, str]]:
    return _is_worse(moved) is not True, -_ORDER.get(moved.now.line.rag, -1), as_read(moved.measure.title)


def _unusual(entry: Entry) -> list[str]:
    found = entry.variation
    kind = found.kind.in_words if found and found.kind else ""
    if found and found.signal:
        kind = f"{kind}: {found.signal.in_words}"
    usual = found.limits.in_words(entry.measure) if found else ""
    return [entry.measure.title, _figure(entry.line), _status(entry.line.rag), kind[:1].upper() + kind[1:], usual]


def _corrected(each: Corrected) -> list[str]:
    was, now = numbers_of(each)
    when = f"{each.by}, {each.now.recorded_at:%-d %b %Y}" if each.now.recorded_at else each.by
    return [each.measure.title, each.now.period.in_words, was, now, when, each.because or "No reason was asked"]


def _count(number: int, one: str, several: str) -> str:
    return f"{number or 'no'} {one if number == 1 else several}"
