"""Where a connection comes from: what the proxy says, where it is one that the settings name, and else the peer.

Whoever reaches the port can send `X-Real-IP`; only a proxy is believed.
"""

from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

import settings

_SAID = "x-real-ip"


class Addresses:
    """Gives each connection the address that it really comes from; plain ASGI, outside everything that asks for it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.proxies = settings.trusted_proxies()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        said = self._said_by_a_proxy(scope)
        await self.app({**scope, "client": (said, 0)} if said else scope, receive, send)

    def _said_by_a_proxy(self, scope: Scope) -> str | None:
        client = scope.get("client")
        if not client or not self._is_a_proxy(client[0]):
            return None
        try:
            return str(ip_address(Headers(scope=scope).get(_SAID, "").strip()))
        except ValueError:
            return None

    def _is_a_proxy(self, peer: str) -> bool:
        try:
            address = ip_address(peer)
        except ValueError:
            return False
        return any(address in each for each in self.proxies)
