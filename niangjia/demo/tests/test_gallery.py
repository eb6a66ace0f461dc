"""The gallery (画册): every screen of the demo county as people see it, on a phone and at a desk.

The pictures lie in `docs/gallery`. To draw them anew: `NIANGJIA_GALLERY=1 script/test --deep niangjia/demo/tests/test_gallery.py`.
"""

import os
import re
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize

from niangjia.config.environment import CHECKOUT
from niangjia.config.tests.crossing import PARAMETER
from niangjia.config.tests.test_who_may_open_what import read_table
from niangjia.demo.rules.week import LIULIN
from niangjia.demo.services import load_demo
from niangjia.demo.tests.screens import DESK, SCREENS, Look, Screen, looks_of
from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.cases.notices.tests.hanging import FLOW_PATH, KINDS_PATH, a_notice
from niangjia.kernel.privacy.notices import load_notices
from niangjia.registers.orgs.models import Union

GALLERY = CHECKOUT / "docs" / "gallery"
SIZES: dict[str, ViewportSize] = {DESK: {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
# A picture is cut here: what comes further down looks like what is above.
TALLEST = 2_400
MISSING = 404
NO_PAGES = ("api/", "healthz", "readyz", "metrics", "boundaries/", "static/")
# Steps of signing in, second looks at what has its picture, and pages of which one like them is shown.
WITHOUT_PICTURE = {
    "employers/cover/table.csv",
    "desk/recall/", "desk/recall/<int:case_id>/",
    "desk/recall/<int:case_id>/<slug:move>/",
    "mine/regaining/<int:case_id>/", "mine/regaining/<int:case_id>/<slug:move>/", "desk/merging/<int:case_id>/<slug:move>/", "employers/imports/<int:list_id>/",
    "desk/joining-unions/", "desk/joining/", "desk/joining/<int:case_id>/", "desk/joining/<int:case_id>/<slug:move>/",
    "desk/founding/<int:case_id>/<slug:move>/", "desk/founding/<int:case_id>/asker/phone/", "mine/founding/<int:case_id>/", "mine/founding/<int:case_id>/<slug:move>/",
    "away-unions/<int:away_id>/edit/", "developers/operations/<slug:operation>/", "employers/<int:pk>/edit/", "join/<slug:code>/",
    "unions/<slug:code>/industry/",
    "members/<int:pk>/sealed/<str:field>/", "members/imports/<int:import_id>/rows/", "members/imports/unions/",
    "mine/consents/<slug:key>/", "mine/joining/<int:case_id>/", "mine/leaving/<int:case_id>/", "mine/leaving/<int:case_id>/<slug:move>/",
    "mine/exit/<int:case_id>/", "mine/exit/<int:case_id>/<slug:move>/", "desk/exit/<int:case_id>/<slug:move>/", "mine/transfers/<int:transfer_id>/",
    "mine/joining/<int:case_id>/<slug:move>/", "privacy/people/<int:person_id>/consents/<slug:key>/",
    "privacy/people/<int:person_id>/erasure/", "requests/topics/<int:topic_id>/", "second-factor/passkeys/new/", "second-factor/password/",
    "second-factor/set-up/", "second-factor/spare-codes/new/", "settings/password/", "sign-in/inactive/",
    "sign-in/phone/unknown/", "sign-out/", "unions/imports/<int:list_id>/",
}  # fmt: skip


def picture_of(screen: Screen, look: Look) -> Path:
    """Where a picture lies."""
    return GALLERY / f"{screen.name}-{look.name}.webp"


def index() -> str:
    """The page that shows every picture."""
    lines = [
        "# 画册",
        "",
        (
            "演示县（虚构）里的每一个画面，手机和桌面，另有深色、大字、英文。"
            "重画：`NIANGJIA_GALLERY=1 script/test --deep niangjia/demo/tests/test_gallery.py`。"
        ),
    ]
    for screen, shown in groupby(looks_of(SCREENS), key=lambda each: each[0]):
        lines += ["", f"## {screen.title}", ""]
        for _screen, look in shown:
            width = 300 if look.face == "phone" else 720
            name = picture_of(screen, look).name
            lines.append(f'<img src="{name}" width="{width}" alt="{screen.title}（{look.name}）">')
    return "\n".join(lines) + "\n"


@pytest.fixture
def pages(chromium: Browser) -> Iterator[dict[str, Page]]:
    """A page of each face."""
    contexts = {face: chromium.new_context(viewport=size, locale="zh-CN") for face, size in SIZES.items()}
    yield {face: context.new_page() for face, context in contexts.items()}
    for context in contexts.values():
        context.close()


@pytest.fixture
def notices(settings: Any) -> None:
    """No line of work puts notices up yet: an example of a kind of the tests shows how they look."""
    settings.NIANGJIA_NOTICE_KINDS = (KINDS_PATH,)
    settings.NIANGJIA_WORKFLOWS = (*settings.NIANGJIA_WORKFLOWS, FLOW_PATH)


@pytest.mark.deep
@pytest.mark.browser
@pytest.mark.usefixtures("notices")
def test_every_screen_opens_and_holds_its_width(address: str, pages: dict[str, Page]) -> None:
    load_notices()
    load_demo(on=clock.today())
    with beyond(Purpose.SEED):
        a_notice(Union.objects.get(name=LIULIN).place)
    complaints: list[str] = []
    for page in pages.values():
        page.on("pageerror", lambda error: complaints.append(str(error)))
    for screen, look in looks_of(SCREENS):
        page = pages[look.face]
        with beyond(Purpose.SEED):
            where = screen.at()
            _come_in(page, screen.login, look, address=address)
        answer = page.goto(f"{address}{where}", wait_until="networkidle")
        status = answer.status if answer else 0
        if status >= 500 or (status == MISSING) != (screen.name == "not-there"):
            complaints.append(f"{screen.name} {where}: {status}")
        wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        if wide > seen:
            complaints.append(f"{screen.name} {look.name}: {wide} px wide on {seen} px")
        if "NIANGJIA_GALLERY" in os.environ:
            _keep(page, picture_of(screen, look), SIZES[look.face])
    if "NIANGJIA_GALLERY" in os.environ:
        _keep_index()
    assert complaints == []


def test_the_gallery_shows_every_screen_and_nothing_else() -> None:
    there = {path.name for path in GALLERY.glob("*.webp")}
    assert {picture_of(screen, look).name for screen, look in looks_of(SCREENS)} == there
    assert (GALLERY / "README.md").read_text("utf-8") == index()


def test_every_page_that_somebody_may_open_has_its_picture() -> None:
    """A new page is added to the screens, or said here to need none."""
    table = read_table()
    drawn = [re.sub(r"\{\w+\}", "1", screen.address.partition("?")[0]) for screen in SCREENS]
    pages = {
        pattern
        for (method, pattern), words in table.items()
        if method == "GET" and "ok" in words.values() and not pattern.startswith(NO_PAGES)
    }
    without = {page for page in pages if not any(_pattern(page).fullmatch(address) for address in drawn)}
    assert without == WITHOUT_PICTURE


def _pattern(page: str) -> re.Pattern[str]:
    return re.compile("/" + PARAMETER.sub("[^/]+", page))


def _come_in(page: Page, login: str, look: Look, *, address: str) -> None:
    page.context.clear_cookies()
    if not login:
        return
    account = Account.objects.get(login=login)
    account.language, account.theme, account.large_type = look.language, look.theme, look.large_type
    account.save(update_fields=["language", "theme", "large_type"])
    account.open_sessions.all().delete()
    session = open_session(Client(), account).session
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key), "url": address}]
    )


def _keep(page: Page, path: Path, size: ViewportSize) -> None:
    """The whole page in a window as tall as it is, so that what sticks to the edge of a window is at its edge."""
    tall = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
    page.set_viewport_size({"width": size["width"], "height": max(size["height"], tall)})
    drawn = Image.open(BytesIO(page.screenshot(animations="disabled")))
    page.set_viewport_size(size)
    GALLERY.mkdir(exist_ok=True)
    drawn.save(path, "WEBP", quality=60, method=6)


def _keep_index() -> None:
    shown = {picture_of(screen, look) for screen, look in looks_of(SCREENS)}
    for old in set(GALLERY.glob("*.webp")) - shown:
        old.unlink()
    (GALLERY / "README.md").write_text(index(), "utf-8")
