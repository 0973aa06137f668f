"""What a lesson says of what was tried."""

from enum import StrEnum

FOUND, END = "\x02", "\x03"
"""Around each word that was searched for, in the texts of a lesson that was found; nobody types these."""


class Verdict(StrEnum):
    """Whether something worked, as the reviewer judged it; a general lesson is of no plan."""

    WORKED = "worked"
    NOT_PROVEN = "not_proven"
    WORSE = "worse"
    GENERAL = "general"

    @property
    def in_words(self) -> str:
        return {
            "worked": "It worked",
            "not_proven": "Not proven",
            "worse": "It got worse",
            "general": "General",
        }[self.value]
