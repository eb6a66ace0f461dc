"""The list of members as a cadre uses it: chips, a row beside it, keys, ticks; and the same without scripts on a phone."""

import pytest

from niangjia.kernel.access.tests.signing_in import an_account, with_codes
from niangjia.kernel.web.tests.browser import holds_its_width
from niangjia.registers.members.models import Person
from niangjia.registers.members.tests.people import CHEN, LIU, a_number, enrol
from niangjia.registers.orgs.tests.office import Office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WU = {"name": "吴大山", "id_number": a_number("34992119790115", 557)}


@pytest.fixture
def office():
    made = Office()
    for written in (CHEN, LIU, WU):
        enrol(written, made.mill)
    return made


def zhou(office):
    return with_codes(an_account("zhou", at=office.county.place))


def test_a_row_opens_beside_the_list_and_the_keys_move(office, inside, desk_page):
    page = inside(desk_page, zhou(office), at="/members/")
    page.locator("#filter-sex").click()
    page.get_by_role("link", name="女", exact=True).click()
    page.get_by_role("link", name="去掉「性别 女」").wait_for()
    assert page.url.endswith("/members/?sex=female")
    assert page.locator("#list tbody tr").count() == 2
    page.get_by_role("link", name="陈桂兰").click()
    page.get_by_role("heading", name="陈桂兰").wait_for()
    assert "open=" in page.url
    page.keyboard.press("ArrowDown")
    page.get_by_role("heading", name="刘秀英").wait_for()
    page.keyboard.press("Escape")
    assert page.locator(".nj-drawer").count() == 0
    assert page.evaluate("document.activeElement.textContent") == "刘秀英"
    page.go_back()
    page.get_by_role("heading", name="刘秀英").wait_for()
    holds_its_width(page)


def test_ticked_rows_are_counted_looked_at_and_done(office, inside, desk_page):
    page = inside(desk_page, zhou(office), at="/members/")
    assert not page.get_by_role("button", name="归入群体").is_visible()
    page.get_by_role("checkbox", name="选中本页全部").check()
    page.get_by_text("已选 3").wait_for()
    page.get_by_role("checkbox", name="选中吴大山").uncheck()
    page.get_by_text("已选 2").wait_for()
    page.get_by_role("button", name="归入群体").click()
    page.get_by_label("归入哪个群体").select_option("courier")
    page.get_by_role("button", name="先看看会怎样").click()
    page.get_by_role("button", name="就这样办 2 人").click()
    page.get_by_text("办好了 2 条").wait_for()
    assert Person.objects.filter(occupation="courier").count() == 2


def test_words_typed_while_the_list_is_drawn_anew_stay(office, inside, desk_page):
    page = inside(desk_page, zhou(office), at="/members/")
    box = page.get_by_role("searchbox", name="在名单里找")
    box.press_sequentially("陈桂兰", delay=250)
    page.wait_for_url("**/members/?q=*")
    page.locator("#list tbody tr", has_text="刘秀英").wait_for(state="detached")
    assert box.input_value() == "陈桂兰"
    assert page.evaluate("document.activeElement.id") == "list-words"


def test_on_a_phone_without_scripts_everything_is_there(office, chromium, inside):
    context = chromium.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = inside(context.new_page(), zhou(office), at="/members/")
    page.locator("#filter-sex").click()
    page.get_by_role("link", name="女", exact=True).click()
    page.wait_for_url("**/members/?sex=female")
    page.get_by_role("checkbox", name="选中陈桂兰").check()
    page.get_by_role("button", name="归入群体").click()
    page.get_by_role("heading", name="归入群体").wait_for()
    page.go_back()
    page.get_by_role("link", name="存为新的").click()
    page.get_by_label("名字", exact=True).fill("女职工")
    page.get_by_role("button", name="存好").click()
    assert page.get_by_role("link", name="女职工").get_attribute("aria-current") == "page"
    page.get_by_role("link", name="陈桂兰").click()
    page.wait_for_url("**/members/*/")
    context.close()
