"""What who asks meets on her phone: say, follow, answer, and nobody else's."""

from datetime import date, datetime, timedelta
from http import HTTPStatus

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.web.todo import due_said
from niangjia.services.requests import handling
from niangjia.services.requests.listing import badge_of, due_words
from niangjia.services.requests.models import Request
from niangjia.services.requests.own_side import matter_of
from niangjia.services.requests.tests.street import TEXT, Street
from niangjia.services.requests.today import things_to_do

pytestmark = pytest.mark.django_db


@pytest.fixture
def street() -> Street:
    return Street()


def phone(account: Account) -> Client:
    return open_session(Client(), account, proved=False)


def body(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == HTTPStatus.OK, address
    return answer.content.decode()


SAID = {"topic": "wages", "text": TEXT, "wish": "", "against": "employer", "secrecy": "confidential"}


def test_she_chooses_says_and_follows_it(street: Street) -> None:
    client = phone(street.worker)
    assert "碰到不公平的事" in body(client, "/say/")
    assert "安禾县总工会" in body(client, "/say/complain/")
    answer = client.post("/say/complain/", SAID)
    request = Request.objects.get()
    assert answer["Location"] == f"/said/{request.pk}/"
    shown = body(client, f"/said/{request.pk}/")
    assert request.case.number in shown
    assert TEXT in shown
    assert "在安禾县总工会，等受理" in shown
    assert "在安禾县总工会，等受理" in body(client, "/services/")


def test_what_she_typed_stays_where_something_is_missing(street: Street) -> None:
    answer = phone(street.worker).post("/say/complain/", SAID | {"topic": ""})
    assert answer.status_code == HTTPStatus.OK
    assert TEXT in answer.content.decode()
    assert not Request.objects.exists()


def test_she_agrees_or_not_and_says_how_it_went(street: Street) -> None:
    client, request = phone(street.worker), street.says()
    handling.accept(request.pk, "petition", seen=street.seen(street.zhou))
    handling.take(request.pk, seen=street.seen(street.yang))
    handling.move(request.pk, "answer", seen=street.seen(street.yang), says="三十日前发到卡上。")
    assert "三十日前发到卡上。" in body(client, f"/said/{request.pk}/")
    assert "您说的事有答复了" in body(client, "/")
    client.post(f"/said/{request.pk}/disagree/", {"reason": "not_done", "says": "钱没有到。"})
    assert "重新办" in body(client, f"/said/{request.pk}/")
    handling.take(request.pk, seen=street.seen(street.yang))
    handling.move(request.pk, "answer", seen=street.seen(street.yang), says="已经到账。")
    client.post(f"/said/{request.pk}/agree/")
    assert "办得怎么样" in body(client, f"/said/{request.pk}/")
    client.post(f"/said/{request.pk}/rate/", {"opinion": "good"})
    assert "您的评价：满意" in body(client, f"/said/{request.pk}/")


def test_she_says_more_presses_and_takes_it_back(street: Street) -> None:
    client, request = phone(street.worker), street.says()
    client.post(f"/said/{request.pk}/more/", {"says": "还有八月的加班费。"})
    client.post(f"/said/{request.pk}/press/")
    shown = body(client, f"/said/{request.pk}/")
    assert "还有八月的加班费。" in shown
    assert "一天能催一次" not in shown
    client.post(f"/said/{request.pk}/withdraw/")
    assert "您撤回了" in body(client, f"/said/{request.pk}/")


def test_to_everybody_else_it_is_not_there(street: Street) -> None:
    request = street.says()
    for account in (street.colleague, street.chair, street.zhou):
        client = open_session(Client(), account)
        assert client.get(f"/said/{request.pk}/").status_code == HTTPStatus.NOT_FOUND
        assert client.post(f"/said/{request.pk}/agree/").status_code == HTTPStatus.NOT_FOUND


def test_nobody_without_a_union_is_promised_anything(street: Street) -> None:
    stranger = Account.objects.create_account("stranger", name="王芳", password="柳林镇 细纱 车间 2027")
    shown = body(phone(stranger), "/say/")
    assert "还不能在这里说" in shown


def test_the_last_day_is_the_same_on_both_faces(street: Street) -> None:
    """A time that ends at midnight ends with the day before it: said on Friday, accepted on Monday at the latest."""
    friday = datetime(2026, 11, 20, 10, tzinfo=clock.PEOPLE_ZONE)
    monday = date(2026, 11, 23)
    with clock.at(friday):
        request = street.says(at=friday)
        assert "11月23日（星期一），还有 3 天" in str(matter_of(request, at=friday).due)
        assert due_words(request) == due_said(monday, on=friday.date())[0]
        [waits] = [each for each in things_to_do(street.actor(street.zhou), friday.date()) if each.kind == "request"]
        assert waits.due == monday


def test_what_is_late_still_says_where_it_stands(street: Street) -> None:
    request = street.says()
    assert badge_of(request).words == "等受理"
    with clock.at(clock.now() + timedelta(days=9)):
        late = badge_of(request)
    assert (late.form, late.words) == ("late", "等受理")


def test_pressing_once_is_told_until_tomorrow(street: Street) -> None:
    client, request = phone(street.worker), street.says()
    client.post(f"/said/{request.pk}/press/")
    assert "今天催过了" in body(client, f"/said/{request.pk}/")
