"""A report that goes out by itself, to one person on one occasion: where it stands (ADR 27)."""

from dataclasses import dataclass
from enum import StrEnum

from performance.home.mail import Handing

FOLDER = ""
"""The recipient of a file in a folder, and of what there was nobody to send to."""


class NotSent(StrEnum):
    """Why a report does not go out, in the words of the record; beside the reasons why a person gets no mail at all."""

    UNCHANGED = "It says what the last one said"
    MAY_NOT = "They may not read this report"
    NOTHING = "There is none that they may read yet"
    NOT_READY = "Something in it is still to be looked at"
    GONE = "What it is about is there no longer"
    NOBODY = "Nobody to send it to"
    OVERTAKEN = "A later one took its place"
    CHANGED = "The schedule was changed: it goes to somebody else"
    STOPPED = "The schedule was stopped"


@dataclass(frozen=True, kw_only=True)
class Send(Handing):
    """To whom, by username, and on which occasion of its schedule."""

    schedule_id: int
    recipient: str
    occasion: str
    said: str = ""
    red: int | None = None
