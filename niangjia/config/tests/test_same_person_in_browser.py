"""One member, and the people who may meet her or not: each in a browser of their own."""

import pytest
from playwright.sync_api import Page, expect

from niangjia.config.tests.crossing import PEOPLE, Crossing
from niangjia.kernel.web.tests.browser import Inside
from niangjia.registers.members.tests.people import ID_CHEN, PHONE_CHEN

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ABSENT = "没有这一页，或者您不能看"


@pytest.fixture
def world() -> Crossing:
    return Crossing()


def opened(who: str, world: Crossing, page: Page, inside: Inside, at: str) -> str:
    """The page as somebody gets it; never with a whole number in it."""
    account = PEOPLE[who](world)
    assert account is not None
    shown = inside(page, account, at).content()
    assert ID_CHEN not in shown
    assert PHONE_CHEN not in shown
    return shown


@pytest.mark.parametrize("who", ["chair-mill", "cadre-town", "cadre-county", "officer-town"])
def test_whoever_works_for_her_meets_her_masked(who: str, world: Crossing, desk_page: Page, inside: Inside) -> None:
    shown = opened(who, world, desk_page, inside, f"/members/{world.chen.pk}/")
    assert "陈桂兰" in shown
    assert "138****2206" in shown


@pytest.mark.parametrize("who", ["auditor-county", "system-admin", "security-admin", "audit-admin", "chair-plant"])
def test_whoever_does_not_work_for_her_finds_nobody(who: str, world: Crossing, desk_page: Page, inside: Inside) -> None:
    shown = opened(who, world, desk_page, inside, f"/members/{world.chen.pk}/")
    assert ABSENT in shown
    assert "陈桂兰" not in shown


def test_what_a_cadre_looks_at_she_reads_at_once(
    world: Crossing, desk_page: Page, phone_page: Page, inside: Inside
) -> None:
    opened("cadre-town", world, desk_page, inside, f"/members/{world.chen.pk}/")
    asked = desk_page.locator("details", has_text="看全号").first
    asked.locator("summary").click()
    asked.get_by_text("联系本人").click()
    asked.get_by_role("button").last.click()
    expect(desk_page.locator("[data-sealed]").first).to_be_visible()
    shown = opened("worker-herself", world, phone_page, inside, "/my/looks/")
    assert "柳林镇总工会" in shown
    assert "联系本人" in shown
    audited = opened("auditor-county", world, desk_page, inside, "/looks/all/")
    assert "联系本人" in audited
