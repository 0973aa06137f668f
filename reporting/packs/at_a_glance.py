"""What a pack comes to, as one picture: how many are red, amber and green, what changed, and the worst reds.

**Decided.** Three tiles of counts come first. Then what changed since the edition before, what is red now first; and
then the worst reds that did not change. Nine tiles at most, as on every infographic.
"""

from collections.abc import Iterator

from performance.ground.reckoning.rag import Rag
from performance.report.frozen import FrozenLine
from performance.report.pack import Changed, Pack
from performance.review.infographic import ARROWS, MOST, Infographic, Tile, short_title, short_words
from reporting.papers import infographic

_COUNTED = (Rag.RED, Rag.AMBER, Rag.GREEN)  # the worst first
_LATELY = 12  # figures of the small line


def as_png(pack: Pack, *, council: str, place: str) -> bytes:
    """It says what it shows within its file. Raises renderer.NotDrawnError."""
    return infographic.as_png(page_of(pack, council=council, place=place))


def as_svg(pack: Pack, *, council: str, place: str) -> bytes:
    """Named and described for those who cannot see it. Raises renderer.NotDrawnError."""
    return infographic.as_svg(page_of(pack, council=council, place=place))


def page_of(pack: Pack, *, council: str, place: str) -> Infographic:
    """The page; `place` is the council for short."""
    counts = [_count(each, pack) for each in _COUNTED]
    chosen = list(_chosen(pack))[: MOST - len(counts)]
    return Infographic(
        title=f"{pack.title}: {place}",
        lead=" ".join(filter(None, (f"{pack.meeting}.", pack.counted, _moved(pack)))),
        tiles=(*counts, *chosen),
        foot=_foot(pack, council, len(chosen)),
    )


def _count(rag: Rag, pack: Pack) -> Tile:
    many = sum(line.rag is rag for line in pack.lines)
    turned = sum(each.now.rag is rag for each in pack.changed)
    return Tile(
        title=f"{rag.in_words} now",
        figure=str(many),
        period=f"of {len(pack.lines)} measure{'' if len(pack.lines) == 1 else 's'}",
        said=f"{turned or 'None'} turned {rag.in_words.lower()} since {pack.before.period.short}"
        if pack.before
        else "",
        status=rag,
    )


def _chosen(pack: Pack) -> Iterator[Tile]:
    for each in sorted(pack.changed, key=lambda changed: _COUNTED.index(changed.now.rag)):
        yield _changed(each)
    moved = {each.now.measure_code for each in pack.changed}
    for red in pack.story.reds:
        if red.line.measure_code not in moved:
            line = red.line
            yield _tile(line, f"{line.heading}; {line.held_against}", sign=ARROWS.get(line.short, ""))


def _changed(each: Changed) -> Tile:
    """Its icon is about the status, which may move against the figure where the target moved as well."""
    was = f"{each.was.rag.in_words} to {each.now.rag.in_words.lower()}"
    is_better = _COUNTED.index(each.now.rag) > _COUNTED.index(each.was.rag)
    said = f"{was}: {each.was.told} in {each.was.period.short}; {each.now.held_against}"
    return _tile(each.now, said, sign="better" if is_better else "worse")


def _tile(line: FrozenLine, said: str, *, sign: str) -> Tile:
    return Tile(
        title=short_title(line.title),
        figure=line.figure,
        period=", ".join(filter(None, (line.period.short, line.firmness))),
        said=short_words(said),
        status=line.rag,
        sign=sign,
        numbers=tuple(each.number for each in line.points[-_LATELY:]),
    )


def _moved(pack: Pack) -> str:
    if pack.before is None:
        return ""
    many = len(pack.changed)
    moved = "No status" if not many else f"{many} status{'' if many == 1 else 'es'}"
    return f"{moved} moved since {pack.before.period.in_words}."


def _foot(pack: Pack, council: str, shown: int) -> str:
    concerned = {each.now.measure_code for each in pack.changed} | {each.line.measure_code for each in pack.story.reds}
    rest = f"{shown} of the {len(concerned)} that changed or are red are shown" if shown < len(concerned) else ""
    made_up = "Some figures are illustrative" if any(line.is_illustrative for line in pack.lines) else ""
    draft = "Draft: this edition is not published" if pack.draft else ""
    return f"{'. '.join(filter(None, (council, pack.known, rest, made_up, draft)))}."
