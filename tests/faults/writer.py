"""A process that submits returns one after another and says so after each: the one that the tests kill."""

import sys

from cycle.do import returns
from data_access.council.people import find_user
from data_access.council.settings_store import get_today
from data_access.store.database import reading
from performance.do.typed import Answer
from performance.ground.commentary import Commentary
from performance.ground.people import User
from performance.ground.periods import Period

FIRST = Period.month(2001, 1)
SAID = Commentary(
    what_happened="Two crews were short",
    why="Sickness",
    what_next="Recruit two",
    who="Crew leader",
    by_when="1 December 2200",
    back_on_track="not known",
    confirmed="Counted twice",
)


def month(number: int) -> Period:
    return FIRST.shifted(number)


def submit(number: int, *, by: User) -> returns.Receipt:
    """One return of three figures, each with commentary: enough to be caught half way."""
    answers = [Answer(measure_code=code, value=str(number + 1), commentary=SAID) for code in ("A", "B", "C")]
    return returns.submit_return("WASTE", month(number), answers=answers, request_key=f"request-{number}", by=by)


def main(first: int, last: int) -> None:
    with reading() as session:
        user = find_user(session, username="manager", on=get_today(session))
    assert user is not None
    for number in range(first, last):
        submit(number, by=user)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
