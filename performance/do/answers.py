"""Answers to a return: what people typed, read, checked, and held against what is stored."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from performance.do.commentary_check import CommentaryAsked, asked_about, commentary_gaps
from performance.do.commentary_doubts import doubts
from performance.do.read_answer import absence_of, boxes_of, in_sentence, read_numbers, read_promise
from performance.do.returns import MyReturn, ReturnLine
from performance.do.typed import Answer, Choice
from performance.ground.commentary import LONGEST, Commentary, read_commentary
from performance.ground.entry import Problem, check_figure
from performance.ground.figures import Figure, FigureStatus
from performance.ground.measures import Measure
from performance.ground.periods import day_in_words
from performance.ground.reckoning.rag import Rag
from performance.ground.reckoning.unusual import Check, Question, questions
from performance.ground.texts import TextTooLongError, clean
from performance.ground.values import Absence


@dataclass(frozen=True, kw_only=True)
class CheckedLine:
    """An answer with what it comes to: a figure, or problems, or nothing because it can wait.

    Problems stand in the way of any saving; questions want a reason; gaps stand in the way of submitting.
    """

    line: ReturnLine
    answer: Answer
    figure: Figure | None = None
    problems: tuple[Problem, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def measure(self) -> Measure:
        return self.line.measure

    @property
    def is_left_out(self) -> bool:
        return self.figure is None and not self.problems

    @property
    def is_changed(self) -> bool:
        stored = self.line.current
        return self.figure is not None and (stored is None or not stored.same_content(self.figure))

    @property
    def is_conflict(self) -> bool:
        """Whether someone else has saved since the person looked, and saved something else."""
        return self.line.current is not None and self.answer.based_on != self.line.revision and self.is_changed

    @property
    def rating(self) -> Rag:
        return self.line.rating(self.figure)

    def next_revision(self, *, by: str, at: datetime) -> Figure | None:
        """The figure as it would be recorded now."""
        if self.figure is None:
            return None
        return replace(
            self.figure,
            revision=self.line.revision + 1,
            recorded_by=by,
            recorded_at=at,
            reopening_id=self.line.reopening_id,
        )

    @cached_property
    def asked(self) -> CommentaryAsked | None:
        """Which questions of the commentary are asked about the figure, and why; None where none is."""
        return None if self.figure is None else asked_about(self.line, self.figure)

    @property
    def wants_commentary(self) -> bool:
        return self.asked is not None

    @property
    def is_untold(self) -> bool:
        """Whether a commentary is wanted that is not written, or not whole."""
        return any(gap.field != "confirmed" for gap in self.gaps)

    @property
    def gaps(self) -> tuple[Problem, ...]:
        """What is still to be said before the figure can be submitted."""
        if self.figure is None:
            return ()
        said, name = self.answer.commentary, in_sentence(self.measure.title)
        is_told = not self.is_changed and bool(said.text)
        found = [] if is_told else commentary_gaps(self.line, self.asked, said, name=name)
        if self.questions and not said.confirmed.strip():
            found.append(Problem(field="confirmed", message=f"Enter why this is right, for {name}, or change it"))
        return (*found, *self.too_long)

    @property
    def too_long(self) -> tuple[Problem, ...]:
        """A commentary that would not be kept whole, unless it was kept so before."""
        said, stored = self.answer.commentary, self.line.current
        if said.length <= LONGEST or (stored is not None and _is_as_stored(said, stored)):
            return ()
        name = in_sentence(self.measure.title)
        message = f"Commentary on {name} must be {LONGEST} characters or less. You have {said.length:,}"
        return (Problem(field="what_happened", message=message),)


@dataclass(frozen=True, kw_only=True)
class CheckedReturn:
    """A whole form, checked against what is stored at this moment."""

    return_: MyReturn
    lines: tuple[CheckedLine, ...]

    @property
    def problems(self) -> tuple[tuple[CheckedLine, Problem], ...]:
        return tuple((line, problem) for line in self.lines for problem in line.problems)

    @property
    def gaps(self) -> tuple[tuple[CheckedLine, Problem], ...]:
        return tuple((line, gap) for line in self.lines for gap in line.gaps)

    @property
    def conflicts(self) -> tuple[CheckedLine, ...]:
        return tuple(line for line in self.lines if line.is_conflict)

    @property
    def to_submit(self) -> tuple[CheckedLine, ...]:
        return tuple(line for line in self.lines if line.figure is not None)

    @property
    def left_out(self) -> tuple[CheckedLine, ...]:
        return tuple(line for line in self.lines if line.is_left_out)

    @property
    def exceptions(self) -> tuple[CheckedLine, ...]:
        """What to look at first: red, unusual, or asked about by whoever signs off."""
        asked = self.return_.questions
        return tuple(
            line for line in self.to_submit if line.wants_commentary or line.questions or line.measure.code in asked
        )

    @property
    def rest(self) -> tuple[CheckedLine, ...]:
        return tuple(line for line in self.to_submit if line not in self.exceptions)


def stored_answer(line: ReturnLine) -> Answer:
    """The answer that would give the stored figure again: what a form starts with."""
    stored = line.current
    if stored is None:
        return Answer(measure_code=line.measure.code)
    return Answer(
        measure_code=line.measure.code,
        choice=_choice(stored),
        numerator=_as_typed(stored.numerator),
        denominator=_as_typed(stored.denominator),
        value=_as_typed(stored.value),
        until="" if stored.expected_on is None else day_in_words(stored.expected_on),
        commentary=read_commentary(stored.commentary),
        based_on=stored.revision,
    )


def check(return_: MyReturn, answers: Iterable[Answer]) -> CheckedReturn:
    """Read and check what was typed; nothing is changed. A line without an answer counts as left blank."""
    typed = {answer.measure_code: answer for answer in answers}
    lines = [
        check_line(line, typed.get(line.measure.code, Answer(measure_code=line.measure.code)))
        for line in return_.open_lines
    ]
    return CheckedReturn(return_=return_, lines=tuple(lines))


def check_line(line: ReturnLine, answer: Answer) -> CheckedLine:
    if answer.is_blank:
        missing = _missing(line)
        return CheckedLine(line=line, answer=answer, problems=() if missing is None else (missing,))
    numbers, problems = read_numbers(line, answer)
    expected_on, promised = read_promise(line, answer)
    problems += promised
    if not problems:
        problems = check_figure(
            line.measure,
            numerator=numbers.get("numerator"),
            denominator=numbers.get("denominator"),
            value=numbers.get("value"),
            absence=absence_of(line.measure, answer),
        )
    if problems:
        return CheckedLine(line=line, answer=answer, problems=tuple(problems))
    figure = Figure(
        measure_code=line.measure.code,
        area_code=line.area_code,
        period=line.period,
        numerator=numbers.get("numerator"),
        denominator=numbers.get("denominator"),
        value=numbers.get("value"),
        absence=absence_of(line.measure, answer),
        expected_on=expected_on,
        status=FigureStatus.ESTIMATED if answer.choice is Choice.ESTIMATE else _firmness(line, numbers),
        commentary=_commentary(line, answer),
    )
    asked = _questions(line, answer, figure)
    confirmed = tuple(each.check.value for each in asked) if answer.commentary.confirmed.strip() else ()
    figure = replace(figure, confirmed_checks=confirmed)
    return CheckedLine(line=line, answer=answer, figure=figure, questions=asked)


def _questions(line: ReturnLine, answer: Answer, figure: Figure) -> tuple[Question, ...]:
    """What is unusual about the figure, or about what is said of it. Who chose "same as last month" has said so."""
    found = questions(
        line.measure,
        figure,
        line.series.figures,
        limits=line.check_limits,
        ward_total=line.ward_total,
        without={Check.UNCHANGED} if answer.choice is Choice.SAME else set(),
    )
    return (*found, *doubts(line, figure, answer.commentary, said_of=answer.said_of))


def _missing(line: ReturnLine) -> Problem | None:
    """A blank line is a problem once its day has come, or where a figure was there before."""
    if line.current is None and line.today < line.asked.dates.on_time_by:
        return None
    title = in_sentence(line.measure.title)
    return Problem(field=boxes_of(line.measure)[0], message=f"Enter the {line.period.in_words} figure for {title}")


def _firmness(line: ReturnLine, numbers: dict[str, Decimal]) -> FigureStatus:
    """A provisional figure sent again unchanged stays provisional; a new number is final."""
    stored = line.current
    if stored is None or stored.status is not FigureStatus.PROVISIONAL:
        return FigureStatus.FINAL
    same = all(getattr(stored, box) == numbers.get(box) for box in ("numerator", "denominator", "value"))
    return FigureStatus.PROVISIONAL if same else FigureStatus.FINAL


def _commentary(line: ReturnLine, answer: Answer) -> str:
    """The commentary to keep: an imported one, left as it was, keeps its own wording. Too long, none: it is a gap."""
    stored = line.current
    if stored is not None and _is_as_stored(answer.commentary, stored):
        return stored.commentary
    try:
        return clean(answer.commentary.text)
    except TextTooLongError:
        return ""


def _choice(stored: Figure) -> Choice:
    if stored.absence is not None:
        absences = {Absence.NOT_APPLICABLE: Choice.NOT_APPLICABLE, Absence.NOT_PUBLISHED: Choice.NOT_PUBLISHED}
        return absences.get(stored.absence, Choice.FIGURE)
    return Choice.ESTIMATE if stored.status is FigureStatus.ESTIMATED else Choice.FIGURE


def _as_typed(number: Decimal | None) -> str:
    return "" if number is None else f"{number:,f}"


def _is_as_stored(said: Commentary, stored: Figure) -> bool:
    """Whether it says what is stored, however its dates are typed."""
    return said.as_written == read_commentary(stored.commentary).as_written
