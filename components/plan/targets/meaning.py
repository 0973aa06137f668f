"""What a typed number would mean, beside its box: against the past, against the present trend, and what to ask."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from components.frame import problems
from components.parts import asset, rating
from components.plan.targets.drafts import PROFILES
from cycle.ground.series.proposals import MeasureTargets
from cycle.plan.targets import Consideration
from performance.ground.entry import Problem
from performance.ground.figures import Target
from performance.ground.reckoning.rag import Rag

_STYLE = asset.style(__file__)


def show(
    line: MeasureTargets, target: Target | None, considered: Consideration | None, refused: Sequence[Problem]
) -> None:
    """The reading of one number; errors first, in the words of the summary above."""
    found = [*refused, *(considered.problems if considered else ())]
    for message in dict.fromkeys(problem.message for problem in found):
        problems.beside(message)
    if considered is None or considered.problems or target is None:
        return
    asked = [question.message for question in considered.questions]
    asks = "".join(f'<p class="asks">{escape(_question(text))}</p>' for text in asked)
    looser = f'<p class="asks">{escape(considered.looser)}</p>' if considered.looser else ""
    said = [considered.met and f"{considered.met}.", considered.chance, considered.bands, _over_the_year(line, target)]
    lines = "".join(f"<p>{escape(text)}</p>" for text in said if text)
    reading = considered.reading
    first = f"<p><strong>{reading.reach.value}</strong>: {escape(reading.why)}.</p>" if reading else ""
    st.html(f'{rating.STYLE}{_STYLE}<div class="means">{first}{asks}{looser}{lines}{_strip(line, considered)}</div>')


def _question(text: str) -> str:
    said = text if text.endswith("?") else f"{text}."
    return f"{said} If it is right, say why."


def _over_the_year(line: MeasureTargets, target: Target) -> str:
    own = ""
    if target.tolerance is not None:
        kind = target.tolerance_kind.value if target.tolerance_kind else "percent"
        own = f" Tolerance of its own: {target.tolerance:f}{'%' if kind == 'percent' else f' {line.measure.unit}'}."
    if line.measure.frequency.months == 12:
        return own.strip()
    words = PROFILES[target.profile]
    return f"Over the year: {words[0].lower()}{words[1:]}.{own}"


def _strip(line: MeasureTargets, considered: Consideration) -> str:
    """Each past period with the colour it would have had, as a word for ears, a shape and a colour for eyes."""
    if not considered.colours:
        return ""
    counts = [
        (rag, sum(each is rag for each in considered.colours.values())) for rag in (Rag.RED, Rag.AMBER, Rag.GREEN)
    ]
    words = ", ".join(f"{count} {rag.in_words.lower()}" for rag, count in counts if count)
    cells = "".join(
        f'<li class="rag-{rag.value}"><span aria-hidden="true">{rag.shape}</span> {escape(period.short)}'
        f'<span class="vh">: {escape(rag.in_words)}</span></li>'
        for period, rag in considered.colours.items()
    )
    return (
        f"<details><summary>The past under this target: {escape(words)}"
        f'<span class="vh">, {escape(line.measure.title)}</span></summary>'
        f'<ol class="past" aria-label="The past of {escape(line.measure.title)} under this target">{cells}</ol>'
        "</details>"
    )
