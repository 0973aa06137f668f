"""What a service says of its own data, once a year: each of the six dimensions judged, beside what was recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from performance.ground.entry import Problem
from performance.ground.periods import Period
from performance.review.quality.dimensions import Dimension, Finding, State


class Judgement(StrEnum):
    """How far the data of a measure are as they should be, in one dimension."""

    FULLY = "fully"
    PARTLY = "partly"
    NOT = "not"

    @property
    def in_words(self) -> str:
        return {"fully": "Yes", "partly": "In part", "not": "No"}[self.value]


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One dimension as its service judges it; what is not as it should be has its words."""

    judgement: Judgement
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class SelfAssessment:
    """A measure's data as judged for a financial year. A later version of the same year takes its place."""

    measure_code: str
    year: Period
    answers: Mapping[Dimension, Judged]
    assessed_by: str
    assessed_at: datetime
    version: int = 1

    @property
    def in_words(self) -> str:
        """Five of six as they should be."""
        fully = sum(each.judgement is Judgement.FULLY for each in self.answers.values())
        return f"{fully} of {len(Dimension)} as they should be"

    def contradicts(self, finding: Finding) -> bool:
        """Whether the service says that all is well where what was recorded says to look."""
        judged = self.answers.get(finding.dimension)
        return finding.state is State.LOOK and judged is not None and judged.judgement is Judgement.FULLY


def check(answers: Mapping[Dimension, Judged]) -> list[Problem]:
    """What is missing of an assessment: every dimension is judged, and what falls short is explained."""
    problems = []
    for dimension in Dimension:
        judged, name = answers.get(dimension), dimension.in_words.lower()
        if judged is None:
            problems.append(Problem(field=dimension.value, message=f"Choose how it stands with {name}"))
        elif judged.judgement is not Judgement.FULLY and not judged.words.strip():
            problems.append(Problem(field=dimension.value, message=f"Enter what is missing for {name}"))
    return problems


def as_json(answers: Mapping[Dimension, Judged]) -> dict[str, Any]:
    return {
        each.value: {"judgement": judged.judgement.value, "words": judged.words} for each, judged in answers.items()
    }


def from_json(kept: Mapping[str, Any]) -> dict[Dimension, Judged]:
    return {
        Dimension(name): Judged(judgement=Judgement(said["judgement"]), words=str(said["words"]))
        for name, said in kept.items()
    }
