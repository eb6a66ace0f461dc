"""Two towns merge, in Chromium: tried out, decided by two, carried out; members go over, and the past stays as it was."""

from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page

from niangjia.kernel import clock
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.web.tests.browser import holds_its_width
from niangjia.registers.members.models import Membership
from niangjia.registers.orgs.reorganising.jobs import carry_out_one
from niangjia.registers.orgs.reorganising.models import Reorganisation
from niangjia.registers.orgs.reorganising.tests.land import DOCUMENT, Land

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def rows_of(page: Page, address: str, day: date) -> list[list[str]]:
    """Name, level and figures of each town on a day, as the page of that day shows them; not what became of it later."""
    page.goto(f"{address}/unions/tree/?on={day:%Y-%m-%d}")
    rows = page.locator("tbody tr")
    return [rows.nth(number).locator("td").all_inner_texts()[:-1] for number in range(rows.count())]


def test_two_towns_merge_and_what_was_stays_what_it_was(chromium: Any, inside: Any, address: str) -> None:
    land, yesterday = Land(), clock.today() - timedelta(days=1)
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    desk = inside(context.new_page(), land.zhou, "/")
    before = rows_of(desk, address, yesterday)
    assert [row[0] for row in before] == [land.park.name, land.town.name]
    _plan(desk, land, address)
    kept = Reorganisation.objects.get()
    _approve(chromium, inside, land)
    carry_out_one.func(case_id=kept.pk)
    desk.reload()
    desk.get_by_text("调整好了").first.wait_for()
    desk.get_by_text("1 名会员的会籍接了过去").first.wait_for()
    holds_its_width(desk)
    assert rows_of(desk, address, yesterday) == before
    desk.get_by_text("后来撤销了").wait_for()
    assert [row[0] for row in rows_of(desk, address, clock.today())] == [land.town.name]
    desk.goto(f"{address}/members/{land.chen.pk}/")
    desk.get_by_text(land.town.name).first.wait_for()
    with beyond(Purpose.REORGANISING):
        rows = Membership.objects.filter(person=land.chen).order_by("period")
        assert [(row.union_id, row.period.upper) for row in rows] == [
            (land.park.pk, clock.today()),
            (land.town.pk, None),
        ]
        assert len({row.joined_on for row in rows}) == 1
    context.close()


def _plan(desk: Page, land: Land, address: str) -> None:
    """From the page of the union: which kind, a dry run, the plan is kept and sent."""
    desk.goto(f"{address}/unions/{land.park.code}/")
    desk.locator(f'a[href="/unions/{land.park.code}/reorganise/"]').first.click()
    desk.get_by_role("link", name="合并", exact=True).click()
    # Written by its code, as who has no scripts writes it.
    desk.locator("#id_into").fill(land.town.code or "")
    desk.locator("#id_planned_on").fill(clock.today().isoformat())
    desk.get_by_role("button", name="试运行", exact=True).click()
    desk.get_by_text("「开发区工会」并入「柳林镇总工会」").first.wait_for()
    desk.get_by_text("1 名会员").first.wait_for()
    holds_its_width(desk)
    assert not Reorganisation.objects.exists()
    desk.get_by_role("button", name="存下方案").click()
    desk.get_by_text("会跟着变的").first.wait_for()
    desk.get_by_role("button", name="报批").first.click()
    desk.get_by_text("等批准").first.wait_for()


def _approve(chromium: Any, inside: Any, land: Land) -> None:
    """Another cadre finds it on her first page, on a phone, and approves it with its document."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    phone = inside(context.new_page(), land.han, "/")
    phone.get_by_text("「开发区工会」并入「柳林镇总工会」").first.click()
    phone.locator("a.btn-primary, button.btn-primary").filter(has_text="批准调整").first.click()
    phone.locator('[name="document"]').fill(DOCUMENT)
    phone.get_by_role("button", name="批准调整").click()
    phone.get_by_text(DOCUMENT).first.wait_for()
    holds_its_width(phone)
    context.close()
