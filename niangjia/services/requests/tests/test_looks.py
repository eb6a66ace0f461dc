"""Whoever opens what she said stands among who looked at her; by name where it is in her hands; never in anybody's words."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.cases.models import HandOverKind
from niangjia.kernel.messages.models import Message
from niangjia.kernel.reveal.models import Look
from niangjia.kernel.reveal.queries import looks_seen, verify_looks
from niangjia.services.requests import handling
from niangjia.services.requests.models import Request
from niangjia.services.requests.rules import Channel, Words
from niangjia.services.requests.saying import Caller, take_down
from niangjia.services.requests.tests.street import TEXT, Street

pytestmark = pytest.mark.django_db


@pytest.fixture
def street() -> Street:
    return Street()


def opened(account: Account, request: Request) -> None:
    answer = open_session(Client(), account).get(f"/requests/{request.pk}/")
    assert answer.status_code == HTTPStatus.OK


def hers(street: Street) -> str:
    return open_session(Client(), street.worker, proved=False).get("/my/looks/").content.decode()


@pytest.mark.guard(
    "opening-a-request-is-a-look", "Who opens what a worker said is shown to her at once, with unit, role and purpose."
)
def test_opened_by_the_desk_it_is_told_once_a_day_and_by_name_to_whom_it_is_handled_for(street: Street) -> None:
    request = street.says()
    opened(street.zhou, request)
    opened(street.zhou, request)
    assert Look.objects.count() == 1
    page = hers(street)
    assert "安禾县总工会" in page
    assert "办理诉求" in page
    assert street.zhou.name not in page
    handling.accept(request.pk, "petition", seen=street.seen(street.zhou))
    handling.take(request.pk, seen=street.seen(street.zhou))
    assert street.zhou.name in hers(street)
    with clock.at(clock.now() + timedelta(days=1)):
        opened(street.zhou, request)
    assert Look.objects.count() == 2
    assert verify_looks().violations == []
    assert not Message.objects.filter(template="looked_at").exists()


@pytest.mark.control("opening-a-request-is-a-look")
def test_were_it_not_written_down_she_would_learn_of_nobody(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("niangjia.services.requests.desk_views.write_look", lambda *_all, **_named: 0)
    request = street.says()
    opened(street.zhou, request)
    assert "安禾县总工会" not in hers(street)


def test_the_list_and_what_stands_beside_it_are_no_look(street: Street) -> None:
    request, client = street.says(), open_session(Client(), street.zhou)
    client.get("/requests/")
    client.get(f"/requests/?open={request.pk}")
    assert not Look.objects.exists()


def test_who_helps_without_her_name_does_not_find_it_among_her_own_acts(street: Street) -> None:
    request = street.says()
    offered = handling.hand_on(request.pk, HandOverKind.HELP, street.town.pk, seen=street.seen(street.zhou))
    handling.answer_hand_over(offered.pk, takes=True, seen=street.seen(street.li))
    opened(street.li, request)
    assert Look.objects.get().subject_id == street.chen.pk
    with acting(street.actor(street.li)):
        assert not Look.objects.exists()
    assert street.chen.name not in open_session(Client(), street.li).get("/looks/").content.decode()
    assert "柳林镇" in hers(street)


def test_the_auditor_sees_the_look_and_never_the_words(street: Street) -> None:
    request, auditor = street.says(), street.account("auditor", Role.AUDITOR, street.county)
    opened(street.zhou, request)
    with acting(street.actor(auditor)):
        assert looks_seen(street.actor(auditor)).get().purpose == "handle_request"
    client = open_session(Client(), auditor)
    assert TEXT not in client.get("/looks/all/").content.decode()
    assert client.get(f"/requests/{request.pk}/").status_code == HTTPStatus.NOT_FOUND


def test_a_caller_who_is_not_in_the_register_has_nobody_to_tell(street: Street) -> None:
    words = Words("ask", "leave", "我工作五年了，有几天年假？", channel=Channel.HOTLINE)
    caller = Caller(name="马女士", phone="13800000000")
    request = take_down(words, caller, by=street.actor(street.zhou), at=clock.now())
    opened(street.zhou, request)
    assert not Look.objects.exists()
