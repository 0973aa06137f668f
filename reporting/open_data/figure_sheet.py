"""The file of figures, column by column: by the names of the app's own exports, as far as an edition holds the same."""

from decimal import Decimal

from performance.ground.reckoning.direction import Direction
from performance.ground.reckoning.rag import Rag
from performance.ground.reckoning.spc import Assurance, PointType
from performance.ground.values import Absence, Value, round_half_up
from reporting.open_data.columns import Column, Kind, Sheet, words_of
from reporting.open_data.figures import ABSENCES, PublicFigure


def _number(value: Value | None, decimals: int) -> Decimal | None:
    return round_half_up(value, decimals) if isinstance(value, Decimal) else None


FIGURES: Sheet[PublicFigure] = Sheet(
    name="figures",
    title="Figures",
    says="Every figure that the edition shows: one row for each measure and period. Numbers are rounded as they are "
    "printed; a figure that is not there says why in the column absence.",
    key=("measure_code", "area_code", "period"),
    columns=(
        Column(
            name="measure_code",
            title="Measure code",
            says="The measure, described in measures.csv",
            of=lambda row: row.line.measure_code,
            always=True,
        ),
        Column(
            name="title",
            title="Measure",
            says="What the measure is called",
            of=lambda row: row.line.title,
            always=True,
        ),
        Column(
            name="unit_code",
            title="Service code",
            says="The service that the measure belongs to",
            of=lambda row: row.line.unit_code,
            always=True,
        ),
        Column(
            name="area_code",
            title="Area code",
            says="The area that the figure is of: the code of the council in the national register of geography",
            of=lambda row: row.area,
        ),
        Column(
            name="period",
            title="Period",
            says="The first day of the period and its length, as in ISO 8601: 2017-04-01/P3M is three months from 1 "
            "April 2017, and P1D is that day alone",
            of=lambda row: row.period.iso,
            always=True,
        ),
        Column(
            name="in_edition",
            title="The edition's own figure",
            says="Whether this is the figure that the edition is about; the others lead up to it",
            of=lambda row: row.is_of_edition,
            kind=Kind.YES_OR_NO,
            always=True,
        ),
        Column(
            name="value",
            title="Figure",
            says="The figure, rounded as it is printed; empty where there is none",
            of=lambda row: _number(row.value, row.line.decimals),
            kind=Kind.NUMBER,
        ),
        Column(
            name="absence",
            title="Why there is no figure",
            says="Why there is no figure; empty where there is one. suppressed is hidden to protect people",
            of=lambda row: row.value.value if isinstance(row.value, Absence) else None,
            words=ABSENCES,
        ),
        Column(
            name="firmness",
            title="How firm it is",
            says="What is to be known of the figure, such as that it is provisional, or of two months of three",
            of=lambda row: row.said.firmness if row.said else "",
        ),
        Column(
            name="illustrative",
            title="Illustrative",
            says="Whether the measure's figures are made up to show how it would look",
            of=lambda row: row.line.is_illustrative,
            kind=Kind.YES_OR_NO,
            always=True,
        ),
        Column(
            name="target",
            title="Target",
            says="What the figure is held against, unrounded; empty for a range, and where there is none",
            of=lambda row: row.target.number if row.target else None,
            kind=Kind.NUMBER,
        ),
        Column(
            name="lower",
            title="Lower bound",
            says="The lower bound of a range to be in, unrounded",
            of=lambda row: row.target.lower if row.target else None,
            kind=Kind.NUMBER,
        ),
        Column(
            name="upper",
            title="Upper bound",
            says="The upper bound of a range to be in, unrounded",
            of=lambda row: row.target.upper if row.target else None,
            kind=Kind.NUMBER,
        ),
        Column(
            name="tolerance",
            title="Tolerance",
            says="How far off its target a figure is still amber, in the measure's unit",
            of=lambda row: row.target.tolerance if row.target else None,
            kind=Kind.NUMBER,
        ),
        Column(
            name="rag",
            title="Status",
            says="How the figure is rated, or why it is not",
            of=lambda row: row.rag.value,
            words=words_of(Rag),
            always=True,
        ),
        Column(
            name="direction_short",
            title="Direction",
            says="Better or worse than the period before; up or down where neither is better",
            of=lambda row: row.said.short.value if row.said else None,
            words=words_of(Direction),
        ),
        Column(
            name="direction_long",
            title="Direction over the year",
            says="Better or worse than a year before; up or down where neither is better",
            of=lambda row: row.said.long.value if row.said else None,
            words=words_of(Direction),
        ),
        Column(
            name="spc_mean",
            title="Mean of the process",
            says="The mean of the figures that lead up to it, unrounded",
            of=lambda row: row.process.mean if row.process else None,
            kind=Kind.NUMBER,
        ),
        Column(
            name="spc_lower",
            title="Lower limit of the process",
            says="Below this a figure is unusual, unrounded",
            of=lambda row: row.process.lower if row.process else None,
            kind=Kind.NUMBER,
        ),
        Column(
            name="spc_upper",
            title="Upper limit of the process",
            says="Above this a figure is unusual, unrounded",
            of=lambda row: row.process.upper if row.process else None,
            kind=Kind.NUMBER,
        ),
        Column(
            name="spc_point",
            title="Whether it is unusual",
            says="What the figure is among those that lead up to it",
            of=lambda row: row.process.point.value if row.process and row.process.point else None,
            words=words_of(PointType),
        ),
        Column(
            name="spc_assurance",
            title="Whether the target will be met",
            says="Whether the process, as it is, would meet its target",
            of=lambda row: row.process.assurance.value if row.process and row.process.assurance else None,
            words=words_of(Assurance),
        ),
        Column(
            name="year_to_date",
            title="Year to date",
            says="The figure of the year up to the end of the period, rounded as it is printed",
            of=lambda row: (
                _number(row.said.to_date.value, row.line.decimals) if row.said and row.said.to_date else None
            ),
            kind=Kind.NUMBER,
        ),
        Column(
            name="ytd_rag",
            title="Status of the year to date",
            says="How the year to date is rated",
            of=lambda row: row.said.to_date.rag.value if row.said and row.said.to_date else None,
            words=words_of(Rag),
        ),
        Column(
            name="forecast",
            title="Expected for the year",
            says="What the year was expected to come to, rounded as it is printed",
            of=lambda row: _number(row.outlook.value, row.line.decimals) if row.outlook else None,
            kind=Kind.NUMBER,
        ),
        Column(
            name="forecast_low",
            title="Expected at least",
            says="In four cases out of five the year comes to no less, rounded as it is printed",
            of=lambda row: _number(row.outlook.low, row.line.decimals) if row.outlook else None,
            kind=Kind.NUMBER,
        ),
        Column(
            name="forecast_high",
            title="Expected at most",
            says="In four cases out of five the year comes to no more, rounded as it is printed",
            of=lambda row: _number(row.outlook.high, row.line.decimals) if row.outlook else None,
            kind=Kind.NUMBER,
        ),
        Column(
            name="chance_of_target",
            title="Chance of the target",
            says="The chance that the year's target is met, from 0 to 1",
            of=lambda row: row.outlook.chance if row.outlook else None,
            kind=Kind.NUMBER,
        ),
        Column(
            name="compared_with",
            title="Compared with",
            says="Whom the figure was compared with, each with its own figure and period, in words",
            of=lambda row: row.said.compared if row.said else "",
        ),
    ),
)
