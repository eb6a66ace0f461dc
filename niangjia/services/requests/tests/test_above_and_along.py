"""What lies below is taken up before anybody above acts on it; who asked the same twice is told, and may object."""

from http import HTTPStatus

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.cases.models import Case, HandOver
from niangjia.kernel.cases.queries import moves_of
from niangjia.kernel.cases.services import NotMade
from niangjia.kernel.messages.models import Message
from niangjia.services.requests import following, handling
from niangjia.services.requests.models import Request
from niangjia.services.requests.own_side import matter_of
from niangjia.services.requests.tests.street import Street

pytestmark = pytest.mark.django_db


@pytest.fixture
def street() -> Street:
    return Street()


def stage(request: Request) -> str:
    return Case.objects.get(pk=request.pk).stage


def hers_twice(street: Street) -> tuple[Request, Request]:
    """Two of hers, both accepted, the second going along with the first."""
    one, other = street.says(), street.says(text="再说一遍，九月十月的工资都没有发给我们。")
    for request in (one, other):
        handling.accept(request.pk, "petition", seen=street.seen(street.zhou))
    handling.go_along(other.pk, one.pk, seen=street.seen(street.zhou))
    return one, other


@pytest.mark.guard(
    "taken-up-before-acted-on", "A union above acts on what lies below only after a hand-over that is written down."
)
def test_nobody_above_acts_on_what_lies_below(street: Street) -> None:
    request, zhou = street.says("ask"), street.seen(street.zhou)
    with acting(street.actor(street.zhou)):
        names = {move.name for move in moves_of(Case.objects.get(pk=request.pk), for_=street.actor(street.zhou))}
    assert names == {"mark_urgent"}
    with pytest.raises(Forbidden):
        handling.accept(request.pk, "consult", seen=zhou)
    with pytest.raises(NotMade, match="lies_below"):
        handling.assign(request.pk, street.zhou.pk, seen=zhou)
    with pytest.raises(NotMade, match="lies_below"):
        handling.extend(request.pk, 1, reason="needs_others", seen=zhou)
    assert stage(request) == "received"


@pytest.mark.control("taken-up-before-acted-on")
def test_who_handles_at_the_very_place_accepts_at_once(street: Street) -> None:
    request = street.says("ask")
    handling.accept(request.pk, "consult", seen=street.seen(street.li))
    assert stage(request) == "accepted"


def test_taken_up_it_lies_above_with_its_reason_and_both_sides_are_told(street: Street) -> None:
    request = street.says("ask")
    with acting(street.actor(street.zhou)):
        handling.take_up(request.pk, reason="beyond_them", seen=street.seen(street.zhou))
        handling.accept(request.pk, "hard", seen=street.seen(street.zhou))
    row = HandOver.objects.get(case=request.pk)
    assert (row.kind, row.state, row.reason) == ("refer", "accepted", "beyond_them")
    assert (row.from_place_id, row.to_place_id) == (street.town.pk, street.county.pk)
    assert Message.objects.filter(account=street.li.pk, template="request_taken_up").exists()
    assert Message.objects.filter(subject_id=street.chen.pk, template="request_moved").exists()
    with pytest.raises(NotMade, match="reason_missing"):
        handling.take_up(street.says("ask").pk, reason="", seen=street.seen(street.zhou))
    with pytest.raises(Forbidden):
        handling.take_up(request.pk, reason="beyond_them", seen=street.seen(street.yang))


def test_the_page_offers_to_take_it_up_and_nothing_else(street: Street) -> None:
    request, client = street.says("ask"), open_session(Client(), street.zhou)
    page = client.get(f"/requests/{request.pk}/").content.decode()
    assert "提上来办" in page
    assert f"/requests/{request.pk}/accept/" not in page
    answer = client.post(f"/requests/{request.pk}/take-up/", {"reason": "too_long"})
    assert answer.status_code == HTTPStatus.FOUND
    assert f"/requests/{request.pk}/accept/" in client.get(f"/requests/{request.pk}/").content.decode()


def test_a_place_where_nobody_handles_gets_nothing(street: Street) -> None:
    street.li.grants.all().delete()
    assert street.says("ask").case.place_id == street.county.pk


def test_only_who_handles_there_gets_it_in_hand(street: Street) -> None:
    request, elsewhere = street.says("ask"), street.account("park", Role.CADRE, street.park)
    for account in (street.zhou, elsewhere):
        with pytest.raises(NotMade, match="no_right_there"):
            handling.assign(request.pk, account.pk, seen=street.seen(street.li))


def test_the_days_are_written_on_the_page(street: Street) -> None:
    request, client = street.says("ask"), open_session(Client(), street.li)
    handling.accept(request.pk, "ordinary", seen=street.seen(street.li))
    address = f"/requests/{request.pk}/extend/"
    assert "最多延 10 天" in client.post(address, {"days": "11", "reason": "needs_others"}).content.decode()
    client.post(address, {"days": "3", "reason": "needs_others"})
    assert Case.objects.get(pk=request.pk).times.get(ended_at=None).extension == 3


def test_she_is_told_where_the_second_is_handled_and_may_object(street: Street) -> None:
    one, other = hers_twice(street)
    assert Message.objects.filter(subject_id=street.chen.pk, template="request_same").count() == 1
    client = open_session(Client(), street.worker, proved=False)
    page = client.get(f"/said/{other.pk}/").content.decode()
    assert f"同一件事，在 {one.case.number} 里办" in page
    client.post(f"/said/{other.pk}/part/")
    other.refresh_from_db()
    assert (stage(other), other.goes_with_id) == ("accepted", None)
    assert "request_apart" in Message.objects.filter(account=street.zhou.pk).values_list("template", flat=True)
    with pytest.raises(NotMade, match="not_along"):
        following.part(other.pk, by=street.actor(street.worker), at=clock.now())


def test_her_yes_to_the_one_is_her_yes_to_the_other(street: Street) -> None:
    one, other = hers_twice(street)
    handling.take(one.pk, seen=street.seen(street.yang))
    handling.move(one.pk, "answer", seen=street.seen(street.yang), says="已经立案。")
    assert stage(other) == "answered"
    with acting(street.actor(street.worker)):
        following.agree(one.pk, by=street.actor(street.worker), at=clock.now())
    assert (stage(one), stage(other)) == ("agreed", "agreed")


def test_of_somebody_elses_she_learns_nothing_and_cannot_part(street: Street) -> None:
    one, other = street.says(), street.says(who=street.colleague)
    for request in (one, other):
        handling.accept(request.pk, "petition", seen=street.seen(street.zhou))
    handling.go_along(other.pk, one.pk, seen=street.seen(street.zhou))
    assert not Message.objects.filter(template="request_same").exists()
    with acting(street.actor(street.colleague)):
        mine = Request.objects.select_related("case").get(pk=other.pk)
        assert one.case.number not in str(matter_of(mine, at=clock.now()).where)
        with pytest.raises(NotMade, match="not_along"):
            following.part(other.pk, by=street.actor(street.colleague), at=clock.now())


def test_what_goes_along_stays_behind_when_the_other_goes_elsewhere(street: Street) -> None:
    one, other = street.says("ask"), street.says("ask", who=street.colleague)
    for request in (one, other):
        handling.accept(request.pk, "consult", seen=street.seen(street.li))
    handling.go_along(other.pk, one.pk, seen=street.seen(street.li))
    handling.take_up(one.pk, reason="beyond_them", seen=street.seen(street.zhou))
    assert stage(other) == "accepted"
    assert Request.objects.get(pk=other.pk).goes_with_id is None
