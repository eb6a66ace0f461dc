"""Whether worker X complained, Y did, or nobody: the chair of their enterprise reads the same to the byte."""

from collections.abc import Iterator

import pytest
from django.test import Client

from niangjia.config.tests.crossing import bare, knock, routes
from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.cases.drafts.services import keep
from niangjia.kernel.cases.models import Barred, Holding
from niangjia.services.requests import following, handling
from niangjia.services.requests.half_written import occasion_of
from niangjia.services.requests.tests.street import Street

pytestmark = pytest.mark.django_db
# A probe's own time, measures of the machine, and secrets drawn anew each time.
DRAWN_ANEW = (
    "/healthz",
    "/readyz",
    "/metrics",
    "/second-factor/",
    "/sign-in/",
    "/sign-out/",
    "/set-password/",
    "/static/",
)
Answers = dict[str, tuple[int, dict[str, str], str]]


@pytest.fixture(autouse=True)
def one_instant() -> Iterator[None]:
    """The clock stands still: what differs is not the time."""
    with clock.at(clock.now()):
        yield


def addresses(street: Street) -> list[str]:
    """Every address without a parameter, the pages of both workers, of their employer and union, and a few searches."""
    plain = [route.filled({}) for route in routes() if not route.parameters]
    people = [f"/members/{person.pk}/" for person in (street.chen, street.liu)]
    own = [
        *people,
        f"/unions/{street.mill.code}/",
        f"/employers/{street.employer.pk}/",
        f"/unions/{street.mill.code}/close/",
    ]
    searched = ["/search/?q=投诉", "/search/?q=工资", "/members/?q=陈", "/members/?state=active"]
    return [address for address in (*plain, *own, *searched) if not address.startswith(DRAWN_ANEW)]


def read_side(client: Client, wanted: list[str]) -> Answers:
    """Every answer this browser gets, without what differs each time."""
    return {address: bare(knock(client, "GET", address), address) for address in wanted}


def somebody_complains(street: Street, who: Account) -> int:
    """The whole way of a complaint, begun and left lying before, with an answer that is not agreed to."""
    keep(occasion_of("complain"), {"text": "厂里"}, seen={}, by=street.actor(who))
    request = street.says(who=who)
    handling.accept(request.pk, "petition", seen=street.seen(street.zhou))
    handling.take(request.pk, seen=street.seen(street.yang))
    handling.move(request.pk, "answer", seen=street.seen(street.yang), says="已经立案。")
    following.disagree(request.pk, by=street.actor(who), at=clock.now(), reason="not_done")
    following.press(request.pk, by=street.actor(who), at=clock.now())
    return request.pk


@pytest.mark.guard(
    "a-complaint-changes-nothing-inside", "the chair reads the same whether a worker complained or nobody did"
)
def test_the_chair_cannot_tell_who_complained_or_whether_anybody_did() -> None:
    street = Street()
    client = open_session(Client(), street.chair)
    wanted = addresses(street)
    read_side(client, wanted)  # a first visit leaves something behind: lists remembered, tips seen
    nobody = read_side(client, wanted)
    somebody_complains(street, street.worker)
    one = read_side(client, wanted)
    somebody_complains(street, street.colleague)
    both = read_side(client, wanted)
    assert [address for address in wanted if not nobody[address] == one[address] == both[address]] == []


@pytest.mark.control("a-complaint-changes-nothing-inside")
def test_a_request_that_is_held_inside_shows_at_once() -> None:
    street = Street()
    street.chair.grants.update(role="cadre")
    client = open_session(Client(), street.chair)
    wanted = ["/requests/", "/"]
    read_side(client, wanted)
    nobody = read_side(client, wanted)
    case_id = somebody_complains(street, street.worker)
    Barred.objects.filter(case=case_id).delete()
    Holding.objects.create(city="349900", case_id=case_id, place=street.mill.place, part="watches")
    assert nobody != read_side(client, wanted)
