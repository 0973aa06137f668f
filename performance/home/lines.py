"""What Home says to a person, a line at a time: drawn on the page as a link, and written into their mail."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode


class Opens(StrEnum):
    """The page that a line leads to, by its name in the address (components/frame/navigation.py)."""

    HOME = ""
    MY_RETURN = "my-return"
    SIGN_OFF = "sign-off"
    RECOVERY_PLAN = "recovery-plan"
    RISK = "risk"
    RISKS = "risks"
    REOPENINGS = "reopenings"
    MEASURE = "measure"
    WARDS = "wards"
    SCORECARD = "scorecard"
    WARD_PROFILE = "ward-profile"
    EDITION = "edition"
    ANNUAL_REPORT = "annual-report"
    CALENDAR = "calendar"
    DATA_QUALITY = "data-quality"
    MAIL = "mail"
    REPORTS_SENT = "reports-sent"
    AUDIT = "audit"


@dataclass(frozen=True, kw_only=True)
class Line:
    """What it is about and what is wanted, what is to be known of it, and where it is done."""

    label: str
    detail: str = ""
    opens: Opens = Opens.HOME
    query: tuple[tuple[str, str], ...] = ()

    @property
    def address(self) -> str:
        """The page under the app's own address: my-return?unit=WASTE."""
        return f"{self.opens.value}?{urlencode(self.query)}" if self.query else self.opens.value
