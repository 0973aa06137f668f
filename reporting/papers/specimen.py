"""An example of each kind of paper, to see what a template makes of it before there are figures for it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from performance.ground.periods import Period
from performance.report.templates import Kind, Program
from reporting.charts.over_time import Line, Trend, trend
from reporting.tables.facts import Number
from reporting.writers import slides, word, workbook
from reporting.writers.blocks import Chart, Heading, Paper, Part, Points, Table, Together, Words
from reporting.writers.native_chart import of_trend

_MANY = 60  # times that a sentence stands, to see what becomes of long ones
_SAID = "An example, with no figures of the council in it."
_NUMBERS = (Decimal("91.5"), Decimal("92.0"), Decimal("88.2"), Decimal("90.4"))
_WRITERS: dict[Program, Callable[[Paper, bytes | None], bytes]] = {
    Program.WORD: word.write, Program.POWERPOINT: slides.write, Program.EXCEL: workbook.write,
}  # fmt: skip


def written(kind: Kind, program: Program, template: bytes | None) -> bytes:
    """The example in a template, or in ours."""
    return _WRITERS[program](paper(kind), template)


def paper(kind: Kind) -> Paper:
    """A part for each of the kind, with everything that its parts are made of."""
    return Paper(
        kind=kind,
        title=f"{kind.name}: an example",
        caption=_SAID,
        subject=kind.name,
        author="The council",
        parts=tuple(_part(name, number) for number, name in enumerate(kind.parts)),
        told={name: f"({name})" for name in kind.own_fields},
    )


def _part(name: str, number: int) -> Part:
    title = name.capitalize()
    heading = Heading(words=title, level=2)
    if number % 3 == 0:
        long = Words(label="A part with a label that goes on as long as some do", text="Words that go on. " * _MANY)
        points = Points(texts=("A point.", "Another point."))
        return Part(name=name, blocks=(heading, Words(text=_SAID), points, *([] if number else [long])))
    if number % 3 == 1:
        words = Words(label="Why", text="A part with a label.")
        return Part(name=name, blocks=(Together(blocks=(heading, Words(text=_SAID), _chart(title), words)),))
    return Part(name=name, blocks=(heading, _table(title), Words(text="Small print.", is_small=True)))


def _chart(title: str) -> Chart:
    periods = tuple(Period(start=date(2017, month, 1), months=1) for month in range(6, 6 + len(_NUMBERS)))
    line = Line(name="The council", numbers=tuple(zip(periods, _NUMBERS, strict=True)))
    drawn = Trend(periods=periods, lines=(line,), unit="percent", decimals=1)
    alt = "An example of a line chart, of no figures."
    native = of_trend(drawn, title=title, alt=alt)
    return Chart(title=title, alt=alt, native=native, drawn=trend(drawn, width=700, height=240), height=6)


def _table(title: str) -> Table:
    rows = tuple(
        (f"Measure {number}", Number(value=value, unit="percent"), status.capitalize())
        for number, (value, status) in enumerate(zip(_NUMBERS, ("red", "amber", "green", ""), strict=True), start=1)
    )
    long: tuple[str | Number, ...] = ("A measure of which much is said. " * _MANY, "", "")
    tags = ("red", "amber", "green", "", "")
    columns = (("Measure", 8.0), ("Figure", 4.0), ("Status", 4.0))
    return Table(description=title, columns=columns, rows=(*rows, long), tagged=2, tags=tags, name=title)
