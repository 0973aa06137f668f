"""The server: Home.py behind its doors (serving/), and with its pages known before the first visitor arrives.

`streamlit run serve.py` starts it.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from streamlit import config
from streamlit.runtime.pages_manager import PagesManager

from components.frame import faults
from serving import held, presses, quiet, reach, whereabouts
from serving.addresses import Addresses
from serving.browsers import OWNERS, Browsers
from serving.doors import Doors
from serving.headers import SecurityHeaders
from serving.nowhere import Nowhere
from serving.open_data.door import OpenDoor

# Streamlit guesses from the folder's name that pages/ holds pages of its older kind, until st.navigation has run
# once in the process. A first visitor with a deep link would be told "Page not found" on the way to signing in.
PagesManager.uses_pages_directory = False
# Here and not in the file of settings: without the middleware, whoever sends this header would be believed.
config.set_option("server.trustedUserHeaders", OWNERS)
quiet.keep_quiet()
presses.carry_out_whole()
whereabouts.tell_when_asked()
_EVERY_MINUTE = 60


@asynccontextmanager
async def _while_it_runs(_app: Any) -> AsyncIterator[None]:
    """What was uploaded for sessions that are gone is let go of; and who can sign in from anywhere is said once."""
    warned = asyncio.create_task(asyncio.to_thread(reach.warn_of_open_accounts))
    keeper = asyncio.create_task(_let_go_again_and_again())
    yield
    keeper.cancel()
    with suppress(asyncio.CancelledError):
        await keeper
    await warned


async def _let_go_again_and_again() -> None:
    while True:
        await asyncio.sleep(_EVERY_MINUTE)
        held.let_go()


app = st.App(
    "Home.py",
    lifespan=_while_it_runs,
    middleware=[
        Middleware(SecurityHeaders),
        Middleware(OpenDoor),
        Middleware(Nowhere),
        Middleware(Addresses),
        Middleware(Browsers),
        Middleware(Doors),
    ],
    on_script_error=faults.show,
)
