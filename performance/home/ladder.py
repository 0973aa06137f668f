"""Who is asked first for a service's figures, and who stands above them: as roles are held in the organisation."""

from collections.abc import Collection, Mapping

from performance.ground.people import Role, User

Post = tuple[Role, str]
"""A role at a unit, by its code."""


def rungs(unit_code: str, parents: Mapping[str, str | None], posts: Collection[Post]) -> tuple[Post, ...]:
    """The posts that enter the unit's figures and that somebody holds, from the nearest up: at each place the manager
    before the head. Whoever holds the first is asked first; a service without a manager asks its head."""
    found: list[Post] = []
    code: str | None = unit_code
    seen: set[str] = set()
    while code is not None and code not in seen:
        seen.add(code)
        found += [post for role in (Role.SERVICE_MANAGER, Role.HEAD) if (post := (role, code)) in posts]
        code = parents.get(code)
    return tuple(found)


def level_of(user: User, ladder: tuple[Post, ...]) -> int | None:
    """How far above the first who is asked the person stands: 0 is the first; None where they are not on it."""
    own = {(held.role, held.unit_code) for held in user.holdings}
    return next((level for level, post in enumerate(ladder) if post in own), None)
