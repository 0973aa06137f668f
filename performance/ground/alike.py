"""Texts much like another: those that share its telling words. Good enough to offer, never to decide."""

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

# Words that say nothing of what a text is about.
_EMPTY = frozenset(
    ("a", "an", "and", "are", "as", "at", "by", "do", "does", "for", "from", "have", "how", "in", "is", "it", "many",
     "much", "of", "on", "or", "our", "per", "the", "to", "we", "what", "when", "where", "which", "who", "why", "with")
)  # fmt: skip
Found = TypeVar("Found")


def most_alike(
    text: str, others: Iterable[Found], words_of: Callable[[Found], str], *, most: int, least: int = 2
) -> list[Found]:
    """Those of the others that share the most telling words with the text: at least so many, or all it has.

    Equally alike ones keep their order.
    """
    words = _telling(text)
    enough = min(least, len(words)) or 1
    scored = [(len(words & _telling(words_of(each))), each) for each in others]
    found = [(shared, each) for shared, each in scored if shared >= enough]
    return [each for _, each in sorted(found, key=lambda pair: -pair[0])[:most]]


def shared_words(text: str, other: str) -> frozenset[str]:
    """The telling words that both have."""
    return _telling(text) & _telling(other)


def telling_words(text: str) -> tuple[str, ...]:
    """Its words and numbers in lower case and in their order, each once, without those that say nothing."""
    words = re.findall(r"[^\W_]+", text.casefold())
    return tuple(dict.fromkeys(word for word in words if word not in _EMPTY))


def _telling(text: str) -> frozenset[str]:
    """Its words in lower case, without endings of the plural and without those that say nothing."""
    words = re.findall(r"[a-z]+", text.casefold())
    return frozenset(word.removesuffix("s") for word in words if len(word) > 2) - _EMPTY
