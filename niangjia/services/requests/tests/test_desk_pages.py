"""What the desk meets: the list, one request with all that can be done, the form for a caller, kept answers, today."""

from http import HTTPStatus

import pytest
from django.test import Client

from niangjia.kernel.access.models import Account
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.cases.models import Case
from niangjia.services.requests import handling
from niangjia.services.requests.answers import services as answers
from niangjia.services.requests.models import KnownAnswer, Request
from niangjia.services.requests.tests.street import TEXT, Street

pytestmark = pytest.mark.django_db


@pytest.fixture
def street() -> Street:
    return Street()


def at(account: Account) -> Client:
    return open_session(Client(), account)


def body(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == HTTPStatus.OK, address
    return answer.content.decode()


def test_the_county_accepts_takes_and_answers_by_pages(street: Street) -> None:
    request, client = street.says(), at(street.zhou)
    assert request.case.number in body(client, "/requests/")
    shown = body(client, f"/requests/{request.pk}/")
    assert TEXT in shown
    assert street.chen.name in shown
    assert "《劳动法》第五十条" in shown
    assert client.post(f"/requests/{request.pk}/accept/", {"grade": "petition"}).status_code == HTTPStatus.FOUND
    client.post(f"/requests/{request.pk}/take/")
    answer = client.post(f"/requests/{request.pk}/answer/", {"says": ""})
    assert answer.status_code == HTTPStatus.OK
    client.post(f"/requests/{request.pk}/answer/", {"says": "三十日前发到卡上。"})
    assert Case.objects.get(pk=request.pk).stage == "answered"
    assert "三十日前发到卡上。" in body(client, f"/requests/{request.pk}/")


def test_what_somebody_did_meanwhile_is_not_overwritten(street: Street) -> None:
    request, client = street.says("ask"), at(street.li)
    handling.accept(request.pk, "consult", seen=street.seen(street.li))
    answer = client.post(f"/requests/{request.pk}/take/", {"revision": "0"}, follow=True)
    assert "别人已经办了一步" in answer.content.decode()


def test_nobody_else_opens_it_and_there_is_no_such_act(street: Street) -> None:
    request = street.says()
    for account in (street.chair, street.li, street.worker, street.colleague):
        assert at(account).get(f"/requests/{request.pk}/").status_code == HTTPStatus.NOT_FOUND
        assert (
            at(account).post(f"/requests/{request.pk}/accept/", {"grade": "hard"}).status_code == HTTPStatus.NOT_FOUND
        )
    assert at(street.zhou).post(f"/requests/{request.pk}/delete/").status_code == HTTPStatus.NOT_FOUND


def test_a_hand_over_is_offered_and_taken_on_pages(street: Street) -> None:
    request = street.says("ask")
    at(street.li).post(f"/requests/{request.pk}/hand-on/", {"kind": "refer", "place": street.county.pk, "says": ""})
    shown = body(at(street.zhou), f"/requests/{request.pk}/")
    assert "想交给您办" in shown
    number = request.case.hand_overs.get().pk
    at(street.zhou).post(f"/requests/{request.pk}/take-over/", {"number": number})
    assert Case.objects.get(pk=request.pk).place_id == street.county.pk


CALL = {
    "channel": "hotline", "member": "", "caller_name": "马女士", "caller_phone": "13800000000", "agrees": "on", "kind": "ask",
    "topic": "leave", "employer": "", "text": "我工作五年了，有几天年假？", "wish": "",
}  # fmt: skip


def test_a_caller_is_written_down_and_what_she_said_before_is_shown(street: Street) -> None:
    client = at(street.zhou)
    client.post("/requests/new/", CALL)
    assert Request.objects.get().channel == "hotline"
    street.says()
    known = CALL | {"member": str(street.chen.pk), "caller_name": "", "caller_phone": ""}
    assert "可能说过的" in client.post("/requests/new/", known).content.decode()
    client.post("/requests/new/", known | {"sure": "1"})
    assert Request.objects.filter(channel="hotline").count() == 2


def test_nobody_is_written_down_without_her_word_or_a_way_back(street: Street) -> None:
    client = at(street.zhou)
    for missing in ({"agrees": ""}, {"caller_phone": ""}, {"member": "查无此人"}):
        assert client.post("/requests/new/", CALL | missing).status_code == HTTPStatus.OK
    assert not Request.objects.exists()
    assert at(street.chair).get("/requests/new/").status_code == HTTPStatus.NOT_FOUND


def test_many_are_accepted_at_once(street: Street) -> None:
    ones = [street.says("ask", topic=topic) for topic in ("leave", "contract")]
    assert (
        handling.accept_many(
            [one.pk for one in ones], "consult", by=street.actor(street.li), at=street.seen(street.li).at
        )
        == 2
    )
    assert (
        handling.assign_many(
            [one.pk for one in ones], street.li.pk, by=street.actor(street.li), at=street.seen(street.li).at
        )
        == 2
    )


def test_what_waits_stands_on_the_first_page(street: Street) -> None:
    request = street.says()
    assert request.case.number in body(at(street.zhou), "/")
    assert request.case.number not in body(at(street.li), "/")


WRITTEN = {
    "topic": "leave",
    "title": "年假有几天？",
    "text": "满一年五天，满十年十天。",
    "source": "《职工带薪年休假条例》第三条",
}


def test_an_answer_counts_once_another_has_read_it(street: Street) -> None:
    zhou, yang = at(street.zhou), at(street.yang)
    zhou.post("/requests/answers/new/", WRITTEN)
    kept = KnownAnswer.objects.get()
    assert "要由另一位来把关" in zhou.post(f"/requests/answers/{kept.pk}/", {"read": "1"}, follow=True).content.decode()
    yang.post(f"/requests/answers/{kept.pk}/", {"read": "1"})
    kept.refresh_from_db()
    assert (kept.state, kept.read_by_id) == ("in_force", street.yang.pk)
    request = street.says("ask", topic="leave")
    handling.accept(request.pk, "consult", seen=street.seen(street.li))
    handling.take(request.pk, seen=street.seen(street.li))
    li = at(street.li)
    assert "年假有几天？" in body(li, f"/requests/{request.pk}/")
    assert "满一年五天，满十年十天。" in body(li, f"/requests/{request.pk}/?insert={kept.pk}")
    assert "年假有几天？" in body(li, "/requests/answers/")


def test_a_new_wording_takes_the_place_of_the_old_one_when_it_was_read(street: Street) -> None:
    zhou, yang = street.actor(street.zhou), street.actor(street.yang)
    old = answers.write_answer(answers.Written(**WRITTEN), by=zhou)
    answers.read_answer(old.pk, by=yang)
    new = answers.write_answer(answers.Written(**WRITTEN | {"text": "十年十天。"}), by=zhou, replaces=old.pk)
    old.refresh_from_db()
    assert old.state == "in_force"
    answers.read_answer(new.pk, by=yang)
    old.refresh_from_db()
    assert old.state == "retired"
    assert at(street.chair).get("/requests/answers/").status_code == HTTPStatus.NOT_FOUND


def test_a_caller_is_asked_first_and_the_page_says_so(street: Street) -> None:
    answer = at(street.zhou).post("/requests/new/", {"channel": "hotline", "kind": "ask", "text": "两年没有签合同了。"})
    shown = answer.content.decode()
    assert "要先问过对方同意不同意记下来。" in shown
    assert "还没有写对方同意" not in shown
