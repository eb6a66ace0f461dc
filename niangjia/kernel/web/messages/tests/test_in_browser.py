"""From the bell and from the tab to a message, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from niangjia.kernel import clock
from niangjia.kernel.access.models import Grant
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.messages.rules import ToAccount, ToOffice
from niangjia.kernel.messages.services import send
from niangjia.kernel.web.tests.browser import Inside, holds_its_width

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_cadre_goes_from_the_bell_to_a_message_and_chooses_when_she_hears(inside: Inside, desk_page: Page) -> None:
    zhou = an_account()
    place = Grant.objects.get(account=zhou).place
    facts = {"role": "chair", "place": place.pk, "last": clock.today()}
    send("delegation_ends", to=ToOffice(place.pk, frozenset({"cadre"})), facts=facts)
    page = inside(desk_page, zhou)
    page.get_by_role("link", name="消息").first.click()
    holds_its_width(page)
    page.get_by_role("link", name="委托快到期了").click()
    expect(page.get_by_role("link", name="去看看")).to_be_visible()
    page.get_by_role("link", name="全部消息").click()
    expect(page.locator(".nj-letter-new")).to_have_count(0)
    page.get_by_role("link", name="消息设置").click()
    page.get_by_label("工作上的消息").select_option("7")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("status")).to_contain_text("存好了")
    holds_its_width(page)


def test_a_worker_reads_everything_on_her_phone(inside: Inside, phone_page: Page) -> None:
    chen = an_account("chen", role=None, name="陈桂兰")
    for key, facts in (("signed_in_anew", {"device": "微信 · Android"}), ("second_factor_changed", None)):
        send(key, to=ToAccount(chen.pk), facts=facts)
    page = inside(phone_page, chen, at="/messages/")
    expect(page.locator(".nj-letter-new")).to_have_count(2)
    holds_its_width(page)
    page.get_by_role("button", name="全部已读").click()
    expect(page.locator(".nj-letter-new")).to_have_count(0)
    page.get_by_role("link", name="您的账号在一台新设备上登录了").click()
    expect(page.get_by_text("微信 · Android")).to_be_visible()
    holds_its_width(page)
