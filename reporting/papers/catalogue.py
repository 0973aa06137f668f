"""The catalogue of reports as a paper: level by level what there is, for whom, as what, and how often it is sent."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from performance.report.catalogue import Available
from performance.report.templates import CATALOGUE
from reporting.writers import paged, word
from reporting.writers.blocks import Block, Heading, Paper, Part, Table, Words

TITLE = "Reports available"
LEAD = "The regular reports of the council at each level: what each says, who reads it, as which file, and how often."
COLUMNS = (("Report", 3.2), ("What it says", 4.6), ("Who reads it", 4.0), ("Files", 2.0), ("Goes out by itself", 3.2))


def as_word(reports: Sequence[Available], *, council: str, known: str, template: bytes | None = None) -> bytes:
    """For Word, in a template where one was restyled."""
    return word.write(paper(reports, council=council, known=known), template)


def as_pdf(reports: Sequence[Available], *, council: str, known: str) -> bytes:
    """As tagged PDF."""
    return paged.write(paper(reports, council=council, known=known))


def paper(reports: Sequence[Available], *, council: str, known: str) -> Paper:
    """All of it."""
    return Paper(
        kind=CATALOGUE,
        title=TITLE,
        caption=f"{council}. {known}.",
        subject=TITLE,
        author=council,
        parts=(Part(name="reports", blocks=tuple(_blocks(reports))),),
    )


def row(each: Available) -> tuple[str, ...]:
    """A report as a row, column by column."""
    return each.title, each.says, each.readers, each.files, each.sent


def _blocks(reports: Sequence[Available]) -> Iterator[Block]:
    yield Words(text=LEAD)
    for level, found in groupby(reports, key=lambda each: each.level):
        yield Heading(words=level.in_words, level=2)
        yield Table(description=f"Reports: {level.in_words}", columns=COLUMNS, rows=tuple(row(each) for each in found))
