"""The clinic: every check finds what it says, the queue empties by itself, and what is right stays quiet until it changes."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.access.tests.signing_in import an_account, open_session
from niangjia.kernel.messages.models import Message
from niangjia.registers.employers.models import Employer
from niangjia.registers.members.clinic.acting_on_many import ASK, RIGHT, SNOOZE
from niangjia.registers.members.clinic.files import member_checks, read_member_check
from niangjia.registers.members.clinic.looking import look_through
from niangjia.registers.members.clinic.models import Finding
from niangjia.registers.members.clinic.queries import by_check, by_union_below, visible_to
from niangjia.registers.members.clinic.rules import FindingState, reason_faults, snooze_faults
from niangjia.registers.members.clinic.services import NotRepaired, ask_members, keep_as_right, open_again, snooze
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.services import edit_member
from niangjia.registers.members.tests.people import ID_CHEN, PHONE_CHEN, a_number, enrol
from niangjia.registers.orgs.checking.files import CheckUnfit
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.tests.office import OPERATOR, Office

pytestmark = pytest.mark.django_db
IN_ORDER = {"phone": PHONE_CHEN, "workplace": "鸿远纺织有限公司", "joined_on": "2014-05-01"}


def member(at: Union, number: int = 302, **facts: str) -> Person:
    """A member whose record is in order."""
    number_written = ID_CHEN if number == 302 else a_number("34992119800302", number)
    return enrol({"name": "陈桂兰", "id_number": number_written, **IN_ORDER, **facts}, at)


def cadre(at: Union, role: Role = Role.CADRE) -> tuple[Account, Actor]:
    """Somebody who keeps members there."""
    account = an_account(f"{role.value}-{at.code}", role=role, at=at.place)
    return account, actor_of(account, on=clock.today())


def found_of(person: Person) -> set[str]:
    """What waits for her record now."""
    return set(Finding.objects.filter(person=person).exclude(state="mended").values_list("check_name", flat=True))


def test_a_record_in_order_is_found_by_no_check() -> None:
    office = Office()
    she = member(office.mill)
    assert look_through().open == 0
    assert found_of(she) == set()


ODD: dict[str, dict[str, Any]] = {
    "phone_missing": {"phone_blind": None, "phone_sealed": None},
    "name_odd": {"name": "陈 桂兰1"},
    "id_facts_missing": {"sex": ""},
    "age_out_of_range": {"birth_on": "1901-01-01"},
    "long_past_retirement": {"birth_on": "1950-01-01"},
    "groups_contradict": {"migrant": True, "household_registration": "non_agricultural"},
    "employer_missing": {"workplace": " "},
    "not_verified_for_a_year": {"registered_at": "2020-01-01T00:00+08:00"},
    "paper_not_seen": {"id_kind": "passport"},
}


@pytest.mark.parametrize("check", ODD)
def test_each_check_of_a_person_finds_what_it_says(check: str) -> None:
    she = member(Office().mill)
    Person.objects.filter(pk=she.pk).update(**ODD[check])
    look_through()
    assert check in found_of(she)


def test_checks_of_a_membership_find_what_they_say() -> None:
    office = Office()
    young, future, closed, unfounded = (member(office.mill, number) for number in (1, 2, 3, 4))
    held = Membership.objects.all()
    held.filter(person=young).update(joined_on="1990-01-01")
    held.filter(person=future).update(joined_on=clock.today() + timedelta(days=9))
    employer = Employer.objects.create(
        city="349900", name="关了的公司", place=office.town.place, closed_on=clock.today()
    )
    held.filter(person=closed).update(employer=employer)
    Union.objects.filter(pk=office.plant.pk).update(is_preparing=True)
    held.filter(person=unfounded).update(union=office.plant)
    look_through()
    assert "joined_too_young" in found_of(young)
    assert "joined_in_future" in found_of(future)
    assert "employer_closed" in found_of(closed)
    assert "union_not_open" in found_of(unfounded)


def test_a_phone_of_three_is_found_and_of_two_is_not() -> None:
    office = Office()
    people = [member(office.mill, number) for number in (1, 2)]
    look_through()
    assert all("phone_shared" not in found_of(each) for each in people)
    people.append(member(office.mill, 3))
    look_through()
    assert all("phone_shared" in found_of(each) for each in people)


def test_every_check_has_a_case_here() -> None:
    of_memberships = {"joined_too_young", "joined_in_future", "employer_closed", "union_not_open", "phone_shared"}
    assert set(member_checks()) == set(ODD) | of_memberships


def test_a_file_that_does_not_say_where_it_is_mended_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.sql"
    file.write_text("-- 什么\n-- en: x\n-- source: y\n-- next: z\n-- next-en: w\nSELECT 1", "utf-8")
    with pytest.raises(CheckUnfit):
        read_member_check(file)


def test_checks_change_nothing() -> None:
    Office()
    for check in member_checks().values():
        assert not any(word in check.check.sql.upper() for word in ("UPDATE ", "DELETE ", "INSERT ", "DROP "))


def test_what_was_mended_by_hand_leaves_the_queue_at_once() -> None:
    office = Office()
    she = member(office.mill)
    Person.objects.filter(pk=she.pk).update(phone_blind=None, phone_sealed=None)
    look_through()
    assert found_of(she) == {"phone_missing"}
    edit_member(she.pk, {"name": "陈桂兰", **IN_ORDER}, by=OPERATOR, on=clock.today())
    assert found_of(she) == set()
    assert Finding.objects.get(person=she).mended_at is not None
    # Broken again, it is a new finding.
    Person.objects.filter(pk=she.pk).update(phone_blind=None, phone_sealed=None)
    look_through()
    assert Finding.objects.filter(person=she).count() == 2


def test_what_is_right_stays_quiet_until_the_facts_change() -> None:
    office = Office()
    _account, actor = cadre(office.mill, Role.CHAIR)
    she = member(office.mill)
    Person.objects.filter(pk=she.pk).update(name="陈桂兰A")
    look_through()
    finding = Finding.objects.get(person=she)
    with acting(actor):
        assert keep_as_right([finding.pk], "户口簿上就是这样写的", by=actor) == 1
    look_through()
    finding.refresh_from_db()
    assert finding.state == FindingState.RIGHT
    Person.objects.filter(pk=she.pk).update(name="陈桂兰B")
    look_through()
    finding.refresh_from_db()
    assert finding.state == FindingState.OPEN


def test_what_rests_comes_back_on_its_day() -> None:
    office = Office()
    _account, actor = cadre(office.mill, Role.CHAIR)
    she = member(office.mill)
    Person.objects.filter(pk=she.pk).update(workplace="")
    look_through()
    finding = Finding.objects.get(person=she)
    today = clock.today()
    with acting(actor):
        snooze([finding.pk], today + timedelta(days=30), "等单位回话", by=actor, on=today)
        assert by_check(actor, on=today) == {}
        assert by_check(actor, on=today + timedelta(days=30)) == {"employer_missing": 1}
        open_again(finding.pk, by=actor)
        assert by_check(actor, on=today) == {"employer_missing": 1}
        with pytest.raises(NotRepaired):
            snooze([finding.pk], today, "", by=actor, on=today)
        with pytest.raises(NotRepaired):
            keep_as_right([finding.pk], " ", by=actor)
    assert set(snooze_faults(today + timedelta(days=999), "x" * 999, on=today)) == {"until", "reason"}
    assert not reason_faults("等")


def test_nobody_meets_findings_of_other_unions() -> None:
    office = Office()
    she = member(office.mill)
    Person.objects.filter(pk=she.pk).update(workplace="")
    look_through()
    finding = Finding.objects.get(person=she)
    _account, stranger = cadre(office.park)
    with acting(stranger):
        assert not visible_to(stranger).exists()
        assert not Finding.objects.exists()
        with pytest.raises(Forbidden):
            keep_as_right([finding.pk], "为什么", by=stranger)


def test_the_union_above_is_told_numbers_in_the_order_of_the_tree() -> None:
    office = Office()
    _account, actor = cadre(office.county)
    for number in (1, 2):
        Person.objects.filter(pk=member(office.plant, number).pk).update(workplace="")
    look_through()
    with acting(actor):
        below = by_union_below(actor, on=clock.today(), most=10)
    assert [(each.union.name, each.number) for each in below] == [("柳林镇总工会", 0), ("开发区工会", 2)]


def test_a_member_is_asked_once_in_thirty_days_and_the_message_says_nothing_of_what() -> None:
    office = Office()
    _account, actor = cadre(office.mill, Role.CHAIR)
    she = member(office.mill)
    Person.objects.filter(pk=she.pk).update(workplace="", phone_blind=None, phone_sealed=None)
    look_through()
    ids = list(Finding.objects.values_list("pk", flat=True))
    with acting(actor):
        assert ask_members(ids, by=actor) == 1
        assert ask_members(ids, by=actor) == 0
    message = Message.objects.get(template="mend_asked")
    assert (message.subject_id, message.facts) == (she.pk, {})


def test_many_are_looked_at_first_then_done() -> None:
    office = Office()
    _account, actor = cadre(office.mill, Role.CHAIR)
    people = [member(office.mill, number) for number in (1, 2)]
    Person.objects.all().update(workplace="")
    look_through()
    with acting(actor):
        rows = visible_to(actor)
        ids = list(rows.values_list("pk", flat=True))
        assert set(SNOOZE.preview(rows, "30", by=actor).changes) == set(ids)
        assert SNOOZE.preview(rows, "31", by=actor).refusal is not None
        assert SNOOZE.apply(ids[:1], "30", by=actor) == 1
        assert ASK.preview(rows, "message", by=actor).left_alone == 1
        assert RIGHT.preview(rows, "", by=actor).refusal is not None
        assert RIGHT.apply(ids, "就是这样", by=actor) == len(people)


def test_pages_show_what_to_do_and_answer_a_press(client: Client) -> None:
    office = Office()
    account, _actor = cadre(office.county)
    she = member(office.mill)
    Person.objects.filter(pk=she.pk).update(workplace="")
    look_through()
    desk = open_session(client, account)
    assert "在岗的会员写明了在哪个单位" in desk.get("/members/clinic/").content.decode()
    shown = desk.get("/members/clinic/checks/").content.decode()
    assert "柳林镇总工会" in shown
    finding = Finding.objects.get(person=she)
    page = f"/members/clinic/{finding.pk}/"
    assert f"/members/{she.pk}/edit/" in desk.get(page).content.decode()
    assert "写一句为什么" not in desk.get(page).content.decode()
    assert "还没有写" in desk.post(page, {"right": "1", "right-reason": ""}).content.decode()
    assert desk.post(page, {"right": "1", "right-reason": "就是没有"}).status_code == 302
    finding.refresh_from_db()
    assert finding.state == FindingState.RIGHT
    assert desk.post(page, {"open": "1"}).status_code == 302
    assert desk.post(page, {"ask": "1"}).status_code == 302
    until = (clock.today() + timedelta(days=9)).isoformat()
    assert desk.post(page, {"snooze": "1", "rest-until": until, "rest-reason": "等回话"}).status_code == 302
    assert desk.post("/members/clinic/checks/").status_code == 302
    assert "1 条登记要改" not in desk.get("/").content.decode()


def test_no_check_holds_a_sign_that_a_statement_would_read() -> None:
    assert all("%" not in check.check.sql and "here" in check.check.sql for check in member_checks().values())
