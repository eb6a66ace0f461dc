"""A lost phone: two above decide, she is told and can stop it, the wait, and what follows from it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.models import OpenSession
from niangjia.kernel.access.phone_code.tests.door import gateway
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.cases.by_clock import make_due_moves
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.refusals import NotMade
from niangjia.kernel.cases.today import things_to_do
from niangjia.kernel.dated.models import LocalParameter
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.messages.models import Message
from niangjia.registers.members.models import Person, PhoneProposal
from niangjia.registers.members.regaining.filing import NotFiled, report_lost
from niangjia.registers.members.regaining.models import Regaining
from niangjia.registers.members.regaining.own_side import own_notes, own_records
from niangjia.registers.members.regaining.queries import is_handed, phone_in
from niangjia.registers.members.regaining.rules.workflow import (
    AGREE,
    CHECKED,
    HALT,
    HANDED,
    NOT_ME,
    REFUSE,
    REFUSED,
    STOPPED,
    WAIT_PARAMETER,
    WAITS,
)
from niangjia.registers.members.regaining.tests.lost import AT, FILING, NEW_PHONE, Lost
from niangjia.registers.members.services import edit_member
from niangjia.registers.members.tests.people import CHEN, PHONE_CHEN, TODAY, a_number, enrol
from niangjia.registers.orgs.rules import Level
from niangjia.registers.orgs.tests.office import OPERATOR, register

__all__ = ["gateway"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def lost() -> Lost:
    return Lost()


def templates(person_id: int) -> list[str]:
    return list(Message.objects.filter(subject=person_id).order_by("id").values_list("template", flat=True))


def stage(case: Regaining) -> str:
    return Case.objects.get(pk=case.pk).stage


def test_it_is_decided_at_the_nearest_union_with_two_and_looked_on_where_it_was_filed(lost: Lost) -> None:
    case = lost.files()
    assert (case.case.place_id, case.home_id, stage(case)) == (lost.county.pk, lost.mill.pk, CHECKED)
    assert phone_in(case) == NEW_PHONE
    with acting(lost.actor(lost.chair)):
        assert Regaining.objects.filter(pk=case.pk).exists()
    with acting(lost.actor(lost.somebody("plant", Role.CHAIR, lost.plant))):
        assert not Regaining.objects.filter(pk=case.pk).exists()
    entry = Entry.objects.get(verb="report_lost_phone")
    assert (entry.place_id, entry.thing_id) == (lost.mill.pk, lost.chen.pk)
    assert NEW_PHONE not in str(entry.detail)


def test_with_two_in_the_town_it_stays_near(lost: Lost) -> None:
    lost.somebody("town-2", Role.CADRE, lost.town)
    assert lost.files().case.place_id == lost.town.pk


def test_who_files_is_not_counted_among_those_who_decide(lost: Lost) -> None:
    second = lost.somebody("town-2", Role.CADRE, lost.town)
    assert lost.files(by=second).case.place_id == lost.county.pk


def test_a_member_of_a_branch_belongs_to_the_whole_of_her_enterprise(lost: Lost) -> None:
    branch = register("细纱车间分会", Level.BRANCH, lost.mill)
    in_branch = enrol({"name": "孙丽娟", "id_number": a_number("34992119811103", 114), "phone": "13700000022"}, branch)
    Person.objects.filter(pk=in_branch.pk).update(phone_confirmed_at=AT)
    case = report_lost(in_branch.pk, FILING, by=lost.actor(lost.chair), at=AT)
    assert case.home_id == lost.mill.pk


def test_a_branch_that_stands_in_a_base_union_has_no_decider_in_that_base_union(lost: Lost) -> None:
    inside = lost.somebody("inside", Role.CADRE, lost.mill)
    case = lost.files()
    with pytest.raises((Forbidden, NotMade)):
        lost.presses(case, AGREE, inside)
    assert stage(case) == CHECKED


@pytest.mark.guard(
    "lost-phone-two-above", "a lost phone is replaced only by two cadres who stand above her union and not in it"
)
def test_one_voice_is_not_enough_and_neither_who_filed_nor_her_own_union_has_one(lost: Lost) -> None:
    case = lost.files(by=lost.zhou)
    for nobody in (lost.zhou, lost.chair, lost.town_cadre):
        with pytest.raises((Forbidden, NotMade)):
            lost.presses(case, AGREE, nobody)
    lost.presses(case, AGREE, lost.wang)
    assert stage(case) == CHECKED
    with pytest.raises((Forbidden, NotMade)):
        lost.presses(case, AGREE, lost.wang)
    lost.presses(case, AGREE, lost.han)
    assert stage(case) == WAITS
    assert lost.phone_now() == PHONE_CHEN


@pytest.mark.guard(
    "lost-phone-two-above", "a lost phone is replaced only by two cadres who stand above her union and not in it"
)
def test_a_cadre_above_who_also_works_in_her_union_or_is_a_member_there_has_no_voice(lost: Lost) -> None:
    both = lost.somebody("both", Role.CADRE, lost.county)
    case = lost.files()
    lost.presses(case, AGREE, lost.zhou)
    an_officer = lost.somebody("also", Role.OFFICER, lost.mill)
    both.grants.create(city=lost.mill.city, role=Role.OFFICER.value, place=lost.mill.place, valid_from=AT.date())
    member = enrol({"name": "孙丽娟", "id_number": a_number("34992119811103", 114), "phone": "13700000022"}, lost.mill)
    hers = lost.somebody("hers", Role.CADRE, lost.county, subject_id=member.pk)
    for who in (both, hers):
        with pytest.raises(NotMade) as refused:
            lost.presses(case, AGREE, who)
        assert refused.value.reason.code == "of_her_union"
    with pytest.raises((Forbidden, NotMade)):
        lost.presses(case, AGREE, an_officer)
    assert stage(case) == CHECKED


@pytest.mark.control("lost-phone-two-above")
def test_with_one_voice_of_her_own_union_her_account_would_be_taken_over(lost: Lost) -> None:
    case = lost.files()
    Person.objects.filter(pk=lost.chen.pk).update(phone_blind=case.phone_blind, phone_confirmed_at=None)
    edit_member(lost.chen.pk, CHEN | {"phone": NEW_PHONE}, by=lost.actor(lost.chair), on=TODAY)
    assert lost.phone_now() == NEW_PHONE


def test_the_database_lets_nobody_decide_what_she_filed_herself(lost: Lost) -> None:
    case = lost.files(by=lost.zhou)
    row = Case.objects.get(pk=case.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.decisions.create(
            city=row.city, round=row.round, move=AGREE, account=lost.zhou, maker=lost.zhou, author="安禾县总工会"
        )


@pytest.mark.guard(
    "lost-phone-told-at-once", "the old phone and her account hear of a lost phone before anybody decides on it"
)
def test_she_is_told_at_once_by_the_phone_that_still_counts(lost: Lost, django_capture_on_commit_callbacks) -> None:
    case = lost.files()
    assert templates(lost.chen.pk) == ["regaining_filed"]
    message = Message.objects.get(template="regaining_filed")
    assert "陈桂兰" not in str(message.facts)
    assert lost.phone_now() == PHONE_CHEN
    (note,) = own_notes(lost.herself)
    assert note.address == f"/mine/regaining/{case.pk}/"


@pytest.mark.control("lost-phone-told-at-once")
def test_changed_in_the_record_alone_nobody_is_told(lost: Lost) -> None:
    Person.objects.filter(pk=lost.chen.pk).update(phone_confirmed_at=None)
    edit_member(lost.chen.pk, CHEN | {"phone": NEW_PHONE}, by=lost.actor(lost.chair), on=TODAY)
    assert templates(lost.chen.pk) == []


@pytest.mark.guard(
    "lost-phone-stopped-by-her", "she stops it at any time before the new phone is in, and nobody takes it up again"
)
@pytest.mark.parametrize("agreed", [False, True])
def test_not_me_stops_it_for_good(lost: Lost, agreed: bool) -> None:
    case = lost.agreed() if agreed else lost.files()
    lost.presses(case, NOT_ME, lost.account)
    assert stage(case) == STOPPED
    assert Entry.objects.get(verb="stop_lost_phone").thing_id == lost.chen.pk
    for move, who in ((AGREE, lost.zhou), (AGREE, lost.wang), (HALT, lost.zhou)):
        with pytest.raises((Forbidden, NotMade)):
            lost.presses(case, move, who)
    make_due_moves(at=AT + timedelta(days=60))
    assert (lost.phone_now(), Regaining.objects.get(pk=case.pk).handed_at) == (PHONE_CHEN, None)
    assert Message.objects.filter(template="regaining_not_her").exists()


@pytest.mark.control("lost-phone-stopped-by-her")
def test_where_she_says_nothing_it_goes_through(lost: Lost) -> None:
    case = lost.agreed()
    make_due_moves(at=AT + timedelta(days=60))
    assert (stage(case), lost.phone_now()) == (HANDED, NEW_PHONE)


def test_nobody_else_says_not_me(lost: Lost) -> None:
    case = lost.files()
    for who in (lost.zhou, lost.chair):
        with pytest.raises((Forbidden, NotMade)):
            lost.presses(case, NOT_ME, who)


def test_the_desk_above_stops_it_where_she_rings_up(lost: Lost) -> None:
    case = lost.agreed()
    lost.presses(case, HALT, lost.han, reason="said_by_herself")
    assert stage(case) == STOPPED
    assert templates(lost.chen.pk)[-1] == "regaining_stopped"


def test_one_no_is_enough_and_she_reads_why(lost: Lost) -> None:
    case = lost.files()
    lost.presses(case, AGREE, lost.zhou)
    lost.presses(case, REFUSE, lost.wang, reason="not_proved")
    assert stage(case) == REFUSED
    assert templates(lost.chen.pk)[-1] == "regaining_refused"
    lost.files(at=AT + timedelta(days=1))


def test_after_three_working_days_the_phone_is_in_and_every_session_is_out(lost: Lost) -> None:
    OpenSession.objects.create(account=lost.account, device="微信 · Android")
    Person.objects.filter(pk=lost.chen.pk).update(phone_confirmed_at=AT)
    case = lost.agreed()
    # A Friday: Monday, Tuesday and Wednesday are the three.
    assert make_due_moves(at=AT + timedelta(days=5)) == 0
    assert make_due_moves(at=AT + timedelta(days=6)) == 1
    assert make_due_moves(at=AT + timedelta(days=7)) == 0
    person = Person.objects.get(pk=lost.chen.pk)
    assert (stage(case), lost.phone_now(), person.phone_confirmed_at) == (HANDED, NEW_PHONE, None)
    assert not OpenSession.objects.filter(account=lost.account).exists()
    entry = Entry.objects.get(verb="hand_over_phone")
    assert (entry.account_id, entry.thing_id) == (None, lost.chen.pk)
    (told,) = own_records(lost.herself)
    said = " ".join(str(fact.value) for fact in told.facts)
    assert "鸿远纺织有限公司工会" in said
    assert "安禾县总工会" in said


def test_a_county_may_have_people_wait_longer(lost: Lost) -> None:
    LocalParameter.objects.create(
        key=WAIT_PARAMETER,
        region_code="349921",
        value="5",
        unit="working_days",
        valid_from=AT.date(),
        source="安禾工办〔2026〕3号",
    )
    lost.agreed()
    assert make_due_moves(at=AT + timedelta(days=7)) == 0
    assert make_due_moves(at=AT + timedelta(days=8)) == 1


@pytest.mark.guard("handed-phone-stays", "between handing over and her first code nobody else changes her phone")
def test_until_she_has_proved_it_another_phone_is_only_proposed(lost: Lost) -> None:
    lost.handed()
    assert is_handed(lost.chen.pk)
    edit_member(lost.chen.pk, CHEN | {"phone": "13700000099"}, by=lost.actor(lost.chair), on=TODAY)
    assert lost.phone_now() == NEW_PHONE
    assert PhoneProposal.objects.filter(person=lost.chen.pk, settled_at=None).exists()


@pytest.mark.control("handed-phone-stays")
def test_an_unconfirmed_phone_of_another_way_would_be_changed_by_the_chair(lost: Lost) -> None:
    Person.objects.filter(pk=lost.chen.pk).update(phone_confirmed_at=None)
    edit_member(lost.chen.pk, CHEN | {"phone": "13700000099"}, by=lost.actor(lost.chair), on=TODAY)
    assert lost.phone_now() == "13700000099"


def test_it_waits_for_those_who_decide_and_for_nobody_while_one_waits(lost: Lost) -> None:
    case = lost.files()
    hers = lambda account: [thing.address for thing in things_to_do(lost.actor(account), AT.date())]  # noqa: E731
    with acting(lost.actor(lost.zhou)):
        assert f"/desk/regaining/{case.pk}/" in hers(lost.zhou)
    lost.presses(case, AGREE, lost.zhou)
    assert f"/desk/regaining/{case.pk}/" not in hers(lost.zhou)
    assert f"/desk/regaining/{case.pk}/" in hers(lost.wang)
    lost.presses(case, AGREE, lost.wang)
    assert f"/desk/regaining/{case.pk}/" not in hers(lost.han)


def test_what_may_not_be_filed_is_said(lost: Lost) -> None:
    with pytest.raises(Forbidden):
        lost.files(by=lost.somebody("plant", Role.CHAIR, lost.plant))
    with pytest.raises(NotFiled) as own:
        report_lost(lost.liu.pk, FILING, by=lost.actor(lost.chair), at=AT)
    assert own.value.reasons["__all__"].code == "own_case"
    lost.files()
    with pytest.raises(NotFiled) as twice:
        lost.files(by=lost.zhou)
    assert twice.value.reasons["__all__"].code == "filed_already"
    Person.objects.filter(pk=lost.liu.pk).update(phone_confirmed_at=None)
    with pytest.raises(NotFiled) as unconfirmed:
        report_lost(lost.liu.pk, FILING, by=lost.actor(lost.zhou), at=AT)
    assert unconfirmed.value.reasons["__all__"].code == "not_confirmed"
    with pytest.raises(NotFiled):
        report_lost(lost.liu.pk, replace(FILING, is_compared=False), by=lost.actor(lost.zhou), at=AT)
    assert Regaining.objects.count() == 1


def test_at_the_highest_union_nobody_is_above(lost: Lost) -> None:
    top = enrol({"name": "孙丽娟", "id_number": a_number("34992119811103", 114), "phone": "13700000022"}, lost.county)
    Person.objects.filter(pk=top.pk).update(phone_confirmed_at=AT)
    with pytest.raises(NotFiled) as refused:
        report_lost(top.pk, FILING, by=OPERATOR, at=AT)
    assert refused.value.reasons["__all__"].code == "nobody_above"


def test_no_line_of_work_is_opened_where_the_clock_stands_still(lost: Lost) -> None:
    with clock.at(AT):
        case = lost.files()
    assert Case.objects.get(pk=case.pk).maker_id == lost.chair.pk
