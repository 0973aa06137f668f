"""What a change to an annual report is refused with."""

from collections.abc import Iterable

from performance.ground.entry import Problem


class AnnualReportError(Exception):
    """A change to an annual report that was not made; the sentence says why."""


class AnnualReportRefusedError(AnnualReportError):
    """What was entered cannot be kept; the problems say where and why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.message for problem in self.problems))


class AnnualReportMovedError(AnnualReportError):
    """Somebody else changed the report meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else changed this report a moment ago. Look at it as it stands now; what you typed is still here."
        )
