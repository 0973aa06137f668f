"""Receipts: what was submitted, word for word, so that a bookmarked receipt says the same for ever."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime

from performance.periods import Period, parse_period


@dataclass(frozen=True, kw_only=True)
class ReceiptLine:
    """A figure as it was submitted: title, period, printed figure and rating in words."""

    code: str
    title: str
    period: str
    figure: str
    rating: str


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
