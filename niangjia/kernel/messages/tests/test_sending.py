"""Sending, meeting, reading."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connections, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting_as_account
from niangjia.kernel.access.models import Account, Grant
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import a_place, an_account
from niangjia.kernel.messages.models import Message
from niangjia.kernel.messages.queries import messages_of, unread_of
from niangjia.kernel.messages.rules import FactRefused, ToAccount, ToOffice, ToPerson
from niangjia.kernel.messages.services import read, read_all, send
from niangjia.kernel.people.models import Subject
from niangjia.kernel.places.rules import Level

pytestmark = pytest.mark.django_db
DEVICE = {"device": "Chrome · Windows"}


def test_a_message_waits_unread_for_whom_it_is_for_and_is_read_once_it_is_opened():
    zhou = an_account()
    assert send("signed_in_anew", to=ToAccount(zhou.pk), facts=DEVICE) == 1
    with acting_as_account(zhou.pk):
        assert unread_of(zhou) == 1
        opened = read(messages_of(zhou).get().pk, by=zhou)
        assert opened is not None
        assert opened.read_at is not None
        assert unread_of(zhou) == 0


def test_a_worker_without_an_account_finds_her_messages_at_her_first_sign_in():
    subject = Subject.objects.create(city="349900")
    send("second_factor_changed", to=ToPerson(subject.pk))
    chen = an_account("chen", role=None, subject=subject)
    with acting_as_account(chen.pk, is_own_side=True):
        assert unread_of(chen) == 1


def test_a_message_to_an_office_reaches_the_nearest_who_hold_it_but_not_whoever_did_it():
    county = a_place()
    town = a_place(Level.TOWN, parent=county)
    base = a_place(Level.BASE, parent=town)
    above = an_account("above", at=county)
    near, other = an_account("near", at=town), an_account("other", at=town)
    cadres = frozenset({Role.CADRE.value})
    facts = {"role": "cadre", "place": base.pk, "last": clock.today()}
    assert send("delegation_ends", to=ToOffice(base.pk, cadres, but=other.pk), facts=facts) == 1
    assert [each.account_id for each in Message.objects.order_by("id")] == [near.pk]
    Grant.objects.filter(account__in=[near, other]).update(revoked_at=clock.now())
    send("delegation_ends", to=ToOffice(base.pk, cadres), facts=facts)
    assert Message.objects.order_by("-id").values_list("account_id", flat=True)[0] == above.pk


def test_whoever_lost_the_right_meets_messages_about_the_place_no_more():
    town = a_place(Level.TOWN, parent=a_place())
    near = an_account("near", at=town)
    facts = {"role": "cadre", "place": town.pk, "last": clock.today()}
    send("delegation_ends", to=ToOffice(town.pk, frozenset({"cadre"})), facts=facts)
    send("signed_in_anew", to=ToAccount(near.pk), facts=DEVICE)
    with acting_as_account(near.pk):
        assert (unread_of(near), messages_of(near).count()) == (2, 2)
    Grant.objects.filter(account=near).update(valid_to=clock.today() - timedelta(days=1))
    with acting_as_account(near.pk):
        assert (unread_of(near), messages_of(near).count()) == (1, 1)
        assert read(Message.objects.order_by("id").values_list("pk", flat=True)[0], by=near) is None


def test_what_is_withheld_is_met_from_its_day_on():
    zhou = an_account()
    send("signed_in_anew", to=ToAccount(zhou.pk), facts=DEVICE, told_from=clock.now() + timedelta(hours=1))
    assert (unread_of(zhou), messages_of(zhou).count()) == (0, 0)
    with clock.at(clock.now() + timedelta(hours=2)):
        assert (unread_of(zhou), messages_of(zhou).count()) == (1, 1)


def test_unread_comes_first_and_all_are_read_at_once():
    zhou = an_account()
    for device in ("Edge", "Firefox", "Safari"):
        send("signed_in_anew", to=ToAccount(zhou.pk), facts={"device": device})
    read(messages_of(zhou)[0].pk, by=zhou)
    assert [each.facts["device"] for each in messages_of(zhou)] == ["Firefox", "Edge", "Safari"]
    assert read_all(by=zhou) == 2
    assert unread_of(zhou) == 0


@pytest.mark.parametrize(
    "facts", [{}, {"device": "x", "name": "陈桂兰"}, {"device": "13800132206"}, {"device": "长" * 40}]
)
def test_what_a_template_does_not_declare_is_never_sent(facts):
    with pytest.raises(FactRefused):
        send("signed_in_anew", to=ToAccount(an_account().pk), facts=facts)


def test_nothing_is_sent_where_what_it_tells_of_did_not_happen():
    zhou = an_account()
    with transaction.atomic():
        send("signed_in_anew", to=ToAccount(zhou.pk), facts=DEVICE)
        transaction.set_rollback(True)
    assert Message.objects.count() == 0
    assert not ProcrastinateJob.objects.filter(queue_name="messages").exists()


def test_the_queue_knows_numbers_alone():
    send("signed_in_anew", to=ToAccount(an_account().pk), facts=DEVICE)
    job = ProcrastinateJob.objects.get(task_name="messages.deliver")
    message = Message.objects.get()
    assert job.args == {"first_id": message.pk, "last_id": message.pk}


@pytest.mark.guard(
    "messages-behind-walls", "a message is met by whom it is for alone, and written by the program alone"
)
def test_nobody_meets_the_message_of_somebody_else_and_nobody_writes_one():
    zhou, wang = an_account(), an_account("wang", name="王强")
    send("signed_in_anew", to=ToAccount(zhou.pk), facts=DEVICE)
    with acting_as_account(wang.pk):
        assert Message.objects.count() == 0
        assert Message.objects.update(read_at=clock.now()) == 0
        assert read(Message.objects.values_list("pk", flat=True).first() or 0, by=wang) is None
    with acting_as_account(wang.pk), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Message.objects.create(
            city="349900", account=zhou, template="signed_in_anew", version=1, kind="security", facts=DEVICE
        )
    assert unread_of(zhou) == 1


@pytest.mark.control("messages-behind-walls")
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_without_the_wall_a_stranger_reads_along():
    zhou, wang = an_account(), an_account("wang", name="王强")
    send("signed_in_anew", to=ToAccount(zhou.pk), facts=DEVICE)
    with connections["owner"].cursor() as owner:
        owner.execute("ALTER TABLE inbox_message NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY")
    with acting_as_account(wang.pk):
        assert Message.objects.count() == 1


def test_the_words_of_a_message_that_was_sent_stay():
    send("signed_in_anew", to=ToAccount(an_account().pk), facts=DEVICE)
    with pytest.raises(DatabaseError, match="update"), transaction.atomic():
        Message.objects.update(facts={"device": "iPad"})


def test_the_bell_asks_the_database_once_where_nothing_waits(django_assert_num_queries):
    zhou = Account.objects.get(pk=an_account().pk)
    with clock.at(clock.now()), django_assert_num_queries(1):
        assert unread_of(zhou) == 0
