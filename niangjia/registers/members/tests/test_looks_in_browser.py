"""A look from both sides, in two browsers: the cadre's desk, and the member's phone."""

import pytest
from playwright.sync_api import Browser, Route, expect

from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import an_account, with_codes
from niangjia.kernel.reveal.models import Look
from niangjia.kernel.web.tests.browser import holds_its_width
from niangjia.registers.members.tests.people import CHEN, ID_CHEN, PHONE_CHEN, enrol
from niangjia.registers.orgs.tests.office import Office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HALF_A_MINUTE_MS = 30_000


def test_a_look_is_masked_again_after_30_seconds_and_the_member_sees_it_at_once(inside, desk_page, phone_page):
    office = Office()
    chen = enrol(CHEN, office.mill)
    cadre = with_codes(an_account("zhou", at=office.town.place))
    worker = an_account("chen", role=Role.WORKER, at=office.mill.place, name="陈桂兰", subject=chen.subject)
    own = inside(phone_page, worker)
    expect(own.get_by_text("还没有人看过您的证件号码")).to_be_visible()

    desk_page.clock.install()
    desk = inside(desk_page, cadre, at=f"/members/{chen.pk}/")
    desk.get_by_text("看全号").nth(1).click()
    desk.get_by_role("button", name="看 30 秒").click()
    expect(desk.get_by_text("还没有选用途")).to_be_visible()
    desk.get_by_label("核对身份").check()
    desk.get_by_role("button", name="看 30 秒").click()
    expect(desk.get_by_text(ID_CHEN)).to_be_visible()
    assert ID_CHEN not in desk.url + desk.title()
    holds_its_width(desk)

    own.reload()
    expect(own.get_by_text("柳林镇总工会的工会干部看了您的证件号码")).to_be_visible()
    expect(own.get_by_text("为了核对身份")).to_be_visible()
    holds_its_width(own)

    desk.clock.fast_forward(HALF_A_MINUTE_MS)
    expect(desk.get_by_text(ID_CHEN)).to_have_count(0)
    expect(desk.locator(".nj-sealed").nth(1)).to_contain_text(ID_CHEN[-4:])
    assert Look.objects.count() == 1


def test_a_value_goes_from_the_page_also_where_the_line_is_broken(inside, desk_page, complaints):
    office = Office()
    chen = enrol(CHEN, office.mill)
    desk_page.clock.install()
    desk = inside(desk_page, with_codes(an_account("zhou", at=office.town.place)), at=f"/members/{chen.pk}/")
    desk.get_by_text("看全号").first.click()
    desk.get_by_label("联系本人").check()
    desk.get_by_role("button", name="看 30 秒").click()
    expect(desk.get_by_text(PHONE_CHEN)).to_be_visible()
    desk.route("**/sealed/**", _broken)
    desk.clock.fast_forward(HALF_A_MINUTE_MS)
    expect(desk.get_by_text(PHONE_CHEN)).to_have_count(0)
    desk.close()  # nothing is told any more
    complaints.clear()  # the browser told of the broken line, as it should


def test_without_scripts_a_look_works_with_a_page_of_its_own(chromium: Browser, inside):
    office = Office()
    chen = enrol(CHEN, office.mill)
    context = chromium.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = inside(context.new_page(), with_codes(an_account("zhou", at=office.town.place)), at=f"/members/{chen.pk}/")
    page.get_by_text("看全号").nth(1).click()
    page.get_by_label("核对身份").check()
    page.get_by_role("button", name="看 30 秒").click()
    expect(page.get_by_text(ID_CHEN)).to_be_visible()
    assert ID_CHEN not in page.url + page.title()
    page.get_by_role("link", name="现在就收起").click()
    expect(page.get_by_role("heading", name="陈桂兰")).to_be_visible()
    assert ID_CHEN not in page.content()
    context.close()


def _broken(route: Route) -> None:
    route.abort()
