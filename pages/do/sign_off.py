"""Do: a head of service reads a submitted return, exceptions first, and signs it off or sends questions back."""

import streamlit as st

from components.do import actions, deputies, sign_off
from components.do.returns import picker
from components.frame import notice, page
from components.parts.markup import plain
from components.review.quality import questions
from cycle.admin.refusals import REFUSALS
from cycle.do import delivery, signing_off
from performance.ground.people import Permission

user = page.start("Sign-off", needs=Permission.APPROVE_RETURNS)
above, heading = st.container(), st.empty()
heading.title("Sign-off", anchor=False)
notice.show()
waiting = signing_off.list_waiting(by=user)
if elsewhere := picker.named_elsewhere(waiting):
    try:
        settled = signing_off.sign_off(*elsewhere, by=user)
    except REFUSALS:
        picker.refuse_link()
    else:
        page.title(f"{settled.return_.unit.name}, {settled.return_.period.in_words}", place=heading)
        sign_off.show_settled(settled, by=user)
        actions.show_said(delivery.delivery(*elsewhere, by=user))
elif chosen := picker.choose_waiting(waiting):
    unit_code, period = chosen
    view = signing_off.sign_off(unit_code, period, by=user)
    version, name = view.return_.version, f"{view.return_.unit.name}, {period.in_words}"
    page.title(f"Sign off {name}", place=heading)
    st.write(plain(sign_off.summary(view)))
    questions.show_doubts(unit_code, period, by=user)
    actions.show_said(delivery.delivery(unit_code, period, by=user))
    decision = sign_off.show(view, by=user)
    try:
        if decision is not None and decision.problem is not None:
            raise signing_off.QuestionRefusedError(decision.problem)
        if decision is not None and decision.approves:
            signing_off.approve_return(unit_code, period, version=version, by=user)
            notice.keep(f"You signed off {name}. Its figures are now locked.")
            picker.rest()
        if decision is not None:
            signing_off.return_with_question(
                unit_code, period, version=version, question=decision.question, questions=decision.questions, by=user
            )
            notice.keep(f"{name} went back to the service with your questions.")
            picker.rest()
    except signing_off.QuestionRefusedError as refusal:
        with above:
            sign_off.show_problem(view, refusal.problem)
    except (signing_off.ReturnMovedOnError, signing_off.OwnReturnError) as refusal:
        page.refuse(refusal)

deputies.manage(by=user)
