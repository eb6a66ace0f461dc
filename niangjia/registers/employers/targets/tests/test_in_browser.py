"""A cluster of members makes a lead, it is handed to a cadre, visited on a phone, covered, and leaves the list."""

from datetime import timedelta
from typing import Any

import pytest

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.web.tests.browser import holds_its_width
from niangjia.registers.employers.rules.employer_facts import EmployerFacts
from niangjia.registers.employers.services import register_employer
from niangjia.registers.employers.targets.leads import count_leads
from niangjia.registers.members.models import Person
from niangjia.registers.members.tests.people import a_number, enrol
from niangjia.registers.orgs.tests.office import OPERATOR, Office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAME = "迅捷同城配送有限公司"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "scripts off"])
def test_a_lead_is_handed_out_visited_on_a_phone_covered_and_leaves_the_list(
    chromium: Any, inside: Any, scripts: bool
) -> None:
    office, today = Office(), clock.today()
    for number in range(1, 4):
        person = enrol({"name": "吴小燕", "id_number": a_number("34992119950307", number)}, office.plant)
        Person.objects.filter(pk=person.pk).update(workplace=NAME)
    opened = today - timedelta(days=30)
    register_employer(EmployerFacts(name=NAME, place_id=office.town.pk, opened_on=opened, employees=86), by=OPERATOR)
    assert count_leads(on=today) == 1
    zhou = an_account("zhou", role=Role.CADRE, at=office.county.place, name="周敏")
    chen = an_account("chen", role=Role.CADRE, at=office.town.place, name="陈丽")
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=scripts)
    desk = inside(context.new_page(), zhou, "/employers/without-union/")
    desk.get_by_text("3 位会员写的是它").wait_for()
    desk.get_by_role("link", name=NAME).first.click()
    desk.get_by_label("交给谁").select_option(str(chen.pk))
    desk.get_by_role("button", name="交办").click()
    desk.get_by_text("还没有去").first.wait_for()
    _visit_on_a_phone(chromium, inside, chen, scripts=scripts)
    desk.get_by_role("link", name="去登记覆盖它的工会").click()
    # Written by its code, as who has no scripts writes it.
    desk.locator("#id_union").fill(office.mill.code or "")
    desk.get_by_role("button", name="登记覆盖").click()
    desk.get_by_text(office.mill.name).first.wait_for()
    desk.goto(desk.url.split("/employers/")[0] + "/employers/without-union/")
    desk.get_by_text("没有未建会的单位").wait_for()
    desk.goto(desk.url.split("/employers/")[0] + "/employers/targets/")
    desk.locator("tbody").get_by_text("建会了").wait_for()
    if scripts:
        holds_its_width(desk)
    context.close()


def _visit_on_a_phone(chromium: Any, inside: Any, chen: Any, *, scripts: bool) -> None:
    """At the gate: from her first page to the form, four fields, done."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=scripts)
    phone = inside(context.new_page(), chen, "/")
    phone.get_by_text(f"去「{NAME}」谈建会").first.click()
    phone.get_by_role("link", name="记一次走访").click()
    phone.get_by_label("见了谁").fill("站长")
    phone.get_by_label("谈了什么").fill("愿意建会，请工会来讲一次")
    if scripts:
        holds_its_width(phone)
    phone.get_by_role("button", name="记下").click()
    phone.get_by_text("愿意建会，请工会来讲一次").wait_for()
    if scripts:
        holds_its_width(phone)
    context.close()
