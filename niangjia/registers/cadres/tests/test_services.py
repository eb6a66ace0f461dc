"""Posts through their services: elected ones are derived, others are written once, nothing overlaps, everybody sees her own."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.journal.models import Entry
from niangjia.registers.cadres import queries
from niangjia.registers.cadres.models import Cadre, Contact, Posting
from niangjia.registers.cadres.rules.posts import CadreKind, CadrePost, PostFacts
from niangjia.registers.cadres.services import (
    CadreRefused,
    Who,
    begin_contact,
    begin_post,
    change_post,
    end_contact,
    end_post,
    say_elected_kind,
    tie_cadre,
)
from niangjia.registers.cadres.tests.people import AT, TODAY, Staff
from niangjia.registers.committees.models import Seat
from niangjia.registers.orgs.services import close_union

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> Iterator[Staff]:
    with clock.at(AT):
        yield Staff()


def test_whoever_was_elected_is_in_the_list_and_nobody_typed_her(staff: Staff) -> None:
    seats = Seat.objects.filter(until=None)
    assert set(Cadre.objects.values_list("person", flat=True)) == set(seats.values_list("person", flat=True))
    chair = Cadre.objects.get(person=staff.people[0])
    (held,) = queries.posts_of(chair, on=TODAY)
    assert (held.post, held.kind, held.is_elected) == (CadrePost.CHAIR, CadreKind.PART_TIME, True)
    assert held.ends_on == date(2027, 2, 28)
    assert not Posting.objects.exists()


def test_an_elected_post_is_never_typed_and_how_it_is_held_is_said_beside_it(staff: Staff) -> None:
    by = staff.actor(staff.zhou)
    facts = PostFacts(CadrePost.CHAIR, CadreKind.FULL_TIME, date(2026, 1, 1))
    with pytest.raises(CadreRefused) as refused:
        begin_post(Who(person_id=staff.people[9].pk), staff.mill.pk, facts, by=by, on=TODAY)
    assert refused.value.reasons["post"].code == "from_committees"
    chair = Cadre.objects.get(person=staff.people[0])
    say_elected_kind(chair.pk, staff.mill.pk, CadreKind.FULL_TIME, by=staff.actor(staff.chair))
    assert queries.posts_of(chair, on=TODAY)[0].kind is CadreKind.FULL_TIME


def test_a_member_is_known_by_the_register_and_a_hired_worker_by_her_name_alone(staff: Staff) -> None:
    by = staff.actor(staff.zhou)
    facts = PostFacts(CadrePost.STAFF, CadreKind.FULL_TIME, date(2026, 1, 1))
    posting = begin_post(Who(person_id=staff.people[0].pk), staff.town.pk, facts, by=by, on=TODAY)
    assert posting.cadre == Cadre.objects.get(person=staff.people[0])
    assert posting.cadre.name == ""
    hired = staff.worker()
    assert (hired.person_id, hired.name) == (None, "陈晓玲")
    tied = tie_cadre(hired.pk, staff.people[20].pk, by=by)
    assert (tied.person_id, tied.name) == (staff.people[20].pk, "")
    with pytest.raises(Forbidden):
        tie_cadre(hired.pk, staff.people[21].pk, by=by)
    other = staff.worker("何晓燕")
    with pytest.raises(CadreRefused):
        tie_cadre(other.pk, staff.people[0].pk, by=by)


def test_one_post_is_held_once_at_a_time_and_again_after_it_ended(staff: Staff) -> None:
    by, hired = staff.actor(staff.zhou), staff.worker()
    again = PostFacts(CadrePost.SOCIAL_WORKER, CadreKind.HIRED, date(2026, 2, 1))
    with pytest.raises(CadreRefused) as refused:
        begin_post(Who(cadre_id=hired.pk), staff.town.pk, again, by=by, on=TODAY)
    assert refused.value.reasons["__all__"].code == "twice"
    first = Posting.objects.get()
    end_post(first.pk, date(2026, 1, 31), "合同期满", by=by, on=TODAY)
    second = begin_post(Who(cadre_id=hired.pk), staff.town.pk, again, by=by, on=TODAY)
    assert [held.posting_id for held in queries.posts_of(hired, on=TODAY)] == [second.pk, first.pk]
    with pytest.raises(Forbidden):
        end_post(first.pk, TODAY, "再来一次", by=by, on=TODAY)


def test_a_change_is_written_down_with_what_it_was(staff: Staff) -> None:
    staff.worker()
    by, posting = staff.actor(staff.zhou), Posting.objects.get()
    change_post(posting.pk, PostFacts(CadrePost.SOCIAL_WORKER, CadreKind.SECONDED, posting.since), by=by, on=TODAY)
    entry = Entry.objects.filter(thing="cadre", verb="change_post").get()
    assert entry.detail["kind"] == ["hired", "seconded"]


def test_a_cadre_serves_several_unions_and_stays_at_an_employer_from_a_day_to_a_day(staff: Staff) -> None:
    by, hired = staff.actor(staff.zhou), staff.worker()
    first = begin_contact(hired.pk, staff.mill.pk, date(2026, 1, 1), employer=None, by=by)
    begin_contact(hired.pk, staff.plant.pk, date(2026, 1, 1), employer=None, by=by)
    with pytest.raises(CadreRefused):
        begin_contact(hired.pk, staff.mill.pk, date(2026, 3, 1), employer=None, by=by)
    end_contact(first.pk, by=by, on=TODAY)
    assert Contact.objects.filter(until=None).count() == 1
    begin_contact(hired.pk, staff.mill.pk, TODAY + timedelta(days=1), employer=None, by=by)


def test_a_chair_keeps_her_own_union_and_no_other(staff: Staff) -> None:
    facts = PostFacts(CadrePost.STAFF, CadreKind.PART_TIME, date(2026, 1, 1))
    chair = staff.actor(staff.chair)
    begin_post(Who(person_id=staff.people[12].pk), staff.mill.pk, facts, by=chair, on=TODAY)
    with pytest.raises(Forbidden):
        begin_post(Who(person_id=staff.people[12].pk), staff.plant.pk, facts, by=chair, on=TODAY)


@pytest.mark.guard("cadres-own-places", "a cadre is met by who works where she works, and by herself")
def test_strangers_meet_nobody_and_she_meets_herself(staff: Staff) -> None:
    hired = staff.worker()
    stranger = staff.actor(staff.account("plant", Role.CHAIR, staff.plant))
    with acting(stranger):
        assert not Cadre.objects.exists()
        assert not Posting.objects.exists()
    town = staff.actor(staff.li)
    with acting(town):
        assert set(queries.visible_to(town)) == set(Cadre.objects.all())
        assert hired in queries.visible_to(town)
    own = Actor(account_id=None, name="", subject_id=staff.people[1].pk)
    account = staff.account("own", None, subject=staff.people[1].subject, name="本人")
    with acting(staff.actor(account)):
        (mine,) = Cadre.objects.all()
        assert mine.person_id == own.subject_id


@pytest.mark.control("cadres-own-places")
def test_without_the_wall_everybody_would_be_met(staff: Staff) -> None:
    staff.worker()
    assert Cadre.objects.count() == 9, "the owner of the tables meets all"


def test_posts_end_with_their_union(staff: Staff) -> None:
    facts = PostFacts(CadrePost.STAFF, CadreKind.PART_TIME, date(2026, 1, 1))
    by = staff.actor(staff.zhou)
    begin_post(Who(name="何玉"), staff.plant.pk, facts, by=by, on=TODAY)
    close_union(staff.plant.pk, by=by, on=TODAY)
    assert Posting.objects.get().until == TODAY
