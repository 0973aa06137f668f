"""Figures as people write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.ground.entry import COUNTS, NumberNotUnderstoodError, check_figure, read_number
from performance.ground.values import Absence
from tests.performance.builders import a_measure, a_share


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("0", "0", id="zero"),
        pytest.param("9.4", "9.4", id="a decimal"),
        pytest.param("96.50", "96.50", id="noughts at the end are kept"),
        pytest.param(".5", "0.5", id="no nought before the point"),
        pytest.param("1,234", "1234", id="a comma for thousands"),
        pytest.param("1 204", "1204", id="a space for thousands"),
        pytest.param("1\u00a0204", "1204", id="a hard space for thousands"),
        pytest.param("12,345,678.9", "12345678.9", id="commas and decimals"),
        pytest.param("96.5%", "96.5", id="96.5% is 96.5"),
        pytest.param("96.5 %", "96.5", id="a space before the sign"),
        pytest.param("£1,234", "1234", id="pounds"),
        pytest.param("£1.2m", "1200000", id="millions of pounds"),
        pytest.param("£1.2 million", "1200000", id="millions in words"),
        pytest.param("1.2k", "1200", id="thousands"),
        pytest.param("0.0005k", "0.5", id="less than one after all"),
        pytest.param("(3.4)", "-3.4", id="brackets are negative"),
        pytest.param("(£1,234)", "-1234", id="pounds in brackets"),
        pytest.param("-3.4", "-3.4", id="a hyphen"),
        pytest.param("\u22123.4", "-3.4", id="a minus sign"),
        pytest.param("-£5", "-5", id="minus pounds"),
        pytest.param("-0", "0", id="there is no negative zero"),
        pytest.param("\uff11\uff12.\uff15", "12.5", id="full-width digits"),
        pytest.param(" 9.4\r\n", "9.4", id="Windows line ends"),
        pytest.param("999999999999.999999", "999999999999.999999", id="twelve digits and six decimals"),
        pytest.param("007", "7", id="noughts before"),
    ],
)
def test_is_read(text: str, number: str) -> None:
    assert str(read_number(text)) == number


@pytest.mark.parametrize(
    "text",
    [
        "1,23", "12,34", "0,123", "1,2345", "1,204 567", "12.0.1", "1.234,5", "1e308", "1E5", "1e3", "nan", "NaN",
        "inf", "-inf", "Infinity", "1_000", "٣", "१२", "5²", "½", "①", "n/a", "-", "--3", "(-3)", "(3", "3)", "5.",
        ".", "%", "£", "k", "1.2k%", "1 2", "about 5", "5 days", "=1+1", "0x10", "", " ", "1.2\u017fand", "1\n2",
    ],
)  # fmt: skip
def test_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(NumberNotUnderstoodError, match=r"^Sickness absence must be a number, like 9.4, not "):
        read_number(text, label="Sickness absence")


@pytest.mark.parametrize(
    "text", ["1234567890123", "0.1234567", "999999999999k", "1" * 500, "0." + "1" * 500, "1000000000000"]
)
def test_too_long_to_keep_exactly_is_refused(text: str) -> None:
    with pytest.raises(NumberNotUnderstoodError, match=r"at most 12 digits before the point and 6 after it"):
        read_number(text)


@given(number=st.decimals(-999_999_999_999, 999_999_999_999, places=6))
def test_what_is_written_is_what_is_read(number: Decimal) -> None:
    assert read_number(f"{number:,f}") == number


@given(text=st.text(max_size=30))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        assert read_number(text).is_finite()
    except NumberNotUnderstoodError as fault:
        assert "The figure must" in str(fault)  # noqa: PT017


@pytest.mark.parametrize(
    ("text", "unit", "sign"),
    [
        ("12m", "minutes", "m"),
        ("12m", "days", "m"),
        ("3k", "per 1,000", "k"),
        ("1.2m", "percent", "m"),
        ("2 million", "percent", "million"),
        ("96%", "days", "%"),
        ("96%", COUNTS, "%"),
        ("£4", "days", "£"),
    ],
)
def test_a_sign_of_another_unit_is_asked_about(text: str, unit: str, sign: str) -> None:
    with pytest.raises(NumberNotUnderstoodError, match="Write the number alone") as refused:
        read_number(text, unit=unit)
    assert f'says "{sign}"' in str(refused.value)


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [("£1.2m", "pounds", 1_200_000), ("12k", "number", 12_000), ("£3m", COUNTS, 3_000_000), ("96%", "percent", 96),
     ("2 million", "tonnes", 2_000_000), ("12", "minutes", 12)],
)  # fmt: skip
def test_a_sign_of_its_own_unit_is_read(text: str, unit: str, number: int) -> None:
    assert read_number(text, unit=unit) == number


def check(measure, *, n=None, d=None, v=None, absence=None) -> list[tuple[str, str]]:
    numbers = [None if text is None else Decimal(text) for text in (n, d, v)]
    found = check_figure(measure, numerator=numbers[0], denominator=numbers[1], value=numbers[2], absence=absence)
    return [(problem.field, problem.message) for problem in found]


COST = a_measure(
    title="Cost of a visit", unit="pounds", numerator_definition="Total cost", denominator_definition="Visits"
)


@pytest.mark.parametrize(
    ("measure", "entry", "expected"),
    [
        pytest.param(
            a_share(), {"n": "438", "d": "412"},
            ("numerator", "Requests answered on time must be 412 or fewer, the total you entered"),
            id="more than the total of a share",
        ),
        pytest.param(
            a_share(), {"n": "1", "d": "0"},
            (
                "denominator",
                'Total number of requests must be more than 0. If there were none, choose "None this month"',
            ),
            id="some of none",
        ),
        pytest.param(a_share(), {"n": "5"}, ("denominator", "Enter total number of requests"), id="no denominator"),
        pytest.param(a_share(), {"d": "5"}, ("numerator", "Enter requests answered on time"), id="no numerator"),
        pytest.param(
            a_share(), {"n": "-1", "d": "5"}, ("numerator", "Requests answered on time must be 0 or more"),
            id="a negative count",
        ),
        pytest.param(
            a_share(), {"v": "100.1"}, ("value", "Requests answered on time must be between 0% and 100%"),
            id="more than all of them",
        ),
        pytest.param(
            a_share(), {"v": "-1"}, ("value", "Requests answered on time must be 0 or more"), id="less than none"
        ),
        pytest.param(
            a_share(), {"n": "1", "d": "2", "v": "50"},
            ("value", "Requests answered on time: enter the counts or the value, not both"), id="counts and a value",
        ),
        pytest.param(
            a_measure(), {"n": "1", "d": "2"}, ("denominator", "Visits has no denominator. Leave it empty"),
            id="a denominator where there is none",
        ),
        pytest.param(
            a_measure(unit="percent"), {"n": "1"},
            ("numerator", "Visits takes a value. Enter it in place of counts"), id="counts where a value is taken",
        ),
        pytest.param(
            a_measure(), {"v": "1", "absence": Absence.NOT_PUBLISHED},
            ("value", "Enter a figure or the reason there is none, not both"), id="a figure and a reason",
        ),
        pytest.param(a_measure(), {"v": "-1"}, ("value", "Visits must be 0 or more"), id="negative"),
        pytest.param(
            a_measure(title="Number of children", counts_people=True), {"v": "12.5"},
            ("value", "Number of children must be a whole number"), id="half a child",
        ),
        pytest.param(
            a_share(counts_people=True), {"n": "1.5", "d": "3"},
            ("numerator", "Requests answered on time must be a whole number"), id="half of one who is counted",
        ),
    ],
)  # fmt: skip
def test_the_impossible_is_refused(measure, entry: dict, expected: tuple[str, str]) -> None:
    assert check(measure, **entry) == [expected]


@pytest.mark.parametrize(
    ("measure", "entry"),
    [
        pytest.param(a_share(), {"n": "412", "d": "438"}, id="a share"),
        pytest.param(a_share(), {"n": "5", "d": "5"}, id="all of them"),
        pytest.param(a_share(), {"n": "0", "d": "0"}, id="none of none"),
        pytest.param(a_share(), {"v": "100"}, id="a value in place of counts, from a file"),
        pytest.param(a_share(is_share=False), {"n": "5", "d": "4"}, id="a percentage that is no share"),
        pytest.param(COST, {"n": "5", "d": "0"}, id="a ratio of none"),
        pytest.param(a_share(counts_people=True), {"v": "12.5"}, id="a share of people as a value"),
        pytest.param(
            a_share(counts_people=True, is_share=False), {"n": "5", "d": "1000.5"}, id="a population that is estimated"
        ),
        pytest.param(a_measure(decimals=1, counts_people=True), {"v": "12.5"}, id="an average number of people"),
        pytest.param(a_measure(), {"n": "5"}, id="a count by its numerator"),
        pytest.param(a_measure(may_be_negative=True), {"v": "-1"}, id="negative where it may be (Progress 8)"),
        pytest.param(a_measure(), {"absence": Absence.NOT_APPLICABLE}, id="a reason"),
        pytest.param(a_measure(), {}, id="nothing at all says nothing"),
    ],
)
def test_the_possible_is_taken(measure, entry: dict) -> None:
    assert check(measure, **entry) == []


ANY = st.none() | st.decimals(-(10**6), 10**6, places=3)


@given(
    numerator=ANY,
    denominator=ANY,
    value=ANY,
    absence=st.none() | st.sampled_from(Absence),
    fields=st.fixed_dictionaries(
        {}, optional={"is_share": st.booleans(), "counts_people": st.booleans(), "may_be_negative": st.booleans()}
    ),
)
def test_whatever_is_refused_is_refused_with_a_sentence_at_a_field(
    numerator: Decimal | None, denominator: Decimal | None, value: Decimal | None, absence: Absence | None, fields: dict
) -> None:
    for measure in (a_measure(**fields), a_share(**fields), a_measure(unit="percent", **fields)):
        found = check_figure(measure, numerator=numerator, denominator=denominator, value=value, absence=absence)
        assert all(each.field in {"numerator", "denominator", "value"} and len(each.message) > 10 for each in found)
        assert not found or any(each is not None for each in (numerator, denominator, value))


@given(
    counts=st.tuples(st.integers(0, 10**6), st.integers(1, 10**6)),
    fields=st.sampled_from([{}, {"counts_people": True}]),
)
def test_no_possible_share_is_ever_refused(counts: tuple[int, int], fields: dict) -> None:
    part, whole = Decimal(min(counts)), Decimal(max(counts))
    assert check_figure(a_share(**fields), numerator=part, denominator=whole, value=None, absence=None) == []
