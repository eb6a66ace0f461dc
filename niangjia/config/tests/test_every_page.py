"""Every page of the program as a cadre and as a worker meet it: readable by everybody, never wider than its window.

Each page is opened once in the quick set, in one of the looks that together cover both themes, both languages, both sizes of
type and all widths; in the long set in every theme, language and size of type, in windows that become narrow. Then once more without scripts: its main form or link works.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from threading import Thread
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from niangjia.config.tests.crossing import PEOPLE, Crossing, routes
from niangjia.config.tests.things import things_of, values_of
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.web.tests.browser import width_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = settings.ROOT.parent / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = {"serious", "critical"}
# Style sheets, sound and frames are looked into by rules that are none of ours.
RUN_AXE = "() => axe.run(document, {resultTypes: ['violations'], preload: false, iframes: false})"
# Without scripts a form needs something that sends it, were it Enter in its only field; and a button of no form does nothing.
SENDS = "button:not([type=button]):visible, input[type=submit]:visible"
DEAD = "main button[type=button]:visible"
FIELDS = "input:not([type=hidden]):visible, textarea:visible, select:visible"
# A page to go on from, or one to read.
SERVES = "main :is(a[href], form, p, li, dd):visible"
# Files, probes and descriptions for programs are no pages; neither is what ends one's session.
NO_PAGES = ("api/", "healthz", "readyz", "metrics", "static/", "sign-out/")


@dataclass(frozen=True)
class Look:
    """How somebody sees pages: width of the window, theme, language, size of type."""

    width: int
    theme: str
    language: str
    large_type: bool

    def __str__(self) -> str:
        return f"{self.width} px, {self.theme}, {self.language}, {'large' if self.large_type else 'plain'}"


WIDE, BETWEEN, NARROW = 1280, 768, 360
EVERY_LOOK = [Look(*each) for each in product((WIDE,), ("light", "dark"), ("zh-hans", "en"), (False, True))]
# Each pair of values of any two of the four comes up at least once.
COVERING = [
    Look(360, "light", "zh-hans", large_type=True),
    Look(768, "dark", "en", large_type=True),
    Look(1280, "light", "en", large_type=False),
    Look(360, "dark", "en", large_type=False),
    Look(768, "light", "zh-hans", large_type=False),
    Look(1280, "dark", "zh-hans", large_type=True),
]
WHO = ("cadre-county", "worker-herself")
# Parts shown for their looks: nothing there is meant to be sent.
EXAMPLES = "/style/"


class Shelf(SimpleHTTPRequestHandler):
    """Hands the rule book out as a file that a browser keeps: read once, not with every page."""

    def end_headers(self) -> None:
        """It does not change while tests run."""
        self.send_header("Cache-Control", "max-age=86400")
        super().end_headers()

    def log_message(self, *_said: object) -> None:
        """Nothing to tell."""


@pytest.fixture(scope="session")
def rule_book() -> Iterator[str]:
    """The address of axe-core on this machine."""
    if not AXE.exists():
        pytest.fail("axe-core is not there: `script/setup --tests` brings it")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Shelf, directory=str(AXE.parent))) as shelf:
        Thread(target=shelf.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{shelf.server_port}/{AXE.name}"
        shelf.shutdown()


class Walk:
    """One person, and the addresses of the pages that open for her."""

    def __init__(self, who: str, address: str) -> None:
        """Make the world, sign in, and ask once for every address which of them are pages."""
        world = Crossing()
        things = things_of(world)
        account = PEOPLE[who](world)
        assert account is not None
        self.account: Account = account
        self.address = address
        self.client = open_session(Client(raise_request_exception=False), account)
        found = (route.filled(values_of(route, things)) for route in routes() if not route.pattern.startswith(NO_PAGES))
        self.pages = [each for each in found if self._is_page(each)]

    def _is_page(self, at: str) -> bool:
        answer = self.client.get(at)
        is_whole = answer.headers.get("Content-Type", "").startswith("text/html") and not answer.streaming
        return answer.status_code == 200 and is_whole and b"<html" in answer.content

    def context(self, chromium: Browser, look: Look, **more: Any) -> BrowserContext:
        """A browser window of this person with this look."""
        Account.objects.filter(pk=self.account.pk).update(
            theme=look.theme, language=look.language, large_type=look.large_type
        )
        context = chromium.new_context(
            viewport={"width": look.width, "height": 900}, bypass_csp=True, reduced_motion="reduce", **more
        )
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": str(self.client.session.session_key)}
        context.add_cookies([{**cookie, "url": self.address}])  # type: ignore[typeddict-item]
        return context


def faults_of(page: Page, rule_book: str) -> Iterator[str]:
    """What is wrong with an opened page: rules of accessibility, and its width."""
    yield from unreadable(page, rule_book)
    yield from too_wide(page)


def unreadable(page: Page, rule_book: str) -> Iterator[str]:
    """Rules of accessibility that a page breaks seriously."""
    page.add_script_tag(url=rule_book)
    for fault in page.evaluate(RUN_AXE)["violations"]:
        if fault["impact"] in SERIOUS:
            yield f"{fault['id']}: " + "; ".join(node["html"][:160] for node in fault["nodes"][:3])


def too_wide(page: Page) -> Iterator[str]:
    """Whether a page has to be pushed sideways."""
    wide, seen = width_of(page)
    if wide > seen:
        # Opened once more: a busy server of the tests may have kept a style sheet back, which is no fault of the page.
        page.reload(wait_until="load")
        wide, seen = width_of(page)
    if wide > seen:
        yield f"{wide} px wide on {seen} px"


def faults_in_windows(page: Page, rule_book: str) -> Iterator[str]:
    """What is wrong with a page that was opened wide, as its window becomes narrow."""
    yield from faults_of(page, rule_book)
    for width in (BETWEEN, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        yield from (f"at {width} px: {fault}" for fault in too_wide(page))
    yield from (f"at {NARROW} px: {fault}" for fault in unreadable(page, rule_book))
    page.set_viewport_size({"width": WIDE, "height": 900})


Judge = Callable[[Page], Iterator[str]]


def walked(walk: Walk, chromium: Browser, looks: dict[Look, list[str]], *, by: Judge) -> list[str]:
    """Every fault of every page in these looks."""
    faults = []
    for look, pages in looks.items():
        context = walk.context(chromium, look)
        page = context.new_page()
        for at in pages:
            page.goto(f"{walk.address}{at}", wait_until="load")
            faults += [f"{at} ({look}): {fault}" for fault in by(page)]
        context.close()
    return faults


@pytest.mark.parametrize("who", WHO)
def test_every_page_can_be_read_by_everybody_and_fits_its_window(
    who: str, live_server: LiveServer, chromium: Browser, rule_book: str
) -> None:
    walk = Walk(who, live_server.url)
    assert len(walk.pages) > 10
    looks = {look: walk.pages[start :: len(COVERING)] for start, look in enumerate(COVERING)}
    faults = walked(walk, chromium, looks, by=partial(faults_of, rule_book=rule_book))
    assert not faults, "\n".join(faults)


@pytest.mark.deep
@pytest.mark.parametrize("who", WHO)
def test_every_page_in_every_look(who: str, live_server: LiveServer, chromium: Browser, rule_book: str) -> None:
    walk = Walk(who, live_server.url)
    judge = partial(faults_in_windows, rule_book=rule_book)
    faults = walked(walk, chromium, dict.fromkeys(EVERY_LOOK, walk.pages), by=judge)
    assert not faults, "\n".join(faults)


def unusable(page: Page) -> Iterator[str]:
    """What nobody can go on with on this page while scripts are off."""
    if not page.locator(SERVES).count():
        yield "nothing to go on with and nothing to read"
    for form in page.locator("main form:visible").all():
        if not form.locator(SENDS).count() and form.locator(FIELDS).count() != 1:
            yield f"a form that nothing sends: {form.get_attribute('action')}"
    for button in page.locator(DEAD).all():
        yield f"a button that does nothing: {button.inner_text()}"


@pytest.mark.parametrize("who", WHO)
def test_without_scripts_every_page_can_be_gone_on_with(who: str, live_server: LiveServer, chromium: Browser) -> None:
    walk = Walk(who, live_server.url)
    context = walk.context(chromium, COVERING[0], java_script_enabled=False)
    page = context.new_page()
    faults = []
    for at in (each for each in walk.pages if not each.startswith(EXAMPLES)):
        page.goto(f"{walk.address}{at}", wait_until="load")
        faults += [f"{at}: {fault}" for fault in unusable(page)]
    context.close()
    assert not faults, "\n".join(faults)


def test_a_form_that_only_a_script_could_send_is_a_fault(chromium: Browser) -> None:
    page = chromium.new_page(java_script_enabled=False)
    page.set_content(
        "<main><form action=/x><input name=a><input name=b></form><form><input name=q></form><button type=button>看看</button></main>"
    )
    found = list(unusable(page))
    page.context.close()
    assert found == ["a form that nothing sends: /x", "a button that does nothing: 看看"]


def test_a_page_that_cannot_be_read_is_a_fault(chromium: Browser, rule_book: str) -> None:
    """What the walk would say of a picture without words, grey on grey, in a window too narrow for it."""
    context = chromium.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    words = (
        "<html lang=zh><title>x</title><main><h1>x</h1><img src=x.png>"
        "<p style='color:#bbb;background:#ccc;width:900px'>看不清</p></main>"
    )
    page.route(f"{rule_book}.html", lambda at: at.fulfill(body=words, content_type="text/html; charset=utf-8"))
    page.goto(f"{rule_book}.html")
    found = " ".join(faults_of(page, rule_book))
    context.close()
    assert all(words in found for words in ("image-alt", "color-contrast", "px wide on"))
