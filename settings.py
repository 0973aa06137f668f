"""Everything that differs between deployments, read from the environment. See docs/operations.md."""

import os
import re
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from itertools import combinations
from pathlib import Path
from urllib.parse import urlsplit

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


class MailNotSetError(RuntimeError):
    """Mail cannot be sent with these settings; the sentences say what to set."""


@dataclass(frozen=True, kw_only=True)
class MailSettings:
    """The council's mail server, as whom we write, and where the links of a mail lead; docs/operations.md says more.

    `tls` is starttls, tls (from the first byte), or none, which only this very machine is trusted with.
    """

    server: str
    port: int
    sender: str
    public_address: str
    tls: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: str = ""


_MAIL_PORTS = {"starttls": 587, "tls": 465, "none": 25}


def is_mail_on() -> bool:
    """Whether somebody named a mail server: without one nothing is ever sent."""
    return bool(os.environ.get("MAIL_SERVER"))


def mail() -> MailSettings:
    """How mail is sent: MAIL_SERVER, MAIL_FROM, PUBLIC_ADDRESS and what goes with them. Raises MailNotSetError."""
    asked = {name: os.environ.get(name, "").strip() for name in _MAIL_NAMES}
    tls = asked["MAIL_TLS"] or "starttls"
    faults = [fault for fault in _mail_faults(asked, tls) if fault]
    if faults:
        raise MailNotSetError("Nothing is sent by mail. " + " ".join(faults))
    return MailSettings(
        server=asked["MAIL_SERVER"],
        port=int(asked["MAIL_PORT"] or _MAIL_PORTS[tls]),
        sender=asked["MAIL_FROM"],
        public_address=asked["PUBLIC_ADDRESS"].rstrip("/"),
        tls=tls,
        user=asked["MAIL_USER"],
        password=_mail_password(asked),
        ca_file=asked["MAIL_CA_FILE"],
    )


def public_address() -> str:
    """Where people open the app, without a stroke at its end (PUBLIC_ADDRESS); empty where nobody has said."""
    address = os.environ.get("PUBLIC_ADDRESS", "").strip().rstrip("/")
    return address if _is_public(address) else ""


_MAIL_NAMES = (
    "MAIL_SERVER", "MAIL_PORT", "MAIL_FROM", "MAIL_TLS", "MAIL_USER", "MAIL_PASSWORD", "MAIL_PASSWORD_FILE",
    "MAIL_CA_FILE", "PUBLIC_ADDRESS",
)  # fmt: skip


def _mail_faults(asked: dict[str, str], tls: str) -> tuple[str, ...]:
    """What stands in the way of sending, a sentence each; empty ones where nothing does."""
    here = _is_this_machine(asked["MAIL_SERVER"])
    return (
        _unless(asked["MAIL_SERVER"], "Set MAIL_SERVER to the name of the council's mail server."),
        _unless(_is_sender(asked["MAIL_FROM"]), "Set MAIL_FROM to the address that mails come from, and nothing else."),
        _unless(
            _is_public(asked["PUBLIC_ADDRESS"]),
            "Set PUBLIC_ADDRESS to where people open the app, like https://performance.example.org.",
        ),
        _unless(tls in _MAIL_PORTS, "Set MAIL_TLS to starttls, tls or none."),
        _unless(_is_port(asked["MAIL_PORT"]), "Set MAIL_PORT to the number of a port."),
        _unless(
            tls != "none" or here, "MAIL_TLS=none is for a server on this machine alone: set it to starttls or tls."
        ),
        *(
            _unless(not asked[name] or os.access(asked[name], os.R_OK), f"{name} names a file that cannot be read.")
            for name in ("MAIL_PASSWORD_FILE", "MAIL_CA_FILE")
        ),
    )


def _unless(good: object, sentence: str) -> str:
    return "" if good else sentence


def _is_public(address: str) -> bool:
    try:
        public = urlsplit(address)
        plain = not (public.query or public.fragment) and address.isprintable() and " " not in address
        return public.scheme in {"http", "https"} and bool(public.hostname) and plain
    except ValueError:
        return False


def _is_port(text: str) -> bool:
    return not text or (text.isascii() and text.isdecimal() and 0 < int(text) < 65536)


def _is_sender(text: str) -> bool:
    name, _, domain = text.partition("@")
    return bool(name and domain and text.isascii() and text.isprintable()) and not set(text) & set(' <>,;:"()[]\\')


def _is_this_machine(server: str) -> bool:
    try:
        return ip_address(server).is_loopback
    except ValueError:
        return server == "localhost"


def _mail_password(asked: dict[str, str]) -> str:
    """From a file where one is named: an environment is read by more people than a file."""
    if asked["MAIL_PASSWORD_FILE"]:
        return Path(asked["MAIL_PASSWORD_FILE"]).read_text(encoding="utf-8").strip()
    return asked["MAIL_PASSWORD"]


class ReportFoldersError(RuntimeError):
    """REPORT_FOLDERS cannot be meant; the sentence says why."""


@dataclass(frozen=True, kw_only=True)
class ReportFolder:
    """Where it is, and which audience reads it. One that names none may be read by anybody, for all we know."""

    place: str
    audience: str = "public"


_AUDIENCES = ("members", "everybody", "public")
_NAMED = re.compile(r"(?P<name>[^\[\]]*)\[(?P<audience>[^\[\]]*)\]")


def report_folders() -> dict[str, ReportFolder]:
    """Where reports may be written, by the name that people choose: REPORT_FOLDERS, such as
    "Members[members]=/srv/share/members; Open data[public]=s3://performance/open". Raises ReportFoldersError."""
    found: dict[str, ReportFolder] = {}
    for each in filter(str.strip, os.environ.get("REPORT_FOLDERS", "").split(";")):
        written, _, place = (part.strip() for part in each.partition("="))
        name, audience = _name_and_audience(written)
        if not (name and place and len(name) <= 40 and name.isprintable()) or name in found:
            raise ReportFoldersError("REPORT_FOLDERS names each folder once, as Name=path, with ; between them.")
        if "://" not in place and not Path(place).is_absolute():
            raise ReportFoldersError(f"REPORT_FOLDERS: {name} needs a whole path, from / on, or an address.")
        found[name] = ReportFolder(place=place, audience=audience)
    for (one, first), (other, second) in combinations(found.items(), 2):
        if first.audience != second.audience and _lie_together(first.place, second.place):
            raise ReportFoldersError(
                f"REPORT_FOLDERS: {one} and {other} are for different audiences, and one lies in the other."
            )
    return found


def _lie_together(one: str, other: str) -> bool:
    """Whether both are one place, or one lies within the other."""
    first, second = (each.rstrip("/") if "://" in each else os.path.normpath(each) for each in (one, other))
    return f"{first}/".startswith(f"{second}/") or f"{second}/".startswith(f"{first}/")


def _name_and_audience(written: str) -> tuple[str, str]:
    named = _NAMED.fullmatch(written)
    if named is None and not {"[", "]"} & set(written):
        return written, "public"
    if named is None:
        raise ReportFoldersError(f"REPORT_FOLDERS: write {written} as Name[members], Name[everybody] or Name[public].")
    name, audience = named["name"].strip(), named["audience"].strip().casefold()
    if audience not in _AUDIENCES:
        raise ReportFoldersError(f"REPORT_FOLDERS: of {name} write [members], [everybody] or [public].")
    return name, audience


def report_folders_fault() -> str:
    """Why REPORT_FOLDERS cannot be meant, in a sentence; empty where it can."""
    try:
        report_folders()
    except ReportFoldersError as fault:
        return str(fault)
    return ""
