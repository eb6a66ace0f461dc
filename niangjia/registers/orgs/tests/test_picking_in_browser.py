"""A union is found and chosen by keys alone, and what was chosen is what is registered."""

import pytest

from niangjia.kernel.access.tests.signing_in import an_account, with_codes
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.tests.office import Office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_union_is_chosen_by_keys_alone(inside, desk_page):
    office = Office()
    page = inside(desk_page, with_codes(an_account("zhou", at=office.county.place)), at="/unions/new/")
    page.get_by_label("工会名称").fill("新车间分会")
    page.get_by_label("层级").select_option("branch")
    line = page.get_by_label("上级工会")
    line.press_sequentially("hyfz")
    page.locator("[data-pick] [role=option]").first.wait_for()
    assert line.get_attribute("aria-expanded") == "true"
    line.press("ArrowDown")
    assert page.locator("#" + line.get_attribute("aria-activedescendant")).get_attribute("aria-selected") == "true"
    line.press("Escape")
    assert line.get_attribute("aria-expanded") == "false"
    line.press("ArrowDown")
    line.press("ArrowDown")
    line.press("Enter")
    assert line.input_value() == office.mill.name
    page.get_by_role("button", name="保存").click()
    page.get_by_role("heading", name="新车间分会").wait_for()
    assert Union.objects.get(name="新车间分会").place.parent_id == office.mill.pk
