"""Which earlier requests are much like a new one."""

from datetime import UTC, datetime

import pytest

from performance.review.saved_views import DataRequest, alike

MONDAY = datetime(2017, 10, 2, tzinfo=UTC)


def asked(number: int, question: str, answer: str = "") -> DataRequest:
    return DataRequest(
        id=number, question=question, asked_for="", asked_by="leader", asked_at=MONDAY, answer=answer
    )  # fmt: skip


SMOKING = asked(1, "How does smoking compare with Walsall and Sandwell?")
TIPPING = asked(2, "Which wards have the most fly-tipping?", "Most of it is in St Peter's.")
WARDS = asked(3, "Which wards have the most people out of work?")


@pytest.mark.parametrize(
    ("question", "found"),
    [
        pytest.param("Is there more smoking here than in Walsall?", [1], id="two telling words"),
        pytest.param("Smoking", [1], id="its only word"),
        pytest.param("Fly-tipping by ward", [2], id="plural and case make no difference"),
        pytest.param("tipping in St Peter's", [2], id="words of the answer count"),
        pytest.param("Most wards", [3, 2], id="equally alike: the newest first"),
        pytest.param("How does it compare?", [1], id="one telling word of one"),
        pytest.param("How much is it?", [], id="words that say nothing find nothing"),
        pytest.param("", [], id="nothing asked"),
        pytest.param("Budget of the theatre", [], id="nothing like it"),
        pytest.param("smoking in the theatre", [], id="one of two is not enough"),
    ],
)
def test_alike(question: str, found: list[int]) -> None:
    assert [each.id for each in alike(question, [SMOKING, TIPPING, WARDS])] == found


def test_no_more_than_three() -> None:
    many = [asked(number, "Smoking in Walsall") for number in range(1, 6)]
    assert [each.id for each in alike("smoking in Walsall", many)] == [5, 4, 3]
