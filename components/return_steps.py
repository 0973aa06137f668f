"""The steps of a return before it is sent: reading what was sent, entering figures, checking them."""

from components import return_check, return_entry, return_table, return_view
from components.half_typed import HalfTyped, Step
from performance.answers import CheckedReturn


def show(checked: CheckedReturn, typed: HalfTyped, *, step: Step) -> bool:
    """The step as the person meets it; True where something typed is not kept yet, so that the page is drawn again."""
    has_news = False
    match step:
        case Step.READING:
            return_view.show(checked.return_, typed)
        case Step.ENTERING:
            has_news = return_entry.show(checked, typed)
            return_view.show_locked(checked.return_)
        case _:
            has_news = return_check.show(checked, typed)
    return_table.not_due(checked.return_.not_due)
    return has_news
