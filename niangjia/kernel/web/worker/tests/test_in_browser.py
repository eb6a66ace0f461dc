"""The worker's main path on a phone: find a service, ask, follow it, take it back; with scripts and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from niangjia.kernel.access.models import Account
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.privacy.asking import ask_correction
from niangjia.kernel.privacy.tests.people import World
from niangjia.kernel.web.tests.browser import Inside, holds_its_width

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = (
    "/",
    "/services/",
    "/services/?q=飞机票",
    "/mine/",
    "/mine/union/",
    "/my/looks/",
    "/how-to/",
    "/settings/sessions/",
)


@pytest.fixture
def phone(chromium: Browser) -> Callable[[bool, int], Page]:
    def opened(scripts: bool, width: int = 390) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 844}, java_script_enabled=scripts)
        return context.new_page()

    return opened


@pytest.mark.parametrize("scripts", [True, False])
def test_any_service_is_three_taps_away_and_a_request_is_followed(
    phone: Callable[..., Page], inside: Inside, scripts: bool
) -> None:
    world = World()
    an_account("zhou", at=world.office.town.place)
    page = inside(phone(scripts), world.account)
    page.get_by_role("searchbox", name="想办什么？").fill("hsjh")
    page.get_by_role("searchbox", name="想办什么？").press("Enter")
    page.get_by_role("link", name="换手机号").click()
    page.get_by_label("对的是什么").fill("13800132299")
    page.get_by_role("button", name="交给工会").click()
    page.get_by_text("现在在柳林镇总工会，等干部核对").wait_for()
    assert page.locator(".nj-track [aria-current=step]").inner_text() == "核对"
    page.get_by_role("link", name="首页").click()
    page.get_by_role("link", name="更正手机").click()
    page.get_by_role("button", name="撤回").click()
    page.locator(".nj-big", has_text="您撤回了").wait_for()
    page.get_by_role("link", name="返回").click()
    page.get_by_text("办完的").click()
    assert page.get_by_role("link", name="更正手机").is_visible()
    page.context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_held_is_read_and_put_right_from_where_it_stands(
    phone: Callable[..., Page], inside: Inside, scripts: bool
) -> None:
    world = World()
    page = inside(phone(scripts), world.account)
    page.get_by_role("link", name="我的", exact=True).click()
    assert not page.get_by_text("鸿远纺织三车间").is_visible()
    page.get_by_text("我的工作").click()
    assert page.get_by_text("鸿远纺织三车间").is_visible()
    page.get_by_role("link", name="工作单位 这里不对").click()
    assert page.get_by_label("哪一项不对").input_value() == "workplace"
    page.get_by_role("link", name="这一页有问题？告诉我们").click()
    page.get_by_text("/mine/correction/").wait_for()
    page.context.close()


@pytest.mark.parametrize(
    ("width", "large", "language"), [(360, True, "en"), (360, True, "zh-hans"), (1280, False, "en")]
)
def test_no_page_of_hers_scrolls_sideways(
    phone: Callable[..., Page], inside: Inside, width: int, large: bool, language: str
) -> None:
    world = World()
    an_account("zhou", at=world.office.town.place)
    asked = ask_correction("phone", "x", by=world.herself)
    Account.objects.filter(pk=world.account.pk).update(large_type=large, language=language)
    page = inside(phone(True, width), world.account)
    origin = page.url.rstrip("/")
    for address in (*PAGES, f"/services/requests/{asked.pk}/"):
        page.goto(f"{origin}{address}")
        for fold in page.locator("details").all():
            fold.evaluate("fold => fold.open = true")
        holds_its_width(page)
    page.context.close()


def test_the_skip_link_comes_first_and_leads_to_the_page(phone: Callable[..., Page], inside: Inside) -> None:
    page = inside(phone(True), World().account)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "nj-skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
