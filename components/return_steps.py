"""The steps of a return before it is sent: reading what was sent, entering figures, checking them."""

from components import return_check, return_entry, return_view
from components.half_typed import HalfTyped, Step
from performance.answers import CheckedReturn


def show(checked: CheckedReturn, typed: HalfTyped, *, step: Step) -> bool:
    """The step as the person meets it; True where something typed is not kept yet, so that the page is drawn again."""
    match step:
        case Step.READING:
            return_view.show(checked.return_, typed)
        case Step.ENTERING:
            return return_entry.show(checked, typed)
        case _:
            return_check.show(checked, typed)
    return False
