"""What people type into a return, exactly as typed, before it is read: kept as it stands until it is submitted."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from performance.ground.commentary import Commentary
from performance.ground.periods import Period


class Choice(StrEnum):
    """What kind of answer a figure is. Silence is none of them."""

    FIGURE = "figure"
    ESTIMATE = "estimate"
    NONE = "none"
    SAME = "same"
    NOT_APPLICABLE = "not_applicable"
    NOT_PUBLISHED = "not_published"

    @property
    def in_words(self) -> str:
        return {
            "figure": "A figure",
            "estimate": "An estimate",
            "none": "None this month",
            "same": "Same as last month",
            "not_applicable": "Not applicable",
            "not_published": "Not yet available",
        }[self.value]

    @property
    def takes_numbers(self) -> bool:
        return self in {Choice.FIGURE, Choice.ESTIMATE}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One line of a return exactly as typed, and the revision the person had before them.

    `until` is the day a figure that is not yet available is promised for, as typed. `said_of` is the number that the
    commentary was written for, in words, where another one stands there now.
    """

    measure_code: str
    choice: Choice = Choice.FIGURE
    numerator: str = ""
    denominator: str = ""
    value: str = ""
    until: str = ""
    commentary: Commentary = field(default_factory=Commentary)
    based_on: int = 0
    said_of: str = ""

    @property
    def is_blank(self) -> bool:
        return self.choice.takes_numbers and not (self.numerator + self.denominator + self.value).strip()

    def over(self, before: "Answer") -> "Answer":
        """As typed over what stood there before: what was said of other numbers was not said of these.

        The same words as before confirm nothing over other numbers, and are asked for again; the same commentary
        remembers which number it was written for.
        """
        said, is_same_number = self.commentary, self._says == before._says
        if said.confirmed == before.commentary.confirmed and not is_same_number:
            said = replace(said, confirmed="")
        is_same_text = bool(said.story) and said.story == before.commentary.story
        written_for = before.said_of or before.number_in_words
        is_of_another = is_same_text and _bare(written_for) not in {"", _bare(self.number_in_words)}
        return replace(self, commentary=said, said_of=written_for if is_of_another else "")

    @property
    def number_in_words(self) -> str:
        """The number as typed, "411 of 470"; empty where no number stands there."""
        if not self.choice.takes_numbers:
            return ""
        return " of ".join(each.strip() for each in (self.numerator, self.denominator, self.value) if each.strip())

    @property
    def _says(self) -> tuple[str, ...]:
        """The numbers and the kind of answer."""
        return (self.choice, *(_bare(each) for each in (self.numerator, self.denominator, self.value)))

    def as_json(self) -> dict[str, Any]:
        """What a draft keeps of it."""
        return asdict(self) | {"choice": self.choice.value}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Answer":
        """The answer a draft kept; what an older version did not know stays at its default."""
        told = {name: kept[name] for name in ("numerator", "denominator", "value", "until", "said_of") if name in kept}
        said = {name: str(text) for name, text in kept.get("commentary", {}).items() if name in Commentary.names()}
        return cls(
            measure_code=kept["measure_code"],
            choice=Choice(kept.get("choice", Choice.FIGURE)),
            commentary=Commentary(**said),
            based_on=int(kept.get("based_on", 0)),
            **told,
        )


def _bare(typed: str) -> str:
    """A number however its thousands are written."""
    return "".join(typed.replace(",", "").split())


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An answer as it was saved while being typed: for which area and period, by whom and when.

    `version` is the lock: whoever saves names the version they saw, 0 where there was none.
    """

    answer: Answer
    area_code: str
    period: Period
    version: int = 0
    saved_by: str = ""
    saved_at: datetime | None = None
