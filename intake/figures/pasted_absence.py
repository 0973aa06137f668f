"""An answer of a pasted row that is no figure: what may stand beside it, and the day it promises."""

import re
from collections.abc import Sequence

from intake.figures.own_rows import UnknownRowError
from performance.do.read_answer import absence_of
from performance.do.return_columns import choice_in
from performance.do.typed import Answer, Choice
from performance.ground.days import DayNotUnderstoodError, read_day
from performance.ground.entry import NumberNotUnderstoodError, read_number
from performance.ground.measures import Measure

_UNTIL = re.compile(r"(?:available )?(?:until|from|on|by)\b:? *", re.IGNORECASE)
_WITH_DAY = re.compile(r"(not yet available)[,;:]?\s+\(?(.+?)\)?", re.IGNORECASE)


def is_day(text: str) -> bool:
    """Whether the text is a day as people write it."""
    try:
        read_day(text)
    except DayNotUnderstoodError:
        return False
    return True


def parted(cells: Sequence[str]) -> list[str]:
    """The cells, with "Not yet available until 5 December 2017" as the two that it says in one."""
    found: list[str] = []
    for cell in cells:
        match = _WITH_DAY.fullmatch(cell)
        found += [match[1], match[2]] if match and is_day(until_alone(match[2])) else [cell]
    return found


def promised(cells: Sequence[str]) -> str | None:
    """The last cell that is a day, "until 5 December 2017" too; None where there is none. A period stands before it."""
    return next((cell for cell in reversed(cells) if is_day(until_alone(cell))), None)


def until_alone(text: str) -> str:
    """The day without the word before it."""
    return _UNTIL.sub("", text, count=1) if _UNTIL.match(text) else text


def demand_alone(measure: Measure, choice: Choice, beside: Sequence[str]) -> None:
    """Raises UnknownRowError where something stands beside an answer that is no figure: one of the two is meant.

    Nought beside "None this month" says the same, where none is nought.
    """
    strays = [cell for cell in beside if cell and not _agrees(measure, choice, cell)]
    if not strays:
        return
    said = f'The row has "{strays[0][:60]}" beside "{choice.in_words}". '
    if choice is Choice.NOT_PUBLISHED and not _is_number(strays[0]) and choice_in(strays[0]) is None:
        raise UnknownRowError(f"{said}Write the day it will be available like 30/11/2017")
    raise UnknownRowError(f"{said}Keep one of the two")


def _agrees(measure: Measure, choice: Choice, cell: str) -> bool:
    is_nought = choice is Choice.NONE and not absence_of(measure, Answer(measure_code=measure.code, choice=choice))
    return is_nought and _is_number(cell) and not read_number(cell)


def _is_number(cell: str) -> bool:
    try:
        read_number(cell)
    except NumberNotUnderstoodError:
        return False
    return True
