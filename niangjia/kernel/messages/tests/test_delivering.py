"""How people hear of messages by other channels: at their time, once, tried again, or given up."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account, Grant
from niangjia.kernel.access.tests.signing_in import a_place, an_account
from niangjia.kernel.messages import KeptTexts
from niangjia.kernel.messages.channels import ChannelAway, ChannelBroken, KeptLetters, Letter, NotTaken
from niangjia.kernel.messages.delivering import LOST_AFTER, due_now, give_up_lost, left_unplanned, plan, try_one
from niangjia.kernel.messages.jobs import deliver, look_after_messages
from niangjia.kernel.messages.models import Delivery, Message
from niangjia.kernel.messages.queries import messages_of
from niangjia.kernel.messages.rules import BACK_OFF, Channel, QuietHours, ToAccount, ToOffice, Wishes
from niangjia.kernel.messages.services import keep_wishes, read, send
from niangjia.kernel.people.models import Subject

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)  # twelve where the people are
EVENING = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)  # half past ten
DEVICE = {"device": "Chrome · Windows"}
PHONE = "13800132206"


def phone_of_test(_subject_id: int) -> str:
    """The one phone of these tests."""
    return PHONE


@pytest.fixture(autouse=True)
def doubles(settings, monkeypatch) -> Iterator[None]:
    """Every channel is there, and keeps what it is handed."""
    settings.NIANGJIA_MAIL = "niangjia.kernel.messages.channels.KeptLetters"
    settings.NIANGJIA_TEXTS = "niangjia.kernel.messages.KeptTexts"
    settings.NIANGJIA_PHONE_TO_TELL = f"{__name__}.phone_of_test"
    monkeypatch.setattr(KeptLetters, "kept", [])
    monkeypatch.setattr(KeptTexts, "kept", [])
    with clock.at(NOON):
        yield


def somebody(**facts: object) -> Account:
    return an_account(email="zhou@example.cn", **facts)


def sent(key: str = "signed_in_anew", *, to: Account, facts: dict[str, Any] | None = None) -> Message:
    send(key, to=ToAccount(to.pk), facts=DEVICE if facts is None else facts)
    return Message.objects.order_by("-id")[0]


def run_jobs() -> None:
    """What the worker does with the jobs that wait."""
    for job in ProcrastinateJob.objects.filter(task_name="messages.deliver").order_by("id"):
        deliver(**job.args)


def states() -> list[tuple[str, str, str]]:
    return list(Delivery.objects.order_by("id").values_list("channel", "state", "reason"))


def test_a_message_that_presses_goes_at_once_and_says_no_fact_to_a_phone():
    sent("second_factor_changed", to=somebody(subject=Subject.objects.create(city="349900")), facts={})
    run_jobs()
    assert states() == [("email", "delivered", ""), ("sms", "delivered", "")]
    assert KeptLetters.kept[0].address == "zhou@example.cn"
    assert KeptTexts.kept[0].values == {}
    assert len(KeptTexts.kept[0].wording.value) <= 70


def test_planned_and_run_twice_it_is_sent_once():
    message = sent(to=somebody())
    run_jobs()
    run_jobs()
    for delivery in Delivery.objects.order_by("id"):
        try_one(delivery.pk)
    assert plan(message.pk, message.pk) == []
    assert len(KeptLetters.kept) == 1


def test_without_a_channel_or_an_address_the_message_lies_in_the_inbox_and_nothing_is_planned(settings):
    settings.NIANGJIA_MAIL = "niangjia.kernel.messages.channels.NoWay"
    zhou = somebody()
    sent(to=zhou)
    run_jobs()
    assert Delivery.objects.count() == 0
    assert messages_of(zhou).count() == 1


def test_in_quiet_hours_it_waits_for_the_morning_unless_it_presses():
    zhou = somebody()
    given = {"role": "cadre", "place": Grant.objects.get(account=zhou).place_id, "first": clock.today()}
    with clock.at(EVENING):
        sent("right_given", to=zhou, facts=given)
        sent("signed_in_anew", to=zhou)
        run_jobs()
    assert [(each.state, each.due_at) for each in Delivery.objects.order_by("id")] == [
        ("created", datetime(2026, 11, 21, 0, 0, tzinfo=UTC)),
        ("delivered", EVENING),
    ]
    with clock.at(datetime(2026, 11, 21, 0, 1, tzinfo=UTC)):
        look_after_messages(timestamp=0)
    assert len(KeptLetters.kept) == 2


def test_one_s_own_quiet_hours_and_channels_count_but_not_against_what_the_law_asks_for():
    zhou = somebody()
    keep_wishes(Wishes(frozenset({Channel.EMAIL}), QuietHours(11, 13), None), by=zhou)
    place = Grant.objects.get(account=zhou).place_id
    facts = {"role": "cadre", "place": place}
    sent("delegation_ends", to=zhou, facts=facts | {"last": clock.today()})
    sent("right_revoked", to=zhou, facts=facts)
    run_jobs()
    planned = Delivery.objects.get()
    assert planned.message.template == "right_revoked"
    assert planned.due_at == datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


def test_what_is_work_comes_together_once_a_day_in_one_letter():
    zhou = somebody()
    place = Grant.objects.get(account=zhou).place
    facts = {"role": "chair", "place": place.pk, "last": clock.today()}
    for _ in range(3):
        send("delegation_ends", to=ToOffice(place.pk, frozenset({"cadre"})), facts=facts)
    run_jobs()
    assert KeptLetters.kept == []
    with clock.at(datetime(2026, 11, 21, 1, 0, tzinfo=UTC)):  # nine
        look_after_messages(timestamp=0)
    assert [letter.title for letter in KeptLetters.kept] == ["您有 3 条新消息"]
    assert "× 3" in KeptLetters.kept[0].words
    assert {state for _channel, state, _reason in states()} == {"delivered"}


def test_what_was_read_and_what_one_lost_the_right_to_is_not_told_any_more():
    zhou = somebody()
    place = Grant.objects.get(account=zhou).place
    facts = {"role": "chair", "place": place.pk, "last": clock.today()}
    for _ in range(2):
        send("delegation_ends", to=ToOffice(place.pk, frozenset({"cadre"})), facts=facts)
    run_jobs()
    read(messages_of(zhou)[0].pk, by=zhou)
    Grant.objects.filter(account=zhou).update(revoked_at=clock.now())
    with clock.at(NOON + timedelta(days=1)):
        look_after_messages(timestamp=0)
    assert sorted(states()) == [("email", "not_needed", "read"), ("email", "not_needed", "right_ended")]
    assert KeptLetters.kept == []


def test_a_channel_that_is_away_is_tried_again_later_and_later_under_one_key_and_then_given_up(monkeypatch):
    keys = []

    def away(_self: object, letter: Letter) -> None:
        keys.append(letter.key)
        raise ChannelAway

    monkeypatch.setattr(KeptLetters, "send", away)
    sent(to=somebody())
    run_jobs()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.reason, delivery.due_at) == ("temporary", "away", NOON + BACK_OFF[0])
    try_one(delivery.pk)
    assert len(keys) == 1, "not before its time"
    for _ in BACK_OFF:
        with clock.at(Delivery.objects.get().due_at):
            look_after_messages(timestamp=0)
    assert states() == [("email", "permanent", "gave_up")]
    assert len(keys) == len(BACK_OFF) + 1
    assert len(set(keys)) == 1
    assert due_now() == []


@pytest.mark.parametrize(
    ("failure", "state"), [(NotTaken, ("permanent", "refused")), (ChannelBroken, ("technical", "not_set_up"))]
)
def test_what_will_not_be_taken_is_not_tried_again(monkeypatch, failure, state):
    def fails(_self: object, _letter: object) -> None:
        raise failure

    monkeypatch.setattr(KeptLetters, "send", fails)
    sent(to=somebody())
    run_jobs()
    assert states() == [("email", *state)]
    with clock.at(NOON + timedelta(days=2)):
        assert due_now() == []


class Killed(BaseException):
    """The worker dies here."""


@pytest.mark.guard(
    "never-told-twice", "an attempt that a killed worker left is never sent again: nobody knows whether it arrived"
)
@pytest.mark.parametrize("does_it_arrive", [True, False])
def test_a_worker_killed_in_the_middle_sends_once_or_says_that_nobody_knows(monkeypatch, does_it_arrive):
    keep = KeptLetters.send

    def dies(self: KeptLetters, letter: Letter) -> None:
        if does_it_arrive:
            keep(self, letter)
        raise Killed

    monkeypatch.setattr(KeptLetters, "send", dies)
    sent(to=somebody())
    with pytest.raises(Killed):
        run_jobs()
    assert states() == [("email", "sending", "")]
    monkeypatch.setattr(KeptLetters, "send", keep)
    run_jobs()
    look_after_messages(timestamp=0)
    assert states() == [("email", "sending", "")]
    with clock.at(NOON + LOST_AFTER + timedelta(minutes=1)):
        look_after_messages(timestamp=0)
        look_after_messages(timestamp=0)
    assert states() == [("email", "unknown", "killed")]
    assert len(KeptLetters.kept) == does_it_arrive


@pytest.mark.control("never-told-twice")
def test_were_it_sent_again_after_a_kill_she_would_hear_of_it_twice(monkeypatch):
    keys = []
    monkeypatch.setattr(KeptLetters, "send", lambda _self, letter: keys.append(letter.key))
    sent(to=somebody())
    run_jobs()
    delivery = Delivery.objects.get()
    Delivery.objects.all().delete()
    Delivery.objects.create(city=delivery.city, message=delivery.message, channel="email", due_at=NOON)
    try_one(Delivery.objects.get().pk)
    assert len(keys) == 2


def test_a_message_whose_job_was_killed_is_planned_by_the_next_round():
    sent(to=somebody())
    assert left_unplanned() == []
    with clock.at(NOON + LOST_AFTER + timedelta(minutes=1)):
        look_after_messages(timestamp=0)
    assert states() == [("email", "delivered", "")]


def test_the_database_refuses_a_state_that_does_not_follow():
    sent(to=somebody())
    run_jobs()
    with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
        Delivery.objects.update(state="created")
    one = Delivery.objects.get()
    with pytest.raises(DatabaseError, match="insert"), transaction.atomic():
        Delivery.objects.create(city="349900", message=one.message, channel="sms", state="delivered", due_at=NOON)


def test_mail_goes_by_the_server_with_the_key_as_its_number_and_its_answers_are_understood(settings, monkeypatch):
    settings.NIANGJIA_MAIL = "niangjia.kernel.messages.mail.ByMail"
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.example.cn", "娘家 <union@example.cn>"
    zhou = somebody()
    sent(to=zhou)
    run_jobs()
    letter = mail.outbox[0]
    key = Delivery.objects.get().key
    assert letter.extra_headers["Message-ID"] == f"<{key}@example.cn>"
    assert letter.to == ["zhou@example.cn"]
    for error, state in (
        (SMTPRecipientsRefused({"zhou@example.cn": (550, b"no such user")}), "permanent"),
        (SMTPRecipientsRefused({"zhou@example.cn": (450, b"later")}), "temporary"),
        (SMTPServerDisconnected("gone"), "temporary"),
    ):
        monkeypatch.setattr("django.core.mail.EmailMessage.send", _raising(error))
        sent(to=zhou)
        run_jobs()
        assert states()[-1][1] == state


def _raising(error: Exception):
    def fails(_self: object) -> None:
        raise error

    return fails


def test_letters_are_written_in_the_language_of_whoever_reads_them():
    sent(to=somebody(language="en"))
    run_jobs()
    assert KeptLetters.kept[0].title == "Your account was signed in to on a new device"


def test_nothing_of_a_person_stands_in_a_letter_a_job_or_a_row():
    zhou = somebody(at=a_place(), name="周敏慧")
    sent(to=zhou)
    run_jobs()
    told = [KeptLetters.kept[0].title, KeptLetters.kept[0].words]
    told += [str(job.args) for job in ProcrastinateJob.objects.order_by("id")]
    told += [str(row) for row in Delivery.objects.values()] + [str(row) for row in Message.objects.values()]
    assert not any(secret in text for secret in ("周敏慧", "zhou@", PHONE) for text in told)


def test_give_up_counts_what_was_lost():
    assert give_up_lost() == 0
