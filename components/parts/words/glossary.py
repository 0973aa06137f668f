"""The glossary, read from words.txt: `## Word`, or words for one thing with commas between, and its sentence."""

from functools import cache
from pathlib import Path


@cache
def sentences() -> dict[str, str]:
    """The sentence of each heading, by the alphabet, as a glossary is looked through."""
    text = Path(__file__).with_name("words.txt").read_text(encoding="utf-8")
    found = dict(part.strip().split("\n", 1) for part in text.split("## ")[1:])
    return dict(sorted(found.items(), key=lambda each: each[0].casefold()))


@cache
def _by_word() -> dict[str, str]:
    return {word.casefold(): sentence for heading, sentence in sentences().items() for word in heading.split(", ")}


def meaning(word: str) -> str:
    """The sentence of one word, as a page writes it. Raises KeyError for one that the glossary does not have."""
    return _by_word()[word.casefold()]
