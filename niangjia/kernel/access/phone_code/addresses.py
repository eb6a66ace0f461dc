"""Whose network a request comes from, for a limit that a factory behind one address survives."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

HOME_NETWORK_BITS = 64


def address_of(request: HttpRequest) -> str:
    """The address asked from, one per home for IPv6; empty where it cannot be known: then nothing is counted by it.

    What stands in front tells it, where TLS stands in front; its last word is the front server's own.
    """
    told = request.headers.get("X-Forwarded-For", "") if settings.SECURE_TRANSPORT else ""
    given = told.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(given)
    except ValueError:
        return ""
    if address.is_loopback:
        return ""
    if address.version == 6:
        return str(ip_network((address, HOME_NETWORK_BITS), strict=False))
    return str(address)
