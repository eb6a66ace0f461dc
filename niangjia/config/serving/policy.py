"""The policy of content (CSP): the same words on every answer, so they are found once."""

from collections.abc import Callable
from typing import Any

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# What a view may wish of its own answer; the library then words a policy for it alone.
WISHES = frozenset(f"_csp_{wish}{kind}" for wish in ("config", "update", "replace", "exempt") for kind in ("", "_ro"))


class OnePolicyMiddleware(CSPMiddleware):
    """As the library, which words the policy anew for every answer, and a second one that only reports."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        super().__init__(get_response)
        self.worded: tuple[Any, str] = (None, "")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer with its policy."""
        if HEADER in response or not self._is_usual(request, response):
            return super().process_response(request, response)
        said, words = self.worded
        if said is not settings.CONTENT_SECURITY_POLICY:
            said = settings.CONTENT_SECURITY_POLICY
            words = build_policy()
            self.worded = (said, words)
        response[HEADER] = words
        return response

    def _is_usual(self, request: HttpRequest, response: HttpResponseBase) -> bool:
        """Whether nothing is wished but what the settings say, for all addresses."""
        said: dict[str, Any] = getattr(settings, "CONTENT_SECURITY_POLICY", None) or {}
        is_for_all = bool(said) and not said.get("EXCLUDE_URL_PREFIXES")
        is_alone = getattr(settings, "CONTENT_SECURITY_POLICY_REPORT_ONLY", None) is None
        wishes_nothing = WISHES.isdisjoint(vars(response)) and "_csp_nonce" not in vars(request)
        return is_for_all and is_alone and wishes_nothing
