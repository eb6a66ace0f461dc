"""Fixtures for tests in a real browser, beside `desk_page` and `phone_page` of the harness.

    @pytest.mark.browser
    def test_a_cadre_finds_a_member(inside, desk_page):
        page = inside(desk_page, an_account("zhou", at=county), at="/members/")
        page.get_by_role("combobox", name="搜索").fill("陈桂兰")

- `address` is where the program answers (a server of this run, with real commits: the database begins anew after each test).
- `inside(page, account, at="/")` opens a page as an account whose password and code were just given.
- `holds_its_width(page)` fails where a page scrolls sideways.
- every page opened by these fails the test on an error in its console: a broken policy, a missing file.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import ConsoleMessage, Page
from playwright.sync_api import Error as BrowserError
from pytest_django.live_server_helper import LiveServer

from niangjia.kernel.access.models import Account
from niangjia.kernel.access.tests.signing_in import open_session

Inside = Callable[..., Page]
# Pages that are not there are meant to be asked for.
EXPECTED = ("404 (Not Found)", "403 (Forbidden)", "500 (Internal Server Error)")
SETTLES = 3_000


@pytest.fixture
def address(live_server: LiveServer) -> str:
    return str(live_server.url)


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What browsers wrote to their console as errors in this test."""
    found: list[str] = []
    yield found
    assert not found, found


@pytest.fixture
def visit(address: str, complaints: list[str]) -> Inside:
    """Open a page as nobody in particular."""

    def opened(page: Page, at: str = "/") -> Page:
        page.on("console", lambda message: _listen(message, complaints))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{address}{at}")
        return page

    return opened


@pytest.fixture
def inside(address: str, visit: Inside) -> Inside:
    """Open a page as an account."""

    def opened(page: Page, account: Account, at: str = "/") -> Page:
        session = open_session(Client(), account).session
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key), "url": address}]
        )
        return visit(page, at)

    return opened


def width_of(page: Page) -> tuple[int, int]:
    """How wide a page is, and how much of it is seen, once what it draws has had its time."""
    with suppress(BrowserError):
        page.wait_for_function(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth", timeout=SETTLES
        )
    wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    return wide, seen


def holds_its_width(page: Page) -> None:
    """Fail where the page scrolls sideways."""
    wide, seen = width_of(page)
    assert wide <= seen, f"{page.url} is {wide} px wide on {seen} px"


def _listen(message: ConsoleMessage, complaints: list[str]) -> None:
    if message.type == "error" and not any(words in message.text for words in EXPECTED):
        complaints.append(message.text)
