"""A person's own place in the golden thread: what their work hangs on, their objectives, and what they ask for."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class PersonalThread:
    """The node a person's work hangs on, and who said so."""

    username: str
    node_code: str
    chosen_by: str
    chosen_at: datetime
    version: int = 1

    @property
    def was_assigned(self) -> bool:
        return self.chosen_by != self.username


@dataclass(frozen=True, kw_only=True)
class OwnObjective:
    """An objective of a person's own, for them and their manager alone."""

    id: int
    username: str
    text: str
    written_at: datetime
    version: int = 1
    done_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Hanging:
    """Hang the work of the named person on a node."""

    code: str
    username: str
    version: int

    @property
    def about(self) -> str:
        return f"thread-{self.username}"


@dataclass(frozen=True, kw_only=True)
class NewObjective:
    """Note one more."""

    text: str
    about: str = "objective"


@dataclass(frozen=True, kw_only=True)
class _OfOne:
    """Something done to one objective, as it was in a version."""

    objective_id: int
    version: int

    @property
    def about(self) -> str:
        return f"objective-{self.objective_id}"


@dataclass(frozen=True, kw_only=True)
class Reworded(_OfOne):
    text: str


@dataclass(frozen=True, kw_only=True)
class Marked(_OfOne):
    """It is done, or after all it is not."""

    done: bool


@dataclass(frozen=True, kw_only=True)
class Removed(_OfOne):
    """It goes for good."""


ThreadChange = Hanging | NewObjective | Reworded | Marked | Removed
