"""The search finds a number however it is written and wherever it stands, and takes no other number for it."""

import io
import struct
import zipfile
import zlib

import pytest

from tests.pages.hidden_counts.search import found_in

LOOKED_FOR = ("7919", "25.373")


def archive(**parts: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return kept.getvalue()


def picture(kind: bytes, said: bytes) -> bytes:
    crc = struct.pack(">I", zlib.crc32(kind + said))
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(said)) + kind + said + crc


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"code,7919,x", id="a cell of a CSV file"),
        pytest.param(b'code,"7,919"', id="parted in a cell"),
        pytest.param(b'{"value": 7919.0}', id="with noughts behind the point"),
        pytest.param("it was 7\u202f919 then".encode(), id="parted by a thin blank"),
        pytest.param("\ufeff7919".encode("utf-16"), id="in two bytes a sign"),
        pytest.param(b"<?xml version='1.0'?><a alt='of 7,919.'/>", id="an attribute"),
        pytest.param(b"<svg><!-- 7919 --></svg>", id="a comment"),
        pytest.param(b"<?xml version='1.0'?><p><t>7,</t><t>919</t></p>", id="cut into runs"),
        pytest.param(archive(a=archive(b=b"<?xml version='1.0'?><v>7919</v>")), id="an archive in an archive"),
        pytest.param(archive(**{"7919.txt": b""}), id="the name of a part"),
        pytest.param(picture(b"tEXt", b"Title\0of 7919"), id="what a picture says"),
        pytest.param(picture(b"zTXt", b"Title\0\0" + zlib.compress(b"7919")), id="packed in a picture"),
        pytest.param(picture(b"iTXt", b"Title\0\1\0en\0\0" + zlib.compress(b"7919")), id="packed with a tongue"),
    ],
)
def test_it_is_found(content: bytes) -> None:
    assert found_in(content, LOOKED_FOR) == {"7919"}


def test_a_share_is_found_with_its_sign() -> None:
    assert found_in(b"was 25.373%", LOOKED_FOR) == {"25.373"}


@pytest.mark.parametrize(
    "content", [b"17919", b"79190", b"7919.5", b"0.7919", b"1,7919", b"a7919b", b"125.373", b"25.3731"]
)
def test_another_number_is_not_taken_for_it(content: bytes) -> None:
    assert found_in(b"<svg>" + content + b"</svg>", LOOKED_FOR) == frozenset()
