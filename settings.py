"""Everything that differs between deployments, read from the environment. See docs/operations.md."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent

# The forecast's matrices are tiny: more threads for them only wait for each other, and make it five times slower.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def state_folder() -> Path:
    """Where the embedded database and the private cookie key live (GOLDEN_THREAD_STATE; default var/)."""
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


def cookie_key() -> str:
    """The key that signs sign-in cookies: COOKIE_KEY, else a private file made on first run.

    Raises RuntimeError when COOKIE_KEY is set but shorter than 32 characters.
    """
    if key := os.environ.get("COOKIE_KEY"):
        if len(key) < 32:
            raise RuntimeError("COOKIE_KEY must be at least 32 characters long.")
        return key
    path = state_folder() / "cookie.key"
    temporary = path.with_suffix(f".{secrets.token_hex(4)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        os.link(temporary, path)  # fails when the key exists, so two first runs agree on one whole key
    except FileExistsError:
        pass
    finally:
        temporary.unlink()
    return path.read_text().strip()


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
