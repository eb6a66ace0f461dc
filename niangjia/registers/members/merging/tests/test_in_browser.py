"""Two records of one woman are merged by two cadres, and the merge is undone."""

import pytest
from playwright.sync_api import Page, expect

from niangjia.kernel.web.tests.browser import Inside, holds_its_width
from niangjia.registers.members.merging.models import Merge
from niangjia.registers.members.merging.tests.two import Two
from niangjia.registers.members.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_two_cadres_merge_two_records_and_one_undoes_it(inside: Inside, desk_page: Page, phone_page: Page) -> None:
    two = Two()
    pair = two.pair()
    page = inside(desk_page, two.zhou, "/desk/same-person/?state=open")
    page.get_by_role("link", name="陈桂兰").first.click()
    page.get_by_role("row", name="职务职称").get_by_role("radio").last.check()
    page.get_by_role("group", name="哪一份会籍继续").get_by_role("radio").last.check()
    page.get_by_label("凭什么认定是同一个人").select_option("paper_seen")
    holds_its_width(page)
    page.get_by_role("button", name="提请合并").click()
    expect(page.get_by_text("等另一位干部核对").first).to_be_visible()
    merge = Merge.objects.get()
    second = inside(phone_page, two.wang, f"/desk/merging/{merge.pk}/")
    holds_its_width(second)
    second.get_by_role("link", name="同意合并", exact=True).or_(
        second.get_by_role("button", name="同意合并", exact=True)
    ).first.click()
    second.get_by_role("button", name="同意合并", exact=True).click()
    expect(second.get_by_text("办好了").first).to_be_visible()
    assert not Person.objects.filter(pk=two.right.pk).exists()
    page.goto(page.url.split("/desk/")[0] + f"/desk/same-person/{pair.pk}/")
    page.get_by_role("button", name="撤销合并").click()
    expect(page.get_by_text("和合并以前一样").first).to_be_visible()
    assert Person.objects.get(pk=two.right.pk).title == "挡车工"
