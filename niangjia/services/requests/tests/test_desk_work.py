"""What the desk does with many requests and with one: given out ten at a time, found by number, printed, and how it went read."""

import re
from http import HTTPStatus

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.cases.models import Barred, HandOver, Opinion, Step
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.reveal.models import Look
from niangjia.kernel.reveal.queries import verify_looks
from niangjia.services.requests import following, handling
from niangjia.services.requests.models import Request
from niangjia.services.requests.opinions import opinions_of, reads_opinions
from niangjia.services.requests.tests.street import Street

pytestmark = pytest.mark.django_db
TEN = 10
TOO_SLOW = "等了太久，来回打了三次电话。"


@pytest.fixture
def street() -> Street:
    return Street()


def at(account: Account) -> Client:
    return open_session(Client(), account)


def accepted(street: Street) -> Request:
    request = street.says()
    handling.accept(request.pk, "petition", seen=street.seen(street.zhou))
    return request


def answered(street: Street) -> Request:
    request = accepted(street)
    handling.take(request.pk, seen=street.seen(street.zhou))
    handling.move(request.pk, "answer", seen=street.seen(street.zhou), says="三十日前发到卡上。")
    return request


# ── ten at once ──


def test_ten_are_chosen_looked_at_and_given_to_a_colleague_each_by_itself(street: Street) -> None:
    ones = [accepted(street) for _each in range(TEN)]
    closed, barred = ones[0], ones[1]
    following.withdraw(closed.pk, by=street.actor(street.worker), at=clock.now())
    Barred.objects.create(city=barred.city, case=barred.case, account=street.yang, reason="declared")
    client = at(street.zhou)
    assert "/lists/requests/act/assign/" in client.get("/requests/").content.decode()
    address = f"/lists/requests/act/assign/?only={','.join(str(one.pk) for one in ones)}"
    assert "选了 10 件诉求" in client.get(address).content.decode()
    looked = client.get(f"{address}&value={street.yang.pk}").content.decode()
    # That her colleague has to keep away from one is found out for each when it is given to her.
    assert "会改 9 件诉求" in looked
    assert "已经办结" in looked
    assert not HandOver.objects.exists()
    agreed = re.search(r'name="agreed" value="([^"]+)"', looked)
    assert agreed is not None
    done = client.post(f"{address}&value={street.yang.pk}", {"agreed": agreed[1]}, follow=True).content.decode()
    assert "办好了 8 条。" in done
    given = {one.pk for one in ones} - {closed.pk, barred.pk}
    assert set(HandOver.objects.filter(to_account=street.yang).values_list("case_id", flat=True)) == given
    for pk in given:
        assert Step.objects.filter(case=pk, move="assign", account=street.zhou).count() == 1, pk
        assert Entry.objects.filter(verb="move_case", thing_id=pk, detail__move="assign").count() == 1, pk
    assert set(Request.objects.filter(case__handler=street.yang).values_list("pk", flat=True)) == given
    # The same press once more changes nothing.
    again = client.post(f"{address}&value={street.yang.pk}", {"agreed": agreed[1]}).content.decode()
    assert "您看的时候，名单变了" in again or "没有要改的" in again
    assert HandOver.objects.count() == len(given)


# ── found by number ──


def test_by_its_number_who_handles_it_finds_it_and_nobody_else(street: Street) -> None:
    request, auditor = street.says(), street.account("sun", Role.AUDITOR, street.county)
    number, address = request.case.number, f"/requests/{request.pk}/"
    for account, finds in (
        (street.zhou, True),
        (street.yang, True),
        (street.li, False),
        (street.chair, False),
        (auditor, False),
    ):
        client = at(account)
        for answer in (client.get("/search/", {"q": number}), client.post("/search/", {"q": number})):
            if answer.status_code == HTTPStatus.OK:
                assert (address in answer.content.decode()) is finds, account.login
            else:
                assert not finds, account.login
    wide = "".join(chr(ord(each) + 0xFEE0) if each.isdigit() else each for each in number)
    assert address in at(street.zhou).get("/search/", {"q": wide}).content.decode()


@pytest.mark.parametrize(
    "whole", ["13800001234", "138-0000-1234", "349921199003071234", "2026-0481-77351", "1926-0481-7735"]
)
def test_a_whole_number_of_somebody_stands_in_no_address_still(street: Street, whole: str) -> None:
    assert whole not in at(street.zhou).get("/search/", {"q": whole}).content.decode()


# ── printed ──


@pytest.mark.guard(
    "printing-a-request-is-a-look", "Who prints the file of a case by its own address is shown to whoever said it."
)
def test_the_file_of_the_case_is_a_look_however_it_is_reached(street: Street) -> None:
    request, client = street.says(), at(street.zhou)
    assert client.get(f"/cases/{request.pk}/file/").status_code == HTTPStatus.OK
    assert list(Look.objects.values_list("way", "purpose", "account__login")) == [("file", "handle_request", "zhou")]
    client.get(f"/cases/{request.pk}/file/")
    assert Look.objects.count() == 1
    client.get(f"/requests/{request.pk}/")
    assert Look.objects.count() == 2
    assert verify_looks().violations == []
    hers = open_session(Client(), street.worker, proved=False).get("/my/looks/").content.decode()
    assert "安禾县总工会" in hers
    assert at(street.li).get(f"/cases/{request.pk}/file/").status_code == HTTPStatus.NOT_FOUND
    assert Look.objects.count() == 2


@pytest.mark.control("printing-a-request-is-a-look")
def test_were_printing_no_look_she_would_not_learn_of_it(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("niangjia.services.requests.on_paper.write_look", lambda *_all, **_named: 0)
    request = street.says()
    assert at(street.zhou).get(f"/cases/{request.pk}/file/").status_code == HTTPStatus.OK
    assert not Look.objects.exists()


# ── how it went ──


@pytest.mark.guard(
    "no-opinion-before-closing", "The desk reads how it went once the case is closed; inside an enterprise nobody does."
)
def test_what_she_says_of_how_it_went_is_read_when_it_is_closed(street: Street) -> None:
    request, hers = answered(street), street.actor(street.worker)
    following.rate(request.pk, Opinion.POOR, by=hers, at=clock.now(), says=TOO_SLOW)
    client = at(street.zhou)
    addresses = (f"/requests/{request.pk}/", f"/cases/{request.pk}/file/")
    for address in addresses:
        assert TOO_SLOW not in client.get(address).content.decode(), address
    following.agree(request.pk, by=hers, at=clock.now())
    for address in addresses:
        page = client.get(address).content.decode()
        assert TOO_SLOW in page, address
        assert "不满意" in page, address
    assert TOO_SLOW not in client.get("/requests/board/").content.decode()


@pytest.mark.control("no-opinion-before-closing")
def test_were_the_day_of_closing_not_asked_for_the_desk_would_read_it_at_once(street: Street) -> None:
    request = answered(street)
    following.rate(request.pk, Opinion.POOR, by=street.actor(street.worker), at=clock.now(), says=TOO_SLOW)
    case = Request.objects.select_related("case").get(pk=request.pk).case
    assert opinions_of(case, street.actor(street.zhou)) == []
    case.closed_at = clock.now()
    assert [each.says for each in opinions_of(case, street.actor(street.zhou))] == [TOO_SLOW]


def test_who_handles_inside_an_enterprise_reads_no_opinion(street: Street) -> None:
    inside = street.account("inside", Role.CADRE, street.mill)
    request, hers = answered(street), street.actor(street.worker)
    following.rate(request.pk, Opinion.GOOD, by=hers, at=clock.now(), says=TOO_SLOW)
    following.agree(request.pk, by=hers, at=clock.now())
    case = Request.objects.select_related("case").get(pk=request.pk).case
    with acting(street.actor(inside)):
        assert not reads_opinions(street.actor(inside))
        assert opinions_of(case, street.actor(inside)) == []
    assert reads_opinions(street.actor(street.li))
    assert not reads_opinions(street.actor(street.li), case)
