"""How one figure was made, in sentences: inputs, formula, who recorded it and when, and what stood there before."""

from collections.abc import Mapping, Sequence

from performance.aggregation import stored_value
from performance.figures import Figure, FigureStatus
from performance.measures import Measure
from performance.periods import day_in_words
from performance.unusual import Check
from performance.values import Absence, rounded

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


def _inputs(measure: Measure, figure: Figure) -> str:
    if figure.numerator is None:
        return "Entered as a value, without counts."
    above = measure.numerator_definition or "the number above the line"
    if figure.denominator is None:
        return f"Counted: {above}."
    times = f" × {measure.multiplier:,f}" if measure.multiplier != 1 else ""
    below = measure.denominator_definition or "the number below the line"
    places = f"{measure.decimals} decimal place{'' if measure.decimals == 1 else 's'}"
    to = f"to {places}" if measure.decimals else "to a whole number"
    return f"{figure.numerator:,f} ({above}) ÷ {figure.denominator:,f} ({below}){times}, rounded half up {to}."


def _before(measure: Measure, figure: Figure, known_as: Mapping[str, str]) -> str:
    was = measure.print_value(rounded(stored_value(measure, figure), measure.decimals))
    if figure.recorded_at is None:
        return f"Before that, revision {figure.revision}: {was}."
    who = known_as.get(figure.recorded_by, figure.recorded_by)
    when = day_in_words(figure.recorded_at.date())
    return f"Before that, revision {figure.revision}: {was}, recorded by {who} on {when}."
