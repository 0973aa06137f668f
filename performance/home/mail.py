"""A mail to a person: one a day, in one state at a time, and how it goes from one to the next (ADR 25).

Between handing a mail to the server and noting the answer there is a moment in which nobody can know whether it was
taken. What is caught in it is doubtful, and goes out again only if a person says so.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

# Longer than a server may take to answer every step of one mail: what is still being handed over then, is not.
LONGEST_HAND_OVER = timedelta(minutes=15)
# Until the next try, after each that the server put off. A server that keeps strangers waiting (greylisting) asks for
# some minutes; one that is down is asked less and less.
_NEXT_TRIES = (timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=2))
# How long the record stays. What was skipped says little after a quarter; a year of the rest shows a year's rhythm.
KEPT_SKIPPED, KEPT = timedelta(days=92), timedelta(days=366)
LONGEST_ADDRESS, LONGEST_REASON, LONGEST_SUBJECT = 254, 500, 300

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?", re.ASCII)


class MailState(StrEnum):
    """Where a mail stands. `failed` is tried again while it has a next try."""

    WAITING = "waiting"
    HANDING_OVER = "handing over"
    SENT = "sent"
    SKIPPED = "skipped"
    FAILED = "failed"
    DOUBTFUL = "doubtful"
    LEFT = "left"

    @property
    def in_words(self) -> str:
        return {
            "waiting": "Waiting",
            "handing over": "Being handed over",
            "sent": "Sent",
            "skipped": "Skipped",
            "failed": "Failed",
            "doubtful": "Doubtful",
            "left": "Left as it is",
        }[self.value]


class Skip(StrEnum):
    """Why a person is sent nothing, in the words of the record."""

    NOTHING = "Nothing to say"
    NOTHING_NEW = "Nothing new since the last one"
    NOT_WANTED = "Wants no mail"
    NO_ADDRESS = "No e-mail address"
    BAD_ADDRESS = "The e-mail address cannot be written to"
    DISABLED = "The account is disabled"
    NO_ROLE = "No role today"
    OVERTAKEN = "A later day's mail says what still holds"


class Handed(StrEnum):
    """What came of handing a mail to a server: it has it; it refused it for good; it put it off; nobody knows; or it
    takes no mail of ours at all now, so that there is no use in trying the next."""

    TAKEN = "taken"
    REFUSED = "refused"
    PUT_OFF = "put off"
    UNKNOWN = "unknown"
    NO_SERVER = "no server"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """With the server's own sentence, or ours. `is_set_wrong` says that the settings are at fault, and not the day."""

    handed: Handed
    said: str = ""
    is_set_wrong: bool = False


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file that goes along; its ending says what it is."""

    name: str
    data: bytes


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """A mail as it is handed over. Its id stays however often it is: servers that know it may drop a second."""

    address: str
    subject: str
    text: str
    message_id: str
    at: datetime
    attachment: Attachment | None = None


@dataclass(frozen=True, kw_only=True)
class Handing:
    """Something that is handed over to somebody else's machine, as the record has it; what it said is never kept."""

    id: int
    day: date
    state: MailState
    token: str
    version: int
    address: str = ""
    subject: str = ""
    reason: str = ""
    tries: int = 0
    next_try: datetime | None = None
    handed_over_at: datetime | None = None
    settled_at: datetime | None = None

    def is_stuck(self, now: datetime) -> bool:
        """Whether whoever was handing it over is there no longer."""
        begun = self.handed_over_at
        return self.state is MailState.HANDING_OVER and begun is not None and begun <= now - LONGEST_HAND_OVER

    def stands(self, now: datetime) -> MailState:
        """Its state as it is to be read: what is stuck is doubtful before any run has noted it."""
        return MailState.DOUBTFUL if self.is_stuck(now) else self.state

    def wants_decision(self, now: datetime) -> bool:
        """Whether it stays as it is until a person says what is to become of it."""
        return self.stands(now) is MailState.DOUBTFUL or (self.state is MailState.FAILED and self.next_try is None)

    def why(self, now: datetime) -> str:
        """Sent when and where to; skipped or failed why, and when it is tried again. By the council's clock."""
        said, stands = self.reason.rstrip("."), self.stands(now)
        to = f" to {self.address}" if self.address else ""
        if stands is MailState.SENT and self.settled_at:
            return f"{self.settled_at.astimezone():%H:%M}{to or (said and f', {said}')}"
        if stands is MailState.DOUBTFUL and self.handed_over_at:
            return f"Handed over at {self.handed_over_at.astimezone():%H:%M}{to}. {said or 'No answer was noted'}"
        if stands is MailState.FAILED:
            again = f"Tried again from {self.next_try.astimezone():%H:%M}" if self.next_try else "Not tried again"
            return f"{said}. {self.tries} {'try' if self.tries == 1 else 'tries'}. {again}"
        return said


@dataclass(frozen=True, kw_only=True)
class Mail(Handing):
    """A person's mail of a day."""

    username: str

    def may_go_again(self, now: datetime, *, today: date) -> bool:
        """Only on its own day: a later day's mail says again whatever of it still holds."""
        return self.wants_decision(now) and self.day == today


def next_try(tries: int, *, now: datetime) -> datetime:
    """When to try again what was put off, after so many tries."""
    return now + _NEXT_TRIES[min(max(tries, 1), len(_NEXT_TRIES)) - 1]


def is_address(text: str) -> bool:
    """Whether it is one plain address: no name around it, no second one, nothing that could begin another header."""
    return len(text) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None and ".." not in text


def cut(text: str, longest: int = LONGEST_REASON) -> str:
    """On one line, and no longer: what another machine says is shown, and not trusted to be short."""
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else f"{flat[: longest - 1]}…"
