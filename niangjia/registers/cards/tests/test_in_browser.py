"""A member shows her card, a second account checks it; she stops it, and the next check is refused."""

import pytest
from playwright.sync_api import Page, expect

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.web.tests.browser import Inside, holds_its_width
from niangjia.registers.cards.models import Card
from niangjia.registers.members.tests.people import CHEN, enrol
from niangjia.registers.orgs.tests.office import Office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOWN = "[data-card-code] b"


def test_she_shows_her_card_is_checked_stops_it_and_the_next_check_is_refused(
    inside: Inside, desk_page: Page, phone_page: Page
) -> None:
    office = Office()
    chen = enrol(CHEN, office.mill)
    phone = inside(phone_page, an_account("chen", role=None, name="陈桂兰", subject_id=chen.pk))
    # From the first page: one tap to the card, one to take it.
    phone.get_by_role("link", name="会员卡").first.click()
    phone.get_by_role("button", name="领会员卡").click()
    expect(phone.get_by_role("img", name="会员卡的动态码").first).to_be_visible()
    holds_its_width(phone)
    number = Card.objects.get().number
    counter = inside(
        desk_page, an_account("liu", role=Role.OFFICER, at=office.county.place, name="刘洋"), "/cards/check/"
    )
    counter.get_by_label("验卡做什么").select_option("check_in")
    # The last moments of a minute would leave the code no time on a busy machine.
    if clock.now().second > 40:
        phone.wait_for_timeout((61 - clock.now().second) * 1000)
    counter.get_by_label("码", exact=True).fill(f"{number} {phone.locator(SHOWN).inner_text()}")
    counter.get_by_role("button", name="验卡").click()
    expect(counter.locator(".nj-check-verdict")).to_contain_text("有效")
    expect(counter.locator(".nj-check-verdict")).to_contain_text("陈**")
    holds_its_width(counter)
    digits = phone.locator(SHOWN).inner_text()
    phone.get_by_role("button", name="先停用").click()
    expect(phone.get_by_text("安禾县总工会的经办人")).to_be_visible()
    expect(phone.get_by_role("button", name="恢复使用")).to_be_visible()
    counter.get_by_label("码", exact=True).fill(f"{number} {digits}")
    counter.get_by_role("button", name="验卡").click()
    expect(counter.locator(".nj-check-verdict")).not_to_contain_text("有效")
    assert Card.objects.get().state == "frozen"


def test_the_code_changes_by_itself_and_goes_on_without_a_line(inside: Inside, phone_page: Page) -> None:
    chen = enrol(CHEN, Office().mill)
    phone_page.clock.install()
    phone = inside(phone_page, an_account("chen", role=None, name="陈桂兰", subject_id=chen.pk), "/mine/card/")
    phone.get_by_role("button", name="领会员卡").click()
    expect(phone.locator(SHOWN)).to_be_visible()
    first = phone.locator(SHOWN).inner_text()
    phone.context.set_offline(True)
    phone.clock.run_for(61_000)
    expect(phone.locator(SHOWN)).not_to_have_text(first)
    phone.clock.run_for(5 * 60_000)
    expect(phone.get_by_text("备着的码用完了")).to_be_visible()
    expect(phone.locator(SHOWN)).to_be_hidden()
    phone.context.set_offline(False)
