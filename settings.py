"""Everything that differs between deployments, read from the environment. See docs/operations.md."""

import os
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

ROOT = Path(__file__).resolve().parent

# The forecast's matrices are tiny: more threads for them only wait for each other, and make it five times slower.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def state_folder() -> Path:
    """Where the embedded database lives (GOLDEN_THREAD_STATE; default var/)."""
    folder = Path(os.environ.get("GOLDEN_THREAD_STATE", ROOT / "var"))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def database_url() -> str:
    """DATABASE_URL, or the embedded SQLite database in the state folder."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        return f"sqlite:///{state_folder() / 'golden_thread.db'}"
    return with_driver(url)


def is_given_by_hand() -> bool:
    """Whether somebody named the database: nothing is loaded into it that they did not ask for."""
    return bool(os.environ.get("DATABASE_URL"))


def with_driver(url: str) -> str:
    """The plain names people paste from a hosting page mean psycopg 3 here."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


@dataclass(frozen=True, kw_only=True)
class SignInLimits:
    """Of signing in: wrong tries at unknown names from one address in the window, in minutes; a session's age in hours;
    for how many days a browser or an address is known as one where somebody signed in."""

    unknown_names_per_address: int = 30
    window_minutes: int = 5
    session_hours: int = 10
    known_days: int = 30


SIGN_IN = SignInLimits()


def trusted_proxies() -> tuple[IPv4Network | IPv6Network, ...]:
    """From where the X-Real-IP header is believed: TRUSTED_PROXIES, addresses and networks between commas.

    TRUST_PROXY=1 is short for a proxy on this machine. Raises ValueError for what is neither address nor network.
    """
    named = os.environ.get("TRUSTED_PROXIES", "").split(",")
    if os.environ.get("TRUST_PROXY") == "1":
        named += ["127.0.0.0/8", "::1"]
    return tuple(ip_network(each.strip(), strict=False) for each in named if each.strip())


def behind_tls() -> bool:
    """Whether people reach the server by https: set BEHIND_TLS=1 where a proxy speaks it in front."""
    return os.environ.get("BEHIND_TLS") == "1"
