"""Everything that differs between deployments, read from the environment. See docs/operations.md."""

import os
from dataclasses import dataclass
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


def with_driver(url: str) -> str:
    """The plain names people paste from a hosting page mean psycopg 3 here."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


@dataclass(frozen=True, kw_only=True)
class SignInLimits:
    """How sign-in is throttled: failures counted in the window, in minutes; a session's age in hours."""

    failures_per_account: int = 5
    failures_per_address: int = 30
    window_minutes: int = 5
    session_hours: int = 10


SIGN_IN = SignInLimits()


def trusts_proxy() -> bool:
    """Whether the X-Real-IP header is believed: set TRUST_PROXY=1 only behind a proxy that overwrites it."""
    return os.environ.get("TRUST_PROXY") == "1"


def behind_tls() -> bool:
    """Whether people reach the server by https: set BEHIND_TLS=1 where a proxy speaks it in front."""
    return os.environ.get("BEHIND_TLS") == "1"
