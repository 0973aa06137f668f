"""The columns of the workbook of a return, once for whoever writes it and whoever reads it."""

from collections.abc import Mapping
from dataclasses import dataclass

from performance.do.read_answer import boxes_of
from performance.do.returns import MyReturn, ReturnLine
from performance.do.typed import Answer, Choice
from performance.ground.measures import Measure

SHEET, NOTES, REFERENCE = "figures", "notes", "Return"
PROBLEMS = "Problems"


@dataclass(frozen=True, kw_only=True)
class ReturnColumn:
    """A column: its heading, what it is called inside, and what the note on it says. What is asked for is open."""

    heading: str
    name: str
    note: str
    width: int = 14
    is_open: bool = True
    is_number: bool = False


COLUMNS = (
    ReturnColumn(heading="Code", name="code", note="The measure's code. It tells the app which figure this row is for.",
                 width=12, is_open=False),
    ReturnColumn(heading="Measure", name="measure", note="What is measured.", width=40, is_open=False),
    ReturnColumn(heading="Period", name="period", note="The period the figure is for.", width=16, is_open=False),
    ReturnColumn(heading="Unit", name="unit", note="What the figure is counted in.", is_open=False),
    ReturnColumn(heading="Target", name="target", note="The target for this period.", is_open=False),
    ReturnColumn(heading="Last period", name="last_period", note="The figure of the period before.", width=22,
                 is_open=False),
    ReturnColumn(heading="Answer", name="answer", note="What kind of answer this is. Leave it at A figure for most.",
                 width=20),
    ReturnColumn(heading="Numerator", name="numerator", note="The count. Grey where the measure takes a value.",
                 is_number=True),
    ReturnColumn(heading="Denominator", name="denominator", note="Out of how many. Grey where there is none.",
                 is_number=True),
    ReturnColumn(heading="Value", name="value", note="The figure itself. Grey where the measure takes counts.",
                 is_number=True),
    ReturnColumn(heading="Until", name="until", note="Only for Not yet available: the day the figure will be there.",
                 width=16),
    ReturnColumn(heading="What happened", name="what_happened", note="Commentary: what happened?", width=36),
    ReturnColumn(heading="Why", name="why", note="Commentary: why?", width=36),
    ReturnColumn(heading="What will you do", name="what_next", note="Commentary: the action.", width=36),
    ReturnColumn(heading="Who", name="who", note="Commentary: the role that does it, not a name.", width=22),
    ReturnColumn(heading="By when", name="by_when", note="Commentary: the day the action is due.", width=16),
    ReturnColumn(heading="Back on track", name="back_on_track", note="Commentary: when will it be on target again?",
                 width=16),
    ReturnColumn(heading="This is right because", name="confirmed", width=36,
                 note="Only for an unusual figure: why it is right."),
)  # fmt: skip
OPEN = tuple(column.name for column in COLUMNS if column.is_open)
COMMENTARY = ("what_happened", "why", "what_next", "who", "by_when", "back_on_track", "confirmed")
# As published tables write them in brackets, and files of figures without. c, hidden, is no answer of a return.
_LETTERS = {"z": Choice.NOT_APPLICABLE, "x": Choice.NOT_PUBLISHED, "e": Choice.ESTIMATE}
NEEDED = ("Code", "Answer", "Numerator", "Denominator", "Value")


def row_of(line: ReturnLine, answer: Answer) -> dict[str, str]:
    """A line of the return as a row of the workbook, with the answer that stands there now."""
    measure = line.measure
    facts = {
        "code": measure.code,
        "measure": measure.title,
        "period": line.period.in_words,
        "unit": measure.unit,
        "target": line.target_in_words,
        "last_period": line.in_words(line.before),
        "answer": answer.choice.in_words,
    }
    boxes = {box: getattr(answer, box) for box in ("numerator", "denominator", "value", "until")}
    return facts | boxes | {name: getattr(answer.commentary, name) for name in COMMENTARY}


def open_boxes(measure: Measure) -> frozenset[str]:
    """The number columns that a measure uses."""
    return frozenset(boxes_of(measure))


def offered() -> list[str]:
    """The kinds of answer there are, as the drop-down lists them."""
    return [choice.in_words for choice in Choice]


def choice_in(text: str) -> Choice | None:
    """The kind of answer a text names, in words or by the letter of published tables; None where it names none."""
    plain = " ".join(text.split()).casefold()
    if letter := _LETTERS.get(plain.removeprefix("[").removesuffix("]")):
        return letter
    return next((each for each in Choice if plain in {each.in_words.casefold(), each.value.replace("_", " ")}), None)


def file_name(return_: MyReturn) -> str:
    """October 2017 figures.xlsx."""
    return f"{return_.period.in_words} figures.xlsx"


def measures_of(return_: MyReturn) -> Mapping[str, Measure]:
    return {line.measure.code: line.measure for line in return_.lines}
