"""A term has run out; in Chromium the union elects and the union above approves; a committee that breaks a rule is refused."""

from datetime import date, timedelta
from typing import Any

import pytest

from niangjia.kernel import clock
from niangjia.kernel.web.tests.browser import holds_its_width
from niangjia.registers.committees.elections.models import Candidate, Election
from niangjia.registers.committees.elections.tests.steps import Renewal
from niangjia.registers.committees.models import Body
from niangjia.registers.committees.queries import present_term
from niangjia.registers.committees.tests.hall import Hall

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BEGAN = date(2022, 3, 1)


def choose(page: Any, name: str, value: str) -> None:
    """One of the choices of a field, however it is drawn."""
    select = page.locator(f'select[name="{name}"]')
    if select.count():
        select.select_option(value)
    else:
        page.locator(f'input[name="{name}"][value="{value}"]').check()


def press(page: Any, words: str) -> None:
    """A button, or what looks like one."""
    page.locator(f'button:has-text("{words}"), a.btn:has-text("{words}")').first.click()


def test_a_term_that_ran_out_is_renewed_and_a_committee_that_breaks_a_rule_is_refused(
    chromium: Any, inside: Any
) -> None:
    hall = Hall()
    hall.term(BEGAN)
    page = inside(
        chromium.new_context(viewport={"width": 1440, "height": 900}).new_page(),
        hall.chair,
        f"/unions/{hall.mill.code}/term/",
    )
    page.get_by_text("到期没有换届").first.wait_for()
    holds_its_width(page)
    press(page, "换届选举、补选")
    press(page, "定选举方案")
    for name, value in (("kind", "renewal"), ("form", "committee"), ("years", "3"), ("meeting", "general")):
        choose(page, name, value)
    page.locator('[name="seats"]').fill("9")
    page.locator('[name="audit_seats"]').fill("3")
    press(page, "定选举方案")
    page.get_by_text("27号").first.wait_for()
    page.locator('[name="seats"]').fill("5")
    press(page, "定选举方案")
    page.get_by_text("会员大会").first.wait_for()
    Renewal(hall).candidates()
    page.reload()
    press(page, "定下候选人")
    page.locator('[name="meeting_on"]').fill((clock.today() - timedelta(days=1)).isoformat())
    press(page, "定下候选人")
    press(page, "记选举结果")
    _count(page)
    press(page, "报上一级工会")
    page.get_by_text("等上一级批复").first.wait_for()
    page.context.close()
    _approve(chromium, inside, hall)
    term = present_term(hall.mill.pk)
    assert term is not None
    assert (term.number, term.document_number) == (2, "安禾工发〔2026〕31号")
    _women_refused(chromium, inside, hall)


def _count(page: Any) -> None:
    """Twenty-eight of thirty came; the last of either committee has too few votes."""
    page.locator('[name="present"]').fill("19")
    page.locator('[name="ballots"]').fill("19")
    rows = list(Candidate.objects.order_by("body", "pk"))
    last = {row.body: row.pk for row in rows}
    for row in rows:
        page.locator(f'[name="votes_{row.pk}"]').fill("10" if last[row.body] == row.pk else "18")
    press(page, "记下结果")
    page.get_by_text("三分之二").first.wait_for()
    page.locator('[name="present"]').fill("28")
    page.locator('[name="ballots"]').fill("28")
    press(page, "记下结果")
    page.get_by_text("选出来了").first.wait_for()


def _approve(chromium: Any, inside: Any, hall: Hall) -> None:
    """The cadre of the town finds it on her first page, and approves with a document."""
    page = inside(chromium.new_context(viewport={"width": 390, "height": 844}).new_page(), hall.li, "/")
    page.get_by_text("等批复").first.wait_for()
    page.goto(page.url.rstrip("/") + f"/desk/election/{Election.objects.get().pk}/approve/")
    page.locator('[name="document_number"]').fill("安禾工发〔2026〕31号")
    page.locator('[name="approved_on"]').fill(clock.today().isoformat())
    press(page, "批复")
    page.get_by_text("批复了").first.wait_for()
    holds_its_width(page)
    page.context.close()


def _women_refused(chromium: Any, inside: Any, hall: Hall) -> None:
    """Twelve women, and one delegate written for them: refused with the article."""
    page = inside(chromium.new_context().new_page(), hall.chair, f"/unions/{hall.mill.code}/term/committee/?kind=women")
    page.locator('[name="chair"]').fill(hall.people[0].name)
    press(page, "设立")
    page.get_by_text("《工会女职工委员会工作条例》").first.wait_for()
    assert not Body.objects.filter(kind="women").exists()
    page.context.close()
