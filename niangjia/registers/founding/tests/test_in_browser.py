"""Workers of an employer without a union ask on a phone; the union above prepares, people join, the meeting elects, a document founds it."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.phone_code.models import PhoneCode
from niangjia.kernel.access.phone_code.queries import digits_of
from niangjia.kernel.access.phone_code.tests.door import gateway
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.cases.models import Case
from niangjia.kernel.web.tests.browser import holds_its_width
from niangjia.registers.founding.models import Founding, FoundingApplication
from niangjia.registers.founding.tests.site import APPROVAL, LI, PLAN, RESULT, Site

__all__ = ["gateway"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "scripts off"])
def test_from_a_worker_s_phone_to_the_page_of_the_union(chromium: Any, visit: Any, gateway: Any, scripts: bool) -> None:
    site = Site()
    context = chromium.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=scripts)
    page = visit(context.new_page(), "/found/")
    page.get_by_label("单位的名称").fill("恒通")
    page.get_by_role("button", name="找单位").click()
    page.get_by_role("link", name="恒通机械有限公司").click()
    page.get_by_label("10 到 24 人").check()
    page.get_by_label("自己建工会委员会").check()
    page.get_by_label("怎么称呼您").fill(LI.name)
    page.get_by_label("手机号").fill("137 0000 0031")
    page.get_by_label("我看过告知书").check()
    if scripts:
        holds_its_width(page)
    page.get_by_role("button", name="下一步，发验证码").click()
    page.get_by_label("短信里的 6 位数").fill(digits_of(PhoneCode.objects.get()))
    page.get_by_role("button", name="交给工会").click()
    page.get_by_text("工会在核查").first.wait_for()
    founding = _prepared(site)
    page.reload()
    page.get_by_text("筹建中，可以入会").first.wait_for()
    door = f"{page.url.split('/mine/')[0]}/u/{founding.union.code}/"
    page.goto(door)
    page.get_by_text("这个工会在筹建").wait_for()
    page.get_by_role("link", name="申请入会").wait_for()
    site.members(founding)
    _elected(site, founding)
    page.goto(door)
    page.get_by_role("heading", name=founding.union.name).wait_for()
    assert page.get_by_text("这个工会在筹建").count() == 0
    page.goto(door.split("/u/", maxsplit=1)[0] + "/found/?q=恒通")
    page.get_by_text("已经有工会，去入会").wait_for()
    if scripts:
        holds_its_width(page)
    context.close()


def _prepared(site: Site) -> Founding:
    """The town approves the preparation at its desk."""
    application = FoundingApplication.objects.get()
    _pressed(site.li, application.pk, "prepare", PLAN)
    return Founding.objects.select_related("union").get()


def _elected(site: Site, founding: Founding) -> None:
    """The town reports the election, and another person approves it."""
    today = clock.today().isoformat()
    _pressed(site.li, founding.case_id, "report", RESULT | {"elected_on": today})
    _pressed(site.wang, founding.case_id, "approve", APPROVAL | {"approved_on": today})
    assert Case.objects.get(pk=founding.case_id).stage == "founded"


def _pressed(who: Account, case_id: int, move: str, answers: dict[str, Any]) -> None:
    """Somebody fills in the form of a move and sends it."""
    desk, address = open_session(Client(), who), f"/desk/founding/{case_id}/{move}/"
    assert desk.get(address).status_code == HTTPStatus.OK
    words = {True: "yes", False: "no", None: ""}
    sent = {
        name: words.get(value, value) if isinstance(value, bool | None) else value for name, value in answers.items()
    }
    sent |= {f"seen-{name}": "null" for name in answers}
    answer = desk.post(address, sent | {"revision": Case.objects.get(pk=case_id).revision})
    assert answer.status_code == HTTPStatus.FOUND, answer.content.decode()[-4000:]
