"""The box as people use it: `/`, typing, arrows, Enter, Esc; and without scripts."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from niangjia.kernel.access.tests.signing_in import an_account, with_codes
from niangjia.kernel.web.tests.browser import Inside, holds_its_width
from niangjia.registers.members.tests.people import CHEN, PHONE_CHEN, enrol
from niangjia.registers.orgs.tests.office import Office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office() -> Office:
    office = Office()
    enrol(CHEN, office.mill)
    return office


def test_slash_typing_arrows_and_enter_lead_to_what_is_meant(office: Office, inside: Inside, desk_page: Page) -> None:
    page = inside(desk_page, with_codes(an_account("zhou", at=office.county.place)))
    page.keyboard.press("/")
    page.keyboard.type("hyfz")
    box = page.get_by_role("combobox", name="搜索")
    option = page.get_by_role("option", name=re.compile("鸿远纺织"))
    expect(option).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    page.keyboard.press("Escape")
    expect(option).to_be_hidden()
    assert page.evaluate("document.activeElement.value") == "hyfz"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/unions/{office.mill.code}/")


def test_enter_without_a_choice_leads_to_the_page_and_a_number_stays_out_of_its_address(
    office: Office, inside: Inside, desk_page: Page
) -> None:
    page = inside(desk_page, with_codes(an_account("zhou", at=office.county.place)))
    box = page.get_by_role("combobox", name="搜索")
    box.fill("陈桂兰")
    box.press("Enter")
    page.wait_for_url("**/search/?q=%E9%99%88%E6%A1%82%E5%85%B0")
    box.fill(PHONE_CHEN)
    box.press("Enter")
    page.wait_for_url("**/search/")
    expect(page.locator("main").get_by_role("link", name="陈桂兰")).to_be_visible()
    assert PHONE_CHEN not in page.content()


def test_without_scripts_the_box_leads_to_its_page_also_on_a_phone(
    office: Office, inside: Inside, chromium: Browser
) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = inside(context.new_page(), with_codes(an_account("zhou", at=office.county.place)))
    box = page.get_by_role("combobox", name="搜索")
    box.fill("cgl")
    box.press("Enter")
    page.locator("main").get_by_role("link", name="陈桂兰").click()
    page.wait_for_url("**/members/*/")
    context.close()


def test_what_is_offered_fits_a_narrow_window(office: Office, inside: Inside, phone_page: Page) -> None:
    page = inside(phone_page, with_codes(an_account("zhou", at=office.county.place)))
    page.get_by_role("combobox", name="搜索").fill("鸿远")
    expect(page.get_by_role("option", name=re.compile("鸿远纺织"))).to_be_visible()
    holds_its_width(page)
