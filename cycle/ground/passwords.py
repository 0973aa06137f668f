"""How passwords are prepared, hashed and judged.

Judged as the National Cyber Security Centre advises: by how soon a guesser gets there, never by which kinds of
characters it is made of. zxcvbn knows the common passwords, words, names, keyboard runs, sequences and dates.
"""

import base64
import hashlib
import re
import secrets
import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import filterfalse
from threading import Lock

import bcrypt

SHORTEST, LONGEST = 12, 128
OF_THE_DEMONSTRATION = "golden-thread-demo"
"""Shown on the demonstration's own sign-in page, and nowhere else of use."""
ONE_TIME_HOLDS = timedelta(hours=72)
# The same work for a name that does not exist, so that names cannot be told apart by the clock.
UNKNOWN_NAME_HASH = "$2b$12$C6UzMDM.H6dfI/f/IKcEeO7ZUNPYZ6RkXhZ7rYV9nGm0eGJ6m0q7K"
# The power of ten of the guesses it must take: three everyday words pass, a word with a year and signs does not.
_ENOUGH = 7.5
_OF_THE_PRODUCT = ("Golden Thread", "council performance", "demo")
_MOST_WORDS = 12  # of one name: the longest council's has nine
_ADDED = 3  # letters that make no other password of somebody's own names
_LIKE = 0.8  # how much of two passwords is the same, from 0 to 1, where one is the other with something changed
_LOOK_ALIKES = tuple(str.maketrans("01345789@$", f"o{one}eastbgas") for one in "il")
_READ = 72  # characters that are judged: zxcvbn's own bound, after which it takes long
# The years that zxcvbn knows end before these do.
_YEAR, _A_YEAR = re.compile(r"(?:19|20)\d\d"), "2017"
_zxcvbn_judges_one_at_a_time = Lock()  # it keeps the names that it is given where every thread finds them


class WeakPasswordError(ValueError):
    """The password is too short, too long, or one that attackers try first."""


def prepared(password: str) -> str:
    """What bcrypt is given: bcrypt reads 72 bytes and no more, so a digest of the whole stands in for it."""
    return base64.b64encode(hashlib.sha256(password.encode()).digest()).decode()


def hash_password(password: str, *, rounds: int = 12) -> str:
    return bcrypt.hashpw(prepared(password).encode(), bcrypt.gensalt(rounds)).decode()


def is_of(hashed: str, password: str) -> bool:
    """Whether the hash was made of the password; takes a quarter of a second."""
    return bcrypt.checkpw(prepared(password).encode(), hashed.encode())


@lru_cache(maxsize=64)
def is_published(hashed: str | None) -> bool:
    """Whether it is the hash of the demonstration's password, which never changes of a hash; None is no account's."""
    return hashed is not None and is_of(hashed, OF_THE_DEMONSTRATION)


def one_time_password() -> str:
    """A password to hand over once, read aloud without mistakes: no letters that look like digits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))


def has_ended(given_at: datetime | None, *, now: datetime) -> bool:
    """Whether a one-time password is good for nothing any more; one of which nobody knows when it was given is not."""
    return given_at is None or given_at + ONE_TIME_HOLDS <= now


def judge(password: str, *, username: str, name: str, council: str) -> None:
    """Raise WeakPasswordError, with a sentence, unless the password is long enough and not soon guessed.

    What everybody at a council thinks of is a word of its name, or of their own.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise WeakPasswordError(f"Password must be between {SHORTEST} and {LONGEST} characters.")
    plain = unicodedata.normalize("NFKC", password).casefold()
    own = _words(username, name, council, *_OF_THE_PRODUCT)
    if _is_of_names(plain, own) or _guesses(plain, own) < _ENOUGH:
        raise WeakPasswordError(
            "Password must be harder to guess: this is a common word, a name or a pattern, maybe with something added."
            " Three random words make a good one."
        )


def demand_another(new: str, *, old: str) -> None:
    """Raise WeakPasswordError for the old password again, also with something added, taken away or changed."""
    ours, theirs = (_bare(text) or text for text in (new, old))
    alike = ours in theirs or theirs in ours
    if alike or SequenceMatcher(a=ours, b=theirs, autojunk=False).ratio() >= _LIKE:
        raise WeakPasswordError(
            "The new password must differ from the present one by more than something added or changed."
            " Three random words make a good one."
        )


def _words(*names: str) -> list[str]:
    """Every run of words of the names, written as one, and their initials; the longest first."""
    found = set()
    for name in names:
        words = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", name).casefold())[:_MOST_WORDS]
        found |= {"".join(words[first:last]) for last in range(1, len(words) + 1) for first in range(last)}
        found.add("".join(word[0] for word in words))
    return sorted((word for word in found if len(word) >= _ADDED), key=lambda word: (-len(word), word))


def _is_of_names(password: str, own: list[str]) -> bool:
    """Whether the letters are names over and over, and hardly anything else."""
    return any(_ADDED >= len(_without(letters, own)) < len(letters) for letters in _readings(password))


def _readings(password: str) -> Iterator[str]:
    """The letters of it, as written, and with digits and signs read as the letters they look like."""
    for reading in (password, *(password.translate(table) for table in _LOOK_ALIKES)):
        yield "".join(filter(str.isalpha, reading))


def _without(letters: str, own: list[str]) -> str:
    for word in own:
        letters = letters.replace(word, "")
    return letters


def _guesses(password: str, own: list[str]) -> float:
    """The power of ten of the guesses it takes: as it stands, or its words first and then what is put between them."""
    read = _YEAR.sub(_A_YEAR, password[:_READ])
    splits = (str.isalnum, str.isalpha)
    apart = (("".join(filter(is_word, read)), "".join(filterfalse(is_word, read))) for is_word in splits)
    return min(_power(read, own), *(_power(words, own) + _power(added, own) for words, added in apart))


def _power(text: str, own: list[str]) -> float:
    from zxcvbn import zxcvbn  # a tenth of a second that only choosing a password is worth

    if not text:
        return 0.0
    with _zxcvbn_judges_one_at_a_time:
        return float(zxcvbn(text, user_inputs=own, max_length=_READ)["guesses_log10"])


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))
