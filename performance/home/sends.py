"""A report that goes out by itself, to one person on one occasion: where it stands (ADR 27)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from performance.home.mail import Handing, MailState

FOLDER = ""
"""The recipient of a file in a folder, and of what there was nobody to send to."""


class NotSent(StrEnum):
    """Why a report does not go out, in the words of the record; beside the reasons why a person gets no mail at all."""

    UNCHANGED = "It says what the last one said"
    MAY_NOT = "They may not read this report"
    NOT_ASKED = "They are no longer among those it goes to"
    NOTHING = "There is none that they may read yet"
    NONE_NEWER = "No newer one is published to them yet"
    NOT_READY = "Something in it is still to be looked at"
    GONE = "What it is about is there no longer"
    NOBODY = "Nobody to send it to"
    OVERTAKEN = "A later one took its place"
    CHANGED = "The schedule was changed: it goes to somebody else"
    OTHER_DAYS = "The schedule was changed: it goes out on other days"
    STOPPED = "The schedule was stopped"


MAY_COME = frozenset({NotSent.NOTHING, NotSent.NONE_NEWER, NotSent.NOT_READY})
"""What holds today alone: it goes out on the first working day that there is one, until the next takes its place."""


@dataclass(frozen=True, kw_only=True)
class Waits:
    """A report there is none of yet, said when it begins to wait and not on each day."""

    because: NotSent


@dataclass(frozen=True, kw_only=True)
class Send(Handing):
    """To whom, by username, and on which occasion of its schedule. `looked_on` is when there was none of it yet."""

    schedule_id: int
    recipient: str
    occasion: str
    said: str = ""
    red: int | None = None
    looked_on: date | None = None

    def why(self, now: datetime) -> str:
        """As of everything that is handed over; and until when one is looked for."""
        looked_for = self.state is MailState.WAITING and self.looked_on
        more = ". Looked for again on each working day, until the next one is due" if looked_for else ""
        return f"{super().why(now)}{more}"
