"""Passwords that are tried first are refused, wherever the council is; what counts is how soon they are guessed."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from time import perf_counter

import pytest

from cycle.admin import demonstration
from cycle.ground.passwords import WeakPasswordError, demand_another, judge, one_time_password

COUNCIL = "Seaborough District Council"
TRIED_FIRST = (
    "passwordpassword", "123456789012", "qwertyuiop12", "letmeinletmein", "adminadminadmin", "football1234",
    "Summer2017!!", "Summer2025!!", "Autumn2031??", "2025Summer!!!", "Spring2017Spring", "October2025!", "Monday01!!!!",
    "iloveyou1234", "Pa55w0rd1234", "p-a-s-s-w-o-r-d-1", "drowssap1234", "password.password.1", "changeme1234!",
    "Welcome2Council", "1q2w3e4r5t6y", "asdfghjkl;'#", "abcdefghijkl", "aaaabbbbcccc", "1234 5678 9012",
    "ｐａｓｓｗｏｒｄ１２３４", "Administrator1", "golden-thread-demo", "GoldenThread2025!!",
    "aaaaaaaaaaaa" * 10,
)  # fmt: skip
OWN_WORDS = (
    "Seaborough2019!", "seaborough-1234", "Seaborough District Council", "DistrictCouncil99!!", "s3aborough.2025?!",
    "!!SeaboroughSeaborough_93_71!!", "bi.analyst.99.99", "bianalyst bianalyst", "Wilma-Waste-2025", "W1lma.Smith!?_!",
    "smithWILMA_77_31!!", "SDC-SDC-SDC-SDC-26",
)  # fmt: skip


def judged(password: str, *, council: str = COUNCIL) -> None:
    judge(password, username="bi.analyst", name="Wilma Waste-Smith", council=council)


@pytest.mark.parametrize("password", [*TRIED_FIRST, *OWN_WORDS])
def test_what_is_tried_first_is_refused_and_so_is_a_word_of_the_councils_name_or_of_ones_own(password: str) -> None:
    with pytest.raises(WeakPasswordError, match="Three random words make a good one"):
        judged(password)


@pytest.mark.parametrize(
    "password", ["CityOfWolverhampton1", "wolverhampton.city_1", "COWC-COWC-COWC", "CityCouncil2017"]
)
def test_the_councils_name_is_refused_in_any_cut(password: str) -> None:
    with pytest.raises(WeakPasswordError, match="a name"):
        judged(password, council="City of Wolverhampton Council")


@pytest.mark.parametrize(
    "password",
    ["correct horse battery", "seaborough tide kettle", "Blue House Tree", "coffeetrainfish", "tin.moon.river",
     "740 192 833 561", "jxq3-hq7a-mmwz-8k2d", "häuser über wiesen", "三つの無作為な言葉を並べる文"],
)  # fmt: skip
def test_three_words_or_many_digits_are_taken_whatever_characters_they_are_of(password: str) -> None:
    judged(password)


@pytest.mark.parametrize(("length", "taken"), [(11, False), (12, True), (128, True), (129, False)])
def test_only_the_length_is_bounded(length: int, *, taken: bool) -> None:
    password = ("kettle otter violin " * 7)[:length]
    if taken:
        judged(password)
    else:
        with pytest.raises(WeakPasswordError, match="between 12 and 128"):
            judged(password)


@pytest.mark.parametrize("password", ["ﷺ" * 128, "ab" * 64, "1l!|" * 32, "\u0301" * 64, "-" * 128, "((((((((((((((((*"])
def test_no_password_takes_long_to_judge_or_breaks_it(password: str) -> None:
    begun = perf_counter()
    with suppress(WeakPasswordError):
        judged(password)
    assert perf_counter() - begun < 5


def test_people_who_choose_at_once_are_each_judged_by_their_own_names() -> None:
    def is_taken(number: int) -> bool:
        try:
            judge("zanzibarine93", username="u", name="Zanzibarine" if number % 2 else "Else", council=COUNCIL)
        except WeakPasswordError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(is_taken, range(40))) == [True, False] * 20


@pytest.mark.parametrize(
    ("old", "new"),
    [("ab12-cd34-ef56-gh78", "ab12 cd34 ef56 gh78"), ("!?!?!?!?!?!?", "!?!?!?!?!?!?!"),
     ("long enough once", "long enough"), ("ab12-cd34-ef56-gh78", "ab12-cd34-xx56-gh78"),
     ("Ab12-cd34-ef56-gh78", "x-aB12-Cd34-eF56-gH78-y")],
)  # fmt: skip
def test_the_old_password_with_something_added_or_changed_is_no_new_one(old: str, new: str) -> None:
    with pytest.raises(WeakPasswordError, match="must differ from the present one"):
        demand_another(new, old=old)


def test_another_password_is_another() -> None:
    demand_another("kettle otter violin", old="ab12-cd34-ef56-gh78")
    demand_another("kettle otter violin", old="!?!?!?!?!?!?")


def test_what_the_product_gives_out_it_would_take() -> None:
    judged(one_time_password())


def test_nobody_can_choose_the_demonstrations_own_password() -> None:
    with pytest.raises(WeakPasswordError):
        judged(demonstration.PASSWORD)
