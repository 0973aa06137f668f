"""A ward profile as one A4 side: the words of the screen, laid out like a plan on a page."""

from decimal import Decimal

from performance.ground.organisation import Action
from performance.ground.periods import day_in_words
from performance.review.wards.profile import WardFact, WardLine, WardProfile
from reporting.charts import over_time
from reporting.charts.alternative_text import course, trend_alt
from reporting.documents.plan_page import Grid, Picture, Sheet
from reporting.tables.facts import Number
from reporting.tables.scorecard import number_of

SIMILAR = "Similar wards"
COLUMNS = ("Measure", "Ward", "Interval", "Council", SIMILAR, "Compared", "Trend")
NO_SIMILAR = "No measure of deprivation by ward is held, so no similar wards are named."
NO_RESIDENTS = "No number of residents by ward is held."
NO_MEASURES = "No measure has a figure for this ward yet."
NO_ACTIONS = "No action in the plan or in an agreed recovery plan is about these measures."
WHY_HIDDEN = (
    "Hidden to protect people: small counts of people are not shown, nor as many other figures as are needed so that "
    "no total gives them away."
)
_NONE = "–"
_MOST_PICTURES, _FEWEST_POINTS, _MOST_POINTS = 2, 3, 24
_WIDE, _HIGH = 430, 190


def sheet(profile: WardProfile) -> Sheet:
    """All that stands on the side, for Word and PDF alike."""
    illustrative = any(line.measure.illustrative for line in profile.every_line)
    return Sheet(
        title=f"{profile.ward.name} ward",
        kind="ward profile",
        has_texts=False,
        whole="the whole profile is in the app",
        subject=f"Ward profile of {profile.ward.name}, {profile.council_name}",
        council=profile.council_name,
        thread=" ".join(facts(profile)),
        facts=" ".join(profile.in_sentences),
        why="",
        pictures=tuple(_pictures(profile)),
        grids=(_measures(profile), _actions(profile)),
        lessons="",
        foot=f"{profile.council_name}. {read_with(profile)}"
        + (" Some figures are illustrative." if illustrative else ""),
        file_name=f"ward-profile-{profile.ward.code}-{profile.on:%Y-%m-%d}",
    )


def facts(profile: WardProfile) -> list[str]:
    """Who lives there, how deprived it is, and which wards are like it."""
    said = [fact(profile.residents) if profile.residents else NO_RESIDENTS]
    if profile.deprivation:
        said.append(fact(profile.deprivation))
    named = ", ".join(area.name for area in profile.similar)
    return [*said, f"Similar wards, the nearest in deprivation: {named}." if named else NO_SIMILAR]


def read_with(profile: WardProfile) -> str:
    """What a reader has to know to read the table."""
    said = f"As at {day_in_words(profile.on)}. Similar to {profile.place} means that the difference may be chance "
    said += "alone: the 95% interval of the ward's figure contains the council's."
    if profile.boundaries:
        said += f" Boundaries: {profile.boundaries}."
    return f"{said} {WHY_HIDDEN}" if profile.hidden else said


def columns(profile: WardProfile) -> tuple[str, ...]:
    return tuple(profile.place if each == "Council" else each for each in COLUMNS)


def cells(line: WardLine, place: str) -> tuple[str, ...]:
    """A measure in words, column by column."""
    show = line.measure.print_value
    return (
        f"{line.measure.title}, {line.period.in_words}",
        show(line.ward),
        line.interval_in_words or _NONE,
        line.whole_in_words or _NONE,
        line.similar_in_words or _NONE,
        "; ".join(filter(None, (line.compared_in_words(place), line.per_head_in_words(place)))) or _NONE,
        line.trend_in_words,
    )


def doing(action: Action) -> tuple[str, ...]:
    """Who does what by when, and how it stands."""
    ends = day_in_words(action.ends_on) if action.ends_on else _NONE
    return action.action, action.responsible_role or _NONE, ends, action.stands_in_words


def spark_words(line: WardLine) -> str:
    """The small line in words."""
    known = line.numbers[-_MOST_POINTS:]
    if len(known) < _FEWEST_POINTS:
        return ""
    return course(line.measure, known, over_time.axis_of(dict(known)))


def fact(fact: WardFact) -> str:
    """A number that describes the ward itself, with its period and its place among the wards."""
    place = f"; rank {fact.rank} of {fact.of} wards, 1 being the highest" if fact.rank and fact.of > 1 else ""
    return f"{fact.measure.title}: {fact.measure.print_value(fact.value)} ({fact.period.in_words}{place})."


def _measures(profile: WardProfile) -> Grid:
    return Grid(
        title=f"{profile.ward.name} beside {profile.place}",
        header=columns(profile),
        widths=(30, 14, 16, 22, 15, 24, 22),
        rows=tuple(_counted(line, profile.place) for line in profile.every_line),
        empty=NO_MEASURES,
        noun="measure",
        part="measures",
    )


def _counted(line: WardLine, place: str) -> tuple[str | Number, ...]:
    """The same, with the ward's figure as a number where there is one."""
    title, figure, *rest = cells(line, place)
    return (title, number_of(line.measure, line.ward) if isinstance(line.ward, Decimal) else figure, *rest)


def _actions(profile: WardProfile) -> Grid:
    return Grid(
        title="What the council is doing",
        header=("Measure", "Action", "Responsible officer", "By", "How it stands"),
        widths=(30, 40, 25, 18, 15),
        rows=tuple((line.measure.title, *doing(action)) for line in profile.every_line for action in line.doing),
        empty=NO_ACTIONS,
        noun="action",
        part="actions",
    )


def _pictures(profile: WardProfile) -> list[Picture]:
    drawn = [line for line in profile.every_line if len(line.numbers) >= _FEWEST_POINTS]
    return [_picture(line, profile) for line in drawn[:_MOST_PICTURES]]


def _picture(line: WardLine, profile: WardProfile) -> Picture:
    """The ward over time; beside the council where both are rates."""
    recent = line.numbers[-_MOST_POINTS:]
    first, last = recent[0][0], recent[-1][0]
    whole = tuple((period, number) for period, number in line.whole_numbers if first <= period <= last)
    lines = [over_time.Line(name=profile.ward.name, numbers=recent)]
    if whole:
        lines.append(over_time.Line(name=profile.place, numbers=whole))
    chart = over_time.Trend(
        periods=over_time.every_period(first, last),
        lines=tuple(lines),
        unit=line.measure.unit,
        decimals=line.measure.decimals,
        breaks=tuple((each.on, each.reason) for each in line.measure.breaks),
    )
    return Picture(
        title=line.measure.title,
        said=spark_words(line),
        alt=trend_alt(line.measure, chart),
        spec=over_time.trend(chart, width=_WIDE, height=_HIGH),
        trend=chart,
    )
