"""On a phone: fields come with what is answered, what is written stays, and what another changed is chosen."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from niangjia.kernel.cases.drafts.models import Draft
from niangjia.kernel.cases.drafts.tests import pages
from niangjia.kernel.privacy.tests.people import World
from niangjia.kernel.web.tests.browser import Inside, holds_its_width

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("niangjia.kernel.cases.drafts.tests.pages"),
]


def test_fields_come_and_go_the_draft_stays_and_two_answers_are_chosen_from(
    inside: Inside, phone_page: Page, tmp_path: Path, settings: Any
) -> None:
    settings.NIANGJIA_DATA = tmp_path
    pages.STORED.clear()
    pages.SENT.clear()
    pages.STORED.update({"topic": "wages", "owed": 100_000, "months": 1, "words": "原来的"})
    account = World().account
    page = inside(phone_page, account, at="/trial/")
    expect(page.get_by_label("哪天辞退的")).to_be_hidden()
    page.get_by_label("被辞退").check()
    expect(page.get_by_label("哪天辞退的")).to_be_visible()
    page.get_by_label("工资").check()
    expect(page.get_by_label("哪天辞退的")).to_be_hidden()
    page.get_by_label("欠了几个月").fill("3")
    page.get_by_label("说说发生了什么").click()
    expect(page.get_by_text("写的都存着")).to_be_visible()
    assert Draft.objects.count() == 1
    page.reload()
    expect(page.get_by_label("欠了几个月")).to_have_value("3")
    pages.STORED["months"] = 5
    page.get_by_role("button", name="交给工会").click()
    two = page.get_by_role("radiogroup", name="「欠了几个月」留哪一个")
    expect(two).to_be_visible()
    holds_its_width(page)
    two.get_by_label("别人改成的").check()
    page.get_by_role("button", name="交给工会").click()
    page.wait_for_url("**/")
    assert pages.SENT[0]["months"] == 5
    assert Draft.objects.get().words_sealed is None
