"""Receipts: what was submitted, word for word, so that a bookmarked receipt says the same for ever."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime

from performance.ground.organisation import Return, ReturnStatus
from performance.ground.periods import Period, day_in_words, parse_period


@dataclass(frozen=True, kw_only=True)
class ReceiptLine:
    """A figure as it was submitted: title, period, printed figure, rating in words and what was said of it."""

    code: str
    title: str
    period: str
    figure: str
    rating: str
    commentary: str = ""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """The answer to a submission. `signed_off_by` are those who may approve it, by name."""

    key: str
    unit_code: str
    unit_name: str
    period: Period
    version: int
    submitted_by: str
    submitted_at: datetime
    lines: tuple[ReceiptLine, ...]
    signed_off_by: tuple[str, ...]
    sign_off_by_day: date
    still_to_come: tuple[str, ...] = ()

    @property
    def reference(self) -> str:
        """What people quote: 2017-10-WASTE, and from the second submission on 2017-10-WASTE-2."""
        again = f"-{self.version}" if self.version > 1 else ""
        return f"{self.period.start:%Y-%m}-{self.unit_code}{again}"

    @property
    def in_words(self) -> str:
        """Who submitted how many figures, of which service and month, and when."""
        number, when = len(self.lines), self.submitted_at.astimezone()
        return (
            f"{self.submitted_by} submitted {number} figure{'' if number == 1 else 's'} for {self.unit_name}, "
            f"{self.period.in_words}, on {day_in_words(when.date())} at {when:%H:%M}."
        )

    @property
    def signatories(self) -> str:
        """Who may sign it off, by name."""
        return " or ".join(self.signed_off_by) or "A head of service or director"


def what_became_of(receipt: Receipt, stored: Return | None, *, decided_by: str, today: date) -> str:
    """Where what was submitted stands now, in a sentence or two."""
    if stored is None:
        return "The return is no longer there. Ask the BI team and quote the reference."
    when = f" on {day_in_words(stored.decided_at.astimezone().date())}" if stored.decided_at else ""
    who = decided_by or "The head of service"
    again = stored.version > receipt.version
    match stored.status:
        case ReturnStatus.APPROVED:
            newer = " They were submitted again after this receipt, so some may differ from it." if again else ""
            return f"{who} signed these figures off{when}. They are locked.{newer}"
        case ReturnStatus.RETURNED:
            return f"{who} returned these figures{when} with a question: {stored.question}".rstrip(": ")
        case ReturnStatus.SUBMITTED if again:
            return "These figures were submitted again after this receipt. The newer ones wait for sign-off."
        case ReturnStatus.SUBMITTED:
            late = (today - receipt.sign_off_by_day).days
            over = f" It is {late} day{'' if late == 1 else 's'} past the day it was due." if late > 0 else ""
            return f"These figures wait for sign-off.{over}"
        case ReturnStatus.DRAFT:
            return "These figures were taken back to be changed. They do not wait for sign-off until submitted again."


def write_receipt(receipt: Receipt) -> str:
    """The receipt as text to keep in the database."""
    plain = asdict(receipt) | {"period": receipt.period.iso}
    return json.dumps(plain, default=lambda each: each.isoformat(), ensure_ascii=False)


def read_receipt(text: str) -> Receipt:
    """The receipt that was kept; the inverse of `write_receipt`."""
    plain = json.loads(text)
    return Receipt(
        **plain
        | {
            "period": parse_period(plain["period"]),
            "submitted_at": datetime.fromisoformat(plain["submitted_at"]),
            "sign_off_by_day": date.fromisoformat(plain["sign_off_by_day"]),
            "lines": tuple(ReceiptLine(**line) for line in plain["lines"]),
            "signed_off_by": tuple(plain["signed_off_by"]),
            "still_to_come": tuple(plain["still_to_come"]),
        }
    )
