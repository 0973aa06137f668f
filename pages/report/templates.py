"""Report: the templates of papers, to be taken away, restyled in Word, PowerPoint or Excel, and brought back."""

import streamlit as st

from components.frame import address, notice, page
from components.report import template_form, template_list
from cycle.ground.templates import template_for
from cycle.report import templates
from cycle.report.templates import TemplateError
from performance.ground.people import Permission

user = page.start("Templates", needs=Permission.MAKE_REPORTS)
st.title("Templates", anchor=False)
st.write(
    "Every report is written into a template: its letters, colours, logo, order and fixed words. Take one away, restyle"
    " it in its own program, and bring it back. Figures and charts are put in where the template says."
)
notice.show()
kept = templates.list_templates(by=user)
template_list.show(kept)
try:
    kind, program = template_form.choose()
except address.NothingThereError as nothing:
    address.say(nothing)
    st.stop()
current = kept.get((kind.key, program))
template_form.explain(kind, program)
template_form.offer(kind, program, current, file=lambda: template_for(kind, program, by=user))
brought = template_form.bring(kind, program, current)
try:
    if brought:
        done = templates.put_template(
            kind, program, name=brought.name, content=brought.content, seen=brought.seen, by=user
        )
        template_form.finish(kind, program, done.left_out)
    if current and (seen := template_form.ask_for_ours(current)):
        templates.take_back(kind, program, seen=seen, by=user)
        notice.keep(f"{kind.name} for {program.in_words} is written into the supplied template again.")
        st.rerun()
except TemplateError as refusal:
    template_form.refuse(refusal)
