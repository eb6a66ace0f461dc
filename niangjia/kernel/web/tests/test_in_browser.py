import pytest

from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import a_place, an_account, with_codes
from niangjia.kernel.places.rules import Level
from niangjia.kernel.web.tests.browser import holds_its_width

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_newcomer_is_inside_with_one_press(visit, desk_page):
    with_codes(an_account("zhou", is_demo=True, post="权益保障部部长"))
    page = visit(desk_page, "/")
    page.get_by_role("button", name="以周敏的身份进入").click()
    page.get_by_role("heading", name="今天", exact=True).wait_for()
    assert page.url.endswith("/")


def test_large_type_and_dark_are_one_press_each_and_stay(inside, desk_page):
    account = with_codes(an_account("zhou"))
    page = inside(desk_page, account)
    page.get_by_role("button", name="大字").click()
    page.locator("html[data-type=large]").wait_for()
    page.get_by_role("button", name="深色").click()
    page.locator("html[data-bs-theme=dark]").wait_for()
    account.refresh_from_db()
    assert (account.theme, account.large_type) == ("dark", True)


def test_slash_goes_to_the_search_and_escape_closes_a_menu(inside, desk_page):
    page = inside(desk_page, with_codes(an_account("zhou")))
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.locator(".nj-me").click()
    page.get_by_role("link", name="改密码").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="改密码").wait_for(state="hidden")


def test_on_a_phone_the_navigation_is_a_drawer_without_scripts(chromium, inside):
    context = chromium.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = inside(context.new_page(), with_codes(an_account("zhou")))
    assert not page.get_by_role("link", name="怎么用").is_visible()
    page.get_by_text("菜单").click()
    page.get_by_role("link", name="怎么用").click()
    page.wait_for_url("**/how-to/")
    context.close()


@pytest.mark.parametrize("width", [360, 390, 768, 1280])
def test_no_page_scrolls_sideways(chromium, inside, width):
    context = chromium.new_context(viewport={"width": width, "height": 844})
    page = inside(context.new_page(), with_codes(an_account("zhou", post="权益保障部部长")))
    for large, language in ((False, "zh-hans"), (True, "en")):
        Account.objects.update(large_type=large, language=language)
        for at in (
            "/",
            "/settings/",
            "/settings/password/",
            "/second-factor/",
            "/complaints/",
            "/how-to/",
            "/nowhere/",
        ):
            page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + at)
            holds_its_width(page)
    context.close()


def test_a_worker_s_page_holds_on_a_phone(inside, phone_page):
    page = inside(phone_page, an_account("chen", role=Role.WORKER, name="陈桂兰"))
    page.get_by_role("heading", name="陈桂兰，您好").wait_for()
    holds_its_width(page)


def test_errors_take_the_focus_and_lead_to_the_field(visit, desk_page):
    page = visit(desk_page, "/sign-in/")
    page.get_by_role("button", name="登录", exact=True).click()
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    assert page.locator("#id_login").get_attribute("aria-describedby") == "id_login_wrong"


def test_a_list_narrows_while_one_types_and_the_address_keeps_it(inside, desk_page, settings):
    settings.ROOT_URLCONF = "niangjia.kernel.listing.tests.addresses"
    county = a_place()
    towns = [a_place(Level.TOWN, parent=county) for _ in range(3)]
    page = inside(desk_page, with_codes(an_account("zhou", at=county)), at="/places/")
    assert page.locator("#list tbody tr").count() == 4
    page.get_by_placeholder("编号").fill(str(towns[1].pk))
    page.wait_for_url(f"**/places/?q={towns[1].pk}*")
    assert page.locator("#list tbody tr").count() == 1
    assert page.get_by_placeholder("编号").input_value() == str(towns[1].pk)
    page.get_by_role("link", name="清空").click()
    page.wait_for_url("**/places/")
    assert page.locator("#list tbody tr").count() == 4


def test_arrows_move_from_row_to_row(inside, desk_page, settings):
    settings.ROOT_URLCONF = "niangjia.kernel.listing.tests.addresses"
    county = a_place()
    a_place(Level.TOWN, parent=county)
    page = inside(desk_page, with_codes(an_account("zhou", at=county)), at="/places/")
    links = page.locator("#list tbody td:first-child a")
    links.first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.getAttribute('href')") == links.nth(1).get_attribute("href")
