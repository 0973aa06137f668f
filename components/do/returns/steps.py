"""The steps of a return before it is sent: reading what was sent, entering figures, checking them."""

from components.do.returns import check, grid_or_one, shown, table
from components.do.returns.half_typed import HalfTyped, Step
from performance.do.answers import CheckedReturn


def show(checked: CheckedReturn, typed: HalfTyped, *, step: Step) -> bool:
    """The step as the person meets it; True where something typed is not kept yet, so that the page is drawn again."""
    has_news = False
    match step:
        case Step.READING:
            shown.show(checked.return_, typed)
        case Step.ENTERING:
            has_news = grid_or_one.show(checked, typed)
            shown.show_locked(checked.return_)
        case _:
            has_news = check.show(checked, typed)
    table.not_due(checked.return_.not_due)
    return has_news
