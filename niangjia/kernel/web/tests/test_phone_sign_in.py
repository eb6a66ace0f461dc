import pytest

from niangjia.kernel.access.phone_code.models import PhoneCode
from niangjia.kernel.access.phone_code.queries import digits_of
from niangjia.kernel.access.phone_code.tests.door import PHONE, gateway, member
from niangjia.kernel.web.tests.browser import holds_its_width
from niangjia.registers.orgs.tests.office import Office

__all__ = ["gateway"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "scripts off"])
@pytest.mark.parametrize("width", [390, 1440])
def test_a_worker_comes_in_by_phone(chromium, visit, gateway, width, scripts):
    member(Office().mill)
    context = chromium.new_context(viewport={"width": width, "height": 844}, java_script_enabled=scripts)
    page = visit(context.new_page(), "/sign-in/")
    holds_its_width_unless_off(page, scripts=scripts)
    page.get_by_label("手机号").fill("138 0013 2206")
    page.get_by_role("button", name="发验证码").click()
    page.get_by_text("138****2206").wait_for()
    holds_its_width_unless_off(page, scripts=scripts)
    page.get_by_label("短信里的 6 位数").fill(digits_of(PhoneCode.objects.get()))
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("heading", name="陈桂兰，您好").wait_for()
    assert PHONE not in page.content()
    context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "scripts off"])
def test_on_a_phone_the_password_is_one_tap_away(chromium, visit, gateway, scripts):
    context = chromium.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=scripts)
    page = visit(context.new_page(), "/sign-in/?next=/members/")
    assert not page.get_by_label("密码", exact=True).is_visible()
    page.get_by_role("link", name="工会干部，用账号和密码登录").click()
    page.get_by_label("密码", exact=True).wait_for()
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_text("请填密码").first.wait_for()
    assert page.get_by_label("密码", exact=True).is_visible()
    context.close()


def holds_its_width_unless_off(page, *, scripts):
    if scripts:
        holds_its_width(page)
