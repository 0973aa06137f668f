"""Who is asked first for a service's figures, and who above them."""

from performance.ground.people import Holding, Role, User
from performance.home.ladder import Post, level_of, rungs

PARENTS = {"TEAM": "WASTE", "WASTE": "PLACE", "PLACE": "COUNCIL", "COUNCIL": None}
MANAGER, HEAD, DIRECTOR = (Role.SERVICE_MANAGER, "WASTE"), (Role.HEAD, "WASTE"), (Role.HEAD, "PLACE")


def a_person(*posts: Post) -> User:
    held = tuple(Holding(role=role, unit_code=unit, covers=frozenset({unit})) for role, unit in posts)
    return User(username="x", name="X", holdings=held)


def test_the_manager_comes_before_the_head_and_the_head_before_the_director() -> None:
    ladder = rungs("WASTE", PARENTS, {DIRECTOR, HEAD, MANAGER})
    assert ladder == (MANAGER, HEAD, DIRECTOR)
    assert [level_of(a_person(each), ladder) for each in ladder] == [0, 1, 2]


def test_a_team_without_anybody_asks_the_service_above_it() -> None:
    assert rungs("TEAM", PARENTS, {MANAGER, DIRECTOR}) == (MANAGER, DIRECTOR)


def test_a_service_without_a_manager_asks_its_head_first() -> None:
    assert level_of(a_person(HEAD), rungs("WASTE", PARENTS, {HEAD, DIRECTOR})) == 0


def test_whoever_manages_and_heads_is_asked_as_the_first() -> None:
    assert level_of(a_person(DIRECTOR, MANAGER), rungs("WASTE", PARENTS, {DIRECTOR, MANAGER})) == 0


def test_who_reads_the_whole_council_stands_on_no_rung() -> None:
    posts = {MANAGER, (Role.LEADERSHIP, "COUNCIL"), (Role.BI_TEAM, "COUNCIL")}
    ladder = rungs("WASTE", PARENTS, posts)
    assert ladder == (MANAGER,)
    assert level_of(a_person((Role.LEADERSHIP, "COUNCIL")), ladder) is None


def test_units_that_lie_in_each_other_by_mistake_end() -> None:
    assert rungs("A", {"A": "B", "B": "A"}, {(Role.HEAD, "B")}) == ((Role.HEAD, "B"),)
