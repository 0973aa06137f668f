"""The pack of a committee as a paper, for Word or PDF: its figures and charts are what is frozen."""

from collections.abc import Iterator

from performance.report.frozen import FrozenLine
from performance.report.pack import Pack
from performance.report.templates import CABINET_PACK
from performance.report.words import Place, Red
from reporting.packs.charts import on_a_page
from reporting.writers import paged, slides, word
from reporting.writers.blocks import Block, Chart, Heading, Paper, Part, Points, Table, Together, Words

_AMBER = (("Measure", 4.6), ("Figure", 3.4), ("Target", 2.2), ("Expected for the year", 5.8))
_FINANCE = (
    ("Measure", 4.4), ("Target", 2.6), ("Figure", 3.4), ("Status", 1.8), ("Expected for the year", 4.2),
)  # fmt: skip
_RISKS = (("Risk", 4.6), ("Score", 3.6), ("Kept by", 2.8), ("What is done about it", 5.4))
_EVERY = (("Measure", 5.0), ("Target", 2.2), ("Figure", 2.3), ("Period", 2.2), ("Status", 2.0), ("Direction", 2.3))


def as_word(pack: Pack, *, council: str, place: str, template: bytes | None = None) -> bytes:
    """The pack for Word. `council` is its name in full, `place` what charts call it, `template` what was restyled."""
    return word.write(paper(pack, council=council, place=place), template)


def as_slides(pack: Pack, *, council: str, place: str, template: bytes | None = None) -> bytes:
    """The same in short, for PowerPoint: without the full table and the methods, which no slide has room for."""
    return slides.write(paper(pack, council=council, place=place), template)


def as_pdf(pack: Pack, *, council: str, place: str) -> bytes:
    """The same pages as a PDF. Raises renderer.NotDrawnError."""
    return paged.write(paper(pack, council=council, place=place))


def told_of(pack: Pack, council: str) -> dict[str, str]:
    """What a template of it may ask for."""
    return _paper_of(pack, council=council, parts=()).asked


def paper(pack: Pack, *, council: str, place: str) -> Paper:
    """Summary, what changed, each red on half a page, the ambers, finance and risk, corrections, every measure, and how
    they are measured."""
    parts = (
        Part(name="summary", blocks=tuple(_summary(pack))),
        Part(name="changed", blocks=tuple(_changed(pack))),
        Part(name="reds", blocks=tuple(_reds(pack, place))),
        Part(name="ambers", blocks=tuple(_ambers(pack))),
        Part(name="finance", blocks=tuple(_finance(pack))),
        Part(name="targets", blocks=tuple(_targets(pack))),
        Part(name="corrections", blocks=tuple(_restated(pack))),
        Part(name="measures", blocks=tuple(_every_measure(pack))),
        Part(name="methods", blocks=tuple(_methods(pack))),
    )
    return _paper_of(pack, council=council, parts=parts)


def _paper_of(pack: Pack, *, council: str, parts: tuple[Part, ...]) -> Paper:
    """The title of the pack, over some of its parts."""
    return Paper(
        kind=CABINET_PACK,
        title=pack.title,
        caption=f"{council}. {pack.meeting}. {pack.known}.",
        subject=pack.edition.title,
        author=council,
        parts=parts,
        draft=pack.draft,
        told={"meeting": pack.meeting, "known": pack.known},
    )


def _summary(pack: Pack) -> Iterator[Block]:
    yield Heading(words=Place.SUMMARY.in_words, level=2)
    yield Words(text=pack.story.words[Place.SUMMARY])
    yield Words(text=pack.counted)
    reds = [each.line for each in pack.story.reds]
    yield Points(texts=tuple(f"{red.title}: {red.told}, {red.held_against}. {red.heading}." for red in reds))


def _changed(pack: Pack) -> Iterator[Block]:
    if pack.before is None:
        return
    yield Heading(words=f"What changed since {pack.before.period.in_words}", level=2)
    if not pack.changed:
        yield Words(text="No status moved.")
    yield Points(texts=tuple(f"{each.now.title}. {each.in_words}." for each in pack.changed))


def _reds(pack: Pack, place: str) -> Iterator[Block]:
    if pack.story.reds:
        yield Heading(words="Red measures, the worst first", level=2, on_a_new_page=True)
    for red in pack.story.reds:
        yield _red(red, place)


def _red(red: Red, place: str) -> Together:
    """Half a page, kept together: what it is, its chart, and its parts."""
    line = red.line
    said = f"Red: {line.told} in {line.period.in_words}, {line.held_against}. {line.polarity.in_words}. {line.bands}"
    chart: Chart | None = on_a_page(line, place=place)
    return Together(
        blocks=(
            Heading(words=line.title, level=3),
            Words(text=said),
            *([chart] if chart else []),
            *(Words(text=words, label=label) for label, words in red.parts),
        )
    )


def _ambers(pack: Pack) -> Iterator[Block]:
    if not pack.ambers:
        return
    yield from _written(pack, Place.WATCH, always=True)
    rows = tuple(
        (each.title, f"{each.told}, {each.period.short}", each.target_in_words,
         each.outlook.in_words if each.outlook else "Not forecast")
        for each in pack.ambers
    )  # fmt: skip
    yield Table(description="Amber measures, the worst first", columns=_AMBER, rows=rows)


def _finance(pack: Pack) -> Iterator[Block]:
    """What was written, what is measured in money, and the risks that stood highest."""
    if not (pack.story.words[Place.FINANCE] or pack.finance or pack.beside.risks):
        return
    yield from _written(pack, Place.FINANCE, always=True)
    if pack.finance:
        rows = tuple(
            (each.title, each.target_in_words, f"{each.told}, {each.period.short}", each.rag.in_words,
             each.outlook.in_words if each.outlook else "Not forecast")
            for each in pack.finance
        )  # fmt: skip
        tags = tuple(each.rag.value for each in pack.finance)
        yield Table(description="Measures of finance", columns=_FINANCE, rows=rows, tagged=3, tags=tags)
    if pack.beside.risks:
        risks = tuple(
            (f"{each.title} ({each.code})", each.in_words, each.owner_role, each.mitigation)
            for each in pack.beside.risks
        )
        yield Table(description="The highest risks", columns=_RISKS, rows=risks)


def _targets(pack: Pack) -> Iterator[Block]:
    if pack.beside.targets:
        yield Heading(words="Targets that were set anew", level=2)
        yield Points(texts=tuple(f"{each.title}: {each.in_words}" for each in pack.beside.targets))


def _restated(pack: Pack) -> Iterator[Block]:
    if not pack.restated or pack.before is None:
        return
    yield Heading(words=f"Corrections to what was published for {pack.before.period.in_words}", level=2)
    yield Points(
        texts=tuple(f"{each.was.title}, {each.was.period.in_words}. {each.in_words}" for each in pack.restated)
    )


def _every_measure(pack: Pack) -> Iterator[Block]:
    yield Heading(words="Every measure", level=2)
    rows = tuple(
        (each.title, each.target_in_words, each.told, each.period.short, each.rag.in_words, each.short.in_words)
        for each in pack.lines
    )
    description, tags = f"Every measure of {pack.edition.title}", tuple(each.rag.value for each in pack.lines)
    yield Table(description=description, columns=_EVERY, rows=rows, tagged=4, tags=tags)


def _methods(pack: Pack) -> Iterator[Block]:
    yield Heading(words="How it is measured", level=2)
    for each in pack.lines:
        yield Words(label=_named(each), text=each.method, is_small=True)


def _named(line: FrozenLine) -> str:
    return f"{line.title} ({line.measure_code})"


def _written(pack: Pack, place: Place, *, always: bool = False) -> Iterator[Block]:
    words = pack.story.words[place]
    if words or always:
        yield Heading(words=place.in_words, level=2)
        yield Words(text=words)
