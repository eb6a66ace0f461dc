"""An employer asks by its credit code and a phone: handled above it, followed by that phone alone, told nothing of its workers."""

from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from niangjia.config.tests.crossing import bare, knock
from niangjia.kernel import clock
from niangjia.kernel.access.phone_code import queries as codes
from niangjia.kernel.access.phone_code.models import PhoneCode
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.cases.services import NotMade
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.messages.models import Message
from niangjia.registers.employers.models import Employer
from niangjia.services.requests import following, handling
from niangjia.services.requests.for_employers.models import EmployerAsk
from niangjia.services.requests.for_employers.rules import KINDS, MOST_A_DAY
from niangjia.services.requests.models import Request
from niangjia.services.requests.queries import said_in
from niangjia.services.requests.tests.street import TEXT, Street

pytestmark = pytest.mark.django_db
USCC, OTHER_USCC = "91350100M000100Y43", "91350100M000200YX8"
PHONE, OTHER_PHONE = "13900002222", "13900003333"
SAYS = {"topic": "contract", "text": "下个月要停两条线，四十个人怎么安排？", "name": "林经理"}
PAGES = ("/for-employers/mine/", "/for-employers/ask/staying/")


@pytest.fixture(autouse=True)
def texts_are_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("niangjia.services.requests.for_employers.views.is_sent", lambda: True)


@pytest.fixture
def street() -> Street:
    street = Street()
    Employer.objects.filter(pk=street.employer.pk).update(uscc=USCC)
    return street


def come_in(phone: str = PHONE, *, uscc: str = USCC) -> Client:
    """Somebody who holds a phone proves it at the employers' door."""
    client = Client()
    assert client.post("/for-employers/", {"uscc": uscc, "phone": phone}).status_code == HTTPStatus.FOUND
    code = codes.digits_of(PhoneCode.objects.latest("asked_at"))
    assert client.post("/for-employers/code/", {"code": code})["Location"] == "/for-employers/mine/"
    return client


def body(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == HTTPStatus.OK, address
    return answer.content.decode()


def asks(client: Client, kind: str = "staying", **more: Any) -> Any:
    return client.post(f"/for-employers/ask/{kind}/", SAYS | more)


def test_it_goes_to_the_union_above_and_the_desk_reads_who_wants_what(street: Street) -> None:
    client = come_in()
    page = body(client, "/for-employers/mine/")
    assert all(kind.title in page for kind in KINDS)
    answer = asks(client)
    request = Request.objects.get()
    assert answer["Location"] == f"/for-employers/asked/{request.pk}/"
    assert (request.case.place_id, request.channel, request.kind) == (street.town.pk, "employer", "help")
    assert (request.asking_employer_id, request.employer_id) == (street.employer.pk, street.employer.pk)
    assert Message.objects.filter(account=street.li.pk, template="request_new").exists()
    shown = body(open_session(Client(), street.li), f"/requests/{request.pk}/")
    for words in (SAYS["text"], "经营有困难，想稳住职工", "林经理", PHONE, "单位求助（工业110）"):
        assert words in shown, words
    assert PHONE not in str(list(Entry.objects.values_list("detail", "author")))
    assert said_in(request).text == SAYS["text"]


def test_it_is_followed_by_the_same_phone_and_added_to(street: Street) -> None:
    number = int(asks(come_in())["Location"].split("/")[-2])
    seen = street.seen(street.li)
    handling.accept(number, "ordinary", seen=seen)
    handling.take(number, seen=seen)
    with clock.at(clock.now() + timedelta(minutes=2)):
        client = come_in()
        client.post(f"/for-employers/asked/{number}/", {"says": "一共四十二个人。"})
        handling.move(number, "answer", seen=street.seen(street.li), says="周四上门一起谈。")
        page = body(client, f"/for-employers/asked/{number}/")
    assert "一共四十二个人。" in page
    assert "周四上门一起谈。" in page
    assert Request.objects.get().case.number in body(client, "/for-employers/mine/")
    # Nobody writes down that her own answer was agreed to; an employer is called back by another.
    assert Request.objects.get().is_followed is False


def test_pressed_twice_it_is_one_request_and_five_a_day_are_enough(street: Street) -> None:
    client = come_in()
    for _each in range(2):
        asks(client, idempotency_key="a-key-of-one-form")
    assert Request.objects.count() == 1
    for number in range(MOST_A_DAY):
        asks(client, idempotency_key=f"another-form-{number}")
    assert Request.objects.count() == MOST_A_DAY
    assert "今天已经提了" in asks(client).content.decode()


def test_without_the_phone_there_is_no_page(street: Street) -> None:
    number = int(asks(come_in())["Location"].split("/")[-2])
    for client in (Client(), come_in(OTHER_PHONE), open_session(Client(), street.chair)):
        assert client.get(f"/for-employers/asked/{number}/").status_code == HTTPStatus.NOT_FOUND
    late = come_in(OTHER_PHONE[:-1] + "4")
    with clock.at(clock.now() + timedelta(minutes=31)):
        assert late.get("/for-employers/ask/staying/").status_code == HTTPStatus.NOT_FOUND
    wrong = Client()
    wrong.post("/for-employers/", {"uscc": USCC, "phone": "13900005555"})
    assert "验证码不对" in wrong.post("/for-employers/code/", {"code": "000000"}).content.decode()
    assert wrong.get("/for-employers/mine/").status_code == HTTPStatus.OK
    assert "鸿远" not in wrong.get("/for-employers/mine/").content.decode()


def test_an_employer_that_nobody_knows_is_told_whom_to_call(street: Street) -> None:
    assert "登记里没有" in body(come_in(uscc=OTHER_USCC), "/for-employers/mine/")
    wrong = Client().post("/for-employers/", {"uscc": USCC[:-1], "phone": PHONE})
    assert wrong.status_code == HTTPStatus.OK
    assert "统一社会信用代码" in wrong.content.decode()


def test_what_an_employer_asks_goes_along_with_nothing_that_a_worker_said(street: Street) -> None:
    number = int(asks(come_in())["Location"].split("/")[-2])
    hers = street.says("help", topic="contract")
    for pk in (number, hers.pk):
        handling.accept(pk, "ordinary", seen=street.seen(street.li))
    for one, other in ((number, hers.pk), (hers.pk, number)):
        with pytest.raises(NotMade, match="not_the_same"):
            handling.go_along(one, other, seen=street.seen(street.li))


@pytest.fixture
def one_instant() -> Iterator[None]:
    with clock.at(clock.now()):
        yield


def read_side(client: Client, number: int) -> dict[str, Any]:
    wanted = (*PAGES, f"/for-employers/asked/{number}/", f"/for-employers/asked/{number + 1}/", "/for-employers/")
    return {address: bare(knock(client, "GET", address), address) for address in wanted}


def somebody_complains(street: Street, who: Any) -> None:
    request = street.says(who=who)
    handling.accept(request.pk, "petition", seen=street.seen(street.zhou))
    handling.take(request.pk, seen=street.seen(street.yang))
    handling.move(request.pk, "answer", seen=street.seen(street.yang), says="已经立案。")
    following.disagree(request.pk, by=street.actor(who), at=clock.now(), reason="not_done")


@pytest.mark.guard(
    "employers-door-tells-nothing",
    "An employer reads the same at its door whether its workers complained or nobody did.",
)
@pytest.mark.usefixtures("one_instant")
def test_the_employer_reads_the_same_whoever_complained(street: Street) -> None:
    client = come_in()
    number = int(asks(client)["Location"].split("/")[-2])
    read_side(client, number)
    nobody = read_side(client, number)
    somebody_complains(street, street.worker)
    one = read_side(client, number)
    somebody_complains(street, street.colleague)
    assert nobody == one == read_side(client, number)


@pytest.mark.control("employers-door-tells-nothing")
@pytest.mark.usefixtures("one_instant")
def test_were_it_found_by_the_employer_alone_a_complaint_would_show(street: Street) -> None:
    client = come_in()
    number = int(asks(client)["Location"].split("/")[-2])
    read_side(client, number)
    nobody = read_side(client, number)
    hers = street.says("help", topic="contract", text=TEXT)
    # As if the door told of everything that is about this employer.
    phone = EmployerAsk.objects.get()
    EmployerAsk.objects.create(
        request=hers, city=hers.city, kind="advice", phone_blind=phone.phone_blind, form_blind=bytes(16)
    )
    Request.objects.filter(pk=hers.pk).update(asking_employer=street.employer)
    assert nobody != read_side(client, number)
