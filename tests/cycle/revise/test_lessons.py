"""Lessons: found by their words alike on both databases, written, corrected, and withdrawn."""

import pytest

from cycle.revise import lessons
from cycle.revise.lessons import LessonText
from data_access.store.audit import list_breaks, list_events
from data_access.store.database import reading
from performance.ground.people import NotAllowedError, Role, User
from performance.revise.lessons import END, FOUND, Verdict
from tests.builders import a_user, add_council, add_measure

pytestmark = pytest.mark.usefixtures("database_on_both")


def a_manager() -> User:
    add_council()
    return a_user()


def a_lesson(by: User, title: str, advice: str = "Ask the crews first", **said: str) -> int:
    return lessons.write_lesson("WASTE", said=LessonText(title=title, advice=advice, **said), by=by)


def titles(words: str, by: User) -> list[str]:
    return [line.lesson.title.replace(FOUND, "").replace(END, "") for line in lessons.find_lessons(words, by=by)]


def three(by: User) -> None:
    a_lesson(by, "Long absences of managers", "Hold a case conference early")
    a_lesson(by, "Missed collections", "Crews draw up their own rounds", what_worked="Fewer absent crews")
    a_lesson(by, "Empty homes", "Pay contractors by the home, not by the hour")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("absence", ["Long absences of managers"]),
        ("ABSENCES", ["Long absences of managers"]),
        ("contractor", ["Empty homes"]),
        ("collection", ["Missed collections"]),
        ("crews rounds", ["Missed collections"]),
        ("the rounds of the crews", ["Missed collections"]),
        ("crew homes", ["Empty homes", "Missed collections"]),
        ("homes", ["Empty homes"]),
        ("parking", []),
        ("of the and", []),
        ('"crews" AND -rounds* : (', ["Missed collections"]),
        ("'; DROP TABLE lessons; --", []),
        ("%", []),
    ],
)
def test_lessons_are_found_by_any_form_of_their_words(words: str, expected: list[str]) -> None:
    manager = a_manager()
    three(manager)
    assert sorted(titles(words, manager)) == expected


def test_the_closest_comes_first_and_without_words_the_newest() -> None:
    manager = a_manager()
    a_lesson(manager, "Homes", "Homes, homes and homes")
    a_lesson(manager, "Rounds", "Drawn up for streets of all kinds, with flats, shops and here and there some homes")
    assert titles("homes", manager) == ["Homes", "Rounds"]
    assert titles("", manager) == ["Rounds", "Homes"]


def test_what_was_found_is_marked() -> None:
    manager = a_manager()
    three(manager)
    (found,) = lessons.find_lessons("contractor", by=manager)
    assert found.lesson.advice == f"Pay {FOUND}contractors{END} by the home, not by the hour"
    assert found.lesson.title == "Empty homes"


def test_lessons_are_narrowed_by_verdict_and_unit() -> None:
    manager = a_manager()
    three(manager)
    assert len(lessons.find_lessons(verdict=Verdict.GENERAL, by=manager)) == 3
    assert lessons.find_lessons(verdict=Verdict.WORKED, by=manager) == []
    assert len(lessons.find_lessons(unit_code="WASTE", by=manager)) == 3
    assert lessons.find_lessons(unit_code="HOUSING", by=manager) == []


def test_a_corrected_lesson_is_found_by_its_new_words_alone() -> None:
    manager = a_manager()
    lesson_id = a_lesson(manager, "Empty homes")
    lessons.correct_lesson(
        lesson_id, said=LessonText(title="Vacant flats", advice="Pay by the flat"), version=1, by=manager
    )
    assert titles("empty", manager) == []
    assert titles("flats", manager) == ["Vacant flats"]
    with pytest.raises(lessons.LessonError, match="Someone else changed this lesson"):
        lessons.correct_lesson(lesson_id, said=LessonText(title="x", advice="y"), version=1, by=manager)
    assert titles("flats", manager) == ["Vacant flats"]


def test_a_lesson_is_hung_on_another_measure_that_there_is() -> None:
    manager = a_manager()
    for code in ("BINS", "CALLS"):
        add_measure(code, unit_code="WASTE")
    lesson_id = a_lesson(manager, "Rounds", measure_code="BINS")
    said = LessonText(title="Rounds", advice="Ask the crews first", measure_code="CALLS")
    lessons.correct_lesson(lesson_id, said=said, version=1, by=manager)
    assert [each.lesson.measure_code for each in lessons.find_lessons(by=manager)] == ["CALLS"]
    with pytest.raises(lessons.LessonError, match="There is no such measure"):
        lessons.correct_lesson(lesson_id, said=LessonText(title="R", advice="A", measure_code="NOPE"), version=2,
                               by=manager)  # fmt: skip


def test_a_withdrawn_lesson_is_no_longer_found() -> None:
    manager = a_manager()
    lesson_id = a_lesson(manager, "Empty homes")
    lessons.withdraw_lesson(lesson_id, version=1, by=manager)
    assert titles("empty", manager) == titles("", manager) == []
    with pytest.raises(lessons.LessonError, match="was withdrawn"):
        lessons.withdraw_lesson(lesson_id, version=2, by=manager)
    with reading() as session:
        assert [event.verb for event in list_events(session)] == ["write lesson", "withdraw lesson"]
        assert list(list_breaks(session)) == []


@pytest.mark.parametrize(
    ("title", "advice", "fields"),
    [(" ", "", ["title", "advice"]), ("x" * 121, "y", ["title"]), ("x", "y" * 2001, ["advice"])],
)
def test_a_lesson_that_says_nothing_or_too_much_is_refused(title: str, advice: str, fields: list[str]) -> None:
    manager = a_manager()
    with pytest.raises(lessons.LessonRefusedError) as refusal:
        a_lesson(manager, title, advice)
    assert [problem.field for problem in refusal.value.problems] == fields
    assert lessons.find_lessons(by=manager) == []


def test_a_lesson_is_written_at_ones_own_unit_and_read_by_every_officer() -> None:
    manager = a_manager()
    lesson_id = a_lesson(manager, "Empty homes")
    stranger = a_user("stranger", unit="HOUSING")
    (line,) = lessons.find_lessons(by=stranger)
    assert not line.may_change
    for attempt in (
        lambda: a_lesson(stranger, "Ours"),
        lambda: lessons.withdraw_lesson(lesson_id, version=1, by=stranger),
        lambda: lessons.find_lessons(by=a_user("member", Role.COUNCILLOR, "COUNCIL")),
    ):
        with pytest.raises(NotAllowedError):
            attempt()
    assert set(lessons.own_units(by=stranger)) == {"HOUSING"}


def test_beside_a_measure_stand_its_own_lessons_and_then_those_of_its_service() -> None:
    manager = a_manager()
    add_measure("BINS", unit_code="WASTE")
    add_measure("HOMES", unit_code="HOUSING")
    own = LessonText(title="Of the measure", advice="Ask", measure_code="BINS")
    lessons.write_lesson("WASTE", said=own, by=manager)
    a_lesson(manager, "Of the service")

    def beside(code: str) -> list[str]:
        return [line.lesson.title for line in lessons.lessons_beside(code, by=manager)]

    assert beside("BINS") == ["Of the measure", "Of the service"]
    assert beside("HOMES") == beside("NOWHERE") == []
