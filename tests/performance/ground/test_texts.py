"""How long a text is, and the sentence that sends back one that is too long."""

import pytest

from performance.ground.entry import Problem, check_texts
from performance.ground.texts import LONGEST, length, too_long


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        ("", 0),
        ("  Rain \n", 4),
        ("one\r\ntwo", 7),
        ("cafe\u0301", 4),
        ("a\x00b", 2),
        ("x" * (LONGEST + 1), LONGEST + 1),
    ],
)
def test_the_characters_that_would_be_kept_are_counted(text: str, characters: int) -> None:
    assert length(text) == characters


def test_a_text_of_just_the_length_fits_and_one_more_is_said_with_both_numbers() -> None:
    assert too_long("The reason", f" {'x' * 1500} ", at_most=1500) == ""
    assert too_long("The reason", "x" * 1640, at_most=1500) == (
        "The reason must be 1,500 characters or less. You have 1,640"
    )


def test_each_long_text_is_a_problem_of_its_own_field() -> None:
    assert check_texts(("title", "The title", "abc", 3), ("why", "Why it matters", "abcd", 3)) == [
        Problem(field="why", message="Why it matters must be 3 characters or less. You have 4")
    ]
