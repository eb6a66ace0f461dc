"""A key is made, shown once and revoked in a browser; every page holds its width on a phone and speaks both languages."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.programs.models import Key
from niangjia.kernel.web.tests.browser import holds_its_width
from niangjia.kernel.webhooks.jobs import send_to_subscription
from niangjia.kernel.webhooks.models import Subscription
from niangjia.kernel.webhooks.tests.receiver import Receiver
from niangjia.registers.orgs.tests.office import Office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = (
    "/developers/",
    "/developers/operations/list_members/",
    "/developers/operations/register_union/",
    "/developers/keys/",
    "/developers/keys/new/",
    "/developers/webhooks/",
    "/developers/webhooks/new/",
)


def test_a_key_is_made_shown_once_and_revoked(inside: Callable[..., Page], desk_page: Page) -> None:
    office = Office()
    account = an_account("security", role=Role.SECURITY_ADMIN, at=office.county.place)
    page = inside(desk_page, account, at="/developers/keys/")
    page.get_by_role("link", name="发密钥").first.click()
    page.get_by_role("button", name="发密钥").click()
    expect(page.get_by_text("还没有选能做什么").first).to_be_visible()
    page.get_by_label("给什么程序用").fill("市政务数据交换")
    page.get_by_label("哪个工会").fill("柳林镇总工会")
    page.get_by_label("unions:read").check()
    page.get_by_label("members:read").check()
    page.get_by_role("button", name="发密钥").click()
    key = Key.objects.get()
    expect(page.get_by_text(f"{key.prefix}_")).to_be_visible()
    page.get_by_role("link", name="放好了").click()
    for language in ("zh-hans", "en"):
        Account.objects.filter(pk=account.pk).update(language=language)
        for width in (390, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            for address in (*PAGES, f"/developers/keys/{key.pk}/"):
                page.goto(page.url.split("/developers")[0] + address)
                holds_its_width(page)
    page.get_by_role("button", name="Revoke the key").click()
    expect(page.get_by_text("Revoked").first).to_be_visible()


def test_a_webhook_is_made_tried_out_and_says_what_became_of_it(
    inside: Callable[..., Page], desk_page: Page, settings: Any
) -> None:
    settings.NIANGJIA_WEBHOOK_LOCAL = True
    office = Office()
    account = an_account("security", role=Role.SECURITY_ADMIN, at=office.county.place)
    page = inside(desk_page, account, at="/developers/webhooks/")
    page.get_by_role("link", name="加推送").first.click()
    page.get_by_label("推给什么程序").fill("市政务数据交换")
    page.get_by_label("哪个工会").press_sequentially("liulin")
    page.get_by_role("option", name="柳林镇总工会").click()
    page.get_by_label("membership.ended").check()
    with Receiver() as receiver:
        page.get_by_label("对方的地址").fill(receiver.address)
        page.get_by_role("button", name="加推送").click()
        hook = Subscription.objects.get()
        assert hook.place_id == office.town.pk
        page.get_by_role("link", name="放好了").click()
        page.get_by_role("button", name="发一条试试").click()
        expect(page.get_by_text("等发送")).to_be_visible()
        send_to_subscription(subscription_id=hook.pk)
        page.reload()
        expect(page.get_by_text("送到了")).to_be_visible()
        assert [path for path, _heads, _body in receiver.got] == ["/hook?from=niangjia"]
    page.get_by_role("link", name="推送", exact=True).click()
    page.get_by_role("link", name="市政务数据交换").click()
    beside = page.get_by_role("complementary").filter(has_text=hook.number)
    expect(beside.get_by_text("送到了")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_text("状态", exact=True).first.click()
    page.get_by_role("link", name="送不到，停了").click()
    expect(page.get_by_text("没有符合条件的")).to_be_visible()
