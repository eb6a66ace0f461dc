"""From the first page to an answered transfer, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.web.tests.browser import Inside, holds_its_width
from niangjia.registers.members.models import Membership, TransferProposal
from niangjia.registers.members.tests.people import CHEN, enrol
from niangjia.registers.orgs.tests.office import Office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_chair_goes_from_today_to_a_transfer_and_lets_the_member_go(
    inside: Inside, desk_page: Page, phone_page: Page
) -> None:
    office = Office()
    chen = enrol(CHEN, office.mill)
    Membership.objects.update(period=("2026-03-02", None))
    TransferProposal.objects.create(city=chen.city, person=chen, to_union=office.plant, name_written="陈桂兰")
    chair = an_account("chair", role=Role.CHAIR, at=office.mill.place, name="张建国")
    phone = inside(phone_page, chair)
    expect(phone.get_by_role("heading", name="等我把关")).to_be_visible()
    holds_its_width(phone)
    page = inside(desk_page, chair)
    expect(page.get_by_role("button", name="打印清单")).to_be_visible()
    page.get_by_role("navigation", name="今天的数").get_by_role("link", name="等我把关").click()
    page.get_by_role("link", name="陈桂兰要转到").first.click()
    holds_its_width(page)
    page.get_by_text("不同意，写明理由").click()
    page.get_by_role("button", name="答复不同意").click()
    expect(page.get_by_text("请写明理由")).to_be_visible()
    page.get_by_role("button", name="同意转会").click()
    expect(page.get_by_role("status")).to_contain_text("同意了")
    assert Membership.objects.get(union=office.plant).state == "active"
