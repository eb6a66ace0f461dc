"""Demo accounts live on this machine only: their passwords and codes are public."""

from ipaddress import ip_address

from django.http import HttpRequest
from django.http.request import split_domain_port

# A front server on this machine would make everybody look like a neighbour: whoever was passed on is a stranger.
PASSED_ON = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via")


def is_on_loopback(request: HttpRequest) -> bool:
    """Whether the request was made on this very machine: from a loopback address, to a loopback name, passed on by nobody."""
    if any(name in request.headers for name in PASSED_ON):
        return False
    host, _port = split_domain_port(request.get_host())
    return _is_loopback(request.META.get("REMOTE_ADDR", "")) and (host == "localhost" or _is_loopback(host.strip("[]")))


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
