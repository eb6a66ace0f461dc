"""Charts and maps are drawn from their figures, follow the theme, and are words without scripts."""

import pytest

from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.tests.signing_in import an_account, with_codes
from niangjia.kernel.boundaries.services import load_demo_boundaries
from niangjia.kernel.web.tests.browser import holds_its_width

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AT = "/style/pictures/"


def test_charts_and_maps_are_drawn_and_follow_the_theme(inside, desk_page):
    load_demo_boundaries(by=Actor.operator())
    page = inside(desk_page, with_codes(an_account("zhou")), at=AT)
    page.locator("[data-chart=line] svg").first.wait_for()
    assert page.locator(".nj-area").count() == 0  # nobody has come near a map yet
    for figure in page.locator("[data-map]").all():
        figure.scroll_into_view_if_needed()
    page.locator(".nj-area").nth(14).wait_for()
    assert page.locator("[data-chart] svg").count() == 4
    before = page.locator("[data-chart=bar] svg").inner_html()
    page.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
    page.wait_for_function(
        "(before) => document.querySelector('[data-chart=bar] svg').innerHTML !== before", arg=before
    )
    page.locator("[data-map] details[open]").wait_for()  # the county without boundaries shows its figures
    page.locator(".nj-area[tabindex='0']").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".nj-says").inner_text().startswith("城关镇")
    for width in (360, 768):
        page.set_viewport_size({"width": width, "height": 844})
        holds_its_width(page)


def test_without_scripts_the_sentence_and_the_figures_are_there(chromium, inside):
    context = chromium.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    account = with_codes(an_account("zhou"))
    Account.objects.update(large_type=True)
    page = inside(context.new_page(), account, at=f"{AT}?face=phone")
    assert not page.locator("[data-chart] [data-drawing]").first.is_visible()
    figures = page.locator("[data-chart=line] details").first
    figures.locator("summary").click()
    assert figures.locator("tbody tr").count() == 12
    assert "83.7%" in figures.inner_text()
    assert page.get_by_role("button", name="找一找").is_visible()
    context.close()
