"""What of a file is left to compare once its time stamps are taken away: two builds of the same are then the same."""

import io
import re
import zipfile

_MOMENT = re.compile(rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")
_CLOCK = re.compile(rb"\b[0-2]\d:[0-5]\d\b")
_PDF_MOMENT = re.compile(rb"D:20\d{12}(?:Z|[+-]\d\d'\d\d'?)?")
# Both are made of the moment as well as of the content.
_PDF_ID = re.compile(rb"/ID ?\[[^\]]*\]")
_XMP_ID = re.compile(rb"<xmpMM:(DocumentID|InstanceID)>[^<]*")


def without_time_stamps(content: bytes, *, name: str = "", said_too: bool = False) -> dict[str, bytes]:
    """By the name of each part, of archives within archives too, its bytes; of the file itself, where it has no parts.

    The order of the parts and when an archive says that each was written are not compared; with `said_too` nor are the
    moments and the times of day that any part tells of.
    """
    if content.startswith(b"PK\x03\x04"):
        found: dict[str, bytes] = {}
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.namelist():
                found |= without_time_stamps(archive.read(part), name=f"{name}/{part}", said_too=said_too)
        return found
    if content.startswith(b"%PDF"):
        for pattern in (_PDF_MOMENT, _PDF_ID, _XMP_ID):
            content = pattern.sub(b"", content)
    if said_too:
        content = _CLOCK.sub(b"", _MOMENT.sub(b"", content))
    is_about = name.endswith("docProps/core.xml") or content.startswith(b"%PDF")
    return {name: _MOMENT.sub(b"", content) if is_about else content}


def differences(first: bytes, other: bytes, *, said_too: bool = False) -> list[str]:
    """The parts in which they differ but for time stamps, each with where it begins."""
    one, two = (without_time_stamps(each, said_too=said_too) for each in (first, other))
    return [
        f"{name or 'the file'}: {_first(one.get(name, b''), two.get(name, b''))}"
        for name in sorted(one.keys() | two.keys())
        if one.get(name) != two.get(name)
    ]


def _first(one: bytes, two: bytes) -> str:
    at = next((at for at, (mine, theirs) in enumerate(zip(one, two, strict=False)) if mine != theirs),
              min(len(one), len(two)))  # fmt: skip
    near = slice(max(0, at - 30), at + 30)
    return f"{one[near]!r} against {two[near]!r}"
