"""The worker's side as she meets it: where things stand, how to get something done, what is held about her."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import Resolver404, resolve

from niangjia.kernel import clock
from niangjia.kernel.access.tests.signing_in import an_account, open_session
from niangjia.kernel.evidence.forms import EvidencedForm
from niangjia.kernel.files.tests.hostile_pictures import with_place
from niangjia.kernel.privacy.asking import ask_correction, ask_erasure, settle_correction
from niangjia.kernel.privacy.models import Notice, PersonalFile, RightsRequest
from niangjia.kernel.privacy.tests.people import World
from niangjia.kernel.web.worker.offered import SERVICES
from niangjia.registers.members.services import edit_member
from niangjia.registers.members.tests.people import CHEN, ID_CHEN, PHONE_CHEN, TODAY
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.tests.office import actor_at, client_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def browser(world: World) -> Client:
    return world.browser()


def page_of(client: Client, address: str) -> str:
    answered = client.get(address)
    assert answered.status_code == 200, address
    return answered.content.decode()


def a_cadre_of(union: Union) -> None:
    """Somebody who settles requests there."""
    an_account(f"cadre-{union.code}", at=union.place)


def test_the_first_page_says_that_nothing_waits(browser: Client) -> None:
    page = page_of(browser, "/")
    for words in ("陈桂兰，您好", "鸿远纺织有限公司工会", "没有等您办的事，也没有正在办的", "换手机号"):
        assert words in page
    assert PHONE_CHEN[:3] + "****" not in page


def test_a_correction_is_followed_like_a_parcel(world: World, browser: Client) -> None:
    a_cadre_of(world.office.town)
    answered = browser.post("/mine/correction/", {"fact": "phone", "says": "13800132299"})
    asked = RightsRequest.objects.get()
    assert answered["Location"] == f"/services/requests/{asked.pk}/"
    page = page_of(browser, answered["Location"])
    for words in ("更正手机", "现在在柳林镇总工会，等干部核对", "还有 15 天", "本系统默认值", "您提交了申请", "撤回"):
        assert words in page
    assert "13800132299" not in page
    for address in ("/", "/services/"):
        assert "现在在柳林镇总工会，等干部核对" in page_of(browser, address)


def test_a_request_past_its_day_says_by_how_much(world: World, browser: Client) -> None:
    asked = ask_correction("phone", "x", by=world.herself)
    with clock.at(clock.now() + timedelta(days=18)):
        assert "晚了 3 天" in page_of(browser, f"/services/requests/{asked.pk}/")
    with clock.at(clock.now() + timedelta(days=15)):
        assert "最迟今天答复" in page_of(browser, f"/services/requests/{asked.pk}/")


def test_what_was_settled_tells_who_and_why(world: World, browser: Client) -> None:
    asked = ask_correction("name", "陈桂蓝", by=world.herself)
    account = an_account("zhou", name="周敏", at=world.office.town.place)
    client = open_session(Client(), account)
    client.post(f"/privacy/requests/{asked.pk}/", {"refuse": "1", "reason": "身份证上不是这样写的"})
    page = page_of(browser, f"/services/requests/{asked.pk}/")
    for words in ("这次没有办。理由：身份证上不是这样写的", "周敏办的"):
        assert words in page
    assert "撤回这一件" not in page
    assert "没有等您办的事" in page_of(browser, "/")
    assert "办完的" in page_of(browser, "/services/")


def test_a_correction_taken_back_stays_in_the_history(world: World, browser: Client) -> None:
    asked = ask_correction("name", "x", by=world.herself)
    answered = browser.post(f"/mine/requests/{asked.pk}/take-back/")
    assert "您撤回了" in page_of(browser, answered["Location"])


def test_what_she_handed_in_stands_with_her_request_and_opens(
    world: World, browser: Client, tmp_path: Path, settings: Any
) -> None:
    settings.NIANGJIA_DATA = tmp_path
    *_, name = EvidencedForm.base_fields
    photo = SimpleUploadedFile("证.jpg", with_place(), "image/jpeg")
    answered = browser.post("/mine/correction/", {"fact": "phone", "says": "换了号码", name: [photo]})
    page = page_of(browser, answered["Location"])
    assert "您一起交的" in page
    found = re.search(r'href="(/files/\d+/)"', page)
    assert found is not None
    assert browser.get(found[1]).status_code == 200


def test_a_refusal_says_what_comes_next(world: World, browser: Client) -> None:
    asked = ask_correction("name", "x", by=world.herself)
    settle_correction(asked.pk, by=actor_at(world.office.town), refused_because="身份证上不是这样写的")
    assert "觉得不对，带上证明再提一次" in page_of(browser, f"/services/requests/{asked.pk}/")


def test_nobody_follows_the_request_of_another(world: World) -> None:
    asked = ask_correction("phone", "x", by=world.herself)
    assert client_at(world.office.town).get(f"/services/requests/{asked.pk}/").status_code == 404
    stranger = open_session(Client(), an_account("liu", role=None, name="刘秀英", subject_id=world.liu.pk))
    assert stranger.get(f"/services/requests/{asked.pk}/").status_code == 404


def test_an_erasure_under_way_stands_on_the_first_page(world: World, browser: Client) -> None:
    world.leaves()
    ask_erasure(by=world.herself)
    page = page_of(browser, "/")
    assert "删除我的全部资料" in page
    assert "还有 15 天" in page


def test_a_notice_that_asks_again_waits_and_a_file_is_told(world: World, browser: Client) -> None:
    browser.post("/mine/consents/health/", {"version": "1"})
    first = Notice.objects.get(key="health")
    Notice.objects.create(
        key="health", version=2, begins_on=TODAY, separate=True, sensitive=True, source="", texts=first.texts
    )
    PersonalFile.objects.create(
        city=world.chen.city, subject_id=world.chen.pk, asked_on=TODAY, expires_at=clock.now() + timedelta(days=1)
    )
    page = page_of(browser, "/")
    assert "告知书换了新的一版" in page
    assert "您的资料文件正在做" in page
    PersonalFile.objects.update(ready_at=clock.now())
    assert "您的资料文件做好了" in page_of(browser, "/")


def test_what_is_held_says_whence_and_since_when_and_who_sees_it(world: World, browser: Client) -> None:
    written = CHEN | {"workplace": "鸿远纺织四车间"}
    edit_member(world.chen.pk, written, by=actor_at(world.office.town), on=TODAY)
    page = page_of(browser, "/mine/")
    for words in (
        "138****2206", f"**************{ID_CHEN[-4:]}", "在册", "鸿远纺织四车间", "工会干部的登记", "改的", "谁能看到：",
        "工会没有存的", "/mine/correction/?fact=workplace",
    ):  # fmt: skip
        assert words in page, words
    assert ID_CHEN not in page
    assert PHONE_CHEN not in page


def test_a_phone_that_she_confirmed_says_so(world: World, browser: Client) -> None:
    world.chen.phone_confirmed_at = clock.now()
    world.chen.save()
    assert "您用验证码确认过" in page_of(browser, "/mine/")


def test_the_union_page_says_whom_to_call(world: World, browser: Client) -> None:
    Union.objects.filter(pk=world.office.town.pk).update(phone="0999-8012351")
    page = page_of(browser, "/mine/union/")
    for words in ("鸿远纺织有限公司工会", "没有登记办公电话", "柳林镇总工会", "tel:0999-8012351", "安禾县总工会"):
        assert words in page
    assert page.index("柳林镇总工会") < page.index("安禾县总工会")
    assert "0999-8012351" in page_of(browser, "/")


def test_who_is_in_no_union_has_no_such_page(world: World, browser: Client) -> None:
    world.leaves()
    assert browser.get("/mine/union/").status_code == 404
    assert "我的工会</h2>" not in page_of(browser, "/")


def test_every_service_leads_somewhere(world: World, browser: Client) -> None:
    page = page_of(browser, "/services/")
    for service in SERVICES:
        path = service.address.split("?")[0].split("#")[0]
        try:
            resolve(path)
        except Resolver404:
            pytest.fail(f"{service.key} leads nowhere")
        assert f'href="{service.address}"' in page, service.key
        assert browser.get(path).status_code in (200, 302), service.key


def test_a_service_is_found_and_what_is_not_there_is_said(browser: Client) -> None:
    assert "找到" in page_of(browser, "/services/?q=hsjh")
    page = page_of(browser, "/services/?q=飞机票")
    assert "没有找到「飞机票」" in page
    assert "换手机号" in page


def test_who_is_not_in_the_register_is_told_what_to_do_and_offered_nothing_that_fails(world: World) -> None:
    world.account.subject = None
    world.account.save()
    browser = world.browser()
    for address in ("/", "/mine/"):
        assert "还没有您的会员登记" in page_of(browser, address)
    page = page_of(browser, "/services/")
    assert "/mine/erase/" not in page
    assert "/complaints/" in page


def test_a_complaint_keeps_the_page_and_never_what_was_searched_for(browser: Client, settings: Any) -> None:
    settings.COMPLAINTS_EMAIL = "help@anhe.example"
    assert "/complaints/?from=/mine/" in page_of(browser, "/mine/")
    assert "/complaints/?from=/services/" in page_of(browser, "/services/?q=陈桂兰")
    page = page_of(browser, "/complaints/?from=/mine/")
    assert 'href="/mine/"' in page
    assert "subject=" in page
    for address in ("//elsewhere.example/", "https://elsewhere.example/", "javascript:alert(1)"):
        assert "说的是哪一页" not in page_of(browser, f"/complaints/?from={address}"), address
    assert '<span class="nj-mono">/services/</span>' in page_of(browser, "/complaints/?from=/services/%3Fq=陈桂兰")


def test_a_worker_reads_her_own_words_and_a_cadre_the_desk_s(world: World, browser: Client) -> None:
    assert "谁看得到我的资料" in page_of(browser, "/how-to/")
    assert "谁看得到我的资料" in page_of(Client(), "/how-to/")
    assert "把花名册变成会员名册" in page_of(client_at(world.office.town), "/how-to/")


@pytest.mark.parametrize(
    ("address", "tab"),
    [
        ("/", "首页"),
        ("/services/", "办事"),
        ("/mine/", "我的"),
        ("/my/looks/", "我的"),
        ("/settings/sessions/", "我的"),
    ],
)
def test_one_tab_is_current_on_every_page(browser: Client, address: str, tab: str) -> None:
    page = page_of(browser, address).split('class="nj-tabs"')[1]
    assert page.count('aria-current="page"') == 1
    assert tab in page.split('aria-current="page"')[1].split("</a>")[0]


def test_sub_pages_lead_back(browser: Client) -> None:
    for address in ("/mine/consents/", "/my/looks/", "/settings/", "/settings/sessions/", "/complaints/", "/how-to/"):
        assert 'aria-label="返回"' in page_of(browser, address), address


def test_the_first_page_asks_the_database_little(
    world: World, browser: Client, django_assert_max_num_queries: Any
) -> None:
    a_cadre_of(world.office.town)
    ask_correction("phone", "x", by=world.herself)
    browser.get("/")
    with django_assert_max_num_queries(28):
        browser.get("/")
    with django_assert_max_num_queries(24):
        browser.get("/mine/")
