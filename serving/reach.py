"""From where the server can be reached, and the word to whoever starts it beside accounts that anybody could use."""

import sys
from collections.abc import Sequence
from ipaddress import ip_address

from streamlit import config

import settings
from cycle.admin import demonstration


def warn_of_open_accounts() -> None:
    """On the errors' stream, where the server answers others than this machine and a published password signs in."""
    address = str(config.get_option("server.address") or "")
    if is_this_machine(address) and not is_behind_a_proxy():
        return
    if accounts := demonstration.list_open_to_anybody():
        sys.stderr.write(f"\n{warning(address, accounts)}\n\n")
        sys.stderr.flush()


def is_behind_a_proxy() -> bool:
    """Whether its settings say that something hands others' visits on to this machine."""
    return settings.behind_tls() or bool(settings.trusted_proxies())


def is_this_machine(address: str) -> bool:
    """Whether nobody but this machine reaches what listens there; without an address it listens at all of them."""
    if address == "localhost" or address.startswith("unix:"):
        return True
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def warning(address: str, accounts: Sequence[str]) -> str:
    """Who can sign in, and the two ways to change that."""
    if is_this_machine(address):
        where, alone = "through the proxy that its settings name", "Serve it to this machine alone (without the proxy)"
    else:
        where = f"at {address or 'every address of this machine'}"
        alone = "Serve it to this machine alone (--server.address 127.0.0.1)"
    return (
        f"WARNING: other machines can reach this server, {where}, and the password of the demonstration's accounts is "
        f"published on its sign-in page. Anybody can sign in as: {', '.join(accounts)}. {alone}, or close the accounts "
        "(manage.py user disable NAME)."
    )
