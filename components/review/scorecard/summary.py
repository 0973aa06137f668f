"""What a scorecard comes to: a sentence and counts that stay in sight, the reds, and what else has really changed."""

from collections.abc import Sequence
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.parts import asset, rating
from components.parts.markup import plain
from components.review.scorecard import status
from components.review.scorecard.cell import link
from cycle.ground.series.red_now import RedNow
from cycle.ground.series.scoring import Entry, Scorecard
from performance.ground.reckoning.direction import Direction
from performance.ground.reckoning.rag import Rag
from performance.ground.reckoning.spc import PointType
from performance.review.variation import change_in_words
from reporting.words.sentences import real_changes_in_a_sentence, scorecard_in_a_sentence

MOST_NAMED = 8
_KEY = "in_sight"
_STYLE = asset.style(__file__)
_CHANGES = (
    ("worse", "Real changes for the worse, not red", {PointType.CONCERN}),
    ("better", "Real changes for the better, not red", {PointType.IMPROVEMENT}),
    ("neither", "Real changes neither better nor worse", {PointType.NEUTRAL_HIGH, PointType.NEUTRAL_LOW}),
)


def place() -> DeltaGenerator:
    """Where what stays in sight is to stand: on the page itself, for within a part of it, it would leave with it."""
    return st.container(key=_KEY)


def in_sight(card: Scorecard) -> None:
    """One sentence that says what matters, and the counts, each leading to its list; never one colour for all."""
    when = "Now, each at its newest figure, " if card.is_now else f"In {card.period.in_words}, "
    said = escape(scorecard_in_a_sentence([each.line for each in card.entries], when))
    counts = _counted("Measures by status", (Rag.RED, Rag.AMBER, Rag.GREEN), card)
    st.html(f'{rating.STYLE}{_STYLE}<div class="in-sight"><p>{said}</p>{counts}</div>')


def matters(card: Scorecard, now: RedNow) -> None:
    """Every red in a line, the worst first, every other real change, and what has not come in.

    A scorecard of a period says first what is red now, for that is what other pages count.
    """
    if not card.is_now:
        st.html(
            f"<p class=now>{status.link_to_now(f'Red now: {escape(now.in_words)}')},"
            f" each at its newest figure.{escape(_since(card, now))}</p>"
        )
    _named(card)
    _missing(card)


def _named(card: Scorecard) -> None:
    """Each line with the way to its measure."""
    if reds := card.reds:
        st.html(f"{_listed('reds', 'Red, the worst first', reds, card)}")
    told = [(each.line, each.variation.kind) for each in card.entries if each.variation and each.variation.kind]
    if said := real_changes_in_a_sentence(told):
        st.write(plain(said))
    if changes := "".join(_changes(card)):
        st.html(f'<div class="really">{changes}</div>')


def _missing(card: Scorecard) -> None:
    """How many lines have no colour, and what has not come in, by name as far as a reader follows."""
    if counts := _counted("Measures without a colour", [rag for rag in Rag if not rag.is_rated], card):
        st.html(rating.STYLE + counts)
    titles = [entry.measure.title for entry in card.where(Rag.NOT_PROVIDED)]
    if titles:
        st.write(plain(f"Not yet received ({len(titles)}): {_first_few(titles)}."))


def _since(card: Scorecard, now: RedNow) -> str:
    """Which are red now and are not on this scorecard, and which are no longer: another list than this one's."""
    then, today = ({line.measure.code: line.measure.title for line in lines} for lines in
                   ((entry.line for entry in card.reds), now.red))  # fmt: skip
    newly = [title for code, title in today.items() if code not in then]
    no_longer = [title for code, title in then.items() if code not in today]
    said = {f"Not red in {card.period.in_words} but now": newly, "No longer red": no_longer}
    return "".join(f" {words}: {_first_few(titles)}." for words, titles in said.items() if titles)


def _first_few(titles: Sequence[str]) -> str:
    rest = f" and {len(titles) - MOST_NAMED} more" if len(titles) > MOST_NAMED else ""
    return ", ".join(titles[:MOST_NAMED]) + rest


def _counted(label: str, rags: Sequence[Rag], card: Scorecard) -> str:
    counts = [(rag, card.count(rag)) for rag in rags]
    items = "".join(
        f"<li>{status.link(f'<strong>{count}</strong> {rating.tag(rag)}', rag)}</li>" for rag, count in counts if count
    )
    return f'<ul class="counts" aria-label="{label}">{items}</ul>' if items else ""


def _changes(card: Scorecard) -> list[str]:
    """The real changes that are not among the reds: the worse, the better, and those that are neither."""
    drawn = []
    for css, title, kinds in _CHANGES:
        found = [each for each in card.entries if _kind(each) in kinds and each.line.rag is not Rag.RED]
        if found:
            drawn.append(f'<p aria-hidden="true">{title}</p>{_listed(css, title, found, card)}')
    return drawn


def _kind(entry: Entry) -> PointType | None:
    return entry.variation.kind if entry.variation else None


def _listed(css: str, label: str, entries: Sequence[Entry], card: Scorecard) -> str:
    lines = "".join(f"<li>{link(each.line, card)}: {escape(_in_words(each))}</li>" for each in entries)
    many = " many" if css != "reds" and len(entries) > 1 else ""
    return f'<ul class="named {css}{many}" aria-label="{label}">{lines}</ul>'


def _in_words(entry: Entry) -> str:
    """29.8 days, target 25.0 days, and what more there is to say of a red; of another, its colour."""
    line = entry.line
    said = [f"{entry.measure.print_value(line.value)}{line.against_target}"]
    more = _of_a_red(entry) if line.rag is Rag.RED else [line.rag.in_words.lower()]
    return "; ".join(said + more)


def _of_a_red(entry: Entry) -> list[str]:
    """A real change for the worse; red expected at year end."""
    line, said = entry.line, []
    if entry.variation is None and line.short is not Direction.NOT_AVAILABLE:
        said.append(line.travel.in_a_sentence(entry.measure, short=True))
    said.append(change_in_words(entry.measure, entry.variation))
    if entry.outlook and entry.outlook.target and not entry.outlook.forecast.is_known:
        said.append(f"{entry.outlook.rag.in_words.lower()} expected at year end")
    return said
