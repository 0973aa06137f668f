"""Which figure of a return a row names, by code or title; and why not, where it names none that can be changed."""

from collections.abc import Iterable

from performance.do.returns import Asked, MyReturn, ReturnLine
from performance.ground.incoming import nearest
from performance.ground.periods import day_in_words
from performance.ground.texts import without_unseen


class UnknownRowError(ValueError):
    """The row names no figure that can be entered in this return; the sentence says why."""


class OwnRows:
    """The figures of a return by whatever people call them."""

    def __init__(self, return_: MyReturn) -> None:
        self.return_ = return_
        self.open = {line.measure.code: line for line in return_.open_lines}
        self.codes = _by_name((line.measure.code, line) for line in return_.lines)
        self.titles = _by_name((line.measure.title, line) for line in return_.lines)
        self.seen: dict[str, int] = {}

    def names(self, text: str) -> bool:
        """Whether the text is a code or a title of this return, of a figure that can be entered or not."""
        return plain(text) in self.codes or plain(text) in self.titles

    def means(self, text: str) -> bool:
        """Whether the text is a code or a title misspelt, or the code of a measure that is not asked for yet."""
        return self._not_due(text) is not None or bool(self._like(text))

    def find(self, text: str, *, row: int) -> ReturnLine:
        """The line that the text names, for the first time. Raises UnknownRowError."""
        found = self.codes.get(plain(text)) or self.titles.get(plain(text))
        if not found:
            raise UnknownRowError(self._why_unknown(text))
        if len(found) > 1:
            codes = " and ".join(line.measure.code for line in found)
            raise UnknownRowError(f'"{_short(text)}" is the title of {codes}. Use the code.')
        line = found[0]
        code = line.measure.code
        if code not in self.open:
            why = line.locked_because or self.return_.locked_because
            raise UnknownRowError(f"{code} cannot be changed now. {why}".rstrip())
        first = self.seen.setdefault(code, row)
        if first != row:
            raise UnknownRowError(f"{code} stands in row {first} already. Keep one of the two rows")
        return line

    def _why_unknown(self, text: str) -> str:
        asked = self._not_due(text)
        if asked is not None:
            opens = day_in_words(asked.dates.opens_on)
            return f"{asked.measure.code} is not asked for yet. Its figure can be entered from {opens}"
        return f'Measure code "{_short(text)}" is not in this return.{self._like(text)}'

    def _not_due(self, text: str) -> Asked | None:
        return next((each for each in self.return_.not_due if plain(each.measure.code) == plain(text)), None)

    def _like(self, text: str) -> str:
        """A sentence with the code or title most like the text; empty where none is like it."""
        lines = self.return_.lines
        return nearest(text, [each.measure.code for each in lines]) or nearest(
            text, [each.measure.title for each in lines]
        )


def plain(text: str) -> str:
    """A code or title without what people write differently or nobody sees: letters' size, spaces, unseen marks."""
    return " ".join(without_unseen(text).split()).casefold()


def _by_name(pairs: Iterable[tuple[str, ReturnLine]]) -> dict[str, list[ReturnLine]]:
    found: dict[str, list[ReturnLine]] = {}
    for name, line in pairs:
        found.setdefault(plain(name), []).append(line)
    return found


def _short(text: str) -> str:
    tidy = " ".join(text.split())
    return tidy if len(tidy) <= 60 else f"{tidy[:60]}..."
