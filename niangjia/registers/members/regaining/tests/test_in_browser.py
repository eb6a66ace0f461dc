"""A phone is lost: filed at the desk, two decide, days pass, and she is in with the new one; whoever has the old one is out."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from niangjia.kernel import clock
from niangjia.kernel.access.phone_code.models import PhoneCode
from niangjia.kernel.access.phone_code.queries import digits_of, people
from niangjia.kernel.access.phone_code.tests.door import gateway
from niangjia.kernel.cases.by_clock import make_due_moves
from niangjia.kernel.messages.texts import KeptText
from niangjia.kernel.web.tests.browser import Inside, holds_its_width
from niangjia.registers.members.models import Person
from niangjia.registers.members.regaining.models import Regaining
from niangjia.registers.members.regaining.tests.lost import NEW_PHONE, SAID, Lost

__all__ = ["gateway"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_lost_phone_is_replaced_and_the_old_session_is_out(
    inside: Inside, visit: Inside, desk_page: Page, phone_page: Page, gateway: list[KeptText]
) -> None:
    lost = Lost()
    Person.objects.update(phone_confirmed_at=clock.now())
    old = inside(phone_page, lost.account, "/mine/")
    expect(old.get_by_text("工会存着我的哪些资料").first).to_be_visible()
    page = inside(desk_page, lost.chair, f"/members/{lost.chen.pk}/")
    page.get_by_role("link", name="旧手机丢了").click()
    page.get_by_label("新手机号").fill(NEW_PHONE)
    page.get_by_label("为什么换").select_option("lost")
    page.get_by_label("当面看的是哪种证件").select_option("id_card")
    page.get_by_label("本人在面前").check()
    holds_its_width(page)
    page.get_by_role("button", name="报上级工会").click()
    expect(page.get_by_text("等两位上级干部核").first).to_be_visible()
    case = Regaining.objects.get()
    for account in (lost.zhou, lost.wang):
        page.context.clear_cookies()
        decider = inside(page, account, f"/desk/regaining/{case.pk}/agree/")
        decider.get_by_label("您是怎么核对的").fill(SAID)
        decider.get_by_role("button", name="核过了，同意换").click()
        expect(decider.get_by_text("办好了").first).to_be_visible()
    old.goto(old.url.split("/mine/")[0] + f"/mine/regaining/{case.pk}/")
    expect(old.get_by_role("link", name="不是我")).to_be_visible()
    holds_its_width(old)
    assert make_due_moves(at=clock.now() + timedelta(days=30)) == 1
    old.reload()
    expect(old.get_by_role("button", name="发验证码")).to_be_visible()
    page.context.clear_cookies()
    _signs_in(visit(page, "/sign-in/"), lost)


def _signs_in(page: Page, lost: Lost) -> None:
    page.get_by_label("手机号", exact=True).fill(NEW_PHONE)
    page.get_by_role("button", name="发验证码").click()
    page.get_by_label("短信里的 6 位数").fill(digits_of(PhoneCode.objects.get()))
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_label("您身份证号的最后 4 位").fill(people().holders(NEW_PHONE)[0].tail)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_text("陈桂兰，您好").first).to_be_visible()
    assert Regaining.objects.get().proved_at is not None
    assert Person.objects.get(pk=lost.chen.pk).phone_confirmed_at is not None
