"""Somebody leaves a committee before its term ends, without a vote: kept with why and when, told to her."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.messages.models import Message
from niangjia.registers.committees.models import Seat
from niangjia.registers.committees.rules.leaving import LeaveReason
from niangjia.registers.committees.services import TermRefused, resign_seat
from niangjia.registers.committees.tests.hall import AT, TODAY, Hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall() -> Iterator[Hall]:
    with clock.at(AT):
        hall = Hall()
        hall.term()
        yield hall


def the_seat(hall: Hall, number: int = 2) -> Seat:
    return Seat.objects.get(person=hall.people[number], body__kind="committee")


def address_of(hall: Hall, seat: Seat) -> str:
    return f"/unions/{hall.mill.code}/term/seats/{seat.pk}/leave/"


def test_who_resigns_sits_there_no_more_and_is_told(hall: Hall) -> None:
    seat = the_seat(hall)
    client = open_session(Client(), hall.chair)
    assert address_of(hall, seat) in client.get(f"/unions/{hall.mill.code}/term/").content.decode()
    page = client.get(address_of(hall, seat)).content.decode()
    assert hall.people[2].name in page
    assert "不能随意调动" not in page
    answer = client.post(address_of(hall, seat), {"why": "resigned", "until": str(TODAY - timedelta(days=1))})
    assert answer.status_code == 302
    seat.refresh_from_db()
    assert seat.until == TODAY - timedelta(days=1)
    assert Message.objects.filter(template="seat_left", subject=hall.people[2].pk).count() == 1
    assert Entry.objects.get(verb="leave_seat").detail["why"] == "resigned"
    assert client.get(address_of(hall, seat)).status_code == 404


def test_of_a_chair_the_law_is_said_and_the_dead_are_not_written_to(hall: Hall) -> None:
    seat = the_seat(hall, 0)
    assert "不能随意调动" in open_session(Client(), hall.li).get(address_of(hall, seat)).content.decode()
    resign_seat(seat.pk, LeaveReason.DIED, by=hall.actor(hall.li), on=TODAY)
    assert not Message.objects.filter(template="seat_left").exists()


def test_days_that_cannot_be_are_refused_beside_the_field(hall: Hall) -> None:
    seat, by = the_seat(hall), hall.actor(hall.chair)
    for on, code in ((TODAY + timedelta(days=1), "leaves_later"), (date(2020, 1, 1), "leaves_before")):
        with pytest.raises(TermRefused) as refused:
            resign_seat(seat.pk, LeaveReason.RETIRED, by=by, on=on)
        assert refused.value.reasons["until"].code == code
    page = open_session(Client(), hall.chair).post(address_of(hall, seat), {"until": str(TODAY)}).content.decode()
    assert "离任以后再记" not in page
    resign_seat(seat.pk, LeaveReason.RETIRED, by=by, on=TODAY)
    with pytest.raises(TermRefused):
        resign_seat(seat.pk, LeaveReason.RETIRED, by=by, on=TODAY)


def test_who_only_looks_on_and_strangers_keep_nothing(hall: Hall) -> None:
    seat = the_seat(hall)
    for role, union in ((Role.AUDITOR, hall.county), (Role.CHAIR, hall.plant)):
        account = hall.account(f"x-{role.value}", role, union)
        assert open_session(Client(), account).post(address_of(hall, seat), {"why": "resigned"}).status_code == 404
        with pytest.raises(Forbidden):
            resign_seat(seat.pk, LeaveReason.RESIGNED, by=hall.actor(account), on=TODAY)
    assert Seat.objects.get(pk=seat.pk).until is None
