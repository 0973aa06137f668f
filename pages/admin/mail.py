"""Admin: the BI team and the administrator see what was sent to whom, what was not and why, and decide what is open."""

import streamlit as st

from components.admin import mail_list
from components.frame import notice, page
from cycle.admin import mails
from performance.ground.people import Permission

user = page.start("Mail", needs=Permission.LOOK_AFTER_MAIL)
st.title("Mail", anchor=False)
notice.show()
mail_list.how_it_is_set()
query = mail_list.ask()
found = mails.list_mails(query, by=user)
try:
    if decided := mail_list.decide(found):
        if decided.goes_again:
            mails.send_again(decided.mail_id, version=decided.version, by=user)
        else:
            mails.leave_mail(decided.mail_id, version=decided.version, by=user)
        notice.keep("The next run sends it." if decided.goes_again else "It is left as it is.")
        st.rerun()
except mails.MailRefusedError as refusal:
    page.refuse(refusal)
mail_list.show(found, query)
