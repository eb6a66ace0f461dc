"""Leaving by own wish, and coming back into the same record."""

from collections.abc import Iterator

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.access.tests.signing_in import an_account, open_session
from niangjia.kernel.cases.services import NotMade
from niangjia.kernel.messages.models import Message
from niangjia.registers.members.leaving.asking import ask_to_leave, leaving_done
from niangjia.registers.members.leaving.models import Leaving
from niangjia.registers.members.leaving.rules.workflow import LEAVING, WITHDRAWN
from niangjia.registers.members.leaving.tests.hall import AT, Hall
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.services import Registered, register_member
from niangjia.registers.members.tests.people import CHEN

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall() -> Iterator[Hall]:
    with clock.at(AT):
        yield Hall()


def test_she_asks_and_the_union_confirms_and_she_comes_back_into_the_same_record(hall: Hall) -> None:
    case = ask_to_leave(by=hall.actor(hall.hers))
    assert ask_to_leave(by=hall.actor(hall.hers)) == case
    assert Message.objects.filter(template="leave_asked", account=hall.chair).exists()
    assert Membership.objects.get().state == "active"
    leaving_done(case.pk, "confirm", hall.pressed(hall.chair))
    left = Membership.objects.get()
    assert (left.state, left.period.upper) == ("left", clock.today())
    assert Leaving.objects.get().left_on == clock.today()
    assert Message.objects.filter(template="leave_confirmed", subject=hall.chen.pk).exists()
    back = register_member(CHEN, union_id=hall.mill.pk, by=hall.actor(hall.chair), on=clock.today())
    assert isinstance(back, Registered)
    assert back.person == hall.chen
    rows = list(Membership.objects.order_by("period").values_list("state", "kind"))
    assert rows == [("left", "joined"), ("active", "rejoined")]
    assert Person.objects.count() == 1


@pytest.mark.guard(
    "leaving-is-free", "nobody at a desk can say no to a member who leaves; where she still is one, only she ends it"
)
def test_no_move_of_a_desk_keeps_her_against_her_wish(hall: Hall) -> None:
    case = ask_to_leave(by=hall.actor(hall.hers))
    with pytest.raises(NotMade):
        leaving_done(case.pk, "drop", hall.pressed(hall.chair, reason="gone_over"))
    with pytest.raises((NotMade, Forbidden)):
        leaving_done(case.pk, "withdraw", hall.pressed(hall.chair))
    ends = {move.to for move in LEAVING.moves if move.name not in {"confirm", "drop"}}
    assert ends == {WITHDRAWN}
    assert Leaving.objects.get().settled_at is None


@pytest.mark.control("leaving-is-free")
def test_without_the_look_at_her_membership_a_desk_would_drop_it(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    case = ask_to_leave(by=hall.actor(hall.hers))
    monkeypatch.setattr("niangjia.registers.members.leaving.asking._is_here", lambda _case: False)
    leaving_done(case.pk, "drop", hall.pressed(hall.chair, reason="gone_over"))
    assert Membership.objects.get().state == "active"
    assert Leaving.objects.get().settled_at is not None


def test_she_may_change_her_mind(hall: Hall) -> None:
    case = ask_to_leave(by=hall.actor(hall.hers))
    leaving_done(case.pk, "withdraw", hall.pressed(hall.hers))
    assert Membership.objects.get().state == "active"
    again = ask_to_leave(by=hall.actor(hall.hers))
    assert again != case


def test_a_stranger_and_who_is_no_member_leave_nothing(hall: Hall) -> None:
    with pytest.raises(Forbidden):
        ask_to_leave(by=hall.actor(hall.zhou))
    page = open_session(Client(), an_account("nobody", role=None)).get("/mine/leaving/")
    assert "您现在没有会籍" in page.content.decode()


def test_her_pages(hall: Hall) -> None:
    client = open_session(Client(), hall.hers)
    page = client.get("/mine/leaving/").content.decode()
    assert "退会也是您的自由" in page
    unsure = client.post("/mine/leaving/", {})
    assert "先勾上这一句" in unsure.content.decode()
    done = client.post("/mine/leaving/", {"sure": "on"}, follow=True)
    assert "等确认。确认以前您还是会员" in done.content.decode()
    desk = open_session(Client(), hall.chair)
    assert "陈桂兰" in desk.get("/desk/leaving/").content.decode()
    case = Leaving.objects.get().case
    assert "会籍到确认那天为止" in desk.get(f"/desk/leaving/{case.pk}/").content.decode()
    assert desk.get(f"/desk/leaving/{case.pk}/confirm/").status_code == 200
    plant = open_session(Client(), hall.account("plant", None, None))
    assert plant.get(f"/desk/leaving/{case.pk}/").status_code == 404
