"""What is answered to the public: cached for a minute, asked for anew by its tag, and never with a cookie."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

from starlette.datastructures import Headers
from starlette.responses import Response

HTML, CSS, CSV, JSON = ("text/html; charset=utf-8", "text/css; charset=utf-8",
                        "text/csv; charset=utf-8; header=present", "application/json")  # fmt: skip
DESCRIBED = "application/csvm+json"
# What is hidden later is gone from every cache within it; there is no day of last change, for hiding has none.
_FRESH = "public, max-age=60, must-revalidate"
# Nothing here runs, and nothing is fetched but the one style.
_POLICY = "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Something to read: its bytes, what they are, and headers of its own."""

    content: bytes
    kind: str = HTML
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def with_its_tag(self) -> Self:
        """The same, its tag worked out here and now: where the answer is made and not where all requests pass."""
        _ = self.tag
        return self

    @cached_property
    def tag(self) -> str:
        """The same bytes have the same tag, and no others."""
        return f'"{hashlib.sha256(self.content).hexdigest()[:32]}"'


def moved(address: str) -> Response:
    """The same one with a slash at its end."""
    return Response(status_code=308, headers={"Location": address, "Cache-Control": _FRESH})


def response(answer: Answer, asked: Headers, *, is_head: bool) -> Response:
    """The answer itself, or that it is still what the asker has."""
    # Anybody may read all of it, so may the scripts of anybody's pages.
    headers = {"Content-Security-Policy": _POLICY, "Access-Control-Allow-Origin": "*", **answer.headers}
    headers["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After"
    if answer.status != 200:
        headers["Cache-Control"] = "no-store"
        return _whole(answer, headers, is_head=is_head)
    headers |= {"ETag": answer.tag, "Cache-Control": _FRESH}
    if _has_it(asked.get("if-none-match", ""), answer.tag):
        return Response(status_code=304, headers=headers)
    return _whole(answer, headers, is_head=is_head)


def _whole(answer: Answer, headers: Mapping[str, str], *, is_head: bool) -> Response:
    size = {"Content-Length": str(len(answer.content))}
    content = b"" if is_head else answer.content
    made = Response(content, answer.status, headers={**headers, **size})
    made.headers["Content-Type"] = answer.kind
    return made


def _has_it(tags: str, ours: str) -> bool:
    """Whether one of the tags is ours; a cache may have called it weak on the way."""
    return any(each.strip().removeprefix("W/") in {ours, "*"} for each in tags.split(","))
