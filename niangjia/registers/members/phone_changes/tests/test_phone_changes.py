"""Another phone than the one she confirmed: nothing changes without her code, and only who brought it takes it back."""

from pathlib import Path

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.phone_code.models import PhoneCode
from niangjia.kernel.access.phone_code.queries import digits_of
from niangjia.kernel.access.phone_code.rules import Verdict
from niangjia.kernel.access.phone_code.services import Nobody, ask_for_code, enter, try_code
from niangjia.kernel.access.phone_code.tests.door import gateway, wrong
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.access.tests.signing_in import an_account, open_session
from niangjia.kernel.chinese import Reason
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.messages import Wording
from niangjia.kernel.messages.models import Message
from niangjia.registers.members.masked import phone_of
from niangjia.registers.members.models import Person, PhoneProposal
from niangjia.registers.members.phone_changes import services
from niangjia.registers.members.phone_changes.own_side import own_notes
from niangjia.registers.members.phone_changes.queries import visible_to, waiting_for_her
from niangjia.registers.members.phone_changes.services import NotAnswered
from niangjia.registers.members.roster.tests.people import csv_file, landed, person, phone
from niangjia.registers.members.services import edit_member
from niangjia.registers.members.tests.people import CHEN, LIU, PHONE_CHEN, TODAY, enrol
from niangjia.registers.orgs.tests.office import OPERATOR, Office

__all__ = ["gateway"]
pytestmark = pytest.mark.django_db(transaction=True)
NEW_PHONE = "13900001111"


class Asked:
    """陈桂兰 of the mill confirmed her phone; her chair wrote another one."""

    def __init__(self) -> None:
        """One proposal waits for her."""
        self.office = Office()
        self.chen = enrol(CHEN, self.office.mill)
        Person.objects.update(phone_confirmed_at=clock.now())
        edit_member(self.chen.pk, CHEN | {"phone": NEW_PHONE}, by=OPERATOR, on=TODAY)
        self.proposal = PhoneProposal.objects.get()
        self.account = an_account("chen", role=None, subject_id=self.chen.pk, name="陈桂兰")
        self.herself = acts(self.account)

    def code(self) -> PhoneCode:
        """The code that was sent to the new phone."""
        code = services.ask_for_proof(self.proposal.pk, by=self.herself, address="", is_shown=False)
        assert isinstance(code, PhoneCode)
        return code

    def phone_now(self) -> str:
        """The phone in her record."""
        return phone_of(Person.objects.get(pk=self.chen.pk))


def acts(account: Account) -> Actor:
    return actor_of(account, on=clock.today())


@pytest.fixture
def asked() -> Asked:
    return Asked()


def test_her_code_changes_the_phone_and_everybody_concerned_can_read_that_she_did_it(asked: Asked) -> None:
    code = asked.code()
    verdict = services.take_over(asked.proposal.pk, by=asked.herself, ref=code.pk, spoken=digits_of(code))
    assert verdict is Verdict.RIGHT
    assert asked.phone_now() == NEW_PHONE
    entry = Entry.objects.get(verb="answer_phone")
    assert (entry.place_id, entry.thing_id, entry.detail) == (
        asked.office.mill.pk,
        asked.chen.pk,
        {"verdict": "taken_over"},
    )
    assert list(Message.objects.order_by("id").values_list("template", flat=True)) == ["phone_differs", "phone_changed"]
    assert not list(own_notes(asked.herself))


@pytest.mark.guard(
    "phone-changed-by-its-owner-alone", "a confirmed phone changes only with a code that came to the new one"
)
def test_without_the_right_code_nothing_changes(asked: Asked) -> None:
    code = asked.code()
    pk, by = asked.proposal.pk, asked.herself
    assert services.take_over(pk, by=by, ref=code.pk, spoken=wrong(digits_of(code))) is Verdict.WRONG
    assert services.take_over(pk, by=by, ref=None, spoken=digits_of(code)) is Verdict.DEAD
    # A code for signing in, and one that came to another phone, prove nothing here.
    for other, wording in ((NEW_PHONE, Wording.SIGN_IN_CODE), ("13700000001", Wording.NEW_PHONE_CODE)):
        with clock.at(clock.now().replace(year=2027)):
            stray = ask_for_code(other, address="", is_shown=False, wording=wording)
            assert isinstance(stray, PhoneCode)
            assert services.take_over(pk, by=by, ref=stray.pk, spoken=digits_of(stray)) is Verdict.DEAD
    assert asked.phone_now() == PHONE_CHEN


@pytest.mark.control("phone-changed-by-its-owner-alone")
def test_without_the_code_whoever_holds_the_open_session_would_take_the_sign_in_over(asked: Asked) -> None:
    held = waiting_for_her(asked.herself).get()
    Person.objects.filter(pk=held.person_id).update(phone_sealed=held.phone_sealed, phone_blind=held.phone_blind)
    assert asked.phone_now() == NEW_PHONE


def test_a_code_for_a_new_phone_opens_no_session(asked: Asked) -> None:
    code = asked.code()
    assert try_code(code.pk, digits_of(code)) is Verdict.RIGHT
    assert isinstance(enter(code.pk), Nobody)


def test_a_no_is_kept_and_the_same_number_is_not_asked_about_again(asked: Asked, tmp_path: Path) -> None:
    services.keep(asked.proposal.pk, by=asked.herself)
    assert (asked.phone_now(), PhoneProposal.objects.get().taken_over) == (PHONE_CHEN, False)
    edit_member(asked.chen.pk, CHEN | {"phone": NEW_PHONE}, by=OPERATOR, on=TODAY)
    assert PhoneProposal.objects.count() == 1
    with pytest.raises(NotAnswered):
        services.keep(asked.proposal.pk, by=asked.herself)
    landed(csv_file(tmp_path, [person(1)]), asked.office.plant)
    other = Person.objects.exclude(pk=asked.chen.pk).get()
    Person.objects.filter(pk=other.pk).update(phone_confirmed_at=clock.now())
    landed(csv_file(tmp_path, [person(1, phone=phone(77))], name="二.csv"), asked.office.plant)
    brought = PhoneProposal.objects.get(person=other)
    assert brought.union == asked.office.plant
    services.keep(brought.pk, by=acts(an_account("other", role=None, subject_id=other.pk)))
    landed(csv_file(tmp_path, [person(1, phone=phone(77))], name="三.csv"), asked.office.plant)
    assert PhoneProposal.objects.filter(person=other).count() == 1


def test_nobody_answers_for_her(asked: Asked) -> None:
    stranger = acts(an_account("liu", role=None, subject_id=enrol(LIU, asked.office.plant).pk))
    chair = acts(an_account("chair", role=Role.CHAIR, at=asked.office.mill.place))
    for somebody in (stranger, chair):
        with pytest.raises(NotAnswered):
            services.keep(asked.proposal.pk, by=somebody)
        with pytest.raises(NotAnswered):
            services.ask_for_proof(asked.proposal.pk, by=somebody, address="", is_shown=False)


def test_the_union_that_brought_it_takes_it_back_and_no_other(asked: Asked) -> None:
    park = acts(an_account("park", at=asked.office.park.place))
    with pytest.raises(Forbidden):
        services.withdraw(asked.proposal.pk, by=park)
    assert not visible_to(park).exists()
    chair = acts(an_account("chair", role=Role.CHAIR, at=asked.office.mill.place))
    assert services.withdraw_many([asked.proposal.pk], "yes", by=chair) == 1
    assert services.withdraw_many([asked.proposal.pk], "yes", by=chair) == 0
    with pytest.raises(NotAnswered):
        services.withdraw(asked.proposal.pk, by=chair)
    assert Entry.objects.get(verb="withdraw_phone").place_id == asked.office.mill.pk
    assert not waiting_for_her(asked.herself).exists()


def test_on_her_page_she_is_asked_proves_it_and_signs_in_with_it_from_then_on(asked: Asked, gateway) -> None:
    client = open_session(Client(), asked.account, proved=False)
    assert "手机号换了吗" in client.get("/").content.decode()
    page = client.get("/mine/phone/").content.decode()
    assert ("139****1111" in page, "138****2206" in page) == (True, True)
    assert NEW_PHONE not in page
    said = {"proposal": asked.proposal.pk}
    assert client.post("/mine/phone/", said | {"send": "1"}).status_code == 302
    code = PhoneCode.objects.get()
    page = client.post("/mine/phone/", said | {"code": wrong(digits_of(code))}).content.decode()
    assert "验证码不对" in page
    done = client.post("/mine/phone/", said | {"code": digits_of(code)}, follow=True).content.decode()
    assert "换好了" in done
    assert asked.phone_now() == NEW_PHONE
    assert "没有要您答复的手机" in client.get("/mine/phone/").content.decode()


def test_without_a_gateway_the_page_says_how_else(asked: Asked) -> None:
    client = open_session(Client(), asked.account, proved=False)
    assert "现在发不了验证码" in client.get("/mine/phone/").content.decode()
    client.post("/mine/phone/", {"proposal": asked.proposal.pk, "send": "1"})
    assert not PhoneCode.objects.exists()
    done = client.post("/mine/phone/", {"proposal": asked.proposal.pk, "keep": "1"}, follow=True)
    assert "记下了，没有改" in done.content.decode()


def test_the_desk_sees_it_masked_and_takes_it_back(asked: Asked) -> None:
    client = open_session(Client(), an_account("chair", role=Role.CHAIR, at=asked.office.mill.place))
    for address in ("/members/phones/", f"/members/phones/{asked.proposal.pk}/"):
        page = client.get(address).content.decode()
        assert ("陈桂兰" in page, "139****1111" in page, NEW_PHONE in page) == (True, True, False)
    assert "撤回了" in client.post(f"/members/phones/{asked.proposal.pk}/", follow=True).content.decode()
    stranger = open_session(Client(), an_account("park", at=asked.office.park.place))
    assert stranger.get(f"/members/phones/{asked.proposal.pk}/").status_code == 404


def test_more_codes_than_a_phone_gets_are_refused_with_a_reason(asked: Asked) -> None:
    asked.code()
    again = services.ask_for_proof(asked.proposal.pk, by=asked.herself, address="", is_shown=False)
    assert isinstance(again, Reason)
