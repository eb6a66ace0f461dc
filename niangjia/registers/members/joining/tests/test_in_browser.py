"""A courier joins on her phone by what she does, is approved at the desk, and sees her membership."""

from typing import Any

import pytest
from django.test import Client

from niangjia.kernel.access.phone_code.models import PhoneCode
from niangjia.kernel.access.phone_code.queries import digits_of
from niangjia.kernel.access.phone_code.tests.door import gateway
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.web.tests.browser import holds_its_width
from niangjia.registers.members.joining.catching import set_catch_all
from niangjia.registers.members.joining.models import Application
from niangjia.registers.members.joining.tests.hall import ID_MA, Hall

__all__ = ["gateway"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "scripts off"])
def test_a_courier_joins_by_what_she_does_and_sees_her_membership(
    chromium: Any, visit: Any, gateway: Any, scripts: bool
) -> None:
    hall = Hall()
    set_catch_all("food_delivery", hall.park.code, by=hall.actor(hall.zhou))
    context = chromium.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=scripts)
    page = visit(context.new_page(), "/join/")
    page.get_by_role("link", name="我送餐").click()
    page.get_by_text(hall.park.name).wait_for()
    page.get_by_label("姓名").fill("马小军")
    page.get_by_label("身份证号").fill(ID_MA)
    page.get_by_label("手机号").fill("137 0000 0021")
    page.get_by_label("我看过告知书").check()
    if scripts:
        holds_its_width(page)
    page.get_by_role("button", name="下一步，发验证码").click()
    page.get_by_label("短信里的 6 位数").fill(digits_of(PhoneCode.objects.get()))
    page.get_by_role("button", name="交给工会").click()
    page.get_by_text("工会在审批").first.wait_for()
    assert ID_MA not in page.content()
    _approve_at_the_desk(hall)
    page.reload()
    page.get_by_text("您入会了").first.wait_for()
    page.goto(page.url.split("/mine/")[0] + "/mine/union/")
    page.get_by_text(hall.park.name).first.wait_for()
    if scripts:
        holds_its_width(page)
    context.close()


def _approve_at_the_desk(hall: Hall) -> None:
    """The cadre of the county, in a browser of her own without a screen."""
    application = Application.objects.get()
    desk = open_session(Client(), hall.zhou)
    address = f"/desk/joining/{application.pk}/approve/"
    assert "委员会" in desk.get(address).content.decode()
    seen = {"seen-decided_on": "null", "seen-says": "null"}
    sent = seen | {"decided_on": "", "revision": application.case.revision, "says": ""}
    assert desk.post(address, sent).status_code == 302
