"""The order a reader expects titles and names in: the one place where it is worked out.

A database orders by its own collation, and code points put every capital before every small letter and "Élan" after
"Zebra". Here capitals, accents and the shape of an apostrophe make no difference, unless nothing else does.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from performance.ground.measures import Measure

_CURLED = str.maketrans("’‘“”–—", "''\"\"--")


@lru_cache(maxsize=8192)
def as_read(text: str) -> tuple[str, str]:
    """What a title is ordered by; of two that differ in capitals or accents alone, the text itself decides."""
    parts = unicodedata.normalize("NFKD", text.translate(_CURLED))
    return "".join(each for each in parts if not unicodedata.combining(each)).casefold(), text


def by_title(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """Measures from A to Z as a reader expects, and by code where two have one title."""
    return tuple(sorted(measures, key=lambda measure: (as_read(measure.title), measure.code)))
