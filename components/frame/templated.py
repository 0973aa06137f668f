"""Papers that are handed out in the template of their kind: which file that is, asked for as the paper is made."""

from collections.abc import Callable

from components.frame import sign_in
from cycle.ground.templates import template_for
from performance.report.templates import Kind, Program

MIMES = {each.value: each.mime for each in Program}
"""What a browser calls the files of each program, by their ending."""

Templates = Callable[[Kind, str], bytes | None]
"""The template of a kind of paper for files with an ending; None where it is ours, or where there are none."""


def templates() -> Templates:
    """For whoever is looking at the page now: a file is made later, when it is asked for."""
    user, programs = sign_in.arrive().user, {each.value: each for each in Program}

    def found(kind: Kind, ending: str) -> bytes | None:
        program = programs.get(ending)
        return template_for(kind, program, by=user) if user and program else None

    return found
