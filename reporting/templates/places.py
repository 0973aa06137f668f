"""The places of a template in the XML of an office file: read, and filled without touching how they look."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from performance.report.templates import fillings

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def runs_of(paragraph: Any, text: str) -> list[Any]:
    """The elements named `text` that hold the words of the paragraph itself: not of a box that is anchored in it."""
    kind = paragraph.tag
    return [each for each in paragraph.iter(text) if next(each.iterancestors(kind)) is paragraph]


def words_of(runs: Sequence[Any]) -> str:
    return "".join(each.text or "" for each in runs)


def fill(runs: Sequence[Any], told: Mapping[str, str]) -> None:
    """Each place that is told, in the looks of its first sign: a program may have cut a place into several runs."""
    for start, end, said in fillings(words_of(runs), told):
        at, is_first = 0, True
        for run in runs:
            text = run.text or ""
            low, high = max(start - at, 0), min(end - at, len(text))
            at += len(text)
            if low < high:
                run.text = text[:low] + (said if is_first else "") + text[high:]
                if run.tag.startswith(_WORD):  # on slides spaces are kept as they are
                    run.set(_SPACE, "preserve")
                is_first = False


def paragraphs_of(root: Any, paragraph: str, text: str) -> Iterator[tuple[Any, list[Any]]]:
    """Every paragraph under the root, those in tables and boxes included, with its runs."""
    for each in root.iter(paragraph):
        yield each, runs_of(each, text)
