"""Next year's plan: what a draft says of each node and measure, against the plan as it stands."""

from enum import StrEnum


class Noun(StrEnum):
    """What a line of the draft is about."""

    NODE = "node"
    MEASURE = "measure"


class LineKind(StrEnum):
    """What happens to it. What has no line is carried over as it is."""

    CHANGED = "changed"
    ADDED = "added"
    ENDED = "ended"

    @property
    def in_words(self) -> str:
        return self.value.capitalize()


class RefreshState(StrEnum):
    """A draft is adopted on a date, or abandoned; it is never taken back."""

    DRAFT = "draft"
    ADOPTED = "adopted"
    ABANDONED = "abandoned"
