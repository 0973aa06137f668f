"""Signing off: what to read first, with what it was before, the rest folded, and the decision."""

from dataclasses import dataclass, replace
from decimal import Decimal

import streamlit as st

from components.do.returns import recent, table
from components.do.returns.half_typed import key_of
from components.frame import navigation, problems
from components.parts import asset, rating
from components.parts.markup import plain
from performance.do.returns import ReturnLine
from performance.do.sign_off import SignOff, SignOffLine
from performance.ground.commentary import read_commentary
from performance.ground.entry import Problem
from performance.ground.figures import Figure
from performance.ground.measures import print_number
from performance.ground.people import User
from performance.ground.periods import day_in_words
from performance.ground.reckoning.rag import Rag

_HEADING = """<h3 class="card-heading">{title}</h3>"""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What the approver chose, and what they ask: about the whole, and about single figures by measure code."""

    approves: bool
    question: str
    questions: dict[str, str]

    @property
    def problem(self) -> Problem | None:
        """Why it cannot be carried out as it is: signing off would lose what was asked."""
        if not self.approves or not (self.question or self.questions):
            return None
        box = "question" if self.question else next(iter(self.questions))
        message = "You typed a question. Choose Return with questions, or empty its box and sign off"
        return Problem(field=box, message=message)


def summary(view: SignOff) -> str:
    """Who sent it, when, and how many figures of each status."""
    stored = view.return_.stored
    if stored is None or stored.submitted_at is None:
        return ""
    when = stored.submitted_at.astimezone()
    ratings = [each.line.rating(each.line.current) for each in view.lines]
    order = [Rag.RED, Rag.AMBER, Rag.GREEN, *Rag]
    counts = ", ".join(f"{ratings.count(rag)} {rag.in_words.lower()}" for rag in dict.fromkeys(order) if rag in ratings)
    number = len(view.lines)
    again = f", for the {_times(stored.version)} time" if stored.version > 1 else ""
    back = ""
    if view.came_back and stored.returned_at is not None:
        changed = sum(each.was is not None or each.reasons[:1] == ("New since it went back",) for each in view.lines)
        back = f" Since it went back on {day_in_words(stored.returned_at.astimezone().date())}, {changed} changed."
    return (
        f"{view.return_.name_of(stored.submitted_by)} submitted {number} figure{'' if number == 1 else 's'} on "
        f"{day_in_words(when.date())} at {when:%H:%M}{again}: {counts}.{back}"
    )


def show(view: SignOff, *, by: User) -> Decision | None:
    """Exceptions first, each with the reasons to read it; the rest folded in a table; then the decision, if any."""
    if view.why_not:
        _show_figures(view, may_ask=False, by=by)
        st.info(plain(view.why_not))
        return None
    reference, number = _reference(view), len(view.lines)
    if view.question:
        st.write(plain(f"Asked when it went back: {view.question}"))
    with st.form(f"decision-{reference}", border=False, enter_to_submit=False):
        asked = _show_figures(view, may_ask=True, by=by)
        st.header("Your decision", anchor=False)
        question = st.text_area("A question about the whole return (optional)", key=f"ask-{reference}", height=75)
        with st.container(horizontal=True):
            approves = st.form_submit_button(
                plain(f"Sign off {number} figure{'' if number == 1 else 's'}"), type="primary"
            )
            returns = st.form_submit_button("Return with questions")
    if not approves and not returns:
        return None
    said = {code: text for code, text in asked.items() if text.strip()}
    return Decision(approves=approves, question=question.strip(), questions=said)


def show_settled(view: SignOff, *, by: User) -> None:
    """A return that does not wait for this person: what became of it, and its figures to read."""
    st.info(plain(view.standing_in_words))
    _show_figures(view, may_ask=False, by=by)
    st.page_link(navigation.find_entry("Sign-off").file, label="What waits for your sign-off")


def show_problem(view: SignOff, problem: Problem) -> None:
    """What to mend, above everything else, with the way to its box."""
    keys = {each.line.measure.code: _key(each, view) for each in view.lines}
    attempt = st.session_state["sign-off-attempt"] = st.session_state.get("sign-off-attempt", 0) + 1
    key = keys.get(problem.field, f"ask-{_reference(view)}")
    problems.show([(key, problem.message)], title="Sign-off", attempt=attempt)


def _reference(view: SignOff) -> str:
    return f"{view.return_.reference}-{view.return_.version}"


def _show_figures(view: SignOff, *, may_ask: bool, by: User) -> dict[str, str]:
    """The figures; the questions typed beside them, by measure code."""
    asked = {}
    if view.read_first:
        st.header(f"Read these first ({len(view.read_first)})", anchor=False)
    for each in view.read_first:
        with st.container(border=True, gap="xsmall"):
            _show_exception(each, by)
            if may_ask:
                asked[each.line.measure.code] = _ask(each, view)
    if not view.rest:
        return asked
    title = f"{'Not changed' if view.came_back else 'The rest'} ({len(view.rest)})"
    with st.expander(plain(title), expanded=not view.read_first):
        caption = f"{view.return_.period.in_words} figures of {view.return_.unit.name}"
        table.stored([each.line for each in view.rest], caption=caption, by=by)
        for each in view.rest if may_ask else ():
            asked[each.line.measure.code] = _ask(each, view)
    return asked


def _ask(each: SignOffLine, view: SignOff) -> str:
    label = f"Question about {each.line.measure.title}"
    text: str = st.text_input(plain(label), key=_key(each, view), autocomplete="off")
    return text


def _key(each: SignOffLine, view: SignOff) -> str:
    return f"{key_of('ask', each.line.measure.code, each.line.period)}-{view.return_.version}"


def _show_exception(each: SignOffLine, by: User) -> None:
    line, figure = each.line, each.line.current
    heading = asset.style(__file__) + _HEADING.format(title=navigation.measure_link(line.measure, line.period, by))
    st.html(heading + rating.sentence(line.rating(figure), line.against(figure)) + recent.line(line, figure))
    if each.was is not None:
        _say_moved(line, each.was, figure)
    for reason in each.reasons:
        st.markdown(f"- {plain(reason)}")
    now, before = _told(figure), _told(each.was)
    if before and now != before:
        st.caption("Commentary before")
        st.text(before)
        st.caption("Commentary now")
    if now:
        st.text(now)


def _say_moved(line: ReturnLine, before: Figure, after: Figure | None) -> None:
    was, now = line.in_words(before), line.in_words(after)
    if was == now and line.value_of(before) == line.value_of(after):
        st.markdown(plain(f"Still {now}: what changed is what is said of it."))
        return
    if was == now:
        was, now = _in_full(line, before), _in_full(line, after)
    st.markdown(f"**Was** {plain(was)}. **Now** {plain(now)}.")


def _in_full(line: ReturnLine, figure: Figure | None) -> str:
    """With the digits that are not printed elsewhere: they are all that tells these two apart."""
    value = line.value_of(figure)
    if not isinstance(value, Decimal):
        return line.in_words(figure)
    return print_number(value.normalize(), unit=line.measure.unit)


def _told(figure: Figure | None) -> str:
    """The commentary, without why an unusual figure is right: that stands among the reasons to read it."""
    if figure is None:
        return ""
    said = read_commentary(figure.commentary)
    return replace(said, confirmed="").text if said.confirmed else figure.commentary


def _times(number: int) -> str:
    return {2: "second", 3: "third"}.get(number, f"{number}th")
