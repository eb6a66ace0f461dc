"""On a phone she writes her household; a helper at a desk sees it with a purpose; on her phone she sees who looked."""

from typing import Any

import pytest

from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.privacy.notices import load_notices
from niangjia.kernel.web.tests.browser import holds_its_width
from niangjia.registers.households.tests.homes import a_region, herself
from niangjia.registers.members.tests.people import LIU, enrol
from niangjia.registers.orgs.tests.office import Office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_she_writes_her_household_a_helper_sees_it_on_purpose_and_she_sees_who_looked(
    chromium: Any, inside: Any
) -> None:
    office = Office()
    a_region()
    load_notices()
    liu = enrol(LIU, office.mill)
    account, _acts = herself(liu, "liu")
    officer = an_account("officer", role=Role.OFFICER, at=office.county.place, name="刘洋")
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    phone = inside(context.new_page(), account, "/mine/household/")
    phone.get_by_role("link", name="先看告知书").click()
    phone.get_by_role("button", name="我看过了，同意").click()
    phone.goto(phone.url.split("/mine/")[0] + "/mine/household/")
    phone.get_by_role("link", name="开始写").click()
    phone.get_by_label("从哪天起住在一起").fill("2015-05-01")
    holds_its_width(phone)
    phone.get_by_role("button", name="写好了").click()
    phone.get_by_role("link", name="添一位家人").click()
    phone.get_by_role("radio", name="父母").check()
    phone.get_by_role("textbox", name="姓名").fill("周桂香")
    phone.get_by_label("出生日期").fill("1958-10-04")
    phone.get_by_label("我告诉过这位家人").check()
    holds_its_width(phone)
    phone.get_by_role("button", name="添上").click()
    phone.get_by_role("link", name="周桂香").wait_for()
    holds_its_width(phone)
    _look(chromium, inside, officer, liu.pk)
    phone.get_by_role("link", name="谁看过我的资料").click()
    phone.get_by_text("家庭情况").first.wait_for()
    phone.get_by_text("安禾县总工会").first.wait_for()
    context.close()


def _look(chromium: Any, inside: Any, officer: Any, person_id: int) -> None:
    """From the member's page to the household, by a purpose."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    desk = inside(context.new_page(), officer, f"/members/{person_id}/")
    desk.get_by_role("link", name="家庭情况").click()
    desk.get_by_label("办理帮扶").check()
    desk.get_by_role("button", name="看一看").click()
    desk.get_by_text("周桂香").wait_for()
    holds_its_width(desk)
    context.close()
