"""The main path in a real browser: said on the phone, accepted, handed up, answered, refused, answered again, agreed and rated."""

import pytest
from playwright.sync_api import Page, expect

from niangjia.kernel.web.tests.browser import Inside, holds_its_width
from niangjia.services.requests.models import Request
from niangjia.services.requests.tests.street import Street

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def answer(page: Page, words: str) -> None:
    """The handler writes an answer."""
    page.get_by_label("写给她的话").first.fill(words)
    page.get_by_role("button", name="答复她").click()
    expect(page.get_by_role("status").first).to_contain_text("答复了")


def test_from_the_phone_to_the_county_and_back_until_she_agrees(
    inside: Inside, desk_page: Page, phone_page: Page
) -> None:
    street = Street()
    phone = inside(phone_page, street.worker, at="/say/")
    holds_its_width(phone)
    phone.get_by_role("link", name="想问一件事").click()
    phone.get_by_label("哪方面的事").select_option("women")
    phone.get_by_label("说说发生了什么").fill("怀孕七个月了，还给我排夜班，能不能不上？")
    phone.get_by_role("button", name="交给工会").click()
    expect(phone.get_by_role("status").first).to_contain_text("收到了，编号")
    holds_its_width(phone)
    pk = Request.objects.get().pk

    town = inside(desk_page, street.li, at=f"/requests/{pk}/")
    holds_its_width(town)
    town.get_by_text("交给别的工会，或者请来一起办").first.click()
    town.get_by_label("交给哪个工会").select_option(label="安禾县总工会")
    town.get_by_role("button", name="交给别的工会，或者请来一起办").click()
    expect(town.get_by_text("等安禾县总工会接")).to_be_visible()

    county = inside(desk_page, street.zhou, at=f"/requests/{pk}/")
    county.get_by_role("button", name="接过来").click()
    county.get_by_role("button", name="受理", exact=True).click()
    county.get_by_role("button", name="我来办").click()
    answer(county, "七个月以上不能排夜班，从明天起调到白班。")

    phone.goto(phone.url)
    phone.get_by_role("link", name="不同意，再办").click()
    phone.get_by_label("答应的没有做到").check()
    phone.get_by_role("button", name="不同意，请重新办").click()
    county.goto(county.url)
    county.get_by_role("button", name="我来办").click()
    answer(county, "今天和车间主任一起改了排班表，您看一看。")

    phone.goto(phone.url)
    phone.get_by_role("button", name="同意，办好了").click()
    phone.get_by_label("满意", exact=True).check()
    phone.get_by_role("button", name="交上去").click()
    expect(phone.get_by_text("您的评价：满意")).to_be_visible()
    assert Request.objects.get().case.stage == "agreed"
