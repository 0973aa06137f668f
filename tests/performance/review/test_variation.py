"""Colour, variation and assurance in one sentence, true of the limits and of the last figures alike."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.ground.figures import Series
from performance.ground.measures import Measure, Polarity
from performance.ground.periods import Period, parse_period
from performance.ground.reckoning.rag import Rag
from performance.ground.reckoning.spc import Assurance
from performance.review.scorecard import ScorecardLine, scorecard_line
from performance.review.variation import Variation, variation
from tests.performance.builders import DEFAULT, LATER, a_measure, a_series, monthly_targets, months

# Between 44 and 58 as a rule.
NOISE = (50, 53, 49, 52, 48, 51, 50, 52, 47, 51, 49, 52)
START = "2017-04"


def read(
    values: Sequence[int],
    targets: Sequence[str | None],
    measure: Measure | None = None,
    *,
    period: str | Period | None = None,
) -> tuple[ScorecardLine, Variation]:
    """The newest month, or the period, of a series with a target (or none) for each of its months."""
    measure = measure or a_measure()
    series = a_series(months([str(each) for each in values], START), monthly_targets(targets, START))
    shown = parse_period(period) if isinstance(period, str) else period or max(series.figures)
    line = scorecard_line(measure, series, period=shown, today=LATER, default_percent=DEFAULT)
    found = variation(line, series, up_to=shown.end)
    assert found is not None
    return line, found


def said(values: Sequence[int], targets: Sequence[str | None], **given: object) -> str:
    line, found = read(values, targets, **given)  # type: ignore[arg-type]
    return found.in_words(line.rag)


LOWER = {"measure": a_measure(polarity=Polarity.LOWER)}


@pytest.mark.parametrize(
    ("values", "targets", "given", "sentence"),
    [
        pytest.param(
            NOISE, ["46"] * 12, {},
            "Green: usual ups and downs; met in 12 of the last 12; "
            "its usual range reaches past the target, so a miss would not be unusual.",
            id="every one met, and the limits reach past the target",
        ),
        pytest.param(
            NOISE, ["56"] * 12, {},
            "Red: usual ups and downs; met in none of the last 12; "
            "its usual range reaches the target, so meeting it would not be unusual.",
            id="not one met, and the limits reach the target",
        ),
        pytest.param(
            NOISE, ["50"] * 12, {},
            "Green: usual ups and downs; met in 8 of the last 12; as it runs, it will meet the target at times and miss"
            " it at others.",
            id="met at times",
        ),
        pytest.param(
            NOISE, ["20"] * 12, {},
            "Green: usual ups and downs; met in 12 of the last 12; as it runs, it will reliably meet the target.",
            id="always met, as the limits say",
        ),
        pytest.param(
            NOISE, ["90"] * 12, {},
            "Red: usual ups and downs; met in none of the last 12; "
            "as it runs, it will not meet the target unless something changes.",
            id="never met, as the limits say",
        ),
        pytest.param(
            (*NOISE, 91), [*["40"] * 12, "90"], LOWER,
            "Amber: a real change for the worse; its usual range now lies on the right side of the target, "
            "but it was met, as it then stood, in none of the last 12.",
            id="the target moved, and no figure met its own",
        ),
        pytest.param(
            (*NOISE, 91), [*["40"] * 6, *["90"] * 7], LOWER,
            "Amber: a real change for the worse; its usual range now lies on the right side of the target, "
            "but it was met, as it then stood, in 6 of the last 12, and not in the newest.",
            id="the newest missed what the limits say is met",
        ),
        pytest.param(
            (*NOISE, 91, 92), [*["40"] * 13, "93"], LOWER,
            "Green: a real change for the worse since Apr 2018; its usual range, from before that change, lies on the "
            "right side of the target, but it was met, as it then stood, in 1 of the last 12.",
            id="the change has lasted, and the limits are older than it",
        ),
        pytest.param(
            (*NOISE, 91), ["90"] * 13, {},
            "Green: a real change for the better; its usual range now lies on the wrong side of the target, "
            "but it was met in 1 of the last 12, the newest among them.",
            id="the newest met what the limits say is missed",
        ),
        pytest.param(
            NOISE, [*[None] * 11, "90"], {},
            "Red: usual ups and downs; not met in the only one that had a target; "
            "as it runs, it will not meet the target unless something changes.",
            id="one target",
        ),
        pytest.param(
            NOISE, [*[None] * 5, *["20"] * 7], {},
            "Green: usual ups and downs; met in 7 of the last 7 that had a target; "
            "as it runs, it will reliably meet the target.",
            id="fewer targets than figures",
        ),
        pytest.param(
            [50] * 12, ["46"] * 12, {},
            "Green: usual ups and downs; met in 12 of the last 12; "
            "there is no usual range to hold the target against.",
            id="a constant series has no limits",
        ),
        pytest.param(NOISE, [None] * 12, {}, "Not rated: no target: usual ups and downs.", id="no target"),
        pytest.param(
            NOISE, [*["50"] * 11, None], {},
            "Not rated: no target: usual ups and downs; the target was met in 7 of the last 11 that had a target.",
            id="no target any more",
        ),
        pytest.param(
            NOISE, ["50"] * 12, {"period": "2018-04"},
            "Not yet received: no newer figure to judge; the target was met in 8 of the last 12.",
            id="the month shown has neither figure nor target",
        ),
        pytest.param(
            NOISE, ["50"] * 12, {"period": "Q4 2017/18"},
            "Green: month by month, usual ups and downs; met in 8 of the last 12; "
            "as it runs, it will meet the target at times and miss it at others.",
            id="a quarter is read by its months",
        ),
    ],
)  # fmt: skip
def test_one_sentence(values: Sequence[int], targets: Sequence[str | None], given: dict, sentence: str) -> None:
    assert said(values, targets, **given) == sentence


def test_a_real_change_says_since_when() -> None:
    """Eased of late and still far from where it was: both are true, and said so that neither hides the other."""
    _, found = read((*NOISE, 70, 72, 71, 70), ["60"] * 16, LOWER["measure"])
    assert found.kind_in_words == "a real change for the worse since Apr 2018"
    _, fresh = read((*NOISE, 70), ["60"] * 13, LOWER["measure"])
    assert fresh.kind_in_words == "a real change for the worse"
    _, usual = read(NOISE, ["60"] * 12, LOWER["measure"])
    assert usual.kind_in_words == "usual ups and downs"


def test_a_range_has_no_assurance_and_says_how_often_it_was_met() -> None:
    measure = a_measure(polarity=Polarity.RANGE)
    figures, period = months([str(each) for each in NOISE], START), parse_period("2018-03")
    series = Series(figures=figures, targets=monthly_targets([("48", "52")] * 12, START))
    line = scorecard_line(measure, series, period=period, today=LATER, default_percent=DEFAULT)
    found = variation(line, series, up_to=period.end)
    assert found is not None
    assert (found.assurance, found.record.in_short) == (None, "Target met in 10 of the last 12")
    assert found.in_words(line.rag) == "Green: usual ups and downs; the target was met in 10 of the last 12."


def test_a_target_that_is_a_limit_lies_on_the_edge() -> None:
    _, found = read(NOISE, ["50"] * 12)
    _, on_edge = read(NOISE, [str(found.limits.lower)] * 12)
    assert on_edge.assurance is Assurance.INCONSISTENT
    assert on_edge.assured_in_words == "met in 12 of the last 12; the target lies on the edge of its usual range"


_STEADY = st.lists(st.integers(48, 52), min_size=8, max_size=29)
_VALUES = st.one_of(
    st.lists(st.integers(0, 100), min_size=8, max_size=30), _STEADY,
    st.tuples(_STEADY, st.integers(0, 100)).map(lambda each: [*each[0], each[1]]),
)  # fmt: skip
_TARGETS = st.lists(st.none() | st.integers(0, 100), min_size=30, max_size=30) | st.integers(0, 100).map(
    lambda each: [each] * 30
)


def held(values: Sequence[int], targets: Sequence[int | None], polarity: Polarity) -> list[bool]:
    """Whether each of the last twelve that had a target met it, counted without the product's own rules."""
    pairs = list(zip(values, targets, strict=False))[-12:]
    return [value <= aim if polarity is Polarity.LOWER else value >= aim for value, aim in pairs if aim is not None]


@given(_VALUES, _TARGETS, st.sampled_from([Polarity.HIGHER, Polarity.LOWER, Polarity.RISE_WANTED]))
def test_no_sentence_says_what_the_last_figures_do_not_bear_out(
    values: list[int], targets: list[int | None], polarity: Polarity
) -> None:
    line, found = read(
        values, [None if each is None else str(each) for each in targets], a_measure(polarity=polarity)
    )  # fmt: skip
    words, met = found.in_words(line.rag), held(values, targets, polarity)
    many = sum(met)
    if len(met) > 1:
        assert f"in {many or 'none'} of the last {len(met)}" in words
    elif met:
        assert f"{'' if many else 'not '}met in the only one that had a target" in words
    if "reliably" in words:
        assert all(met)
        assert line.rag is Rag.GREEN
    if "will not meet" in words:
        assert not many
        assert line.rag is not Rag.GREEN
    if "at times" in words:
        assert 0 < many < len(met)
    if "a miss would not be unusual" in words:
        assert all(met)
    if "meeting it would not be unusual" in words:
        assert not many


@given(_VALUES, _TARGETS, st.sampled_from([Polarity.HIGHER, Polarity.LOWER]))
def test_no_sentence_says_what_the_limits_do_not_bear_out(
    values: list[int], targets: list[int | None], polarity: Polarity
) -> None:
    line, found = read(
        values, [None if each is None else str(each) for each in targets], a_measure(polarity=polarity)
    )  # fmt: skip
    words, aim = found.assured_in_words, targets[len(values) - 1]
    lower, upper = found.limits.lower, found.limits.upper
    if aim is None:
        assert "range" not in words
        assert "as it runs" not in words
        return
    if lower is None or upper is None:
        assert "no usual range" in words
        return
    is_above, is_below = Decimal(aim) > upper, Decimal(aim) < lower
    is_good = is_above if polarity is Polarity.LOWER else is_below
    assert ("reliably" in words or "right side" in words) == is_good
    assert ("will not meet" in words or "wrong side" in words) == ((is_above or is_below) and not is_good)
    newest = line.rag is Rag.GREEN
    if "the newest among them" in words:
        assert newest
    if "not in the newest" in words:
        assert not newest
