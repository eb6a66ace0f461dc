"""Members registered, found and changed by hand: services on the register."""

from datetime import date
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.clock import now
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.sealed import unseal
from niangjia.registers.members.masked import number_of, phone_of, shown_number, shown_phone, tail_of
from niangjia.registers.members.models import Membership, Person, PhoneProposal, TransferProposal
from niangjia.registers.members.queries import PersonRows, editable_by, matching, memberships_seen, of_union, visible_to
from niangjia.registers.members.rules import check_digit
from niangjia.registers.members.services import (
    MemberRefused,
    Registered,
    TransferAsked,
    edit_member,
    register_member,
)
from niangjia.registers.members.tests.people import CHEN, ID_CHEN, LIU, PHONE_CHEN, a_number, enrol
from niangjia.registers.orgs.tests.office import OPERATOR, Office, actor_at

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def chen(office: Office) -> Person:
    return enrol(CHEN, office.mill)


def leave(person: Person, *, on: date = date(2026, 6, 1)) -> None:
    membership = Membership.objects.get(person=person, period__upper_inf=True)
    Membership.objects.filter(pk=membership.pk).update(period=DateRange(membership.period.lower, on), state="left")


def codes(refused: Any) -> dict[str, str]:
    return {field: reason.code for field, reason in refused.value.reasons.items()}


def test_a_member_is_registered_with_sealed_number_and_phone(office: Office, chen: Person) -> None:
    assert (chen.name, chen.sex, chen.birth_on, chen.city) == ("陈桂兰", "female", date(1980, 3, 2), "349900")
    assert unseal(chen.id_sealed, aad=f"members_person.id_sealed.{chen.pk}") == ID_CHEN
    assert (tail_of(chen), shown_phone(chen)) == (ID_CHEN[-4:], "138****2206")
    assert ID_CHEN.encode() not in bytes(chen.id_sealed)
    membership = Membership.objects.get(person=chen)
    assert (membership.kind, membership.state, membership.period.lower) == ("joined", "active", date(2014, 5, 1))


def test_the_journal_tells_of_the_registration_without_any_number(chen: Person) -> None:
    entry = Entry.objects.get(verb="register_member")
    assert (entry.thing, entry.thing_id) == ("person", chen.pk)
    assert ID_CHEN not in str(entry.detail)
    assert PHONE_CHEN not in str(entry.detail)


def test_the_checks_are_those_of_a_roster(office: Office) -> None:
    wrong = {"name": "陈1", "id_number": ID_CHEN[:-1], "phone": "1380013", "joined_on": "2030-01-01"}
    with pytest.raises(MemberRefused) as refused:
        register_member(wrong, union_id=office.mill.pk, by=OPERATOR, on=TODAY)
    assert codes(refused) == {
        "name": "name_invalid", "id_number": "id_length", "phone": "phone_invalid", "joined_on": "joined_on_invalid",
    }  # fmt: skip
    assert not Person.objects.exists()


def test_sex_or_birth_that_contradict_the_number_are_refused(office: Office) -> None:
    with pytest.raises(MemberRefused) as refused:
        register_member(CHEN | {"sex": "male"}, union_id=office.mill.pk, by=OPERATOR, on=TODAY)
    assert codes(refused) == {"sex": "sex_contradicts_id"}


def test_the_same_person_is_never_registered_twice(office: Office, chen: Person) -> None:
    with pytest.raises(MemberRefused) as refused:
        register_member(CHEN, union_id=office.mill.pk, by=OPERATOR, on=TODAY)
    assert codes(refused) == {"id_number": "member_already"}
    with pytest.raises(MemberRefused) as refused:
        register_member(CHEN | {"name": "陈桂花"}, union_id=office.mill.pk, by=OPERATOR, on=TODAY)
    assert codes(refused) == {"name": "name_differs_from_register"}


def test_who_is_active_out_of_reach_becomes_a_transfer_proposal_and_nobody_is_told_where(
    office: Office, chen: Person
) -> None:
    answer = register_member(CHEN, union_id=office.plant.pk, by=actor_at(office.park), on=TODAY)
    assert isinstance(answer, TransferAsked)
    assert "鸿远" not in str(answer.reason)
    proposal = TransferProposal.objects.get()
    assert (proposal.person_id, proposal.to_union_id) == (chen.pk, office.plant.pk)
    register_member(CHEN, union_id=office.plant.pk, by=actor_at(office.park), on=TODAY)
    assert TransferProposal.objects.count() == Membership.objects.count() == 1


def test_who_left_comes_back_with_a_new_membership(office: Office, chen: Person) -> None:
    leave(chen)
    answer = register_member(CHEN | {"joined_on": ""}, union_id=office.plant.pk, by=actor_at(office.park), on=TODAY)
    assert isinstance(answer, Registered)
    kinds = list(Membership.objects.filter(person=chen).order_by("period").values_list("kind", "union__code"))
    assert kinds == [("joined", office.mill.code), ("rejoined", office.plant.code)]


def test_a_member_is_registered_within_ones_reach_only(office: Office) -> None:
    with pytest.raises(MemberRefused) as refused:
        register_member(CHEN, union_id=office.plant.pk, by=actor_at(office.town), on=TODAY)
    assert codes(refused) == {"union": "union_unknown"}
    with pytest.raises(MemberRefused):
        register_member(CHEN, union_id=office.mill.pk, by=actor_at(office.mill, Role.AUDITOR), on=TODAY)
    register_member(CHEN, union_id=office.mill.pk, by=actor_at(office.mill, Role.CHAIR), on=TODAY)


def test_a_15_digit_number_is_converted_with_a_warning(office: Office) -> None:
    old = ID_CHEN[:6] + ID_CHEN[8:17]
    answer = register_member(CHEN | {"id_number": old}, union_id=office.mill.pk, by=OPERATOR, on=TODAY)
    assert isinstance(answer, Registered)
    assert [warning.code for warning in answer.warnings] == ["id_15_converted"]
    assert number_of(answer.person) == ID_CHEN


def test_a_shared_phone_is_a_warning(office: Office, chen: Person) -> None:
    answer = register_member(LIU | {"phone": PHONE_CHEN}, union_id=office.mill.pk, by=OPERATOR, on=TODAY)
    assert isinstance(answer, Registered)
    assert [warning.code for warning in answer.warnings] == ["phone_shared"]


def test_a_change_leaves_number_and_phone_alone_where_they_are_blank(office: Office, chen: Person) -> None:
    written = {
        "name": "陈桂兰",
        "workplace": "鸿远纺织",
        "education": "30",
        "political": "01",
        "joined_on": "2014-05-01",
    }
    edit_member(chen.pk, written, by=actor_at(office.mill, Role.CHAIR), on=TODAY, revision=chen.revision)
    chen.refresh_from_db()
    assert (chen.workplace, number_of(chen), phone_of(chen)) == ("鸿远纺织", ID_CHEN, PHONE_CHEN)
    told = Entry.objects.get(verb="edit_member").detail
    # which facts, never from what to what: the journal can be neither corrected nor erased
    assert told == {name: ["***", "***"] for name in ("workplace", "education", "political")}


def test_a_mistyped_number_is_put_right_but_never_to_somebody_elses(office: Office, chen: Person) -> None:
    liu = enrol(LIU, office.mill)
    right = a_number("34992119820407", 412)
    edit_member(liu.pk, {"name": "刘秀英", "id_number": right}, by=OPERATOR, on=TODAY)
    liu.refresh_from_db()
    assert number_of(liu) == right
    assert list(matching(visible_to(OPERATOR), right)) == [liu]
    assert "0407" not in str(Entry.objects.get(verb="edit_member").detail)
    with pytest.raises(MemberRefused) as refused:
        edit_member(liu.pk, {"name": "刘秀英", "id_number": ID_CHEN}, by=OPERATOR, on=TODAY)
    assert codes(refused) == {"id_number": "id_taken"}


def test_a_phone_its_owner_confirmed_is_only_proposed(office: Office, chen: Person) -> None:
    Person.objects.filter(pk=chen.pk).update(phone_confirmed_at=now())
    answer = edit_member(chen.pk, {"name": "陈桂兰", "phone": "13900000001"}, by=OPERATOR, on=TODAY)
    assert [warning.code for warning in answer.warnings] == ["phone_confirmed_by_owner"]
    assert phone_of(answer.person) == PHONE_CHEN
    assert PhoneProposal.objects.get().person_id == chen.pk
    # the negative control: a phone nobody confirmed is changed
    Person.objects.filter(pk=chen.pk).update(phone_confirmed_at=None)
    assert (
        phone_of(edit_member(chen.pk, {"name": "陈桂兰", "phone": "13900000001"}, by=OPERATOR, on=TODAY).person)
        == "13900000001"
    )


def test_an_edit_over_somebody_elses_change_is_refused(chen: Person) -> None:
    edit_member(chen.pk, {"name": "陈桂兰", "workplace": "甲"}, by=OPERATOR, on=TODAY)
    with pytest.raises(MemberRefused) as refused:
        edit_member(chen.pk, {"name": "陈桂兰", "workplace": "乙"}, by=OPERATOR, on=TODAY, revision=chen.revision)
    assert codes(refused) == {"__all__": "changed_since"}


def test_only_members_of_ones_own_subtrees_are_seen(office: Office, chen: Person) -> None:
    for actor in (actor_at(office.park), actor_at(office.county, Role.SYSTEM_ADMIN), Actor(account_id=None, name="")):
        assert not visible_to(actor).exists()
        with pytest.raises(Forbidden):
            edit_member(chen.pk, CHEN, by=actor, on=TODAY)
    for union in (office.mill, office.town, office.county):
        assert visible_to(actor_at(union)).get() == chen


def test_who_left_stays_seen_but_not_where_she_is_now(office: Office, chen: Person) -> None:
    leave(chen)
    register_member(CHEN | {"joined_on": ""}, union_id=office.plant.pk, by=OPERATOR, on=TODAY)
    town = actor_at(office.town)
    rows = visible_to(town)
    assert rows.get() == chen
    assert [each.union_id for each in memberships_seen(town, chen)] == [office.mill.pk]
    assert not editable_by(town).exists()
    assert not of_union(rows, office.plant.code).exists()
    assert not matching(rows, PHONE_CHEN).exists()
    # the negative control: asked about the whole tree, the same filter would tell
    everywhere = visible_to(OPERATOR)
    assert of_union(everywhere, office.plant.code).get() == chen


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("陈桂兰", True), ("桂兰", True), ("陈桂", True), ("兰", True), ("chenguilan", True), ("cheng", True), ("CGL", True),
        (ID_CHEN, True), (ID_CHEN[-4:], True), (f"陈 {ID_CHEN[-4:]}", True), (PHONE_CHEN, True), ("138 0013 2206", True),
        ("陈兰", False), ("刘", False), ("0000", False), ("13800132207", False), ("zgl", False),
    ],
)  # fmt: skip
def test_a_person_is_found_by_what_people_type(office: Office, chen: Person, words: str, found: bool) -> None:
    assert matching(visible_to(actor_at(office.mill)), words).exists() is found


def test_narrowing_keeps_the_scope_however_often_the_rows_are_copied(office: Office) -> None:
    rows = visible_to(actor_at(office.mill)).filter(sex="female").order_by("name_sort").all()
    assert isinstance(rows, PersonRows)
    assert rows.paths == (office.mill.place.path,)


def test_masks_show_the_tail_alone(chen: Person) -> None:
    assert shown_number(chen) == "*" * 14 + ID_CHEN[-4:]
    assert check_digit(ID_CHEN[:17]) == ID_CHEN[17]
