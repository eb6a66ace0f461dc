"""One request to one address: never inside, never further than the address that was judged, never longer than ten seconds."""

import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_network
from threading import Timer
from urllib.parse import urlsplit

from django.conf import settings

from niangjia.kernel.webhooks.rules import Network, is_open_address, why_not_address

SECONDS = 10.0
PORTS = {"https": 443, "http": 80}


class AddressRefused(Exception):
    """The address leads to where nothing may be sent."""


class Unreached(Exception):
    """No answer came."""


@dataclass(frozen=True)
class Target:
    """Where a request goes (目标): the address that people wrote, and the one number it was resolved to."""

    scheme: str
    host: str
    port: int
    path: str
    number: str


class PinnedConnection(HTTPConnection):
    """Connects to the number that was judged, whatever the name leads to meanwhile; the certificate is held against the name."""

    def __init__(self, target: Target, *, timeout: float) -> None:
        super().__init__(target.host, target.port, timeout=timeout)
        self._target = target
        self.default_port = PORTS[target.scheme]

    def connect(self) -> None:
        """Connect, with TLS where the address says so."""
        self.sock = socket.create_connection((self._target.number, self.port), self.timeout)
        if self._target.scheme == "https":
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def post(address: str, body: str, headers: Mapping[str, str], *, within: float = SECONDS) -> int:
    """Send a body; answers the status alone: the answer is not read, and redirects are not followed."""
    target = resolved(address)
    connection = PinnedConnection(target, timeout=within)
    # A receiver that answers a byte at a time may not hold a worker.
    limit = Timer(within, _cut, [connection])
    limit.start()
    try:
        connection.request("POST", target.path, body.encode(), dict(headers))
        return connection.getresponse().status
    except (OSError, HTTPException, ValueError) as error:
        raise Unreached from error
    finally:
        limit.cancel()
        connection.close()


def resolved(address: str) -> Target:
    """Where an address leads; `AddressRefused` where any of its numbers lies inside, `Unreached` where it has none."""
    if why_not_address(address, may_be_local=settings.NIANGJIA_WEBHOOK_LOCAL) is not None:
        raise AddressRefused
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreached from error
    numbers = [str(each[4][0]) for each in found]
    allowed = allowed_networks()
    if not all(
        is_open_address(each, allowed=allowed, may_be_local=settings.NIANGJIA_WEBHOOK_LOCAL) for each in numbers
    ):
        raise AddressRefused
    if not numbers:
        raise Unreached
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return Target(parts.scheme, host, port, path, numbers[0])


def allowed_networks() -> tuple[Network, ...]:
    """Networks inside that the operator allowed, for receivers on a government intranet (政务内网)."""
    return tuple(ip_network(each) for each in settings.NIANGJIA_WEBHOOK_NETWORKS)


def _cut(connection: HTTPConnection) -> None:
    if connection.sock is not None:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
