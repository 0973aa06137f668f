"""How passwords are prepared, hashed and judged."""

import base64
import hashlib
import secrets

import bcrypt

SHORTEST, LONGEST = 12, 128
# The same work for a name that does not exist, so that names cannot be told apart by the clock.
UNKNOWN_NAME_HASH = "$2b$12$C6UzMDM.H6dfI/f/IKcEeO7ZUNPYZ6RkXhZ7rYV9nGm0eGJ6m0q7K"
_TOO_COMMON = {"password", "qwerty", "letmein", "welcome", "council", "administrator", "goldenthread"}


class WeakPasswordError(ValueError):
    """The password is too short, too long, or one that attackers try first."""


def prepared(password: str) -> str:
    """What bcrypt is given: bcrypt reads 72 bytes and no more, so a digest of the whole stands in for it."""
    return base64.b64encode(hashlib.sha256(password.encode()).digest()).decode()


def hash_password(password: str, *, rounds: int = 12) -> str:
    return bcrypt.hashpw(prepared(password).encode(), bcrypt.gensalt(rounds)).decode()


def one_time_password() -> str:
    """A password to hand over once, read aloud without mistakes: no letters that look like digits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))


def judge(password: str, *, username: str, council: str) -> None:
    """Raise WeakPasswordError, with a sentence, unless the password is long enough and not the first to be tried.

    What everybody at a council thinks of is a word of the council's own name.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise WeakPasswordError(f"Password must be between {SHORTEST} and {LONGEST} characters.")
    own = {_letters(word) for word in (username, council, *council.split())} - {""}
    if _letters(password) in _TOO_COMMON | own or len(set(password)) < 5:
        raise WeakPasswordError("Password must not be a common word. Three random words make a good one.")


def _letters(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalpha())
