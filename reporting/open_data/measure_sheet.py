"""The file of measures, column by column: what each of them is."""

from performance.ground.measures import Accumulation, Polarity
from performance.ground.periods import Frequency
from performance.report.frozen import FrozenLine
from reporting.open_data.columns import Column, Kind, Sheet, words_of

MEASURES: Sheet[FrozenLine] = Sheet(
    name="measures",
    title="Measures",
    says="What each measure of the edition is, as it was defined when the figures were frozen.",
    key=("measure_code",),
    columns=(
        Column(
            name="measure_code",
            title="Measure code",
            says="What the measure is known by",
            of=lambda line: line.measure_code,
            always=True,
        ),
        Column(
            name="title",
            title="Measure",
            says="What the measure is called",
            of=lambda line: line.title,
            always=True,
        ),
        Column(
            name="definition",
            title="Definition",
            says="What is measured",
            of=lambda line: line.definition,
        ),
        Column(
            name="source",
            title="Source",
            says="Where the figures come from",
            of=lambda line: line.source,
        ),
        Column(
            name="unit",
            title="Unit",
            says="What the figures are in: percent, number, pounds, days, years, score, or so many per so many",
            of=lambda line: line.unit,
        ),
        Column(
            name="decimals",
            title="Decimals",
            says="How many decimals are printed",
            of=lambda line: line.decimals,
            kind=Kind.WHOLE,
            always=True,
        ),
        Column(
            name="polarity",
            title="What is better",
            says="Whether higher or lower is better, to be in a range is, neither is, or a rise is wanted",
            of=lambda line: line.polarity.value,
            words=words_of(Polarity),
            always=True,
        ),
        Column(
            name="accumulation",
            title="How figures add up",
            says="Whether a figure is of its period, of the year so far, of a day, or of the twelve months that end",
            of=lambda line: line.accumulation.value,
            words=words_of(Accumulation),
            always=True,
        ),
        Column(
            name="frequency",
            title="How often",
            says="How often there is a figure",
            of=lambda line: line.frequency.value,
            words=words_of(Frequency),
            always=True,
        ),
        Column(
            name="unit_code",
            title="Service code",
            says="The service that the measure belongs to",
            of=lambda line: line.unit_code,
            always=True,
        ),
        Column(
            name="service",
            title="Service",
            says="What that service is called",
            of=lambda line: line.unit_name,
        ),
        Column(
            name="content_kind",
            title="Kind of measure",
            says="What the measure is kept for",
            of=lambda line: line.kind.value,
            always=True,
        ),
        Column(
            name="objective",
            title="Objective",
            says="The objective of the council's plan that it is held for",
            of=lambda line: line.objective,
        ),
        Column(
            name="target",
            title="Target in words",
            says="What the edition's figure is held against",
            of=lambda line: line.target.in_words if line.target else "",
        ),
        Column(
            name="bands",
            title="Where the colours begin",
            says="When a figure is green, amber or red",
            of=lambda line: line.bands,
        ),
    ),
)
