"""Who sees what of a request: who asked and who handles it, the request; a city and an auditor, totals; all others, nothing."""

from datetime import datetime, time, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.cases.models import HandOverKind, Running
from niangjia.kernel.cases.queries import knows_who, visible_to
from niangjia.kernel.cases.reminding import remind
from niangjia.kernel.files.models import StoredFile
from niangjia.kernel.messages.models import Message
from niangjia.registers.orgs.rules import Level
from niangjia.registers.orgs.tests.office import register
from niangjia.services.requests import following, handling
from niangjia.services.requests.models import Addition, Press, Request
from niangjia.services.requests.queries import may_see_file
from niangjia.services.requests.tests.street import TEXT, Street

pytestmark = pytest.mark.django_db
MORE = "还有八月的加班费也没有发。"


class Shire(Street):
    """安禾县 below its city, where a cadre and an officer work; and an auditor of the county."""

    def __init__(self) -> None:
        self.city = register("东川市总工会", Level.CITY)
        super().__init__(self.city)
        self.gao = self.account("gao", Role.CADRE, self.city)
        self.tang = self.account("tang", Role.OFFICER, self.city)
        self.sun = self.account("sun", Role.AUDITOR, self.county)
        self.he = self.account("he", Role.AUDITOR, self.city)

    def those_with_totals(self) -> tuple[Account, ...]:
        """Who is told figures, and never a request."""
        return (self.gao, self.tang, self.sun, self.he)


@pytest.fixture
def shire() -> Shire:
    return Shire()


def at(account: Account) -> Client:
    return open_session(Client(), account)


def said(shire: Shire) -> Request:
    """She complains, says more and presses."""
    request = shire.says()
    following.say_more(request.pk, MORE, by=shire.actor(shire.worker), at=clock.now())
    following.press(request.pk, by=shire.actor(shire.worker), at=clock.now())
    return request


def knocked(client: Client, request: Request) -> list[tuple[str, Any]]:
    """Every way to a single request, by its address and by its number."""
    number = request.case.number
    addresses = [
        f"/requests/{request.pk}/",
        f"/cases/{request.pk}/",
        f"/cases/{request.pk}/file/",
        f"/api/v1/requests/{request.pk}",
        "/requests/",
        f"/requests/?open={request.pk}",
        f"/requests/?q={number}",
        "/requests/?state=open",
        "/api/v1/requests",
        f"/search/?q={number}",
        "/search/?q=工资",
        "/",
        "/requests/answers/",
        "/requests/board/",
        "/requests/hotspots/",
    ]
    return [(address, client.get(address)) for address in addresses]


@pytest.mark.guard(
    "a-city-is-told-totals",
    "Cadres of a city, and auditors, open no single request below them by any way; they are told totals.",
)
def test_a_city_and_an_auditor_meet_no_request_by_any_way(shire: Shire) -> None:
    request = said(shire)
    for account in shire.those_with_totals():
        for address, answer in knocked(at(account), request):
            where = (account.login, address)
            assert answer.status_code in (HTTPStatus.OK, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND), where
            shown = answer.content.decode().replace(address, "")
            if address.startswith("/search/"):
                shown = shown.replace(f'value="{request.case.number}"', "")
            for words in (TEXT, MORE, f"/requests/{request.pk}/", shire.chen.name):
                assert words not in shown, where
            if f"/{request.pk}" in address:
                assert answer.status_code == HTTPStatus.NOT_FOUND, where
    assert Request.objects.get().case.stage == "received"


@pytest.mark.control("a-city-is-told-totals")
def test_were_requests_met_from_afar_the_city_would_print_the_file(
    shire: Shire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("niangjia.kernel.cases.queries.near_kinds", lambda: ("nothing",))
    request = said(shire)
    page = at(shire.gao).get(f"/cases/{request.pk}/file/")
    assert page.status_code == HTTPStatus.OK
    assert request.case.number in page.content.decode()


def test_for_those_with_totals_nothing_is_counted_and_nothing_can_be_done(shire: Shire) -> None:
    request = said(shire)
    for account in shire.those_with_totals():
        client, actor = at(account), shire.actor(account)
        listed = client.get("/api/v1/requests")
        assert listed.status_code != HTTPStatus.OK or listed.json()["total"] == 0, account.login
        for move in ("accept", "take", "press", "take-up", "hand-on", "assign"):
            answer = client.post(f"/requests/{request.pk}/{move}/", {"grade": "hard", "reason": "too_long"})
            assert answer.status_code == HTTPStatus.NOT_FOUND, (account.login, move)
        for action in ("accept", "assign"):
            looked = client.get(f"/lists/requests/act/{action}/?only={request.pk}&value=hard", follow=True)
            assert request.case.number not in looked.content.decode(), (account.login, action)
        assert not visible_to(actor).exists()
    assert (Press.objects.count(), Request.objects.get().case.stage) == (1, "received")


def test_the_second_wall_holds_where_the_law_would_be_forgotten(shire: Shire) -> None:
    request = said(shire)
    for account in shire.those_with_totals():
        with acting(shire.actor(account)):
            assert not Request.objects.filter(pk=request.pk).exists(), account.login
            assert not Addition.objects.exists(), account.login
            assert not Press.objects.exists(), account.login
    with acting(shire.actor(shire.yang)):
        assert Request.objects.filter(pk=request.pk).exists()
        assert (Addition.objects.count(), Press.objects.count()) == (1, 1)


def test_a_file_that_lies_with_it_is_seen_by_her_and_by_who_handles_it(shire: Shire) -> None:
    request = said(shire)
    paper = StoredFile(owner="request", owner_thing=request.pk)
    for account, sees in ((shire.worker, True), (shire.zhou, True), (shire.yang, True), (shire.colleague, False),
                          (shire.chair, False), (shire.li, False), *((each, False) for each in shire.those_with_totals())):  # fmt: skip
        assert may_see_file(shire.actor(account), paper) is sees, account.login


def test_what_was_handed_up_the_city_handles_and_learns_the_name_once_it_has_taken_it(shire: Shire) -> None:
    request, other = said(shire), shire.says(who=shire.colleague)
    offer = handling.hand_on(request.pk, HandOverKind.REFER, shire.city.pk, seen=shire.seen(shire.zhou))
    client, gao = at(shire.gao), shire.actor(shire.gao)
    page = client.get(f"/requests/{request.pk}/").content.decode()
    assert TEXT in page
    assert shire.chen.name not in page
    assert not knows_who(gao, request.case)
    client.post(f"/requests/{request.pk}/take-over/", {"number": offer.pk})
    taken = Request.objects.select_related("case").get(pk=request.pk)
    assert taken.case.place_id == shire.city.pk
    assert shire.chen.name in client.get(f"/requests/{request.pk}/").content.decode()
    assert client.get(f"/cases/{request.pk}/file/").status_code == HTTPStatus.OK
    listed = client.get("/requests/").content.decode()
    assert request.case.number in listed
    assert other.case.number not in listed
    assert [row["id"] for row in client.get("/api/v1/requests").json()["items"]] == [request.pk]
    # The county looks on, as it did.
    assert at(shire.zhou).get(f"/requests/{request.pk}/").status_code == HTTPStatus.OK


def test_in_a_town_below_its_county_it_is_met_by_both(shire: Shire) -> None:
    request = shire.says("ask")
    for account, status in ((shire.li, 200), (shire.zhou, 200), (shire.gao, 404), (shire.chair, 404), (shire.sun, 404)):
        answer = at(account).get(f"/requests/{request.pk}/")
        assert answer.status_code == HTTPStatus(status), account.login


def test_late_at_a_county_those_beside_the_handler_are_reminded_and_the_city_is_not(shire: Shire) -> None:
    request = shire.says()
    handling.accept(request.pk, "petition", seen=shire.seen(shire.zhou))
    handling.take(request.pk, seen=shire.seen(shire.zhou))
    Message.objects.all().delete()
    due = Running.objects.filter(case=request.pk, ended_at=None).latest("due_at").due_at
    assert due is not None
    for day in range(8):
        remind(at=datetime.combine((due + timedelta(days=day)).date(), time(10), clock.PEOPLE_ZONE))
    told = set(Message.objects.filter(template="case_late_below").values_list("account__login", flat=True))
    assert told == {"yang"}
    following.press(request.pk, by=shire.actor(shire.worker), at=clock.now())
    pressed = set(Message.objects.filter(template="request_pressed").values_list("account__login", flat=True))
    assert pressed == {"zhou", "yang"}
