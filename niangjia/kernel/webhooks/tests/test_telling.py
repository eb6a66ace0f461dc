"""Events on their way: written down with the act, sent signed, tried again, given up; never about anybody, never elsewhere."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.developers.samples import receiver as sample
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.messages.models import Message
from niangjia.kernel.privacy.retaining import retain
from niangjia.kernel.webhooks import delivering, jobs
from niangjia.kernel.webhooks.models import Delivery, Subscription
from niangjia.kernel.webhooks.publishing import publish
from niangjia.kernel.webhooks.queries import secrets_of, subscriptions_seen
from niangjia.kernel.webhooks.rules import BACK_OFF, LOST_AFTER, Event
from niangjia.kernel.webhooks.services import (
    WebhookRefused,
    Wish,
    remove,
    rotate_secret,
    start,
    stop,
    subscribe,
    try_out,
)
from niangjia.kernel.webhooks.tests.receiver import Receiver
from niangjia.registers.members.models import Person, TransferProposal
from niangjia.registers.members.tests.people import CHEN, ID_CHEN, PHONE_CHEN, TODAY, enrol
from niangjia.registers.members.transfers.services import accept
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.rules import Level
from niangjia.registers.orgs.services import close_union
from niangjia.registers.orgs.tests.office import OPERATOR, Office, actor_at, register

pytestmark = pytest.mark.django_db
EVERY = frozenset(event.value for event in Event)
JOBS: dict[str, Any] = {"webhooks.publish": jobs.publish_event, "webhooks.send": jobs.send_to_subscription}


@pytest.fixture(autouse=True)
def here(settings: Any) -> None:
    settings.NIANGJIA_WEBHOOK_LOCAL = True


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def inbox() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver


def keeper(union: Union) -> Any:
    return actor_at(union, Role.SECURITY_ADMIN)


def told_to(receiver: Receiver, union: Union, events: frozenset[str] = EVERY) -> tuple[Subscription, str]:
    return subscribe(Wish("市政务数据交换", receiver.address, events), at=union.place, by=keeper(union))


def work_off() -> None:
    """What the worker does with the jobs that wait."""
    for name in ("webhooks.publish", "webhooks.send"):
        for job in ProcrastinateJob.objects.filter(task_name=name).order_by("id"):
            JOBS[name](**job.args)


def events_at(receiver: Receiver) -> list[str]:
    return [json.loads(body)["type"] for _path, _headers, body in receiver.got]


def test_what_happens_arrives_signed(office: Office, inbox: Receiver) -> None:
    _hook, secret = told_to(inbox, office.county)
    chen = enrol(CHEN, office.mill)
    work_off()
    ((_path, headers, body),) = inbox.got
    data = json.loads(body)["data"]
    assert data == {"city": office.mill.city, "place": office.mill.code, "thing": "member", "id": chen.pk}
    said: dict[str, Any] = {}
    exec(compile(sample(), "sample", "exec"), said)  # noqa: S102 - the sample that pages show
    assert said["is_genuine"](headers, body, secret)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.tries, delivery.http_status) == ("delivered", 1, 200)
    assert headers["webhook-id"] == str(delivery.event_id)


def test_every_register_is_heard(office: Office, inbox: Receiver) -> None:
    told_to(inbox, office.county)
    new = register("新来工会", Level.BASE, office.town)
    close_union(new.pk, by=OPERATOR, on=date(2026, 11, 20))
    work_off()
    assert events_at(inbox) == ["union.registered", "union.closed"]
    assert [json.loads(body)["data"]["place"] for _path, _headers, body in inbox.got] == [new.code, new.code]


def test_what_is_not_chosen_or_does_not_stand_is_not_told(office: Office, inbox: Receiver) -> None:
    told_to(inbox, office.county, frozenset({"union.registered"}))
    enrol(CHEN, office.mill)
    begun = transaction.savepoint()
    register("作罢工会", Level.BASE, office.town)
    transaction.savepoint_rollback(begun)
    assert not ProcrastinateJob.objects.filter(task_name="webhooks.publish").exists()
    work_off()
    assert inbox.got == []


@pytest.mark.guard(
    "webhook-place",
    "an event of another place reaches no subscription, and no administrator of another place meets one",
)
def test_another_place_is_told_nothing(office: Office, inbox: Receiver) -> None:
    hook, _secret = told_to(inbox, office.park)
    enrol(CHEN, office.mill)
    jobs.publish_event(
        number="5f3c1f6e-3d0b-4f0a-9a7e-6d0d5e0c8b12", event="membership.begun", place_id=office.mill.pk, thing_id=1,
        at=clock.now().isoformat(),
    )  # fmt: skip
    work_off()
    assert inbox.got == []
    assert not Delivery.objects.exists()
    assert list(subscriptions_seen(keeper(office.town))) == []
    assert met_by(office.town) == 0
    assert met_by(office.county) == 1
    with pytest.raises(Forbidden):
        stop(hook, by=keeper(office.town))


@pytest.mark.control("webhook-place")
def test_without_its_place_a_subscription_would_hear_of_everybody(office: Office, inbox: Receiver) -> None:
    """The same act, with the subscription set to the county by hand, is told: it was the place that kept it away."""
    hook, _secret = told_to(inbox, office.park)
    Subscription.objects.filter(pk=hook.pk).update(place_id=office.county.pk)
    enrol(CHEN, office.mill)
    work_off()
    assert events_at(inbox) == ["membership.begun"]
    assert met_by(office.county) == 1


def met_by(union: Union) -> int:
    """How many subscriptions the database itself shows to a security administrator there."""
    account = an_account(f"security-{union.code}-{Entry.objects.count()}", role=Role.SECURITY_ADMIN, at=union.place)
    actor = actor_at(union, Role.SECURITY_ADMIN)
    named = type(actor)(account_id=account.pk, name="", rights=actor.rights)
    with acting(named), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM webhooks_subscription")
        return int(cursor.fetchone()[0])


@pytest.mark.guard(
    "webhook-personal", "no name and no number of a person is in a body, a job, a delivery, or the journal of webhooks"
)
def test_nothing_about_anybody_goes_out(office: Office, inbox: Receiver) -> None:
    told_to(inbox, office.county)
    enrol(CHEN, office.mill)
    work_off()
    assert found_of(CHEN["name"], ID_CHEN, PHONE_CHEN, among=everywhere(inbox)) == []


@pytest.mark.control("webhook-personal")
def test_a_name_in_a_body_is_found(office: Office, inbox: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivering, "place_code", lambda _place: CHEN["name"])
    told_to(inbox, office.county)
    enrol(CHEN, office.mill)
    work_off()
    assert found_of(CHEN["name"], among=everywhere(inbox)) == [CHEN["name"]]


def everywhere(receiver: Receiver) -> list[str]:
    """Everything that webhooks have said or kept."""
    bodies = [json.dumps(json.loads(body), ensure_ascii=False) for _path, _headers, body in receiver.got]
    assert bodies
    queue = [json.dumps(job.args, ensure_ascii=False) for job in ProcrastinateJob.objects.filter(queue_name="webhooks")]
    kept = [str(row) for row in Delivery.objects.values()]
    journal = [json.dumps(entry.detail, ensure_ascii=False) for entry in Entry.objects.filter(thing=delivering.THING)]
    return [*bodies, *queue, *kept, *journal]


def found_of(*words: str, among: list[str]) -> list[str]:
    return [word for word in words if any(word in each for each in among)]


def test_where_nobody_listens_it_costs_one_question(office: Office, django_assert_num_queries: Any) -> None:
    entry = Entry(verb="register_member", thing_id=1, place_id=office.mill.pk, detail={}, at=clock.now())
    with django_assert_num_queries(1):
        publish(entry)
    with django_assert_num_queries(0):
        publish(Entry(verb="reveal", thing_id=1, place_id=office.mill.pk, detail={}))
    assert not ProcrastinateJob.objects.filter(queue_name="webhooks").exists()


def test_one_act_written_down_at_both_ends_is_told_once(office: Office, inbox: Receiver) -> None:
    told_to(inbox, office.county)
    for place in (office.mill, office.plant):
        publish(
            Entry(verb="settle_transfer", thing_id=7, place_id=place.pk, detail={"verdict": "agreed"}, at=clock.now())
        )
    work_off()
    assert events_at(inbox) == ["membership.moved"]


def test_a_membership_that_ended_is_told_of_the_union_that_let_her_go_and_of_no_other(
    office: Office, inbox: Receiver
) -> None:
    enrol(CHEN, office.mill)
    told_to(inbox, office.park, frozenset({"membership.ended"}))
    told_to(inbox, office.county, frozenset({"membership.moved", "membership.ended"}))
    asked = TransferProposal.objects.create(city=office.mill.city, person=Person.objects.get(), to_union=office.plant)
    accept(asked.pk, by=actor_at(office.mill, Role.CHAIR), on=TODAY + timedelta(days=3))
    work_off()
    assert sorted(events_at(inbox)) == ["membership.ended", "membership.moved"]
    (ended,) = (data for _path, _headers, data in inbox.got if b"membership.ended" in data)
    said = {"city": office.mill.city, "place": office.mill.code, "thing": "member", "id": asked.person_id}
    assert json.loads(ended)["data"] == said
    assert not {CHEN["name"], ID_CHEN, PHONE_CHEN} & set(ended.decode().split('"'))


def test_who_does_not_take_it_is_tried_again_then_broken_and_somebody_is_told(office: Office, inbox: Receiver) -> None:
    account = an_account("security", role=Role.SECURITY_ADMIN, at=office.county.place)
    hook, _secret = told_to(inbox, office.county)
    inbox.status = 503
    at = clock.now()
    with clock.at(at):
        enrol(CHEN, office.mill)
        work_off()
        work_off()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.tries, delivery.http_status, delivery.failure) == (
        "temporary",
        1,
        503,
        "not_taken",
    )
    assert delivery.due_at == at + BACK_OFF[0]
    for wait in BACK_OFF:
        at += wait
        with clock.at(at):
            jobs.look_after_webhooks(0)
    assert len(inbox.got) == len(BACK_OFF) + 1
    assert len({headers["webhook-id"] for _path, headers, _body in inbox.got}) == 1
    delivery.refresh_from_db()
    hook.refresh_from_db()
    assert (delivery.state, hook.state) == ("permanent", "broken")
    assert Entry.objects.filter(verb="break_webhook", thing_id=hook.pk).count() == 1
    message = Message.objects.get(template="webhook_broken")
    assert message.about == hook.pk
    assert account.pk
    start(hook, by=keeper(office.county))
    hook.refresh_from_db()
    assert hook.state == "active"


def test_a_receiver_that_comes_back_gets_everything_in_its_order(office: Office, inbox: Receiver) -> None:
    told_to(inbox, office.county)
    inbox.status = 500
    at = clock.now()
    with clock.at(at):
        first = register("甲工会", Level.BASE, office.town)
        second = register("乙工会", Level.BASE, office.town)
        work_off()
    assert len(inbox.got) == 1, "after a failed try the rest waits"
    inbox.status = 204
    with clock.at(at + BACK_OFF[0]):
        jobs.look_after_webhooks(0)
    assert [json.loads(body)["data"]["id"] for _path, _headers, body in inbox.got] == [first.pk, first.pk, second.pk]
    assert set(Delivery.objects.values_list("state", flat=True)) == {"delivered"}


def test_what_a_killed_worker_left_is_sent_again_under_the_same_number(office: Office, inbox: Receiver) -> None:
    hook, _secret = told_to(inbox, office.county)
    trial = try_out(hook, by=keeper(office.county))
    at = clock.now()
    with clock.at(at):
        assert delivering._taken_up(hook.pk) is not None
        assert delivering._taken_up(hook.pk) is None
        work_off()
    assert inbox.got == []
    with clock.at(at + LOST_AFTER):
        jobs.look_after_webhooks(0)
    assert [headers["webhook-id"] for _path, headers, _body in inbox.got] == [str(trial.event_id)]
    trial.refresh_from_db()
    assert (trial.state, trial.tries) == ("delivered", 2)


def test_whoever_says_gone_or_leads_inside_is_not_asked_again(office: Office, inbox: Receiver, settings: Any) -> None:
    hook, _secret = told_to(inbox, office.county)
    inbox.status = 410
    trial = try_out(hook, by=keeper(office.county))
    work_off()
    hook.refresh_from_db()
    trial.refresh_from_db()
    assert (hook.state, trial.failure) == ("broken", "gone")
    start(hook, by=keeper(office.county))
    second = try_out(hook, by=keeper(office.county))
    settings.NIANGJIA_WEBHOOK_LOCAL = False
    work_off()
    second.refresh_from_db()
    hook.refresh_from_db()
    assert (second.failure, second.http_status, hook.state) == ("refused_address", None, "broken")
    assert len(inbox.got) == 1


def test_nobody_answers(office: Office, inbox: Receiver) -> None:
    hook, _secret = told_to(inbox, office.county)
    inbox.__exit__()
    trial = try_out(hook, by=keeper(office.county))
    work_off()
    trial.refresh_from_db()
    assert (trial.state, trial.failure, trial.http_status) == ("temporary", "unreached", None)


def test_an_old_secret_signs_for_a_day_beside_the_new_one(office: Office, inbox: Receiver) -> None:
    hook, old = told_to(inbox, office.county)
    at = clock.now()
    with clock.at(at):
        new = rotate_secret(hook, by=keeper(office.county))
    hook.refresh_from_db()
    assert secrets_of(hook, at=at) == [new, old]
    assert secrets_of(hook, at=at + timedelta(hours=24)) == [new]
    with clock.at(at + timedelta(hours=24)):
        assert delivering.forget_old_secrets() == 1
    hook.refresh_from_db()
    assert hook.old_secret_sealed is None
    for row in (hook.secret_sealed, *[json.dumps(entry.detail).encode() for entry in Entry.objects.all()]):
        assert new.encode() not in bytes(row)
        assert old.encode() not in bytes(row)


def test_stopped_it_is_told_nothing_and_what_waited_is_given_up(office: Office, inbox: Receiver) -> None:
    hook, _secret = told_to(inbox, office.county)
    enrol(CHEN, office.mill)
    jobs.publish_event(**ProcrastinateJob.objects.get(task_name="webhooks.publish").args)
    stop(hook, by=keeper(office.county))
    register("甲工会", Level.BASE, office.town)
    work_off()
    assert inbox.got == []
    assert list(Delivery.objects.values_list("state", "failure")) == [("permanent", "stopped")]
    with pytest.raises(WebhookRefused):
        try_out(hook, by=keeper(office.county))
    remove(hook, by=keeper(office.county))
    assert not Subscription.objects.exists()
    assert not Delivery.objects.exists()
    verbs = Entry.objects.filter(thing=delivering.THING).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["make_webhook", "stop_webhook", "remove_webhook"]


def test_deliveries_are_kept_for_ninety_days(office: Office, inbox: Receiver) -> None:
    hook, _secret = told_to(inbox, office.county)
    try_out(hook, by=keeper(office.county))
    work_off()
    at = clock.now()
    for days, left in ((89, 1), (91, 0)):
        with clock.at(at + timedelta(days=days)):
            retain()
        assert Delivery.objects.count() == left
    assert Subscription.objects.count() == 1


def test_only_the_security_administrator_of_the_place_names_addresses(office: Office, inbox: Receiver) -> None:
    wish = Wish("x", inbox.address, EVERY)
    for actor in (actor_at(office.county), actor_at(office.county, Role.SYSTEM_ADMIN), keeper(office.town)):
        with pytest.raises(Forbidden):
            subscribe(wish, at=office.county.place, by=actor)
    with pytest.raises(WebhookRefused):
        subscribe(Wish("x", "http://10.0.0.8/", EVERY), at=office.county.place, by=keeper(office.county))
