"""A chair changes; in Chromium both tick the list by their own accounts, what is missing waits, and the old rights are taken back."""

from typing import Any

import pytest

from niangjia.kernel.access.models import Grant
from niangjia.kernel.web.tests.browser import holds_its_width
from niangjia.registers.cadres.handing.models import Handover
from niangjia.registers.cadres.handing.rules import Thing
from niangjia.registers.cadres.handing.tests.test_handing import Change

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


def tick(page: Any, *, missing: Thing | None = None) -> None:
    """Every thing is there, but one."""
    for thing in Thing:
        value = "missing" if thing is missing else "fine"
        page.locator(f'input[name="{thing.value}"][value="{value}"]').check()
    if missing is not None:
        page.locator(f'input[name="{missing.value}_note"]').fill("在厂办，下周一补")
    page.locator('button[name="confirm"]').click()


def test_a_chair_hands_over_and_her_rights_here_are_taken_back(chromium: Any, inside: Any) -> None:
    change = Change()
    row = change.elect()
    old = inside(chromium.new_context(viewport=PHONE).new_page(), change.chair, f"/handovers/{row.pk}/")
    old.get_by_text("30 名会员").first.wait_for()
    holds_its_width(old)
    tick(old, missing=Thing.SEAL)
    old.get_by_text("确认了。").first.wait_for()
    old.context.close()
    heir = inside(chromium.new_context(viewport=DESK).new_page(), change.heir, "/")
    heir.get_by_text("交接清单等您勾：接手").first.wait_for()
    heir.goto(heir.url.rstrip("/") + f"/handovers/{row.pk}/")
    holds_its_width(heir)
    tick(heir)
    heir.get_by_text("两边都确认了").first.wait_for()
    heir.get_by_text("在厂办，下周一补").first.wait_for()
    heir.get_by_role("button", name="补上了").click()
    heir.get_by_text("记下了，补上了。").first.wait_for()
    heir.context.close()
    assert Handover.objects.get().is_done
    _take_back(chromium, inside, change)


def _take_back(chromium: Any, inside: Any, change: Change) -> None:
    """Who gives rights finds it on her first page, and takes them back on the page of the account."""
    page = inside(chromium.new_context(viewport=DESK).new_page(), change.security, "/")
    page.get_by_text("主席交接办完了").first.wait_for()
    page.locator(f'a[href="/accounts/{change.chair.pk}/"]').first.click()
    page.get_by_role("button", name="收回").first.click()
    page.wait_for_load_state("networkidle")
    assert Grant.objects.get(account=change.chair).revoked_at is not None
    page.goto("/".join(page.url.split("/")[:3]) + "/")
    page.wait_for_load_state("networkidle")
    assert page.get_by_text("主席交接办完了").count() == 0
    page.context.close()
