"""Delivery on a service's return: how each action stands this month, in one choice, and what shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from components.do import delivery_keeper, plan_updates
from components.frame import navigation, problems
from components.parts import afresh, typed_text
from components.parts.markup import plain
from cycle.do.delivery import DeliveryView
from performance.do.delivery import (
    LONGEST_EVIDENCE,
    DeliveryAnswer,
    DeliveryChoice,
    DeliveryLine,
    carry_forward,
    check_answer,
    late_in_words,
    not_carried,
    read_answer,
    would_be_carried,
)
from performance.ground.organisation import ActionStatus, MilestoneState
from performance.ground.periods import day_in_words
from performance.revise.recovery import plan_reference

_NAMED = 3
_SHOWS = "What shows it, or why it is late"
_KEPT = "What you say here is kept as a draft while you write it, and nothing is saved until you press Save delivery."
_CHANGED = "This row has changed since you began to write. Read how it stands now before you save."


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a person asked to keep, of which lines, and what to say once it is kept."""

    answers: tuple[DeliveryAnswer, ...]
    saved: tuple[DeliveryLine, ...]
    left: tuple[DeliveryLine, ...]

    def in_words(self, kept: int) -> str:
        """What became of it, in a sentence or two."""
        said = "Nothing new was said."
        if kept:
            # Someone else may have said the same of one of them meanwhile: then it is not known here which were kept.
            names = f": {_named(self.saved)}" if kept == len(self.saved) else ""
            said = f"Delivery is saved for {kept} line{'' if kept == 1 else 's'}{names}."
        return f"{said} Still to be said: {_named(self.left)}." if self.left else said


def show(view: DeliveryView, *, title: str) -> Asked | None:
    """The actions and milestones under way; what was asked to be saved, once it can be kept, or nothing.

    `title` is the page's, for its error summary.
    """
    st.header("Delivery", anchor=False)
    if not view.lines:
        st.write(plain(f"No action or milestone of {view.unit.name} was under way in {view.period.in_words}."))
        return None
    if done := st.session_state.pop(f"said-{_about(view)}", ""):
        st.success(plain(done))
    st.write(plain(_summary(view)))
    if view.why_not:
        st.caption(plain(view.why_not))
        for line in view.lines:
            with st.container(border=True, gap="xsmall"):
                _show_line(line, view)
        return None
    st.caption(_KEPT)
    return _ask(view, title=title)


def show_said(view: DeliveryView) -> None:
    """How the actions stood, for somebody else to read: folded, with what is late said on the fold."""
    if not view.lines:
        return
    late = sum(_is_late(line) for line in view.lines)
    said = [f"{len(view.lines)} under way", f"{late} late" if late else "none late"]
    said += [f"{view.left} not spoken for"] * bool(view.left)
    with st.expander(plain(f"Delivery in {view.period.in_words}: {', '.join(said)}")):
        for line in sorted(view.lines, key=lambda line: not _is_late(line)):
            with st.container(border=True, gap="xsmall"):
                _show_line(line, view)


def _named(lines: Sequence[DeliveryLine]) -> str:
    """A few of them by their words, and how many more there are."""
    more = f", and {len(lines) - _NAMED} more" if len(lines) > _NAMED else ""
    return "; ".join(line.what for line in lines[:_NAMED]) + more


def _is_late(line: DeliveryLine) -> bool:
    return bool(line.days_late) or (line.now is not None and line.now.status is ActionStatus.LATE)


def keep(view: DeliveryView, asked: Asked, kept: int) -> None:
    """It is saved: boxes that show what is kept, and a sentence. After a refusal, what was typed stays instead."""
    st.session_state[f"said-{_about(view)}"] = asked.in_words(kept)
    afresh.begin(_about(view))


# The month's word on the service's recovery plans stands below, and is kept in the same way.
show_plans, keep_note = plan_updates.show, plan_updates.keep
typed = delivery_keeper.typed


def _ask(view: DeliveryView, *, title: str) -> Asked | None:
    summary = st.container()
    seen = _seen(view)
    tried = st.session_state.get(afresh.key("tried", _about(view)), 0)
    with st.form(afresh.key("delivery", _about(view)), border=False, enter_to_submit=False):
        answers = tuple(_ask_line(line, view, seen, tried=bool(tried)) for line in view.lines)
        with st.container(horizontal=True):
            saves = st.form_submit_button("Save delivery")
            unsaid = would_be_carried(view.lines)
            carries = bool(unsaid) and st.form_submit_button("Carry forward all that is not said yet")
        if unsaid:
            how = "; ".join(f"{line.what}, {line.last.status.in_words.lower()}" for line in unsaid if line.last)
            said = f"Carries forward how it last stood, without last month's words: {how}. What you typed is saved too."
            st.caption(plain(said))
    delivery_keeper.show(view, {line.key: _line_name(line, view) for line in view.lines})
    if not (saves or carries):
        with summary:
            _show_problems(view, answers if tried else (), title=title, attempt=tried)
        return None
    if carries:
        answers = carry_forward(view.lines, answers)
    if any(check_answer(line, answer) for line, answer in zip(view.lines, answers, strict=True)):
        st.session_state[afresh.key("tried", _about(view))] = tried + 1
        st.rerun()
    pairs = zip(view.lines, answers, strict=True)
    new = [(line, answer) for line, answer in pairs if read_answer(line, answer)]
    return Asked(
        answers=tuple(answer for _, answer in new),
        saved=tuple(line for line, _ in new),
        left=not_carried(view.lines, answers),
    )


def _ask_line(line: DeliveryLine, view: DeliveryView, seen: dict[str, str], *, tried: bool) -> DeliveryAnswer:
    draft, name = view.drafts.get(line.key), _line_name(line, view)
    stands = line.go_on(draft)
    choice = stands.choice
    with st.container(border=True, gap="xsmall"):
        about, said = st.columns(2)
        with about:
            _show_line(line, view)
        with said:
            trouble = st.container(gap=None)
            if draft is not None and draft.answer.seen != line.seen:
                st.warning(_CHANGED)
            if line.choices:
                choice = DeliveryChoice(
                    st.radio(
                        plain(f"{line.what}: how it stands in {line.period.in_words}"),
                        [each.value for each in line.choices],
                        index=line.choices.index(DeliveryChoice(_held(f"stands-{name}", stands.choice.value))),
                        format_func=lambda each: DeliveryChoice(each).in_words,
                        key=f"stands-{name}",
                        horizontal=True,
                        label_visibility="collapsed",
                    )
                )
            evidence = typed_text.area(
                _SHOWS if line.choices else "What shows it (the figure says whether it is met)",
                value=_held(f"evidence-{name}", stands.evidence), key=f"evidence-{name}",
                at_most=LONGEST_EVIDENCE, height=68,
            )  # fmt: skip
        answer = DeliveryAnswer(key=line.key, choice=choice, evidence=evidence, seen=seen.get(line.key, line.seen))
        if tried:
            with trouble:
                for problem in check_answer(line, answer):
                    problems.beside(problem.message)
    return answer


def _held(key: str, begins: str) -> str:
    """What a box began with: were it told a draft each time one is kept, it would lose what is being typed in it."""
    return str(st.session_state.setdefault(key, begins))


def _show_line(line: DeliveryLine, view: DeliveryView) -> None:
    """What it is, whose it is and by when; how it stood last; and what is said of this month."""
    st.markdown(f"**{plain(line.what)}**")
    st.caption("  \n".join(plain(each) for each in _facts(line)))
    if line.now is not None:
        when = line.now.recorded_at.astimezone()
        who = view.name_of(line.now.recorded_by)
        st.text(f"{line.period.in_words}: {line.now.in_words}")
        st.caption(plain(f"Said by {who} on {day_in_words(when.date())} at {when:%H:%M}."))
    if line.plan_id is not None:
        st.page_link(navigation.find_entry("One recovery plan").file, label="Open the recovery plan",
                     query_params={"plan": plan_reference(line.plan_id)})  # fmt: skip


def _facts(line: DeliveryLine) -> list[str]:
    """Short lines: the plan, the role and the end, and the month before."""
    if line.action is not None:
        role = line.action.responsible_role or "No role named"
        ends = f"ends {day_in_words(line.ends_on)}" if line.ends_on else "no end date"
        late = f". {late_in_words(line.days_late)}" if line.days_late else ""
        facts = [line.where, f"{role}, {ends}{late}."]
    else:
        state = line.state.in_words if line.state else ""
        known = line.state in {MilestoneState.MET, MilestoneState.MISSED}
        facts = [line.where, f"{state}: {line.actual}." if known else f"{state}."]
    if line.last is not None:
        facts.append(f"{line.last.period.in_words}: {line.last.in_words}")
    elif line.action is not None:
        facts.append(f"Nothing was said before {line.period.in_words}. The plan has it as “{_status(line)}”.")
    return facts


def _status(line: DeliveryLine) -> str:
    return line.action.status.in_words.lower() if line.action else ""


def _summary(view: DeliveryView) -> str:
    actions = sum(line.action is not None for line in view.lines)
    milestones = len(view.lines) - actions
    parts = [f"{number} {noun}{'' if number == 1 else 's'}" for number, noun in
             ((actions, "action"), (milestones, "milestone")) if number]  # fmt: skip
    left = f" {view.left} still to be said." if view.left else " Everything is said for this month."
    ticks = " Milestones tick themselves from the figures." if milestones else ""
    return f"{' and '.join(parts)} under way in {view.period.in_words}.{left if actions else ''}{ticks}"


def _show_problems(view: DeliveryView, answers: Sequence[DeliveryAnswer], *, title: str, attempt: int) -> None:
    found = [
        (f"{'stands' if problem.field == 'choice' else 'evidence'}-{_line_name(line, view)}", problem.message)
        for line, answer in zip(view.lines, answers, strict=False)
        for problem in check_answer(line, answer)
    ]
    problems.show(found, title=title, attempt=attempt)


def _seen(view: DeliveryView) -> dict[str, str]:
    """What had been said when these boxes were last drawn: the person has seen that, and no more."""
    key = afresh.key("seen", _about(view))
    before: dict[str, str] = st.session_state.get(key, {})
    st.session_state[key] = {line.key: line.seen for line in view.lines}
    return before


def _line_name(line: DeliveryLine, view: DeliveryView) -> str:
    return afresh.key(line.key, _about(view))


def _about(view: DeliveryView) -> str:
    return f"{view.unit.code}-{view.period.start:%Y-%m}"
