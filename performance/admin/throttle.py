"""How long whoever guesses a password waits. Cyber Essentials allows ten guesses at an account in five minutes.

The wait grows with the wrong tries at one name, from wherever they come and whether or not there is such an account.
"""

from datetime import datetime, timedelta

# Wrong tries that cost nothing, the first wait after them, and the longest: it is doubled in between.
FREE_TRIES = 5
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=5)
# For so long a wrong try counts.
REMEMBERED = timedelta(hours=1)


def wait_after(failures: int) -> timedelta:
    """The time from the last of so many wrong tries in an hour to the next try that is looked at."""
    if failures < FREE_TRIES:
        return timedelta(0)
    doublings = min(failures - FREE_TRIES, 10)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def must_wait(failures: int, *, last: datetime | None, now: datetime) -> bool:
    """Whether a try now comes too soon after `last`, the newest of so many wrong tries in the hour before."""
    wait = wait_after(failures)
    return bool(wait) and last is not None and now < last + wait
