"""The way in by a city's identity in a real browser: the policy lets the form go there, and back."""

from collections.abc import Iterator

import pytest
from csp.constants import SELF
from playwright.sync_api import Page, expect

from niangjia.kernel import clock
from niangjia.kernel.access.city.services import link
from niangjia.kernel.access.city.tests.provider import Provider
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.tests.signing_in import an_account, code_now, with_codes
from niangjia.kernel.web.tests.browser import holds_its_width

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    with Provider() as running:
        settings.NIANGJIA_CITY_DOOR = running.door()
        rules = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": rules | {"form-action": [SELF, running.door().origin]}}
        yield running


def test_a_cadre_signs_in_by_the_city_and_shows_her_code(provider, visit, desk_page: Page):
    account = with_codes(an_account("zhou"))
    link(account, "u-1001", door=provider.door(), by=actor_of(account, on=clock.today()))
    page = visit(desk_page, "/sign-in/?next=/settings/#password")
    page.get_by_role("button", name="用临泽市统一身份登录").click()
    page.get_by_role("textbox", name="动态码").fill(code_now())
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("heading", name="设置", exact=True).wait_for()
    assert provider.asked["/authorize"] == 1


def test_on_a_phone_an_identity_nobody_linked_is_told_what_to_do(provider, visit, phone_page: Page):
    page = visit(phone_page, "/sign-in/#password")
    page.get_by_role("button", name="用临泽市统一身份登录").click()
    expect(page.get_by_role("heading", name="这个身份还没有关联账号")).to_be_visible()
    holds_its_width(page)
