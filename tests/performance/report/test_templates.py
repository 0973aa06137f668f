"""The places of a template: found however they are written, and each fault named with what to do."""

import pytest

from performance.report.templates import (
    BRIEF,
    CABINET_PACK,
    DASHBOARD,
    KINDS,
    SCORECARD,
    Program,
    card_kind,
    fillings,
    left_out,
    only_place,
    places_in,
    problems,
)


def test_places_are_found_in_their_order_and_however_a_program_corrects_them() -> None:
    assert places_in("{{title}} of {{ Council }}, {{KNOWN}}") == ["title", "council", "known"]
    assert places_in("{ {title} } and {{}") == []
    assert (only_place("  {{ Reds }} "), only_place("See {{reds}}"), only_place("")) == ("reds", "", "")


def test_what_is_told_is_filled_from_the_last_to_the_first_and_the_rest_stays() -> None:
    text = "{{title}}, {{unknown}}, {{About}}"
    assert fillings(text, {"title": "T", "about": "A"}) == [(24, 33, "A"), (0, 9, "T")]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["{{sumary}}"], "Cabinet pack: there is no {{sumary}} in it. Did you mean {{summary}}?"),
        (["{{summary}}", "{{zzz}}"], "Cabinet pack: there is no {{zzz}} in it. It may have {{title}}, {{about}}"),
        (["{{reds}} and more"], "{{reds}} takes a line of its own"),
        (["{{reds}}{{ambers}}"], "{{reds}} takes a line of its own"),
        (["{{reds}}", "{{reds}}"], "{{reds}} stands twice"),
        (["{{content}}", "{{reds}}"], "{{content}} is all the parts. Leave it out, or {{reds}}."),
        (["{{title}}"], "Nothing would be written into it. Write {{content}}"),
        (["{{content}}", "{{title"], "double braces are opened or closed alone"),
        (["{{content}}", "title}}"], "double braces are opened or closed alone"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_what_to_do(lines: list[str], said: str) -> None:
    (found,) = problems(CABINET_PACK, lines)[:1]
    assert said in found


def test_good_templates_have_no_faults() -> None:
    for kind in KINDS.values():
        assert problems(kind, ["{{content}}"]) == []
        assert problems(kind, [f"{{{{{part}}}}}" for part in kind.parts]) == []
        assert problems(kind, ["A line of {{title}}, {{ABOUT}}", "{{content}}"]) == []
        assert problems(kind, ["{{title}}"], has_parts=False) == []


def test_an_unknown_place_is_named_once_however_often_it_stands() -> None:
    assert len(problems(BRIEF, ["{{no}}", "{{no}}", "{{content}}"])) == 1


def test_what_a_template_gives_no_place_to() -> None:
    assert left_out(BRIEF, ["{{content}}"], Program.WORD) == ()
    lines = ["{{reds}}", "{{summary}}", "{{title}}"]
    assert left_out(CABINET_PACK, lines, Program.WORD) == (
        "changed", "ambers", "finance", "targets", "corrections", "measures", "methods",
    )  # fmt: skip
    # What is only looked up is on no slide anyway.
    assert left_out(CABINET_PACK, lines, Program.POWERPOINT) == (
        "changed", "ambers", "finance", "targets", "corrections",
    )  # fmt: skip


def test_a_name_of_any_length_is_no_work() -> None:
    text = "{{" + " " * 100_000
    assert places_in(text) == []
    assert problems(CABINET_PACK, ["{{content}}", *["{{reds}}"] * 20_000])


def test_a_service_has_a_template_of_its_own() -> None:
    assert card_kind(is_of_a_service=True) is DASHBOARD
    assert card_kind(is_of_a_service=False) is SCORECARD


def test_no_kind_has_a_place_of_two_meanings() -> None:
    for kind in KINDS.values():
        assert len(set(kind.places)) == len(kind.places), kind.key
