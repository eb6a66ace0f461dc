"""Applying and deciding on PostgreSQL: memberships begin, transfers are asked for, nobody decides on her own."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.phone_code.models import PhoneCode
from niangjia.kernel.access.phone_code.queries import digits_of
from niangjia.kernel.access.phone_code.rules import Verdict
from niangjia.kernel.access.phone_code.services import ask_for_code
from niangjia.kernel.access.phone_code.tests.door import gateway, wrong
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.cases.models import Running
from niangjia.kernel.cases.pages.pressing import Pressed
from niangjia.kernel.cases.services import NotMade
from niangjia.kernel.cases.today import due_day
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.messages.models import Message
from niangjia.kernel.people.models import Subject
from niangjia.kernel.privacy.models import Consent
from niangjia.registers.members.joining.approving import decide_each
from niangjia.registers.members.joining.models import Application
from niangjia.registers.members.joining.rules.trades import BY_KEY
from niangjia.registers.members.joining.services import NotApplied, Proof, apply_to_join, ask_to_prove
from niangjia.registers.members.joining.tests.hall import AT, PHONE_MA, Hall, other
from niangjia.registers.members.masked import phone_of
from niangjia.registers.members.models import Membership, Person, PhoneProposal, TransferProposal
from niangjia.registers.members.rules import MembershipState
from niangjia.registers.members.tests.people import CHEN, ID_CHEN, PHONE_CHEN, a_number, enrol

__all__ = ["gateway"]
pytestmark = pytest.mark.django_db(transaction=True)
HERSELF = other(name="陈桂兰", id_number=ID_CHEN, phone=PHONE_CHEN)
IN_HER_NAME = other(name="陈桂兰", id_number=ID_CHEN)


@pytest.fixture
def hall() -> Hall:
    return Hall()


def told(subject_id: int) -> list[str]:
    return list(Message.objects.filter(subject=subject_id).order_by("id").values_list("template", flat=True))


def test_an_approval_makes_the_membership_for_the_person_who_applied(hall: Hall) -> None:
    sent = hall.sends(trade="food_delivery")
    assert sent.account is not None
    application = hall.applies()
    assert application.pk == (sent.application.pk if sent.application else 0), "the same application twice is one"
    settled = hall.presses(hall.chair, application, "approve", answers={"decided_on": "2026-11-18"})
    person = Person.objects.get()
    membership = Membership.objects.get()
    assert (settled.case.stage, settled.decided_on.isoformat() if settled.decided_on else "") == (
        "joined",
        "2026-11-18",
    )
    assert (person.pk, person.name, person.sex, person.occupation) == (
        application.subject_id, "马小军", "male", "food_delivery"
    )  # fmt: skip
    assert (phone_of(person), person.phone_confirmed_at) == (PHONE_MA, application.case.opened_at)
    assert (membership.person_id, membership.union_id, membership.state) == (person.pk, hall.mill.pk, "active")
    assert sent.account.subject_id == person.pk
    assert told(person.pk) == ["joining_received", "joining_approved"]
    assert Entry.objects.filter(verb="register_member", thing_id=person.pk).count() == 1
    assert Consent.objects.get().subject_id == person.pk


def test_the_union_has_fifteen_days_and_hears_of_it(hall: Hall) -> None:
    application = hall.applies()
    running = Running.objects.get(case=application.pk)
    # The fifteenth day is a Saturday.
    assert (running.tier, due_day(running.due_at)) == ("decide", date(2026, 12, 7))
    desk = Message.objects.filter(template="joining_new")
    assert list(desk.values_list("account", flat=True)) == [hall.chair.pk]


@pytest.mark.guard(
    "no-membership-without-another", "nobody approves an application of her own, whatever office she holds"
)
def test_nobody_approves_her_own_application(hall: Hall) -> None:
    application = hall.applies()
    Account.objects.filter(subject=application.subject_id).update(subject=None)
    Account.objects.filter(pk=hall.chair.pk).update(subject=application.subject_id)
    with transaction.atomic(), pytest.raises((NotMade, Forbidden)):
        hall.presses(Account.objects.get(pk=hall.chair.pk), application, "approve")
    assert not Membership.objects.exists()


@pytest.mark.control("no-membership-without-another")
def test_were_she_somebody_else_her_own_office_would_approve_it(hall: Hall) -> None:
    hall.presses(hall.chair, hall.applies(), "approve")
    assert Membership.objects.count() == 1


def test_whoever_has_no_right_there_meets_nothing(hall: Hall) -> None:
    application = hall.applies()
    officer = hall.account("officer", Role.OFFICER, hall.mill)
    for account in (hall.plant_chair, officer):
        with transaction.atomic(), pytest.raises((NotMade, Forbidden)):
            hall.presses(account, application, "approve")
    assert not Membership.objects.exists()


def test_a_union_above_decides_where_the_one_below_does_not(hall: Hall) -> None:
    assert hall.presses(hall.zhou, hall.applies(), "approve").case.stage == "joined"


def test_who_is_asked_back_answers_and_the_time_rests_meanwhile(hall: Hall) -> None:
    application = hall.applies(other(name="马小均"))
    herself = Account.objects.get(subject=application.subject_id)
    waits = hall.presses(hall.chair, application, "ask", reason="name_unlike_paper")
    assert (waits.case.stage, waits.case.due_at) == ("waits", None)
    with transaction.atomic(), pytest.raises(NotMade):
        hall.presses(herself, application, "bring", answers={"name": "马1"})
    back = hall.presses(herself, application, "bring", answers={"name": "马小军", "says": "写错了"}, says="写错了")
    assert (back.case.stage, back.name, back.case.due_at is not None) == ("applied", "马小军", True)
    hall.presses(hall.chair, application, "approve")
    assert Person.objects.get().name == "马小军"


def test_a_refusal_names_its_reason_and_leaves_the_way_open(hall: Hall) -> None:
    application = hall.applies()
    with transaction.atomic(), pytest.raises(NotMade):
        hall.presses(hall.chair, application, "refuse")
    refused = hall.presses(hall.chair, application, "refuse", reason="works_elsewhere")
    assert (refused.case.stage, refused.settled_at) == ("refused", AT)
    assert told(application.subject_id)[-1] == "joining_refused"
    assert Message.objects.get(template="joining_refused").facts["above"]
    again = hall.applies(at=AT + timedelta(days=2))
    assert (again.pk != application.pk, Person.objects.count(), again.subject_id) == (True, 0, application.subject_id)


def test_she_may_take_it_back(hall: Hall) -> None:
    application = hall.applies()
    herself = Account.objects.get(subject=application.subject_id)
    assert hall.presses(herself, application, "withdraw").case.stage == "withdrawn"
    assert not Membership.objects.exists()


def test_a_member_elsewhere_becomes_a_transfer_and_never_a_second_membership(hall: Hall) -> None:
    chen = enrol(CHEN, hall.plant)
    application = hall.applies(HERSELF)
    assert application.subject_id == chen.pk, "number and phone are hers"
    settled = hall.presses(hall.chair, application, "approve")
    assert settled.case.stage == "transferring"
    assert TransferProposal.objects.get().to_union_id == hall.mill.pk
    assert Membership.objects.get().union_id == hall.plant.pk
    assert told(chen.pk)[-1] == "joining_transfer"


def test_whoever_comes_back_keeps_the_one_row_of_her_life(hall: Hall) -> None:
    chen = enrol(CHEN, hall.plant)
    left = Membership.objects.get()
    left.state, left.period = MembershipState.LEFT.value, (left.period.lower, AT.date())
    left.save()
    application = hall.applies(HERSELF)
    hall.presses(hall.chair, application, "approve", at=AT + timedelta(days=3))
    present = Membership.objects.get(period__upper_inf=True)
    assert (Person.objects.count(), present.person_id, present.kind) == (1, chen.pk, "rejoined")


@pytest.mark.guard(
    "application-tells-nothing",
    "whoever writes another's number, with a phone of her own, learns nothing and gets nothing",
)
def test_with_another_s_number_a_stranger_gets_the_same_answer_and_nothing_of_hers(hall: Hall) -> None:
    chen = enrol(CHEN, hall.mill)
    Person.objects.update(phone_confirmed_at=AT)
    stranger, nobody = hall.sends(IN_HER_NAME), hall.sends(other(phone="13700000022"))
    assert stranger.application is not None
    assert nobody.application is not None
    assert (stranger.member_of, nobody.member_of) == (None, None)
    assert stranger.application.subject_id not in (chen.pk, nobody.application.subject_id)
    assert stranger.account is not None
    assert stranger.account.subject_id == stranger.application.subject_id
    assert told(stranger.application.subject_id) == told(nobody.application.subject_id) == ["joining_received"]
    assert told(chen.pk) == ["joining_in_your_name"], "she herself hears of it, at the phone that is hers"
    with transaction.atomic(), pytest.raises(NotMade) as refused:
        hall.presses(hall.chair, stranger.application, "approve")
    assert refused.value.reason.code == "member_already"
    assert (phone_of(Person.objects.get()), PhoneProposal.objects.count()) == (PHONE_CHEN, 0)


@pytest.mark.control("application-tells-nothing")
def test_with_the_phone_too_she_is_told_that_she_is_a_member(hall: Hall) -> None:
    chen = enrol(CHEN, hall.mill)
    became = hall.sends(HERSELF)
    assert became.application is None
    assert became.member_of == hall.mill
    assert became.account is not None
    assert became.account.subject_id == chen.pk


def test_a_confirmed_phone_is_only_proposed_to_be_changed_when_the_union_says_that_it_is_she(hall: Hall) -> None:
    chen = enrol(CHEN, hall.plant)
    left = Membership.objects.get()
    left.state, left.period = MembershipState.LEFT.value, (left.period.lower, AT.date())
    left.save()
    Person.objects.update(phone_confirmed_at=AT)
    application = hall.applies(IN_HER_NAME)
    settled = hall.presses(hall.chair, application, "approve", at=AT + timedelta(days=3))
    assert (settled.person_id, phone_of(Person.objects.get())) == (chen.pk, PHONE_CHEN)
    assert PhoneProposal.objects.get().person_id == chen.pk
    assert not Account.objects.filter(subject=chen.pk).exists(), "her record is opened by her own phone alone"


def test_without_the_right_code_nothing_is_written(hall: Hall) -> None:
    applying = hall.applying()
    code = ask_to_prove(applying, at=clock.now(), is_shown=False)
    assert isinstance(code, PhoneCode)
    assert apply_to_join(applying, Proof(code.pk, wrong(digits_of(code))), at=clock.now()) is Verdict.WRONG
    assert apply_to_join(applying, Proof(None, digits_of(code)), at=clock.now()) is Verdict.DEAD
    # A code that came to another phone, or for something else, proves nothing here.
    sign_in = ask_for_code("13700000029", address="", is_shown=False)
    assert isinstance(sign_in, PhoneCode)
    assert apply_to_join(applying, Proof(sign_in.pk, digits_of(sign_in)), at=clock.now()) is Verdict.DEAD
    assert not Application.objects.exists()
    assert not Subject.objects.exists()


def test_another_version_of_the_notice_is_asked_anew_and_the_code_stays_good(hall: Hall) -> None:
    applying = hall.applying()
    code = ask_to_prove(applying, at=clock.now(), is_shown=False)
    assert isinstance(code, PhoneCode)
    older = type(applying)(**(vars(applying) | {"notice_version": 9}))
    with pytest.raises(NotApplied) as refused:
        apply_to_join(older, Proof(code.pk, digits_of(code)), at=clock.now())
    assert refused.value.reasons["agrees"].code == "notice_changed"
    assert not isinstance(apply_to_join(applying, Proof(code.pk, digits_of(code)), at=clock.now()), Verdict)


def test_many_are_decided_one_by_one_and_what_fails_stays(hall: Hall) -> None:
    enrol(CHEN, hall.mill)
    numbers = [a_number("34992119900101", 100 + each) for each in range(3)]
    good = [
        hall.applies(other(name="何志强", id_number=number, phone=f"1370000010{each}"))
        for each, number in enumerate(numbers)
    ]
    bad = hall.applies(IN_HER_NAME)
    keys = [each.pk for each in (*good, bad)]
    pressed = Pressed(hall.actor(hall.chair), AT, answers={"decided_on": "2026-11-19"})
    assert decide_each(keys, "approve", pressed) == 3
    assert decide_each(keys, "approve", pressed) == 0, "again: nothing is done twice"
    assert list(Application.objects.order_by("pk").values_list("case__stage", flat=True)) == ["joined"] * 3 + [
        "applied"
    ]
    assert Membership.objects.filter(union=hall.mill).count() == 4


def test_the_database_allows_one_open_application_of_a_number_with_a_phone(hall: Hall) -> None:
    application = hall.applies()
    second = hall.applies(other(id_number=a_number("34992119900101", 100)), at=AT + timedelta(minutes=2))
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=second.pk).update(id_blind=application.id_blind)


def test_every_trade_that_is_offered_can_be_registered(hall: Hall) -> None:
    for each, trade in enumerate(BY_KEY):
        written = other(id_number=a_number("34992119900101", 100 + each), phone=f"1370000020{each}")
        hall.presses(hall.chair, hall.applies(written, trade=trade), "approve")
    assert set(Person.objects.values_list("occupation", flat=True)) == set(BY_KEY)
