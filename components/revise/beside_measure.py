"""What Revise has of a measure, on the measure's own page: its risks, its lessons, and what people said of it."""

from components.revise import feedback_view, lesson_list
from components.revise.risks import lines
from cycle.revise import feedback, lessons, risks_shown
from performance.ground.measures import Measure
from performance.ground.people import User


def show(measure: Measure, *, by: User) -> None:
    """Each folded, and nothing of what there is none of. It is of today, whatever period the page shows."""
    lines.show(risks_shown.risks_of_measures([measure.code], by=by), narrowed={"measure": measure.code})
    lesson_list.show_beside(lessons.lessons_beside(measure.code, by=by))
    feedback_view.show_beside(measure, feedback.list_feedback(by=by))
