"""Papers that are handed out in the template of their kind: which file that is, asked for as the paper is made."""

from dataclasses import dataclass

from components.frame import sign_in
from cycle.ground.templates import looks_of, template_for
from performance.ground.people import User
from performance.report.templates import Kind, Program

MIMES = {each.value: each.mime for each in Program}
"""What a browser calls the files of each program, by their ending."""

_PROGRAMS = {each.value: each for each in Program}


@dataclass(frozen=True)
class Templates:
    """The templates as this person is given them, which may be later than the page is drawn."""

    user: User

    def find(self, kind: Kind, ending: str) -> bytes | None:
        """The template for files with the ending; None where it is the supplied one, or where there are none."""
        program = _PROGRAMS.get(ending)
        return template_for(kind, program, by=self.user) if program else None

    def looks(self, kind: Kind) -> tuple[tuple[str, str], ...]:
        """Which template each program has, to know whether a file that was made would look the same."""
        return looks_of(kind, by=self.user)


def templates() -> Templates:
    """For whoever is looking at the page now. Raises RuntimeError where nobody is signed in."""
    user = sign_in.arrive().user
    if user is None:
        raise RuntimeError("Nobody is signed in, and no page hands out a paper then.")
    return Templates(user)
