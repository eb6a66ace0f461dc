"""Kept on, taken up again, a death and its correction: the days before stay what they were."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.messages.models import Message
from niangjia.kernel.webhooks.rules import Event, events_of
from niangjia.registers.members.leaving.asking import ask_to_leave
from niangjia.registers.members.leaving.keeping import (
    put_death_right,
    retain,
    retain_many,
    take_up_again,
    write_down_death,
)
from niangjia.registers.members.leaving.tests.hall import AT, Hall
from niangjia.registers.members.models import Membership, Person, TransferProposal
from niangjia.registers.members.past import HELD
from niangjia.registers.members.rules import RetainedReason
from niangjia.registers.members.turning import NotTurned
from niangjia.registers.orgs.past.figures import counted_on

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 1)


@pytest.fixture
def hall() -> Iterator[Hall]:
    with clock.at(AT):
        yield Hall()


def rows() -> list[tuple[str, str, date, date | None]]:
    found = Membership.objects.order_by("period").select_related("union")
    return [(each.state, each.because, each.period.lower, each.period.upper) for each in found]


def test_kept_on_and_taken_up_again_without_a_gap(hall: Hall) -> None:
    chair = hall.actor(hall.chair)
    retain(hall.chen.pk, RetainedReason.UNEMPLOYED, by=chair, on=DAY)
    assert rows() == [("active", "", date(2014, 5, 1), DAY), ("retained", "unemployed", DAY, None)]
    with pytest.raises(NotTurned):
        retain(hall.chen.pk, RetainedReason.RETIRED, by=chair, on=DAY)
    take_up_again(hall.chen.pk, by=chair, on=DAY + timedelta(days=9))
    assert rows()[1:] == [
        ("retained", "unemployed", DAY, DAY + timedelta(days=9)),
        ("active", "", DAY + timedelta(days=9), None),
    ]
    assert {each.joined_on for each in Membership.objects.all()} == {date(2014, 5, 1)}
    told = Message.objects.filter(subject=hall.chen.pk).values_list("template", flat=True)
    assert {"membership_retained", "membership_again"} <= set(told)
    entries = Entry.objects.filter(verb="change_membership")
    assert [events_of(each.verb, each.detail) for each in entries] == [(), ()]
    assert counted_on(HELD, [hall.mill.place.path], on=DAY + timedelta(days=3)) == {hall.mill.place.path: 1}


def test_for_a_closed_employer_the_union_above_keeps_and_its_people_do_it(hall: Hall) -> None:
    with pytest.raises(NotTurned) as refused:
        retain(hall.chen.pk, RetainedReason.EMPLOYER_CLOSED, by=hall.actor(hall.chair), on=DAY)
    assert refused.value.reason.code == "by_the_one_above"
    row = retain(hall.chen.pk, RetainedReason.EMPLOYER_CLOSED, by=hall.actor(hall.li), on=DAY)
    assert (row.union, row.state, row.kind) == (hall.town, "retained", "reorganised")


def test_who_is_kept_on_counts_no_more_as_a_full_member(hall: Hall) -> None:
    page = open_session(Client(), hall.chair)
    assert "在册 1 人" in page.get("/members/").content.decode()
    assert retain_many([hall.chen.pk, 999_999], "retired", by=hall.actor(hall.chair)) == 1
    assert "在册 0 人" in page.get("/members/").content.decode()


def test_on_the_day_it_began_the_same_row_is_kept_on(hall: Hall) -> None:
    Membership.objects.update(period=(DAY, None))
    retain(hall.chen.pk, RetainedReason.RETIRED, by=hall.actor(hall.chair), on=DAY)
    assert rows() == [("retained", "retired", DAY, None)]


def test_no_day_to_come_and_nobodys_own(hall: Hall) -> None:
    with pytest.raises(NotTurned):
        retain(hall.chen.pk, RetainedReason.RETIRED, by=hall.actor(hall.chair), on=clock.today() + timedelta(days=1))
    herself = replace(hall.actor(hall.chair), subject_id=hall.chen.pk)
    with pytest.raises(Forbidden):
        retain(hall.chen.pk, RetainedReason.RETIRED, by=herself, on=DAY)
    stranger = hall.account("stranger", Role.CHAIR, hall.plant)
    with pytest.raises(Forbidden):
        write_down_death(hall.chen.pk, by=hall.actor(stranger), on=DAY)


def test_after_a_death_logins_sleep_and_who_works_on_her_case_hears(hall: Hall) -> None:
    ask_to_leave(by=hall.actor(hall.hers))
    TransferProposal.objects.create(city=hall.chen.city, person=hall.chen, to_union=hall.plant)
    write_down_death(hall.chen.pk, by=hall.actor(hall.li), on=DAY)
    assert rows()[0][0] == "deceased"
    entry = Entry.objects.get(verb="change_membership")
    assert events_of(entry.verb, entry.detail) == (Event.MEMBERSHIP_ENDED,)
    assert not Account.objects.get(pk=hall.hers.pk).is_active
    assert open_session(Client(), Account.objects.get(pk=hall.hers.pk)).get("/mine/").status_code != 200
    assert Message.objects.filter(template="asker_died", account=hall.chair).exists()
    assert TransferProposal.objects.get().withdrawn_at is not None
    page = open_session(Client(), hall.li).get(f"/members/{hall.chen.pk}/membership/").content.decode()
    assert "登记错了，人还在" in page
    put_death_right(hall.chen.pk, by=hall.actor(hall.li))
    assert rows() == [("active", "", date(2014, 5, 1), None)]
    assert Account.objects.get(pk=hall.hers.pk).is_active
    with pytest.raises(NotTurned):
        put_death_right(hall.chen.pk, by=hall.actor(hall.li))


def test_a_death_put_right_leaves_a_kept_membership_kept(hall: Hall) -> None:
    retain(hall.chen.pk, RetainedReason.RETIRED, by=hall.actor(hall.chair), on=DAY)
    write_down_death(hall.chen.pk, by=hall.actor(hall.chair), on=DAY + timedelta(days=3))
    put_death_right(hall.chen.pk, by=hall.actor(hall.chair))
    assert rows()[1] == ("retained", "retired", DAY, None)


def test_the_page_of_a_cadre(hall: Hall) -> None:
    client, address = open_session(Client(), hall.chair), f"/members/{hall.chen.pk}/membership/"
    assert "保留会籍：退休了" in client.get(address).content.decode()
    assert address in client.get(f"/members/{hall.chen.pk}/").content.decode()
    refused = client.post(address, {"what": "employer_closed", "on": "2026-11-01"})
    assert "由上一级工会保留，要由上一级的人来办" in refused.content.decode()
    done = client.post(address, {"what": "retired", "on": "2026-11-01"}, follow=True)
    assert "会籍保留了" in done.content.decode()
    asked = client.post(address, {"what": "propose", "on": "2026-11-01"}, follow=True)
    assert "等本人答复" in asked.content.decode()
    assert client.get(f"/members/{Person.objects.get().pk + 1000}/membership/").status_code == 404


def test_the_database_refuses_two_at_once(hall: Hall) -> None:
    retain(hall.chen.pk, RetainedReason.RETIRED, by=hall.actor(hall.chair), on=DAY)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM members_membership a JOIN members_membership b ON a.id < b.id AND a.period && b.period"
        )
        assert cursor.fetchone() == (0,)
