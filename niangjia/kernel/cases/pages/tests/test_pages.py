"""A declared line of work in pages: for the desk, for who asked, a list, moves by press with what follows, a file, today."""

import re
from dataclasses import replace
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.cases.drafts.models import Draft
from niangjia.kernel.cases.models import Case, Decision, HandOver, Rating, Running
from niangjia.kernel.cases.pages.tests.bursary import BURSARY, HERE, KEPT, LINE, wired_line
from niangjia.kernel.cases.services import decide, make
from niangjia.kernel.cases.tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.urls(HERE)]
FINDING = {"amount": "2400", "seen-amount": "null", "seen-why": "null", "seen-school": "null", "seen-note": "null"}


@pytest.fixture
def world(settings: Any) -> World:
    wired_line(settings)
    return World()


@pytest.fixture
def case(world: World) -> Case:
    return world.opened(BURSARY)


def browser(login: str) -> Client:
    return open_session(Client(), Account.objects.get(login=login))


def body(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == HTTPStatus.OK, address
    return answer.content.decode()


def stage(case: Case) -> str:
    case.refresh_from_db()
    return case.stage


def desk(case: Case, rest: str = "") -> str:
    return f"/desk/bursary/{case.pk}/{rest}"


def hers(case: Case, rest: str = "") -> str:
    return f"/mine/bursary/{case.pk}/{rest}"


def in_work(world: World, case: Case) -> Case:
    with acting(world.zhou):
        return make(case.pk, "take", by=world.zhou, at=AT)


def checked(world: World, case: Case) -> Case:
    in_work(world, case)
    with acting(world.zhou):
        return make(case.pk, "propose", by=world.zhou, at=AT)


def test_the_desk_finds_it_takes_it_and_reads_what_follows(world: World, case: Case) -> None:
    zhou = browser("zhou")
    assert case.number in body(zhou, "/desk/bursary/")
    shown = body(zhou, desk(case))
    for words in ("助学申请", "等人接", "我来办", "2026 年秋", "案卷", case.number):
        assert words in shown, words
    assert "陈桂兰" not in shown
    assert zhou.post(desk(case, "take/"), {"revision": "0"}).status_code == HTTPStatus.FOUND
    assert stage(case) == "in_work"
    assert case.handler_id == world.zhou.account_id
    shown = body(zhou, desk(case))
    assert "办完" in shown
    asked = body(zhou, desk(case, "ask/"))
    for words in ("这一步以后", "到「等补材料」。", "这段时间停着不算。", "本人看得到这一步。", "没有在读证明"):
        assert words in asked, words


def test_a_reason_is_asked_for_and_what_was_seen_holds(world: World, case: Case) -> None:
    in_work(world, case)
    zhou = browser("zhou")
    assert "还没有选理由。" in zhou.post(desk(case, "ask/"), {"revision": "1"}).content.decode()
    late = zhou.post(desk(case, "ask/"), {"revision": "0", "reason": "unclear"}, follow=True)
    assert "别人已经办了一步" in late.content.decode()
    zhou.post(desk(case, "ask/"), {"revision": "1", "reason": "unclear"})
    assert stage(case) == "waits"
    again = zhou.post(desk(case, "ask/"), {"reason": "unclear"}, follow=True)
    assert "已经到了别的环节" in again.content.decode()


def test_who_asked_follows_it_like_a_parcel_and_takes_it_back(world: World, case: Case) -> None:
    chen = browser("chen")
    shown = body(chen, hers(case))
    for words in ("收到了", "等人接", "下一步：有人来核", "您提出了", case.number, "不要了"):
        assert words in shown, words
    in_work(world, case)
    with acting(world.zhou):
        make(case.pk, "ask", by=world.zhou, at=AT, reason="unclear", says="请拍清楚一点。")
    shown = body(chen, hers(case))
    for words in ("等您补材料", "请拍清楚一点。", "看不清", "有人来核了", "补材料"):
        assert words in shown, words
    home = body(chen, "/")
    assert home.count(hers(case)) >= 2
    assert chen.post(hers(case, "withdraw/"), {"revision": "2"}).status_code == HTTPStatus.FOUND
    assert stage(case) == "withdrawn"
    assert "您撤回了" in body(chen, hers(case))


def test_form_of_a_move_keeps_its_draft_and_asks_more(world: World, case: Case) -> None:
    in_work(world, case)
    zhou, sent = browser("zhou"), {**FINDING, "revision": "1"}
    zhou.post(desk(case, "propose/"), {**sent, "_draft": "1"})
    assert Draft.objects.filter(case=case, move="propose").exclude(words_sealed=None).exists()
    assert "2,400" in body(zhou, desk(case, "propose/")) or "2400" in body(zhou, desk(case, "propose/"))
    more = zhou.post(desk(case, "propose/"), {**sent, "amount": "5000"})
    assert "为什么超过三千" in more.content.decode()
    assert stage(case) == "in_work"
    zhou.post(desk(case, "propose/"), {**sent, "amount": "5000", "why": "两个孩子"})
    assert stage(case) == "checked"
    assert KEPT.answers[case.pk, "propose"] == {
        "amount": 500_000,
        "why": "两个孩子",
        "school": None,
        "note": None,
    }
    assert not Draft.objects.filter(case=case).exclude(words_sealed=None).exists()
    assert "500000 分" in body(zhou, desk(case))


def test_another_checks_it_and_nobody_checks_her_own(world: World, case: Case) -> None:
    checked(world, case)
    zhou, wang = browser("zhou"), browser("wang")
    assert "等另一位来把关" in body(zhou, desk(case))
    own = zhou.post(desk(case, "agree/"), {"revision": "2"}, follow=True)
    assert "要由另一位来把关" in own.content.decode()
    assert desk(case) in body(wang, "/")
    assert "记下您这一票" in body(wang, desk(case, "agree/"))
    wang.post(desk(case, "agree/"), {"revision": "2"})
    assert stage(case) == "granted"
    assert not Running.objects.filter(case=case, ended_at=None).exists()


def test_several_are_checked_at_once_after_a_look(world: World) -> None:
    cases = [checked(world, world.opened(BURSARY)) for _each in range(3)]
    with acting(world.wang):
        decide(cases[2].pk, "return", by=world.wang, at=AT, reason="thin")
    wang, chosen = browser("wang"), "&".join(f"only={case.pk}" for case in cases)
    address = f"/lists/bursary_cases/act/agree/?{chosen}&value=依据齐了"
    assert "同意给" in body(wang, "/desk/bursary/")
    looked = body(wang, address)
    assert "2" in looked
    assert "已经到了别的环节" in looked
    agreed = re.search(r'name="agreed" value="([^"]+)"', looked)
    assert agreed is not None
    wang.post(address, {"agreed": agreed[1]})
    assert [stage(case) for case in cases] == ["granted", "granted", "in_work"]
    assert Decision.objects.filter(case__in=cases, move="agree").count() == 2


def test_colleagues_other_unions_and_more_time(world: World, case: Case, settings: Any) -> None:
    settings.NIANGJIA_PLACE_NAMES = f"{HERE}.names_of"
    zhou, county = browser("zhou"), browser("county")
    zhou.post(desk(case, "take/"))
    assert "办不完，延一次期" in body(zhou, desk(case))
    zhou.post(desk(case, "extend/"), {"days": "40", "reason": "holiday"})
    assert Running.objects.get(case=case, tier="answer").extension == 0
    zhou.post(desk(case, "extend/"), {"days": "15", "reason": "holiday"})
    assert Running.objects.get(case=case, tier="answer").extension == 15
    zhou.post(desk(case, "assign/"), {"account": str(world.wang.account_id)})
    case.refresh_from_db()
    assert case.handler_id == world.wang.account_id
    zhou.post(desk(case, "offer/"), {"kind": "transfer", "place": str(world.county.pk), "says": "请县里办"})
    row = HandOver.objects.get(case=case, state="offered")
    assert "想交给您办" in body(county, desk(case))
    county.post(desk(case, "accept/"), {"number": str(row.pk)})
    case.refresh_from_db()
    assert case.place_id == world.county.pk


def test_it_is_rated_and_printed(world: World, case: Case) -> None:
    checked(world, case)
    browser("wang").post(desk(case, "agree/"), {"revision": "2"})
    chen = browser("chen")
    assert "选一个再交" in chen.post(hers(case, "rate/"), {}).content.decode()
    chen.post(hers(case, "rate/"), {"opinion": "good", "says": "谢谢"})
    assert Rating.objects.get(case=case).opinion == "good"
    assert "您的评价：满意" in body(chen, hers(case))
    assert case.number in body(browser("wang"), f"/cases/{case.pk}/file/")


def test_for_others_there_is_no_page(world: World, case: Case) -> None:
    for login in ("chair", "park_cadre", "auditor"):
        client = browser(getattr(world, login).name)
        assert client.get(desk(case)).status_code == HTTPStatus.NOT_FOUND, login
        assert client.post(desk(case, "take/")).status_code == HTTPStatus.NOT_FOUND, login
        assert client.get(hers(case)).status_code == HTTPStatus.NOT_FOUND, login
    assert browser("chen").get(desk(case)).status_code == HTTPStatus.NOT_FOUND
    assert browser("zhou").get(hers(case)).status_code == HTTPStatus.NOT_FOUND
    assert browser("zhou").get(desk(case, "nothing/")).status_code == HTTPStatus.NOT_FOUND
    assert Client().get(desk(case)).status_code == HTTPStatus.FOUND
    assert stage(case) == "filed"


def test_a_line_without_words_is_refused_where_it_is_made() -> None:
    with pytest.raises(ValueError, match="badge of granted"):
        replace(LINE, badges={name: badge for name, badge in LINE.badges.items() if name != "granted"})
    with pytest.raises(ValueError, match="form finding"):
        replace(LINE, sheets={"papers": LINE.sheets["papers"]})
    with pytest.raises(ValueError, match="extension of answer"):
        replace(LINE, extends={})
