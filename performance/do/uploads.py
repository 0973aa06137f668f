"""What a person pastes or uploads into their return: each row as it was read, held against what is here."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from performance.do.answers import CheckedLine, check_line
from performance.do.returns import ReturnLine
from performance.do.typed import Answer
from performance.ground.commentary import Commentary
from performance.ground.incoming import RowProblem
from performance.ground.periods import Period


class Standing(StrEnum):
    """What a row would do to the return."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    PROBLEM = "problem"

    @property
    def in_words(self) -> str:
        return {"new": "New", "changed": "Changed", "same": "The same", "problem": "Problem"}[self.value]


@dataclass(frozen=True, kw_only=True)
class TypedRow:
    """A row that names a figure of the return: what stands in it, as typed.

    `has_commentary` tells an empty commentary from one that was never asked for: only what is there is replaced.
    """

    row: int
    line: ReturnLine
    answer: Answer
    has_commentary: bool = False


@dataclass(frozen=True, kw_only=True)
class TypedRead:
    """A block or a sheet as read: the rows that name a figure, what is wrong, and how many rows said nothing."""

    rows: tuple[TypedRow, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    empty_rows: int = 0


@dataclass(frozen=True, kw_only=True)
class DiffRow:
    """A row beside what is here now. `said` is what is wrong with it, or what will be asked about it."""

    row: int
    code: str
    title: str
    period: str
    typed: str
    before: str
    after: str
    standing: Standing
    said: str = ""
    answer: Answer | None = None


@dataclass(frozen=True, kw_only=True)
class ReturnDiff:
    """What a block or a workbook would put into a return; nothing has been written."""

    unit_code: str
    period: Period
    rows: tuple[DiffRow, ...]
    empty_rows: int = 0

    def of(self, standing: Standing) -> tuple[DiffRow, ...]:
        return tuple(row for row in self.rows if row.standing is standing)

    @property
    def to_put(self) -> tuple[DiffRow, ...]:
        return (*self.of(Standing.NEW), *self.of(Standing.CHANGED))

    @property
    def fingerprint(self) -> str:
        """Tells what was shown to a person from what they would be shown now."""
        return hashlib.sha256(repr((self.unit_code, self.period.iso, self.rows)).encode()).hexdigest()

    @property
    def in_words(self) -> str:
        """12 rows read: 9 new, 1 changed, 1 the same, 1 with a problem."""
        counts = Counter(row.standing for row in self.rows)
        words = {"new": "new", "changed": "changed", "same": "the same", "problem": "with a problem"}
        said = [f"{counts[each]:,} {words[each]}" for each in Standing if counts[each]]
        if self.empty_rows:
            said.append(f"{self.empty_rows:,} without a figure")
        rows = len(self.rows) + self.empty_rows
        return f"{rows:,} row{'' if rows == 1 else 's'} read: {', '.join(said) or 'nothing'}."


def compare(
    unit_code: str, period: Period, read: TypedRead, current: Iterable[tuple[ReturnLine, Answer]]
) -> ReturnDiff:
    """Each row beside what the return holds now; `current` is every open line with the answer that stands there."""
    here = {line.measure.code: check_line(line, answer) for line, answer in current}
    rows = [_diff(row, here[row.line.measure.code]) for row in read.rows]
    refused = [
        DiffRow(row=each.row, code="", title="", period="", typed="", before="", after="", standing=Standing.PROBLEM,
                said=each.message)
        for each in read.problems
    ]  # fmt: skip
    return ReturnDiff(
        unit_code=unit_code,
        period=period,
        rows=tuple(sorted([*rows, *refused], key=lambda each: each.row)),
        empty_rows=read.empty_rows,
    )


def _diff(row: TypedRow, here: CheckedLine) -> DiffRow:
    line, answer = row.line, _merged(row, here.answer)
    checked = check_line(line, answer)
    standing, said = _standing(checked, here)
    return DiffRow(
        row=row.row,
        code=line.measure.code,
        title=line.measure.title,
        period=line.period.in_words,
        typed=typed_in_words(answer),
        before=_stands(here),
        after=_stands(checked) if checked.figure else "",
        standing=standing,
        said=said,
        answer=answer,
    )


def _merged(row: TypedRow, here: Answer) -> Answer:
    """The row's answer on top of what is here: it keeps the commentary where the row brings none."""
    commentary: Commentary = row.answer.commentary if row.has_commentary else here.commentary
    return replace(row.answer, commentary=commentary, based_on=row.line.revision).over(here)


def _standing(checked: CheckedLine, here: CheckedLine) -> tuple[Standing, str]:
    if checked.problems:
        return Standing.PROBLEM, " ".join(f"{problem.message}." for problem in checked.problems)
    asked = " ".join(question.message for question in checked.questions)
    if here.figure is None and here.answer.is_blank:
        return Standing.NEW, asked
    if here.figure is not None and checked.figure is not None and here.figure.same_content(checked.figure):
        return Standing.SAME, ""
    return Standing.CHANGED, asked


def _stands(checked: CheckedLine) -> str:
    """A figure as printed; what cannot be read yet as it was typed; empty where nothing is there."""
    if checked.figure is not None:
        return checked.line.in_words(checked.figure)
    return "" if checked.answer.is_blank else typed_in_words(checked.answer)


def typed_in_words(answer: Answer) -> str:
    """What was typed, as typed: 412 of 438; or the kind of answer where it takes no numbers."""
    if not answer.choice.takes_numbers:
        return f"{answer.choice.in_words} until {answer.until}" if answer.until else answer.choice.in_words
    boxes = [text for text in (answer.numerator, answer.denominator) if text.strip()]
    return " of ".join(boxes) or answer.value
