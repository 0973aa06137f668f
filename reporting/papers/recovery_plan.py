"""A recovery plan as a paper, for office programs and as PDF: what is off target, why, what is done about it, what was
expected of that and what came, and in the end whether it worked."""

from collections.abc import Iterator
from dataclasses import dataclass

from performance.report.templates import RECOVERY_PLAN
from reporting.charts.over_time import Trend, trend
from reporting.writers import paged, slides, word, workbook
from reporting.writers.blocks import Block, Chart, Heading, Paper, Part, Points, Table, Together, Words
from reporting.writers.native_chart import of_trend

_WIDE = 16.0  # centimetres, all that a page has
_HIGH = 7.0
_LETTER, _MARGINS = 0.17, 0.45  # centimetres, in a table
_BREAKS = 24  # letters, after which a word that no space divides is broken
_Said = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table as it is printed: what it is of, its headings, and a text for each cell. In the column `tagged` stand
    statuses, of which `tags` are the colours."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    tagged: int = -1
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Drawn:
    """A measure over time: what its chart says, its alternative text, what is what on it, and its figures."""

    title: str
    said: str
    chart: Trend
    alt: str
    key: str
    figures: Grid


@dataclass(frozen=True, kw_only=True, eq=False)
class RecoveryPlan:
    """All that stands in a plan, in words. `said` and what else is in pairs has a label, which may be empty."""

    reference: str
    measure: str
    council: str
    known: str
    state: _Said
    figures: Grid
    evidence: tuple[str, ...]
    compared: Grid
    said_for: str
    said: _Said
    tried: tuple[str, ...]
    whys: Grid
    cause: _Said
    actions: Grid
    paths: tuple[Drawn, ...]
    milestones: Grid
    risks: Grid
    notes: _Said
    delivery: Grid
    moves: Grid
    meetings: _Said
    ending: str
    end: _Said
    effect: Drawn | None = None


def as_word(plan: RecoveryPlan, template: bytes | None = None) -> bytes:
    return word.write(paper(plan), template)


def as_slides(plan: RecoveryPlan, template: bytes | None = None) -> bytes:
    """The same for PowerPoint, without what is looked up: every figure, and every word said month by month."""
    return slides.write(paper(plan), template)


def as_workbook(plan: RecoveryPlan, template: bytes | None = None) -> bytes:
    return workbook.write(paper(plan), template)


def as_pdf(plan: RecoveryPlan) -> bytes:
    """Tagged for screen readers. Raises renderer.NotDrawnError."""
    return paged.write(paper(plan))


def paper(plan: RecoveryPlan) -> Paper:
    """The plan in the order of turning the curve."""
    parts = {
        "state": _state(plan), "evidence": _evidence(plan), "cause": _cause(plan), "actions": _actions(plan),
        "path": _path(plan), "risks": _risks(plan), "notes": _notes(plan), "end": _end(plan), "figures": _figures(plan),
    }  # fmt: skip
    return Paper(
        kind=RECOVERY_PLAN,
        title=f"{plan.reference}: {plan.measure}",
        caption=f"{plan.council}. Recovery plan. {plan.known.rstrip('.')}.",
        subject=f"Recovery plan {plan.reference}: {plan.measure}",
        author=plan.council,
        parts=tuple(Part(name=name, blocks=tuple(blocks)) for name, blocks in parts.items()),
        told={"reference": plan.reference, "measure": plan.measure},
    )


def _state(plan: RecoveryPlan) -> Iterator[Block]:
    yield from _labelled(plan.state)


def _evidence(plan: RecoveryPlan) -> Iterator[Block]:
    yield Heading(words="What is off target", level=2)
    yield _table(plan.figures)
    yield from (Words(text=each) for each in plan.evidence)
    yield from _grid(plan.compared, "")
    if plan.said:
        yield Heading(words=plan.said_for, level=3)
        yield from _labelled(plan.said)
    if plan.tried:
        yield Heading(words="What was tried before, and learnt", level=3)
        yield Points(texts=plan.tried)


def _cause(plan: RecoveryPlan) -> Iterator[Block]:
    yield Heading(words="Root cause and partners", level=2)
    yield from _grid(plan.whys, "")
    yield from _labelled(plan.cause)


def _actions(plan: RecoveryPlan) -> Iterator[Block]:
    yield Heading(words="Actions", level=2)
    yield from _grid(plan.actions, "There are no actions yet.")


def _path(plan: RecoveryPlan) -> Iterator[Block]:
    yield Heading(words="Expected path and actual", level=2)
    yield from (_drawn(each) for each in plan.paths)
    yield from _grid(plan.milestones, "There are no milestones yet.")


def _risks(plan: RecoveryPlan) -> Iterator[Block]:
    if plan.risks.rows:
        yield Heading(words="Risks", level=2)
        yield _table(plan.risks)


def _notes(plan: RecoveryPlan) -> Iterator[Block]:
    yield Heading(words="Notes by month", level=2)
    yield from _labelled(plan.notes)
    if not plan.notes:
        yield Words(text="There are no notes yet.")
    if plan.delivery.rows:
        yield Heading(words="What was said of actions and milestones", level=3)
        yield _table(plan.delivery)
    if plan.moves.rows:
        yield Heading(words=plan.moves.title, level=3)
        yield _table(plan.moves)
    if plan.meetings:
        yield Heading(words="What meetings asked and decided", level=3)
        yield from _labelled(plan.meetings)


def _end(plan: RecoveryPlan) -> Iterator[Block]:
    yield Heading(words=plan.ending, level=2)
    yield from _labelled(plan.end)
    if plan.effect:
        yield _drawn(plan.effect)
        yield _table(plan.effect.figures)


def _figures(plan: RecoveryPlan) -> Iterator[Block]:
    """What the charts are drawn from."""
    if plan.paths:
        yield Heading(words="Every figure of the charts", level=2)
    for each in plan.paths:
        yield Heading(words=each.figures.title, level=3)
        yield _table(each.figures)


def _drawn(each: Drawn) -> Together:
    chart = Chart(
        title=each.title,
        alt=each.alt,
        native=of_trend(each.chart, title=each.title, alt=each.alt),
        drawn=trend(each.chart, width=700, height=260),
        height=_HIGH,
    )
    said = (Words(text=each.said),) if each.said else ()
    key = (Words(text=each.key, is_small=True),) if each.key else ()
    return Together(blocks=(Heading(words=each.title, level=3), *said, chart, *key))


def _labelled(said: _Said) -> Iterator[Block]:
    yield from (Words(label=label, text=text) for label, text in said)


def _grid(grid: Grid, empty: str) -> Iterator[Block]:
    if grid.rows:
        yield _table(grid)
    elif empty:
        yield Words(text=empty)


def _table(grid: Grid) -> Table:
    columns = tuple(zip(grid.header, _widths(grid), strict=True))
    return Table(
        description=grid.title, columns=columns, rows=grid.rows, tagged=grid.tagged, tags=grid.tags, name=grid.title
    )


def _widths(grid: Grid) -> list[float]:
    """In centimetres: room for the longest word of each column, and what is left by how much longer its texts are."""
    columns = [(name, *(row[place] for row in grid.rows)) for place, name in enumerate(grid.header)]
    words = [max((len(word) for text in texts for word in text.split()), default=0) for texts in columns]
    least = [_wide(min(word, _BREAKS)) for word in words]
    whole = [_wide(max(map(len, texts))) for texts in columns]
    more = [most - few for most, few in zip(whole, least, strict=True)]
    left = _WIDE - sum(least)
    if left <= 0 or not sum(more):
        return [_WIDE * wide / sum(least) for wide in least]
    return [few + left * wider / sum(more) for few, wider in zip(least, more, strict=True)]


def _wide(letters: int) -> float:
    return letters * _LETTER + _MARGINS
