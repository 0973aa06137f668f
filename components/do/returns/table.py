"""Figures of a return in a table that a screen reader can read, wide or narrow."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

import streamlit as st

from components.frame import navigation
from components.parts import asset, rating
from components.parts.markup import plain
from performance.do.answers import CheckedLine
from performance.do.returns import Asked, ReturnLine
from performance.ground.figures import Figure
from performance.ground.people import User
from performance.ground.periods import day_in_words

_STYLE = asset.style(__file__)


def checked(lines: Sequence[CheckedLine], *, caption: str, links: Mapping[str, str]) -> None:
    """Figures about to be submitted, as they were read, with the rating they would have and the way to change each."""
    _draw(caption, [(each.line, each.figure) for each in lines], last="Preview", links=links)


def stored(lines: Iterable[ReturnLine], *, caption: str, by: User | None = None) -> None:
    """Figures as they stand; where `by` is said, each title leads to its measure, for whoever may follow."""
    _draw(caption, [(line, line.current) for line in lines], last="Rating", commentary=True, by=by)


def not_due(asked: Sequence[Asked]) -> None:
    """Measures whose day has not come, folded, each with when it will."""
    if not asked:
        return
    with st.expander(f"Not due this month ({len(asked)})"):
        for each in sorted(asked, key=lambda one: (one.dates.opens_on, one.measure.code)):
            st.markdown(
                plain(
                    f"{each.measure.title}: {each.period.in_words}, can be entered from "
                    f"{day_in_words(each.dates.opens_on)}, on time by {day_in_words(each.dates.on_time_by)}"
                )
            )


def _draw(
    caption: str,
    rows: Sequence[tuple[ReturnLine, Figure | None]],
    *,
    last: str,
    commentary: bool = False,
    links: Mapping[str, str] | None = None,
    by: User | None = None,
) -> None:
    if not rows:
        return
    heads = [("Measure", ""), ("Figure", "number"), ("Target", "number"), ("Period before", "number"), (last, "")]
    heads += [("Change", "only-heard")] if links else []
    # The roles are said aloud, because a narrow screen lays the cells out as lines.
    head = "".join(f'<th role="columnheader" scope="col" class="{name}">{title}</th>' for title, name in heads)
    body = "".join(
        _row(line, figure, last=last, commentary=commentary, link=(links or {}).get(line.measure.code, ""), by=by)
        for line, figure in rows
    )
    st.html(
        f'{_STYLE}{rating.STYLE}<div class="return-table" role="region" tabindex="0" aria-label="{escape(caption)}">'
        f'<table role="table"><caption>{escape(caption)}</caption><thead role="rowgroup"><tr role="row">{head}</tr>'
        f'</thead><tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _row(line: ReturnLine, figure: Figure | None, *, last: str, commentary: bool, link: str, by: User | None) -> str:
    own = "" if line.period.months == 1 else f", {line.period.in_words}"
    words = figure.commentary if figure and commentary else ""
    said = f'<tr role="row"><td role="cell" colspan="5" class="words">{escape(words)}</td></tr>' if words else ""
    change = f'<td role="cell">{link}</td>' if link else ""
    title = navigation.measure_link(line.measure, line.period, by) if by else escape(line.measure.title)
    code = escape(line.measure.code + own)
    cells = {
        "Figure": line.in_words(figure),
        "Target": line.target_in_words,
        "Period before": line.in_words(line.before),
    }
    numbers = "".join(
        f'<td role="cell" data-of="{name}" class="number">{escape(text)}</td>' for name, text in cells.items()
    )
    return (
        f'<tr role="row" class="{"has-said" if said else ""}"><th role="rowheader" scope="row">{title}<br>'
        f"<small>{code}</small></th>{numbers}"
        f'<td role="cell" data-of="{last}">{rating.tag(line.rating(figure))}</td>'
        f"{change}</tr>{said}"
    )
