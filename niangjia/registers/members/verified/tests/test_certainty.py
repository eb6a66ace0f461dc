"""Registered, verified, reachable: one definition for the figure, the list and the page; papers that were seen."""

from datetime import timedelta

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.access.tests.signing_in import an_account, open_session
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.messages.models import Message
from niangjia.registers.members.models import Person
from niangjia.registers.members.tests.people import a_number, enrol
from niangjia.registers.members.verified.models import PaperSeen
from niangjia.registers.members.verified.queries import certainty
from niangjia.registers.members.verified.rules import Occasion, Paper, seen_fault
from niangjia.registers.members.verified.services import NotSeen, see_papers, withdraw_papers
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.tests.office import Office

pytestmark = pytest.mark.django_db


def member(at: Union, number: int, **facts: str) -> Person:
    """One more member."""
    return enrol({"name": "何雪琴", "id_number": a_number("34992119850714", number), **facts}, at)


def cadre(at: Union, role: Role = Role.CADRE) -> Account:
    """Somebody who keeps members there."""
    return an_account(f"{role.value}-{at.code}", role=role, at=at.place)


def told(person: Person, template: str = "membership_moved") -> Message:
    """A message to her that she has read just now."""
    with beyond(Purpose.MESSAGES):
        return Message.objects.create(
            city=person.city, subject_id=person.pk, template=template, version=1, kind="own_data", read_at=clock.now(),
            planned_at=clock.now(),
        )  # fmt: skip


def figures(account: Account, union: Union) -> tuple[int, int, int | None]:
    """What somebody is told of a union."""
    actor = actor_of(account, on=clock.today())
    with acting(actor):
        return tuple(certainty(actor, (union.place.path,)))  # type: ignore[return-value]


def test_a_number_and_a_code_or_papers_make_verified_and_the_registered_are_all() -> None:
    office = Office()
    zhou = cadre(office.county)
    first, second, third = (member(office.mill, number) for number in (1, 2, 3))
    assert figures(zhou, office.county) == (3, 0, 0)
    Person.objects.filter(pk=first.pk).update(phone_confirmed_at=clock.now())
    with acting(actor_of(zhou, on=clock.today())):
        see_papers(
            second.pk, Paper.REGISTERED, Occasion.HANDLING, by=actor_of(zhou, on=clock.today()), seen_on=clock.today()
        )
    assert figures(zhou, office.county) == (3, 2, 1)
    assert figures(zhou, office.park) == (0, 0, 0)
    # A passport's number proves nothing, whatever phone stands beside it.
    Person.objects.filter(pk=third.pk).update(id_kind="passport", phone_confirmed_at=clock.now())
    assert figures(zhou, office.county)[1] == 2


def test_whoever_was_reached_within_twelve_months_is_reachable_and_a_complaint_counts_for_nothing() -> None:
    office = Office()
    zhou = cadre(office.county)
    first, second, third = (member(office.mill, number) for number in (1, 2, 3))
    told(first)
    told(second, template="request_answered")
    Person.objects.filter(pk=third.pk).update(phone_confirmed_at=clock.now() - timedelta(days=400))
    assert figures(zhou, office.county) == (3, 1, 1)


def test_nobody_is_told_of_unions_out_of_sight() -> None:
    office = Office()
    member(office.mill, 1)
    assert figures(cadre(office.park), office.county) == (0, 0, 0)


@pytest.mark.guard(
    "who-looks-at-her-phone",
    "Inside the enterprise nobody learns which member, or one of a few, was reached by a message.",
)
def test_inside_the_enterprise_nobody_learns_who_was_reached(client: Client) -> None:
    office = Office()
    chair = cadre(office.mill, Role.CHAIR)
    she = member(office.mill, 1)
    before = open_session(client, chair).get("/members/?reachable=no").content
    assert figures(chair, office.mill) == (1, 0, None)
    told(she)
    assert figures(chair, office.mill) == (1, 0, None)
    with clock.at(clock.now()):
        assert open_session(client, chair).get("/members/?reachable=yes").content.count(b"/members/%d/" % she.pk) == (
            before.count(b"/members/%d/" % she.pk)
        )


@pytest.mark.control("who-looks-at-her-phone")
def test_from_outside_the_filter_does_tell_who_was_reached(client: Client) -> None:
    office = Office()
    zhou = cadre(office.county)
    she = member(office.mill, 1)
    assert b"/members/%d/" % she.pk not in open_session(client, zhou).get("/members/?reachable=yes").content
    told(she)
    assert b"/members/%d/" % she.pk in open_session(client, zhou).get("/members/?reachable=yes").content


def test_the_list_shows_whom_the_figure_counts(client: Client) -> None:
    office = Office()
    zhou = cadre(office.county)
    sure, unsure = member(office.mill, 1), member(office.plant, 2)
    Person.objects.filter(pk=sure.pk).update(phone_confirmed_at=clock.now())
    pages = {each: open_session(client, zhou).get(f"/members/?verified={each}").content for each in ("yes", "no")}
    assert b"/members/%d/" % sure.pk in pages["yes"]
    assert b"/members/%d/" % unsure.pk not in pages["yes"]
    assert b"/members/%d/" % unsure.pk in pages["no"]
    shown = open_session(client, zhou).get("/members/certainty/").content.decode()
    assert "怎么数的" in shown
    assert "50.0%" in shown


def test_papers_are_seen_once_journalled_and_taken_back(client: Client) -> None:
    office = Office()
    zhou, she = cadre(office.county), member(office.mill, 1)
    page = f"/members/{she.pk}/papers/"
    written = {"paper": "registered", "occasion": "registering", "seen_on": clock.today().isoformat()}
    answer = open_session(client, zhou).post(page, written)
    assert answer.status_code == 302
    seen = PaperSeen.objects.get(person=she)
    assert (seen.seen_by_id, seen.union_id) == (zhou.pk, office.mill.pk)
    assert Entry.objects.filter(verb="see_papers", thing_id=she.pk).exists()
    assert "核实过" in client.get(f"/members/{she.pk}/").content.decode()
    assert client.post(page, {"withdraw": str(seen.pk)}).status_code == 302
    seen.refresh_from_db()
    assert seen.withdrawn_at is not None
    assert figures(zhou, office.county)[1] == 0


def test_papers_of_a_day_to_come_or_long_ago_are_not_written_down(client: Client) -> None:
    office = Office()
    zhou, she = cadre(office.county), member(office.mill, 1)
    for day in (clock.today() + timedelta(days=1), clock.today() - timedelta(days=400)):
        assert seen_fault(day, on=clock.today()) is not None
        with pytest.raises(NotSeen):
            see_papers(she.pk, Paper.REGISTERED, Occasion.HANDLING, by=actor_of(zhou, on=clock.today()), seen_on=day)
    answer = open_session(client, zhou).post(
        f"/members/{she.pk}/papers/", {"paper": "registered", "occasion": "handling", "seen_on": "2030-01-01"}
    )
    assert "还没有到" in answer.content.decode()


def test_another_union_neither_writes_nor_takes_back() -> None:
    office = Office()
    zhou, other, she = cadre(office.county), cadre(office.park), member(office.mill, 1)
    seen = see_papers(
        she.pk, Paper.REGISTERED, Occasion.HANDLING, by=actor_of(zhou, on=clock.today()), seen_on=clock.today()
    )
    with pytest.raises(Forbidden):
        see_papers(
            she.pk, Paper.REGISTERED, Occasion.HANDLING, by=actor_of(other, on=clock.today()), seen_on=clock.today()
        )
    with pytest.raises(Forbidden):
        withdraw_papers(seen.pk, by=actor_of(other, on=clock.today()))
    with acting(actor_of(other, on=clock.today())):
        assert not PaperSeen.objects.exists()
