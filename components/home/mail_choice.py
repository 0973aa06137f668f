"""Mail, on Home: where it goes and how to stop it; nothing where whoever runs the app has set up no mail."""

import streamlit as st

from components.frame import notice
from components.parts.markup import plain
from cycle.home import mail_choice
from performance.ground.people import User
from settings import is_mail_on


def show(*, by: User) -> None:
    """What the person has chosen, and a button for the other."""
    if not is_mail_on():
        return
    found = mail_choice.find_mail_choice(by=by)
    with st.expander("Mail"):
        st.write(plain(_says(found)))
        # A button of its own for each way: pressed on a page that is no longer true, it does what it says.
        stops = st.button("Stop these mails", key="stop_mail") if found.is_wanted else False
        wants = st.button("Send me these mails", key="want_mail") if not found.is_wanted else False
        if stops or wants:
            mail_choice.choose_mail(is_wanted=wants, by=by)
            notice.keep("You are told by mail from now on." if wants else "You get no more such mails.")
            st.rerun()


def _says(found: mail_choice.MailChoice) -> str:
    if not found.address:
        return "Your account has no e-mail address that can be written to. Ask whoever runs this app to enter one."
    if not found.is_wanted:
        return f"Nothing goes to {found.address}: you wanted no mails."
    return (
        f"When this page has something new for you, {found.address} gets a mail that says so: on working days, once a"
        " day at most. It names what is due, late or waiting for you. The figures stay here."
    )
