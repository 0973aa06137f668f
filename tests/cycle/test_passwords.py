"""Passwords that are tried first are refused, wherever the council is."""

import pytest

from cycle.passwords import WeakPasswordError, judge

COUNCIL = "Seaborough District Council"


@pytest.mark.parametrize(
    "password",
    ["Seaborough2019!", "seaborough-1234", "Seaborough District Council", "bi.analyst.99.99", "Administrator1"],
)
def test_a_word_of_the_councils_own_name_or_of_ones_own_is_refused(password: str) -> None:
    with pytest.raises(WeakPasswordError, match="common word"):
        judge(password, username="bi.analyst", council=COUNCIL)


@pytest.mark.parametrize("password", ["correct horse battery", "seaborough tide kettle", "740 192 833 561"])
def test_three_words_or_many_digits_are_taken(password: str) -> None:
    judge(password, username="bi.analyst", council=COUNCIL)
