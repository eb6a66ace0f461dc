"""A union picked in a filter's chip: by code, by whole name, by part of the name; with scripts and without."""

import pytest
from playwright.sync_api import Page, expect

from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.listing.picks import Picks, meant_by
from niangjia.kernel.web.tests.browser import Inside, holds_its_width
from niangjia.registers.members.tests.people import CHEN, LIU, enrol
from niangjia.registers.orgs.rules.moves import SEE_UNIONS
from niangjia.registers.orgs.tests.office import Office, actor_at, client_at

UNIONS = Picks("unions", SEE_UNIONS)


@pytest.mark.django_db
def test_a_code_and_a_whole_name_mean_themselves_and_other_words_are_looked_for() -> None:
    office = Office()
    by = actor_at(office.county)
    assert meant_by(UNIONS, office.town.code, actor=by) == (office.town.name, None)
    assert meant_by(UNIONS, office.town.name, actor=by) == (office.town.name, None)
    title, found = meant_by(UNIONS, "柳林", actor=by)
    assert (title, [each.value for each in found or ()]) == ("", [office.town.code])
    assert meant_by(UNIONS, "没有这样的", actor=by) == ("", [])


@pytest.mark.django_db
def test_nothing_is_found_or_named_beyond_ones_own_places() -> None:
    office = Office()
    park = actor_at(office.park)
    assert meant_by(UNIONS, office.town.code, actor=park) == ("", [])
    assert meant_by(UNIONS, "柳林", actor=park) == ("", [])


@pytest.mark.django_db
def test_without_scripts_the_chip_offers_what_the_words_may_mean() -> None:
    office = Office()
    enrol(CHEN, office.mill)
    client = client_at(office.county)
    page = client.get("/members/", {"under": "柳林"}).content.decode()
    assert f'href="?under={office.town.code}"' in page
    assert "您找的是" in page
    chosen = client.get("/members/", {"under": office.town.code}).content.decode()
    assert ("陈桂兰" in chosen, "您找的是" in chosen, f"<span>{office.town.name}</span>" in chosen) == (
        True,
        False,
        True,
    )


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_union_is_picked_in_the_chip(inside: Inside, desk_page: Page) -> None:
    office = Office()
    enrol(CHEN, office.mill)
    enrol(LIU, office.plant)
    page = inside(desk_page, an_account("zhou", at=office.county.place), at="/members/")
    page.locator("#filter-under").click()
    page.get_by_role("combobox", name="哪个工会以下").press_sequentially("liulin")
    page.get_by_role("option", name="柳林镇总工会").click()
    expect(page.get_by_role("link", name="陈桂兰")).to_be_visible()
    expect(page.get_by_role("link", name="刘秀英")).to_have_count(0)
    assert page.url.endswith(f"under={office.town.code}")
    expect(page.locator("#filter-under")).to_contain_text("柳林镇总工会")
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("#filter-under").click()
    holds_its_width(page)
