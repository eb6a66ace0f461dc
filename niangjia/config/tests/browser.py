"""The browser of the tests: one Chromium for the run, one fresh profile for each test."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, ViewportSize, expect, sync_playwright

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MACOS_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
DESK: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
# What is expected on a page comes within this, on a busy machine too; where it is there at once nobody waits.
PATIENCE_MS = 30_000


def find_chromium() -> str | None:
    """The Chromium of this machine: NIANGJIA_CHROMIUM, or what the system has installed."""
    named = os.environ.get("NIANGJIA_CHROMIUM")
    if named:
        return named
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    return found or (MACOS_CHROME if Path(MACOS_CHROME).exists() else None)


@pytest.fixture(scope="session")
def _playwright() -> Iterator[Playwright]:
    # Playwright's own loop runs in this thread, and Django would refuse the database beside any loop
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        yield playwright
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def chromium(_playwright: Playwright) -> Iterator[Browser]:
    """A running Chromium; tests that need one are skipped by name where there is none."""
    program = find_chromium()
    if program is None:
        pytest.skip("no Chromium on this machine: script/test installs it, or set NIANGJIA_CHROMIUM")
    browser = _playwright.chromium.launch(executable_path=program, args=["--no-sandbox"] if os.geteuid() == 0 else [])
    yield browser
    browser.close()


@pytest.fixture
def desk_page(chromium: Browser) -> Iterator[Page]:
    """A page as wide as an office screen."""
    context = chromium.new_context(viewport=DESK, locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture
def phone_page(chromium: Browser) -> Iterator[Page]:
    """A page as wide as a phone."""
    context = chromium.new_context(viewport=PHONE, locale="zh-CN", has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()
