"""How a number was made, in sentences: inputs, formula, who recorded it and when, and what stood there before."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from performance.ground.figures import Figure, FigureStatus, Series
from performance.ground.measures import Accumulation, Measure
from performance.ground.periods import day_in_words
from performance.ground.reckoning.aggregation import Aggregate, months_in_words, own_periods
from performance.ground.reckoning.due import stored_value
from performance.ground.reckoning.unusual import Check
from performance.ground.values import Absence, rounded

_FIRMNESS = {
    FigureStatus.PROVISIONAL: "It is provisional: the final figure follows as another revision.",
    FigureStatus.ESTIMATED: "It is estimated: the figure itself follows as another revision.",
}


def number_in_words(
    measure: Measure, figure: Figure, *, earlier: Sequence[Figure] = (), known_as: Mapping[str, str]
) -> list[str]:
    """Sentences about a figure of the measure as it stood in its period; `earlier` are its former revisions."""
    value = rounded(stored_value(measure, figure), measure.decimals)
    said = [f"{measure.print_value(value)} for {figure.period.in_words}."]
    if not isinstance(value, Absence):
        said.append(_inputs(measure, figure))
    if figure.status in _FIRMNESS:
        said.append(_FIRMNESS[figure.status])
    if figure.recorded_at:
        who = known_as.get(figure.recorded_by, figure.recorded_by)
        said.append(f"Recorded by {who} on {day_in_words(figure.recorded_at.date())}, revision {figure.revision}.")
    said += [_before(measure, each, known_as) for each in sorted(earlier, key=lambda each: -each.revision)]
    if figure.confirmed_checks:
        names = {check.value: check.in_words for check in Check}
        checks = "; ".join(names.get(each, each) for each in figure.confirmed_checks)
        said.append(f"A check questioned it and the service confirmed it: {checks}.")
    if measure.source:
        said.append(f"Source: {measure.source}.")
    return said


def added_up_in_words(measure: Measure, series: Series, found: Aggregate) -> list[str]:
    """Sentences about a quarter, a year or a year to date: what it is made of, and how firm that is."""
    inside = [figure for each in own_periods(measure, found.period) if (figure := series.stored(each))]
    value = rounded(found.value, measure.decimals)
    said = [f"{measure.print_value(value)} for {found.period.in_words}, from {months_in_words(measure, found)}."]
    said.append(_how_added_up(measure, inside, found))
    firm = {FigureStatus.PROVISIONAL: "Provisional", FigureStatus.ESTIMATED: "Estimated"}
    for status, word in firm.items():
        if still := [figure.period.in_words for figure in inside if figure.status is status]:
            said.append(f"{word}: {', '.join(still)}.")
    if corrected := sum(figure.revision > 1 for figure in inside):
        said.append(f"Corrected since first recorded: {corrected} of its figures.")
    said.append("Choose one of its periods to see who recorded it, when, and what stood there before.")
    return said


def _how_added_up(measure: Measure, inside: Sequence[Figure], found: Aggregate) -> str:
    if isinstance(found.value, Absence):
        is_unsummed = found.value is Absence.NOT_APPLICABLE and measure.is_ratio
        return (
            "There is none: figures without their counts cannot be added up, and a mean of percentages is not theirs."
            if is_unsummed else "There is nothing to add up."
        )  # fmt: skip
    if found.as_at is not None:
        return f"It is the figure of {found.as_at.in_words}: {_STANDS_FOR[measure.accumulation]}."
    known = [figure for figure in inside if not isinstance(stored_value(measure, figure), Absence)]
    if measure.is_ratio:
        above = sum((figure.numerator or Decimal(0) for figure in known), Decimal(0))
        below = sum((figure.denominator or Decimal(0) for figure in known), Decimal(0))
        return f"The counts of its periods added up: {_formula(measure, above, below)}"
    parts = (measure.print_value(rounded(stored_value(measure, figure), measure.decimals)) for figure in known)
    return f"Its periods added up: {' + '.join(parts)}."


_STANDS_FOR = {
    Accumulation.CUMULATIVE: "each counts everything since its cycle began",
    Accumulation.SNAPSHOT: "each says how things stood on a day",
    Accumulation.ROLLING: "each covers a longer time up to its own end",
}


def _inputs(measure: Measure, figure: Figure) -> str:
    if figure.numerator is None:
        return "Entered as a value, without counts."
    if figure.denominator is None:
        return f"Counted: {measure.numerator_definition}." if measure.numerator_definition else "Entered as a count."
    return _formula(measure, figure.numerator, figure.denominator)


def _formula(measure: Measure, numerator: Decimal, denominator: Decimal) -> str:
    above = measure.numerator_definition or "the count"
    times = f" × {measure.multiplier:,f}" if measure.multiplier != 1 else ""
    below = measure.denominator_definition or "what it is divided by"
    places = f"{measure.decimals} decimal place{'' if measure.decimals == 1 else 's'}"
    to = f"to {places}" if measure.decimals else "to a whole number"
    return f"{numerator:,f} ({above}) ÷ {denominator:,f} ({below}){times}, rounded half up {to}."


def _before(measure: Measure, figure: Figure, known_as: Mapping[str, str]) -> str:
    was = measure.print_value(rounded(stored_value(measure, figure), measure.decimals))
    if figure.recorded_at is None:
        return f"Before that, revision {figure.revision}: {was}."
    who = known_as.get(figure.recorded_by, figure.recorded_by)
    when = day_in_words(figure.recorded_at.date())
    return f"Before that, revision {figure.revision}: {was}, recorded by {who} on {when}."
