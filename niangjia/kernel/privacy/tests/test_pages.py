"""Pages of one's own data, and of the desk that answers."""

import pytest
from django.test import Client

from niangjia.kernel.access.rules import Role
from niangjia.kernel.privacy.asking import ask_correction
from niangjia.kernel.privacy.models import Consent, Erasure, PersonalFile, RightsRequest
from niangjia.kernel.privacy.own_file import make_file
from niangjia.kernel.privacy.queries import may_use
from niangjia.kernel.privacy.tests.people import World
from niangjia.registers.members.tests.people import TODAY
from niangjia.registers.orgs.tests.office import client_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def page_of(client: Client, address: str) -> str:
    answered = client.get(address)
    assert answered.status_code == 200, address
    return answered.content.decode()


def test_she_reads_gives_and_withdraws_on_her_phone(world: World) -> None:
    browser = world.browser()
    assert "健康和医疗资料" in page_of(browser, "/mine/consents/")
    page = page_of(browser, "/mine/consents/health/")
    for words in ("单独同意", "为什么非要不可", "我看过了，同意", "第 1 版"):
        assert words in page
    assert browser.post("/mine/consents/health/", {"version": "1"}).status_code == 302
    assert may_use(world.chen.pk, "health", on=TODAY)
    page = page_of(browser, "/mine/consents/health/withdraw/")
    assert "停下来的" in page
    assert "不受影响的" in page
    assert browser.post("/mine/consents/health/withdraw/").status_code == 302
    assert not may_use(world.chen.pk, "health", on=TODAY)
    assert Consent.objects.count() == 2
    assert browser.post("/mine/consents/health/", {"version": "99"}).status_code == 302
    assert browser.get("/mine/consents/nothing/").status_code == 404
    assert Consent.objects.count() == 2


def test_the_notice_is_there_in_english_too(world: World) -> None:
    world.account.language = "en"
    world.account.save()
    assert "Health and medical data" in page_of(world.browser(), "/mine/consents/health/")


def test_she_asks_for_her_file_and_takes_it_after_proving_again(world: World) -> None:
    browser = world.browser()
    assert "做一份" in page_of(browser, "/mine/")
    assert browser.post("/mine/file/").status_code == 302
    assert "正在做" in page_of(browser, "/mine/")
    asked = PersonalFile.objects.get()
    make_file(asked.pk)
    assert "做好了" in page_of(browser, "/mine/")
    # the session of the tests was opened long ago
    answered = browser.get(f"/mine/file/{asked.pk}/")
    assert (answered.status_code, "/second-factor/password/" in answered["Location"]) == (302, True)


def test_a_wrong_fact_is_put_to_the_union_and_the_answer_comes_back(world: World) -> None:
    browser = world.browser()
    assert "还没有写对的是什么" in browser.post("/mine/correction/", {"fact": "phone"}).content.decode()
    assert browser.post("/mine/correction/", {"fact": "phone", "says": "13800132299"}).status_code == 302
    asked = RightsRequest.objects.get()
    assert b"13800132299" not in bytes(asked.says_sealed or b"")
    cadre = client_at(world.office.town)
    assert "陈桂兰" in page_of(cadre, "/privacy/requests/")
    assert "13800132299" in page_of(cadre, f"/privacy/requests/{asked.pk}/")
    assert "不办要写明理由" in cadre.post(f"/privacy/requests/{asked.pk}/", {"refuse": "1"}).content.decode()
    given = {"refuse": "1", "reason": "身份证上不是这样写的"}
    assert cadre.post(f"/privacy/requests/{asked.pk}/", given).status_code == 302
    assert "身份证上不是这样写的" in page_of(browser, f"/services/requests/{asked.pk}/")
    assert "13800132299" not in page_of(cadre, f"/privacy/requests/{asked.pk}/")


@pytest.mark.parametrize("role", [Role.WORKER, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.AUDITOR])
def test_roles_without_the_right_find_no_such_page(world: World, role: Role) -> None:
    asked = ask_correction("phone", "x", by=world.herself)
    client = client_at(world.office.county, role)
    for address in (
        "/privacy/requests/", f"/privacy/requests/{asked.pk}/", f"/privacy/people/{world.chen.pk}/",
        f"/privacy/people/{world.chen.pk}/consents/health/", f"/privacy/people/{world.chen.pk}/erasure/",
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address
        assert client.post(address).status_code in (404, 405), address


def test_another_line_sees_neither_the_request_nor_the_person(world: World) -> None:
    asked = ask_correction("phone", "x", by=world.herself)
    stranger = client_at(world.office.park)
    assert "陈桂兰" not in page_of(stranger, "/privacy/requests/")
    for address in (f"/privacy/requests/{asked.pk}/", f"/privacy/people/{world.chen.pk}/", "/privacy/requests/999999/"):
        assert stranger.get(address).status_code == 404


def test_the_chair_of_the_mill_sees_neither_consents_nor_requests(world: World) -> None:
    """What somebody consented to tells of illness and need; a correction is in her own words."""
    corrected = ask_correction("workplace", "换了单位", by=world.herself)
    chair = client_at(world.office.mill, Role.CHAIR)
    assert chair.get("/privacy/requests/").status_code == 404
    assert chair.get(f"/privacy/requests/{corrected.pk}/").status_code == 404
    assert chair.get(f"/privacy/people/{world.chen.pk}/").status_code == 404
    assert "/privacy/" not in page_of(chair, f"/members/{world.chen.pk}/")
    assert f"/privacy/people/{world.chen.pk}/" in page_of(client_at(world.office.town), f"/members/{world.chen.pk}/")


def test_the_chair_of_the_mill_does_not_erase(world: World) -> None:
    world.leaves()
    chair = client_at(world.office.mill, Role.CHAIR)
    assert chair.get(f"/privacy/people/{world.chen.pk}/erasure/").status_code == 404
    cadre = client_at(world.office.town)
    given = {"paper_place": "档案柜 2", "asked_by": "paper"}
    assert cadre.post(f"/privacy/people/{world.chen.pk}/erasure/", given).status_code == 302
    asked = RightsRequest.objects.get()
    assert chair.get(f"/privacy/requests/{asked.pk}/").status_code == 404
    assert "要由另一位干部删除" in page_of(cadre, f"/privacy/requests/{asked.pk}/")
    cadre.post(f"/privacy/requests/{asked.pk}/")
    assert not Erasure.objects.exists()
    assert client_at(world.office.county).post(f"/privacy/requests/{asked.pk}/").status_code == 302
    assert Erasure.objects.get().subject_id == world.chen.pk
    assert "资料已删除" in page_of(cadre, "/privacy/requests/")


def test_a_signature_on_paper_is_recorded_from_the_members_page(world: World) -> None:
    cadre = client_at(world.office.town)
    address = f"/privacy/people/{world.chen.pk}/"
    assert address in page_of(cadre, f"/members/{world.chen.pk}/")
    assert "登记纸面签字" in page_of(cadre, address)
    assert "档案柜" not in page_of(cadre, address)
    assert "要写明纸质件放在哪里" in cadre.post(f"{address}consents/health/", {}).content.decode()
    assert cadre.post(f"{address}consents/health/", {"paper_place": "档案柜 3"}).status_code == 302
    assert "档案柜 3" in page_of(cadre, address)
    given = {"paper_place": "档案柜 3", "withdraw": "1"}
    assert cadre.post(f"{address}consents/health/", given).status_code == 302
    assert not may_use(world.chen.pk, "health", on=TODAY)


def test_what_stands_against_erasing_and_closing_is_said_before_the_button(world: World) -> None:
    browser = world.browser()
    page = page_of(browser, "/mine/erase/")
    assert "先办退会" in page
    assert "申请删除</button>" not in page
    world.leaves()
    assert "申请删除</button>" in page_of(browser, "/mine/erase/")
    assert "注销我的账号</button>" in page_of(browser, "/mine/close/")
    assert "保存多久" in page_of(browser, "/mine/kept/")


def test_who_is_not_in_the_register_is_told_what_to_do(world: World) -> None:
    world.account.subject = None
    world.account.save()
    browser = world.browser()
    assert "还没有您的会员登记" in page_of(browser, "/mine/")
    for address in ("/mine/consents/", "/mine/consents/health/", "/mine/correction/", "/mine/erase/"):
        assert browser.get(address).status_code == 404
    assert Client().get("/mine/").status_code == 302


def test_she_takes_a_request_back_and_nobody_elses(world: World) -> None:
    asked = ask_correction("phone", "x", by=world.herself)
    assert client_at(world.office.town).post(f"/mine/requests/{asked.pk}/take-back/").status_code == 404
    assert world.browser().post(f"/mine/requests/{asked.pk}/take-back/").status_code == 302
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
