"""Red, amber, green: rated as printed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.ground.measures import Measure, Polarity, ToleranceKind
from performance.ground.reckoning.rag import Rag, bands_in_words, missed_by, rate, tolerance
from performance.ground.values import Absence
from tests.performance.builders import DEFAULT, a_measure, a_share, a_target

ABSOLUTE = {"tolerance": Decimal("0.5"), "tolerance_kind": ToleranceKind.ABSOLUTE}
TEN_PERCENT = {"tolerance": Decimal(10), "tolerance_kind": ToleranceKind.PERCENT}
BEST = {"polarity": Polarity.LOWER, "decimals": 1}
RANGE = {"polarity": Polarity.RANGE, "decimals": 1}


@pytest.mark.parametrize(
    ("fields", "actual", "target", "expected"),
    [
        pytest.param({}, "100", "100", Rag.GREEN, id="exactly on target"),
        pytest.param({}, "101", "100", Rag.GREEN, id="better than target"),
        pytest.param({}, "95", "100", Rag.AMBER, id="exactly on the default tolerance is amber"),
        pytest.param({}, "94", "100", Rag.RED, id="beyond the default tolerance"),
        pytest.param(BEST, "9", "9", Rag.GREEN, id="lower is better, exactly on target"),
        pytest.param(BEST | TEN_PERCENT, "9.9", "9", Rag.AMBER, id="lower is better, exactly on its own percentage"),
        pytest.param(BEST | TEN_PERCENT, "10", "9", Rag.RED, id="lower is better, beyond its own percentage"),
        pytest.param(BEST | ABSOLUTE, "9.5", "9", Rag.AMBER, id="exactly on an absolute tolerance is amber"),
        pytest.param(BEST | ABSOLUTE, "9.6", "9", Rag.RED, id="beyond an absolute tolerance"),
        pytest.param({"decimals": 1}, "94.96", "95", Rag.GREEN, id="rated as printed: 94.96 prints as 95.0"),
        pytest.param({"decimals": 1}, "94.94", "95", Rag.AMBER, id="rated as printed: 94.94 prints as 94.9"),
        pytest.param({}, "94.5", "94.6", Rag.GREEN, id="the target is not rounded, the actual is"),
        pytest.param({}, "94", "94.4", Rag.AMBER, id="a target between two printed numbers can just be missed"),
        pytest.param({}, "0", "0", Rag.GREEN, id="zero is a figure, and on a target of zero green"),
        pytest.param(BEST, "0.1", "0", Rag.RED, id="a target of zero has no default tolerance"),
        pytest.param(BEST | ABSOLUTE, "0.5", "0", Rag.AMBER, id="a target of zero with an absolute tolerance"),
        pytest.param(BEST, "0", "2", Rag.GREEN, id="a measure whose best value is zero"),
        pytest.param({}, "0", "2", Rag.RED, id="zero where higher is better"),
        pytest.param({"decimals": 2}, "-0.10", "-0.10", Rag.GREEN, id="a negative target met (Progress 8)"),
        pytest.param({"decimals": 2} | TEN_PERCENT, "-0.11", "-0.10", Rag.AMBER, id="percent of a negative target"),
        pytest.param(
            {"decimals": 2} | TEN_PERCENT, "-0.12", "-0.10", Rag.RED, id="beyond percent of a negative target"
        ),
        pytest.param({"polarity": Polarity.RISE_WANTED}, "94", "100", Rag.RED, id="a rise wanted is rated as higher"),
        pytest.param({"polarity": Polarity.RISE_WANTED}, "120", "100", Rag.GREEN, id="a rise wanted and got"),
        pytest.param({"polarity": Polarity.CONTEXT}, "94", "100", Rag.CONTEXT, id="context is never rated"),
        pytest.param({"polarity": Polarity.CONTEXT}, "94", None, Rag.CONTEXT, id="context goes before no target"),
        pytest.param({}, "94", None, Rag.NO_TARGET, id="no target"),
        pytest.param(RANGE, "3", ("3", "5"), Rag.GREEN, id="on the lower bound of a range"),
        pytest.param(RANGE, "5", ("3", "5"), Rag.GREEN, id="on the upper bound of a range"),
        pytest.param(RANGE | TEN_PERCENT, "2.7", ("3", "5"), Rag.AMBER, id="within ten percent of the lower bound"),
        pytest.param(RANGE | TEN_PERCENT, "2.6", ("3", "5"), Rag.RED, id="beyond ten percent of the lower bound"),
        pytest.param(RANGE | TEN_PERCENT, "5.5", ("3", "5"), Rag.AMBER, id="within ten percent of the upper bound"),
        pytest.param(RANGE | TEN_PERCENT, "5.6", ("3", "5"), Rag.RED, id="beyond ten percent of the upper bound"),
        pytest.param(RANGE | ABSOLUTE, "2.5", ("3", "5"), Rag.AMBER, id="an absolute tolerance below a range"),
        pytest.param(RANGE, "4", "4", Rag.NO_TARGET, id="a range measure with a single number has no target"),
        pytest.param({}, "4", ("3", "5"), Rag.NO_TARGET, id="a single-number measure with a range has no target"),
        pytest.param({}, "2.5", "3", Rag.GREEN, id="a half is rounded up: 2.5 is 3"),
        pytest.param({"decimals": 2}, "1.005", "1.01", Rag.GREEN, id="a half is rounded up: 1.005 is 1.01"),
        pytest.param({"polarity": Polarity.LOWER}, "-0.5", "-1", Rag.GREEN, id="halves go away from zero: -0.5 is -1"),
        pytest.param(
            TEN_PERCENT | {"tolerance": Decimal(4)}, "8", "8.333333333333", Rag.AMBER, id="a third of a target"
        ),
        pytest.param({"tolerance": Decimal(0)}, "99", "100", Rag.RED, id="a tolerance of zero leaves no amber"),
    ],
)
def test_status(fields: dict, actual: str, target: str | tuple[str, str] | None, expected: Rag) -> None:
    aim = None if target is None else a_target(target)
    assert rate(Decimal(actual), aim, a_measure(**fields), default_percent=DEFAULT) is expected


@pytest.mark.parametrize("absence", list(Absence))
@pytest.mark.parametrize("polarity", list(Polarity))
def test_an_absence_goes_before_context_and_before_no_target(absence: Absence, polarity: Polarity) -> None:
    measure = a_measure(polarity=polarity)
    for target in (None, a_target("0"), a_target(("0", "9"))):
        assert rate(absence, target, measure, default_percent=DEFAULT) == absence.value


numbers = st.decimals(min_value=-1000, max_value=1000, places=3)
measures = st.builds(
    a_measure,
    polarity=st.sampled_from(Polarity),
    decimals=st.integers(0, 3),
    tolerance=st.none() | st.decimals(min_value=0, max_value=50, places=2),
    tolerance_kind=st.sampled_from(ToleranceKind),
)
targets = st.none() | st.builds(
    lambda number, pair: a_target(str(number) if pair is None else (str(min(pair)), str(max(pair)))),
    numbers,
    st.none() | st.tuples(numbers, numbers),
)


@given(actual=numbers, target=targets, measure=measures)
def test_every_number_gets_exactly_one_status_that_is_no_absence(actual: Decimal, target, measure: Measure) -> None:
    status = rate(actual, target, measure, default_percent=DEFAULT)
    assert status in {Rag.GREEN, Rag.AMBER, Rag.RED, Rag.NO_TARGET, Rag.CONTEXT}
    assert status.is_rated is (status in {Rag.GREEN, Rag.AMBER, Rag.RED})


@given(absence=st.sampled_from(Absence), target=targets, measure=measures)
def test_no_absence_is_ever_rated_least_of_all_green(absence: Absence, target, measure: Measure) -> None:
    assert not rate(absence, target, measure, default_percent=DEFAULT).is_rated


@given(actual=numbers, better=numbers, target=numbers, measure=measures)
def test_a_better_figure_never_has_a_worse_colour(actual, better, target, measure: Measure) -> None:
    order = [Rag.RED, Rag.AMBER, Rag.GREEN]
    if measure.polarity in {Polarity.CONTEXT, Polarity.RANGE}:
        return
    worse, good = sorted([actual, better], reverse=measure.polarity is Polarity.LOWER)
    aim = a_target(str(target))
    ratings = [rate(number, aim, measure, default_percent=DEFAULT) for number in (worse, good)]
    assert order.index(ratings[0]) <= order.index(ratings[1])


def test_missed_by_is_negative_when_better_than_target() -> None:
    assert missed_by(Decimal(8), a_target("9"), Polarity.LOWER) == -1
    assert missed_by(Decimal(8), a_target("9"), Polarity.HIGHER) == 1
    assert missed_by(Decimal(4), a_target(("3", "5")), Polarity.RANGE) == 0


def test_a_percentage_tolerance_is_of_the_bound_that_is_missed() -> None:
    measure = a_measure(**RANGE, **TEN_PERCENT)
    band = a_target(("3", "5"))
    assert tolerance(measure, band, Decimal(2), default_percent=DEFAULT) == Decimal("0.3")
    assert tolerance(measure, band, Decimal(6), default_percent=DEFAULT) == Decimal("0.5")


@pytest.mark.parametrize(
    ("measure", "target", "words"),
    [
        pytest.param(
            a_measure(**BEST, **TEN_PERCENT),
            a_target("9.0"),
            "Green at 9.0 or below. Amber up to 9.9. Red above 9.9.",
            id="lower is better",
        ),
        pytest.param(
            a_share(), a_target("95"), "Green at 95.0% or above. Amber down to 90.25%. Red below 90.25%.", id="higher"
        ),
        pytest.param(a_measure(**BEST), a_target("0"), "Green at 0.0 or below. Red above 0.0.", id="a target of zero"),
        pytest.param(
            a_measure(**RANGE, **ABSOLUTE),
            a_target(("3", "5")),
            "Green from 3.0 to 5.0. Amber down to 2.5 or up to 5.5. Red below 2.5 or above 5.5.",
            id="a range",
        ),
        pytest.param(
            a_measure(no_target_reason="a baseline year."),
            None,
            "Not rated: no target: a baseline year.",
            id="no target says why",
        ),
        pytest.param(a_measure(polarity=Polarity.CONTEXT), a_target("9"), "For context: not rated.", id="context"),
    ],
)
def test_the_bands_in_words(measure: Measure, target, words: str) -> None:
    assert bands_in_words(measure, target, default_percent=DEFAULT) == words


def test_every_status_has_a_word_and_a_shape() -> None:
    assert [Rag.RED.shape, Rag.AMBER.shape, Rag.GREEN.shape, Rag.NO_TARGET.shape, Rag.NOT_PROVIDED.shape] == list(
        "▲●✔–◻"
    )
    assert all(rag.in_words and rag.shape and rag.meaning for rag in Rag)
    assert Rag.NOT_PROVIDED.in_words == "Not yet received"
