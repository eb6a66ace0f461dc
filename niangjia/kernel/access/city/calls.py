"""Requests to the provider: its own origin alone, five seconds, no redirect, and not more text than such answers have."""

import time
from http import HTTPStatus
from typing import Any

import requests
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from urllib3.exceptions import HTTPError

from niangjia.kernel.access.city.rules import CityDoor

# 本系统默认值: two seconds to be reached, two for each piece of the answer, and no new piece after three: five at most.
TIMEOUTS = (2.0, 2.0)
WHOLE_SECONDS = 3.0
LONGEST_ANSWER = 256 * 1024
PIECE = 16 * 1024


class ProviderAway(requests.RequestException):
    """The provider cannot be reached, is too slow, or is out of order."""


class Calls(requests.Session):
    """Requests to one provider; nothing of this machine's surroundings (proxies, `.netrc`) takes part."""

    def __init__(self, door: CityDoor) -> None:
        super().__init__()
        self.trust_env = False
        self.verify = door.authority or True
        self._door = door

    def request(self, method: Any, url: Any, *args: Any, **options: Any) -> requests.Response:
        """Ask, and read the answer whole; `ProviderAway` where there is none in time, or it leads elsewhere."""
        if not self._door.owns(url):
            raise ProviderAway
        ends = time.monotonic() + WHOLE_SECONDS
        options |= {"timeout": TIMEOUTS, "allow_redirects": False, "stream": True}
        response = super().request(method, url, *args, **options)
        if response.is_redirect or response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise ProviderAway
        response._content = _read(response, ends)  # noqa: SLF001 — what `requests` itself fills, without counting
        return response


def _read(response: requests.Response, ends: float) -> bytes:
    """The whole answer, piece by piece as it comes; one that drips is not waited for."""
    read = b""
    try:
        while piece := response.raw.read1(PIECE, decode_content=True):
            read += piece
            if len(read) > LONGEST_ANSWER or time.monotonic() > ends:
                raise ProviderAway
    except HTTPError as error:
        raise ProviderAway from error
    finally:
        response.close()
    return read


class NotSetUp(Exception):
    """No city's identity system is named: nothing is asked of any."""


class CityAdapter(DefaultSocialAccountAdapter):
    """What allauth asks of us while it exchanges a code; nobody signs up, and nothing is looked up by it."""

    def is_open_for_signup(self, request: Any, sociallogin: Any) -> bool:
        """Nobody signs up."""
        return False

    def get_requests_session(self) -> Calls:
        """The only way out."""
        door = settings.NIANGJIA_CITY_DOOR
        if door is None:
            raise NotSetUp
        return Calls(door)
