"""An answer as typed, read as what it says: its numbers, the absence it is, the day it promises."""

from datetime import date
from decimal import Decimal

from performance.do.returns import ReturnLine
from performance.do.typed import Answer, Choice
from performance.ground.days import DayNotUnderstoodError, read_day
from performance.ground.entry import COUNTS, MARKS, NumberNotUnderstoodError, Problem, read_number
from performance.ground.figures import Figure
from performance.ground.measures import Measure
from performance.ground.periods import day_in_words
from performance.ground.texts import without_unseen
from performance.ground.values import Absence


def boxes_of(measure: Measure) -> tuple[str, ...]:
    """The boxes a figure of the measure is typed into."""
    if not measure.takes_counts:
        return ("value",)
    return ("numerator", "denominator") if measure.takes_denominator else ("numerator",)


def label_of(measure: Measure, box: str) -> str:
    """What a box of the form is called, on the form and in messages."""
    return {
        "numerator": measure.numerator_definition.rstrip(".") or "Number",
        "denominator": measure.denominator_definition.rstrip(".") or "Out of",
        "value": f"Figure, {unit_hint(measure)}",
    }[box]


def unit_hint(measure: Measure) -> str:
    """The unit as a label names it."""
    return {"percent": "%", "pounds": "£", "number": "number"}.get(measure.unit, measure.unit)


def in_sentence(title: str) -> str:
    """A measure's title in the middle of a sentence: "Sickness absence" loses its capital, "FOI requests" does not."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def read_numbers(line: ReturnLine, answer: Answer) -> tuple[dict[str, Decimal], list[Problem]]:
    measure = line.measure
    if answer.choice is Choice.NONE:
        return {} if absence_of(measure, answer) else {box: Decimal(0) for box in boxes_of(measure)}, []
    if answer.choice is Choice.SAME:
        return _repeated(line)
    if not answer.choice.takes_numbers:
        return {}, []
    numbers: dict[str, Decimal] = {}
    problems = []
    for box in boxes_of(measure):
        typed, label = getattr(answer, box), label_of(measure, box)
        name = measure.title if box == "value" else label.rstrip(".")
        try:
            if not typed.strip():
                raise NumberNotUnderstoodError(f"Enter {in_sentence(name)}, for {in_sentence(measure.title)}")
            numbers[box] = read_number(typed, label=name, unit=measure.unit if box == "value" else COUNTS)
        except NumberNotUnderstoodError as fault:
            problems.append(Problem(field=box, message=f"{fault}{instead_of(typed)}"))
    return numbers, problems


def instead_of(text: str) -> str:
    """What to answer in place of a mark that stands where there is no figure, after another sentence; else empty.

    n/a may be not applicable or not available, and a dash may be none: which of them it is, only the writer can say.
    """
    mark = without_unseen(text).strip().casefold()
    letter = mark.removeprefix("[").removesuffix("]")
    if letter == "c":
        return ". No answer hides a figure: enter the figure itself"
    if mark not in MARKS and letter not in {"x", "z"}:
        return ""
    reasons = [f'"{each.in_words}"' for each in (Choice.NOT_APPLICABLE, Choice.NOT_PUBLISHED, Choice.NONE)]
    return f". If there is no figure, choose {', '.join(reasons[:-1])} or {reasons[-1]}"


def _repeated(line: ReturnLine) -> tuple[dict[str, Decimal], list[Problem]]:
    """The numbers of the period before, once more."""
    before, title = line.before, in_sentence(line.measure.title)
    if before is None or not _has_numbers(before):
        said = f"There is no {line.period.previous.in_words} figure to repeat. Enter the {line.period.in_words} figure"
        return {}, [Problem(field=boxes_of(line.measure)[0], message=f"{said} for {title}")]
    kept = {"numerator": before.numerator, "denominator": before.denominator, "value": before.value}
    return {box: number for box, number in kept.items() if number is not None}, []


def read_promise(line: ReturnLine, answer: Answer) -> tuple[date | None, list[Problem]]:
    """The day a figure that is not yet available is promised for. What was stored without one may stay so."""
    if answer.choice is not Choice.NOT_PUBLISHED:
        return None, []
    stored, title = line.current, in_sentence(line.measure.title)
    if not answer.until.strip():
        if stored is not None and stored.absence is Absence.NOT_PUBLISHED and stored.expected_on is None:
            return None, []
        return None, [Problem(field="until", message=f"Enter the day {title} will be available, like 30/11/2017")]
    try:
        day = read_day(answer.until, label=f"The day {title} will be available")
    except DayNotUnderstoodError as fault:
        return None, [Problem(field="until", message=str(fault))]
    is_old = stored is not None and stored.expected_on == day
    if day <= line.today and not is_old:
        after = f"The day {title} will be available must be after {day_in_words(line.today)}"
        return None, [Problem(field="until", message=after)]
    return day, []


def absence_of(measure: Measure, answer: Answer) -> Absence | None:
    """The absence an answer is: none of a percentage that is entered as such is not applicable."""
    if answer.choice is Choice.NONE and measure.is_ratio and not measure.takes_counts:
        return Absence.NOT_APPLICABLE
    return {Choice.NOT_APPLICABLE: Absence.NOT_APPLICABLE, Choice.NOT_PUBLISHED: Absence.NOT_PUBLISHED}.get(
        answer.choice
    )


def _has_numbers(figure: Figure | None) -> bool:
    return figure is not None and figure.absence is None
