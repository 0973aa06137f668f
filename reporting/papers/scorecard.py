"""A scorecard as a paper, for Word or PDF: what it comes to, its reds, what has really changed, and every measure."""

from collections.abc import Iterator

from performance.ground.reckoning.rag import Rag, target_in_words
from performance.ground.reckoning.spc import PointType
from performance.report.templates import BRIEF, Kind, card_kind
from performance.review.brief import Brief, brief
from performance.review.told import Told, ToldCard, worst_first
from reporting.words.sentences import real_changes_in_a_sentence, scorecard_in_a_sentence
from reporting.writers import paged, slides, word
from reporting.writers.blocks import Block, Heading, Paper, Part, Points, Table, Words

_COLUMNS = (
    ("Measure", 4.4), ("Target", 2.0), ("Latest", 2.4), ("Status", 1.8), ("Direction", 2.2), ("Year to date", 2.0),
    ("At year end", 2.4),
)  # fmt: skip
_STATUS = 3


def as_word(card: ToldCard, *, council: str, known: str, template: bytes | None = None) -> bytes:
    """`council` is its name in full, `known` when its figures were, `template` one that was restyled."""
    return word.write(paper(card, council=council, known=known), template)


def as_slides(card: ToldCard, *, council: str, known: str, template: bytes | None = None) -> bytes:
    """The same for PowerPoint, without how it is measured."""
    return slides.write(paper(card, council=council, known=known), template)


def as_pdf(card: ToldCard, *, council: str, known: str) -> bytes:
    """Tagged for screen readers. Raises renderer.NotDrawnError."""
    return paged.write(paper(card, council=council, known=known))


def in_two_minutes(card: ToldCard) -> Brief:
    """The brief of the scorecard."""
    return brief(card, opening_of(card))


def brief_as_text(card: ToldCard, *, council: str, known: str) -> bytes:
    """A plain page, which says whose it is and when it was known."""
    return f"{in_two_minutes(card).text}\n{council}. {known}.\n".encode()


def brief_as_word(card: ToldCard, *, council: str, known: str, template: bytes | None = None) -> bytes:
    return word.write(_brief(card, council=council, known=known), template)


def brief_as_pdf(card: ToldCard, *, council: str, known: str) -> bytes:
    """Raises renderer.NotDrawnError."""
    return paged.write(_brief(card, council=council, known=known))


def paper(card: ToldCard, *, council: str, known: str) -> Paper:
    """The scorecard in the order of its lines, with what matters before it."""
    parts = (
        Part(name="summary", blocks=tuple(_summary(card))),
        Part(name="reds", blocks=tuple(_reds(card))),
        Part(name="changes", blocks=tuple(_better(card))),
        Part(name="measures", blocks=tuple(_every(card))),
        Part(name="methods", blocks=tuple(_methods(card))),
    )
    return _as_paper(
        card_kind(is_of_a_service=card.is_of_a_service), card, card.title, parts, council=council, known=known
    )


def _brief(card: ToldCard, *, council: str, known: str) -> Paper:
    said = in_two_minutes(card)
    blocks: list[Block] = [Words(text=said.opening)]
    for heading, sentences in said.parts:
        blocks += [Heading(words=heading, level=2), Points(texts=sentences)]
    parts = (Part(name="brief", blocks=tuple(blocks)),)
    return _as_paper(BRIEF, card, said.title, parts, council=council, known=known)


def _as_paper(kind: Kind, card: ToldCard, title: str, parts: tuple[Part, ...], *, council: str, known: str) -> Paper:
    return Paper(
        kind=kind, title=title, caption=f"{council}. {known}.", subject=card.title, author=council, parts=parts
    )


def opening_of(card: ToldCard) -> str:
    """What the whole of it comes to, in a sentence."""
    return scorecard_in_a_sentence([each.line for each in card.lines], card.opening)


def _summary(card: ToldCard) -> Iterator[Block]:
    yield Words(text=opening_of(card))
    yield Words(text=card.counted)
    if said := real_changes_in_a_sentence([(each.line, each.kind) for each in card.lines if each.kind]):
        yield Words(text=said)


def _reds(card: ToldCard) -> Iterator[Block]:
    reds = worst_first([each for each in card.lines if each.line.rag is Rag.RED])
    if reds:
        yield Heading(words="Red, the worst first", level=2)
        yield Points(texts=tuple(map(_told, reds)))


def _better(card: ToldCard) -> Iterator[Block]:
    """Real changes that are not among the reds."""
    for heading, kind in (
        ("Real changes for the worse, not red", PointType.CONCERN),
        ("Real changes for the better", PointType.IMPROVEMENT),
    ):
        found = [each for each in card.lines if each.kind is kind and each.line.rag is not Rag.RED]
        if found:
            yield Heading(words=heading, level=2)
            yield Points(texts=tuple(map(_told, found)))


def _told(each: Told) -> str:
    line = each.line
    moved = line.travel.in_words(each.measure)
    return f"{each.measure.title}: {each.figure}{line.against_target}. {moved}; {each.change}."


def _every(card: ToldCard) -> Iterator[Block]:
    yield Heading(words="Every measure", level=2)
    yield Table(
        description=f"Every measure of {card.title}",
        columns=_COLUMNS,
        rows=tuple(map(_row, card.lines)),
        tagged=_STATUS,
        tags=tuple(each.line.rag.value for each in card.lines),
    )


def _row(each: Told) -> tuple[str, ...]:
    line, measure = each.line, each.measure
    return (
        measure.title,
        target_in_words(measure, line.target) if line.target else "No target",
        f"{each.figure}, {line.period.short}",
        line.rag.in_words,
        line.short.in_words,
        measure.print_value(line.year_to_date_value),
        each.year_end or "–",
    )


def _methods(card: ToldCard) -> Iterator[Block]:
    yield Heading(words="How it is measured", level=2)
    for each in card.lines:
        measure = each.measure
        source = f"Source: {measure.source.rstrip('.')}." if measure.source else ""
        made_up = "Illustrative figures." if measure.illustrative else ""
        said = (
            measure.definition,
            f"{measure.polarity.in_words}.",
            source,
            each.compared and f"{each.compared}.",
            made_up,
        )
        yield Words(label=f"{measure.title} ({measure.code})", text=" ".join(filter(None, said)), is_small=True)
