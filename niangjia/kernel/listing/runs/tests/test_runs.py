"""Actions on many rows in the background: each row once, as whoever began it, through kills and double clicks."""

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account, Grant
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import an_account, open_session
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.listing import ListPage
from niangjia.kernel.listing import bulk as pages
from niangjia.kernel.listing.rules import print_of
from niangjia.kernel.listing.runs import jobs, services
from niangjia.kernel.listing.runs.models import BulkRun
from niangjia.kernel.listing.services import look_at
from niangjia.kernel.messages.models import Message
from niangjia.registers.members.listing import MEMBERS
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.tests.people import a_number, enrol
from niangjia.registers.orgs.tests.office import Office

pytestmark = pytest.mark.django_db(transaction=True)
ACT = "/lists/members/act/group/?all=yes&value=migrant"
MANY = 5


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Office:
    """Few are many here: more than two go on in the background, two by two."""
    for room in (services, pages):
        monkeypatch.setattr(room, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(services, "CHUNK_ROWS", 2)
    office = Office()
    for number in range(MANY):
        enrol({"name": "陈桂兰", "id_number": a_number("34992119800302", number)}, office.mill)
    return office


@pytest.fixture
def chair(office: Office) -> Account:
    return an_account("chair", role=Role.CHAIR, at=office.mill.place)


def begun(chair: Account) -> BulkRun:
    """Looked at and agreed to on the page."""
    client = open_session(Client(), chair)
    page = client.get(ACT).content.decode()
    assert "在后台一批一批地办" in page
    start = page.index('name="agreed" value="') + len('name="agreed" value="')
    agreed = page[start : page.index('"', start)]
    answers = [client.post(ACT, {"agreed": agreed}) for _press in range(2)]
    run = BulkRun.objects.get()
    assert {answer["Location"] for answer in answers} == {f"/lists/runs/{run.pk}/"}
    return run


def entries() -> int:
    return Entry.objects.filter(verb="edit_member").count()


def test_a_double_click_begins_once_and_every_row_is_decided_once(chair: Account) -> None:
    run = begun(chair)
    assert ProcrastinateJob.objects.filter(task_name=services.RUN).count() == 1
    client = open_session(Client(), chair)
    assert "排在队里" in client.get(f"/lists/runs/{run.pk}/").content.decode()
    assert services.carry_on(run.pk, chair.pk)
    run.refresh_from_db()
    assert (run.state, run.handled, run.changed, run.left, run.keys) == ("done", MANY, MANY, {}, [])
    assert Person.objects.filter(migrant=True).count() == MANY
    assert entries() == MANY
    assert services.carry_on(run.pk, chair.pk)
    assert entries() == MANY
    page = client.get(f"/lists/runs/{run.pk}/").content.decode()
    assert "改了 5 条" in page
    assert client.get(f"/lists/runs/{run.pk}/progress/")["HX-Refresh"] == "true"
    assert Message.objects.get(template="bulk_over").about == run.pk
    verbs = Entry.objects.filter(thing=services.THING).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["begin_bulk", "end_bulk"]


@pytest.mark.guard("bulk-each-row-once", "an action on many rows that is killed in the middle decides each row once")
def test_what_is_killed_between_deciding_and_remembering_goes_on_without_deciding_twice(
    chair: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = begun(chair)
    killed_at_the_second_chunk(monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        services.carry_on(run.pk, chair.pk)
    run.refresh_from_db()
    assert (run.state, run.handled, run.changed, entries()) == ("running", 2, 2, 2)
    monkeypatch.undo()
    ProcrastinateJob.objects.all().delete()
    assert jobs.take_up_again() == 1
    services.carry_on(run.pk, chair.pk)
    run.refresh_from_db()
    assert (run.state, run.changed, entries()) == ("done", MANY, MANY)


@pytest.mark.control("bulk-each-row-once")
def test_without_one_transaction_for_both_a_row_would_be_met_again(chair: Account) -> None:
    run = begun(chair)
    action, keys = MEMBERS.actions[0], run.keys[:2]
    by = actor_of(chair, on=clock.today())
    assert action.apply(keys, "migrant", by=by) == 2
    assert BulkRun.objects.get().handled == 0, (
        "what was done is not remembered: the next worker begins at the first row"
    )


def killed_at_the_second_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    count, seen = services._count, []

    def killed(*given: Any) -> None:
        seen.append(given)
        if len(seen) == 2:
            raise KeyboardInterrupt
        count(*given)

    monkeypatch.setattr(services, "_count", killed)


@pytest.mark.guard("bulk-right-each-chunk", "an action on many rows stops where the right of whoever began it ends")
def test_a_right_that_ends_stops_it(chair: Account) -> None:
    run = begun(chair)
    Grant.objects.update(revoked_at=clock.now())
    services.carry_on(run.pk, chair.pk)
    run.refresh_from_db()
    assert (run.state, run.why, run.handled, entries()) == ("stopped", "right_gone", 0, 0)


@pytest.mark.control("bulk-right-each-chunk")
def test_without_the_look_at_the_right_rows_would_still_be_meant(chair: Account) -> None:
    run = begun(chair)
    Grant.objects.update(revoked_at=clock.now())
    assert len(run.keys) == MANY


def test_who_left_meanwhile_is_counted_with_the_reason(chair: Account, office: Office) -> None:
    run = begun(chair)
    first, second, third = Person.objects.order_by("pk")[:3]
    Person.objects.filter(pk=first.pk).update(migrant=True)
    Membership.objects.filter(person=second).update(union=office.plant)
    Membership.objects.filter(person=third).update(state="left")
    services.carry_on(run.pk, chair.pk)
    run.refresh_from_db()
    assert run.changed + sum(run.left.values()) == MANY
    assert run.left == {"已经是了": 1, "不在了，或者不归您管了": 1, "现在不是这里的会员，或者不归您管": 1}
    page = open_session(Client(), chair).get(f"/lists/runs/{run.pk}/").content.decode()
    assert "不在了，或者不归您管了" in page


def test_what_fails_again_and_again_is_given_up_and_said(chair: Account) -> None:
    run = begun(chair)
    services.give_up(run)
    run.refresh_from_db()
    assert (run.state, run.why) == ("stopped", "failed")
    page = open_session(Client(), chair).get(f"/lists/runs/{run.pk}/").content.decode()
    assert "系统这边出了错" in page
    assert "没有轮到" in page


def test_nobody_sees_what_another_began(chair: Account, office: Office) -> None:
    run = begun(chair)
    other = open_session(Client(), an_account("other", role=Role.CHAIR, at=office.mill.place))
    assert other.get(f"/lists/runs/{run.pk}/").status_code == 404
    assert other.get(f"/lists/runs/{run.pk}/progress/").status_code == 404


def test_few_rows_are_done_at_once(chair: Account) -> None:
    asked = QueryDict(f"only={Person.objects.order_by('pk').values_list('pk', flat=True)[0]}")
    by = actor_of(chair, on=clock.today())
    page = ListPage(MEMBERS, actor=by, asked=asked)
    preview = look_at(MEMBERS.actions[0], page.matching, "migrant", by=by)
    agreed = print_of("group", "migrant", preview.changes)
    assert services.act_on(page, MEMBERS.actions[0], "migrant", agreed=agreed) == 1
    assert not BulkRun.objects.exists()
