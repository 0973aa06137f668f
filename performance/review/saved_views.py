"""Views kept under a name, and requests for data with their answers: what was asked once need not be asked again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from performance.ground.alike import most_alike

LONGEST_TITLE, LONGEST_TEXT = 120, 2000
# What an address of the Explorer is made of; nothing else of an address is kept.
KEPT = ("m", "a", "over", "from", "to", "as", "known")


@dataclass(frozen=True, kw_only=True)
class SavedView:
    """What somebody looked at in the Explorer: the query of its address, under a title."""

    id: int
    title: str
    query: tuple[tuple[str, str], ...]
    saved_by: str
    saved_at: datetime


@dataclass(frozen=True, kw_only=True)
class ViewWish:
    """What was asked for: to save what the address says under a title, or to remove a view."""

    title: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    remove: SavedView | None = None

    @property
    def done(self) -> str:
        """What is said once it is carried out."""
        if self.remove:
            return f"The view “{self.remove.title}” is removed."
        return f"The view “{self.title.strip()}” is saved. Everybody finds it under Saved views."


@dataclass(frozen=True, kw_only=True)
class DataRequest:
    """What was asked, for whom; its answer in words and, where there is one, as a saved view."""

    id: int
    question: str
    asked_for: str
    asked_by: str
    asked_at: datetime
    answer: str = ""
    view_id: int | None = None
    answered_by: str | None = None
    answered_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True, kw_only=True)
class Log:
    """Requests with what they are read with: the saved views, and what people are called by username."""

    requests: tuple[DataRequest, ...]
    views: tuple[SavedView, ...]
    names: Mapping[str, str]

    def name_of(self, username: str) -> str:
        return self.names.get(username, username)


def alike(question: str, requests: Iterable[DataRequest], *, most: int = 3) -> list[DataRequest]:
    """Earlier requests that share the most telling words with the question, the newest first among equals."""
    newest_first = sorted(requests, key=lambda each: -each.id)
    return most_alike(question, newest_first, lambda each: f"{each.question} {each.answer}", most=most)
