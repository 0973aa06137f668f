"""What a paper says, as one digest: two papers that say the same have the same, whenever and as whatever file."""

import hashlib
from collections.abc import Iterable, Iterator
from functools import singledispatch

from reporting.writers.blocks import Block, Chart, Heading, Paper, Points, Table, Together, Words


def digest(texts: Iterable[str]) -> str:
    """Of texts in their order."""
    return hashlib.sha256("\x00".join(texts).encode()).hexdigest()


def texts_of(paper: Paper) -> Iterator[str]:
    """All that is to be read on it, without when it was made: that is in its caption."""
    yield paper.title
    for block in paper.blocks:
        yield from _said(block)


@singledispatch
def _said(block: Block) -> Iterator[str]:
    raise TypeError(f"Nobody said what {type(block).__name__} says.")


@_said.register
def _(block: Heading) -> Iterator[str]:
    yield block.words


@_said.register
def _(block: Words) -> Iterator[str]:
    yield from (block.label, block.text)


@_said.register
def _(block: Points) -> Iterator[str]:
    yield from block.texts


@_said.register
def _(block: Table) -> Iterator[str]:
    yield block.description
    yield from (name for name, _ in block.columns)
    for row in block.rows:
        yield from map(str, row)


@_said.register
def _(block: Chart) -> Iterator[str]:
    yield from (block.title, block.alt)
    for series in block.native.data if block.native else ():
        yield series.name
        yield from map(str, series.values)


@_said.register
def _(block: Together) -> Iterator[str]:
    for each in block.blocks:
        yield from _said(each)
