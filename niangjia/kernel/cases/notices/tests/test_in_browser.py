"""On a phone, without signing in: a notice is read, something is objected, and the answer is read by the receipt."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from niangjia.kernel.cases.notices.models import Objection
from niangjia.kernel.cases.notices.services import answer
from niangjia.kernel.cases.notices.tests.world import World, acts, wired
from niangjia.kernel.web.tests.browser import Inside, holds_its_width

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_somebody_objects_on_a_phone_and_reads_the_answer(visit: Inside, phone_page: Page, settings: Any) -> None:
    wired(settings)
    world = World()
    world.put_up()
    page = visit(phone_page, "/notices/")
    expect(page.get_by_text("陈*兰")).to_be_visible()
    holds_its_width(page)
    page.get_by_role("link", name="帮扶公示").click()
    page.get_by_role("link", name="我有异议").click()
    page.get_by_label("哪里不对").fill("她家有两套房。")
    holds_its_width(page)
    page.get_by_role("button", name="交给工会").click()
    receipt = page.locator("[data-receipt]").inner_text()
    answer(Objection.objects.get().pk, "上门看过，只有一套。", is_upheld=False, by=acts(world.wang))
    page.get_by_role("link", name="凭回执码看答复").click()
    page.get_by_label("回执码").fill(receipt)
    page.get_by_role("button", name="看答复").click()
    expect(page.get_by_text("上门看过，只有一套。")).to_be_visible()
    assert receipt.replace(" ", "") not in page.url
