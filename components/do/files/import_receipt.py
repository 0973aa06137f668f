"""The receipt of an import: what it changed, figure by figure, and the way to take it back."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import streamlit as st

from components.frame import address, pick
from components.parts import html_table
from components.parts.html_table import Column
from components.parts.markup import plain
from cycle.do.files.questions import FigureChange
from cycle.do.files.receipts import ImportReceipt
from cycle.do.files.rerating import MOST, Ratings
from performance.do.import_runs import ImportRun
from performance.ground.measures import Measure
from performance.ground.values import Value, round_half_up

_NAME = "import"
COLUMNS = [
    *(Column(title=title) for title in ("Measure", "Area", "Period")),
    *(Column(title=title, is_number=True) for title in ("Before", "Brought in", "Difference")),
    Column(title="Rating"),
]


def choose(runs: Sequence[ImportRun]) -> int | None:
    """One of the imports that brought something, as the address has it, or None. Raises NothingThereError."""
    label, words = "What an import changed", {"": "Choose an import"}
    words |= {
        str(run.id): f"{run.source}, {run.imported_at.astimezone():%-d %b %Y %H:%M}"
        for run in runs
        if run.added or run.revised
    }
    if len(words) == 1:
        address.one_of(words, name=_NAME, label=label)
        return None
    number = pick.one(label, words, name=_NAME, words=words.__getitem__)
    return int(number) if number else None


def show(receipt: ImportReceipt) -> None:
    run = receipt.run
    when = run.imported_at.astimezone()
    st.write(plain(f"{run.imported_by} brought in {run.source} on {when:%-d %B %Y} at {when:%H:%M}."))
    if not receipt.changes:
        st.info("It changed no figure that you may see.")
        return
    rows = [row(change, names=receipt.area_names, ratings=receipt.ratings) for change in receipt.changes[:MOST]]
    html_table.plain(f"{_many(len(receipt.changes))} it changed", COLUMNS, rows)
    if len(receipt.changes) > MOST:
        st.write(f"... and {len(receipt.changes) - MOST:,} more.")
    if receipt.moved_on:
        st.write(plain(f"{_many(receipt.moved_on)} of these have been changed again since."))


def take_back(receipt: ImportReceipt) -> str:
    """Ask for the reason; it is the answer where the button was pressed, and empty before."""
    if not receipt.may_take_back:
        return ""
    count = len(receipt.current)
    with st.form(f"take_back_{receipt.run.id}", border=True):
        st.write(
            plain(
                f"Taking it back puts what stood before in the place of {_many(count)}. What was new counts as not yet"
                " received. Nothing is forgotten: the figures brought in stay on record as earlier revisions."
            )
        )
        reason = st.text_area("Why it is taken back", key=f"take_back_why_{receipt.run.id}", height=75)
        pressed = st.form_submit_button(plain(f"Take back {_many(count)}"))
    return (reason.strip() or " ") if pressed else ""


def row(change: FigureChange, *, names: Mapping[str, str], ratings: Ratings) -> list[str]:
    """A change as cells: what it is of, what stood there, what stands there now, and how either is rated."""
    measure, figure = change.measure, change.figure
    return [
        f"{measure.title} ({measure.code})",
        names.get(figure.area_code, figure.area_code),
        figure.period.in_words,
        _printed(measure, change.value_before) if change.before else "Nothing",
        _printed(measure, change.value),
        _difference(change),
        ratings[change.key].in_words,
    ]


def _difference(change: FigureChange) -> str:
    """+430, or -2.0 percentage points, between what is printed; a dash where there is no number on either side."""
    if not isinstance(change.value, Decimal) or not isinstance(change.value_before, Decimal):
        return "–"
    now, before = (round_half_up(each, change.measure.decimals) for each in (change.value, change.value_before))
    sign = "+" if now > before else "-" if now < before else ""
    return f"{sign}{change.measure.print_change(now - before)}"


def _printed(measure: Measure, value: Value | None) -> str:
    return "Nothing" if value is None else measure.print_value(value)


def _many(count: int) -> str:
    return f"{count:,} figure{'' if count == 1 else 's'}"
