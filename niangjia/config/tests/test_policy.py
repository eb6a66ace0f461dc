"""The policy of content is worded once, and says what the library says: also for an answer that wishes another one."""

from typing import Any

import pytest
from csp.constants import HEADER, SELF
from csp.decorators import csp_exempt, csp_update
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from niangjia.config.serving import policy
from niangjia.config.serving.policy import OnePolicyMiddleware


def plain(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"")


def with_nonce(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(request.csp_nonce)[:0])  # type: ignore[attr-defined]  # set by the library


wishing = csp_update({"img-src": ["https://maps.example"]})(plain)
VIEWS = (plain, wishing, csp_exempt()(plain), with_nonce)


def said(middleware: Any, view: Any) -> str | None:
    words: str | None = middleware(view)(RequestFactory().get("/")).headers.get(HEADER)
    return words


@pytest.mark.parametrize("view", VIEWS)
def test_it_says_what_the_library_says(view: Any) -> None:
    ours, theirs = said(OnePolicyMiddleware, view), said(CSPMiddleware, view)
    assert _parts(ours) == _parts(theirs)
    assert (ours is None) is (view is VIEWS[2])


def test_it_is_worded_once_until_the_settings_say_something_else(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    worded: list[str] = []

    def build() -> str:
        worded.append(build_policy())
        return worded[-1]

    monkeypatch.setattr(policy, "build_policy", build)
    answer: Any = OnePolicyMiddleware(plain)
    first = [answer(RequestFactory().get("/"))[HEADER] for _time in range(3)]
    assert (len(set(first)), len(worded)) == (1, 1)
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"default-src": [SELF], "frame-src": [SELF]}}
    assert "frame-src" in answer(RequestFactory().get("/"))[HEADER]
    assert "frame-src" not in first[0]


def test_a_policy_that_only_reports_is_the_librarys_to_word(settings: Any) -> None:
    settings.CONTENT_SECURITY_POLICY_REPORT_ONLY = {"DIRECTIVES": {"default-src": [SELF]}}
    answer: Any = OnePolicyMiddleware(plain)
    assert f"{HEADER}-Report-Only" in answer(RequestFactory().get("/")).headers


def _parts(words: str | None) -> set[str]:
    """The parts of a policy; the library has them in another order each time."""
    return set((words or "").split("; "))
