"""Review: a service says once a year how it stands with its own data, beside what was recorded of it."""

from collections.abc import Mapping
from dataclasses import replace

from cycle.ground.access import demand
from data_access.council.settings_store import get_now, get_today
from data_access.plan.register import get_measure
from data_access.review import self_assessments
from data_access.store.audit import add_event
from data_access.store.database import transaction
from performance.ground.entry import Problem
from performance.ground.people import Permission, User
from performance.ground.periods import Period
from performance.ground.texts import TextTooLongError, clean
from performance.review.quality.dimensions import Dimension
from performance.review.quality.self_assessment import Judged, SelfAssessment, check


class AssessmentRefusedError(ValueError):
    """The assessment cannot be kept; the problems say which dimension, and why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(". ".join(problem.message for problem in problems))
        self.problems = problems


def assess(code: str, answers: Mapping[Dimension, Judged], *, version: int, by: User) -> SelfAssessment:
    """Keep what the service says of the measure's data this financial year; `version` is that it had before it, or 0.

    Raises AssessmentRefusedError, MeasureNotFoundError.
    """
    if problems := check(answers):
        raise AssessmentRefusedError(problems)
    kept = {dimension: _cleaned(dimension, judged) for dimension, judged in answers.items()}
    with transaction() as session:
        measure = get_measure(session, code=code)
        user = demand(session, by, Permission.ENTER_FIGURES, at=measure.unit_code)
        year = Period.containing(get_today(session), months=12)
        made = SelfAssessment(
            measure_code=code, year=year, answers=kept, assessed_by=user.username, assessed_at=get_now(session),
            version=version + 1,
        )  # fmt: skip
        try:
            self_assessments.add_assessment(session, assessment=made)
        except self_assessments.AssessedMeanwhileError as fault:
            said = "A colleague assessed this measure meanwhile. Open the page again to see what they said"
            raise AssessmentRefusedError([Problem(field="", message=said)]) from fault
        after = {"year": year.iso} | {each.value: judged.judgement.value for each, judged in kept.items()}
        add_event(session, at=made.assessed_at, username=user.username, verb="assess data", subject=code, after=after)
        return made


def _cleaned(dimension: Dimension, judged: Judged) -> Judged:
    try:
        return replace(judged, words=clean(judged.words.strip()))
    except TextTooLongError as fault:
        raise AssessmentRefusedError([Problem(field=dimension.value, message=str(fault))]) from fault
