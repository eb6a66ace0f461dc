"""An import taken back leaves the register as it was, and never somebody's later work undone."""

from datetime import timedelta
from pathlib import Path

import pytest

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Actor, Right, Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.intake.models import State
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.people.models import Subject
from niangjia.registers.members.models import Membership, Person, TransferProposal
from niangjia.registers.members.roster.tests.people import (
    HEADER,
    OPERATOR,
    csv_file,
    landed,
    person,
    phone,
    phone_of,
    union,
)
from niangjia.registers.members.roster.undoing import CannotUndo, undo

pytestmark = pytest.mark.django_db(transaction=True)


def test_people_the_import_registered_are_gone(tmp_path: Path) -> None:
    batch = landed(csv_file(tmp_path, [person(n) for n in range(5)]), union("A1"))
    assert undo(batch, by=OPERATOR).state == State.UNDONE
    assert not Person.objects.exists()
    assert not Membership.objects.exists()
    assert not Subject.objects.exists()
    assert Entry.objects.filter(verb="undo_import", thing_id=batch.pk).exists()


def test_values_the_import_changed_come_back(tmp_path: Path) -> None:
    unit, header = union("A1"), (*HEADER, "学历", "工作单位", "会员证号", "是否农民工")
    before = [*person(1), "高中", "第一纺织厂", "AH01", "是"]
    landed(csv_file(tmp_path, [before], header=header), unit)
    stood = Person.objects.values().get()
    member = Membership.objects.values().get()
    after = [*person(1, phone=phone(88), joined_on="2020-01-01"), "本科", "第二纺织厂", "AH02", "否"]
    batch = landed(csv_file(tmp_path, [after], header=header), unit)
    assert batch.updated == 1
    undo(batch, by=OPERATOR)
    assert {**Person.objects.values().get(), "revision": 1} == stood
    assert {**Membership.objects.values().get(), "revision": 1} == member
    someone = Person.objects.get()
    assert phone_of(someone) == phone(1)


def test_an_import_is_not_taken_back_over_a_later_change(tmp_path: Path) -> None:
    batch = landed(csv_file(tmp_path, [person(1), person(2)]), union("A1"))
    Person.objects.filter(name="王小一").update(education="20")
    with pytest.raises(CannotUndo) as refused:
        undo(batch, by=OPERATOR)
    assert [blocker.code for blocker in refused.value.blockers] == ["changed_since"]
    assert "王小一" in refused.value.blockers[0].reason
    assert Person.objects.count() == 2


def test_an_import_is_not_taken_back_under_a_later_import(tmp_path: Path) -> None:
    unit = union("A1")
    batch = landed(csv_file(tmp_path, [person(1)]), unit)
    landed(csv_file(tmp_path, [person(1, phone=phone(9))]), unit)
    with pytest.raises(CannotUndo):
        undo(batch, by=OPERATOR)


def test_an_import_is_not_taken_back_from_somebody_with_an_account(tmp_path: Path) -> None:
    batch = landed(csv_file(tmp_path, [person(1)]), union("A1"))
    Account.objects.create_account("wang", name="王小一", subject=Subject.objects.get())
    with pytest.raises(CannotUndo) as refused:
        undo(batch, by=OPERATOR)
    assert [blocker.code for blocker in refused.value.blockers] == ["has_account"]


def test_an_import_is_not_taken_back_while_another_union_asks_for_the_person(tmp_path: Path) -> None:
    path = csv_file(tmp_path, [person(1)])
    batch = landed(path, union("A1"))
    asking = landed(path, union("A2"))
    with pytest.raises(CannotUndo) as refused:
        undo(batch, by=OPERATOR)
    assert [blocker.code for blocker in refused.value.blockers] == ["transfer_asked_since"]
    undo(asking, by=OPERATOR)
    assert not TransferProposal.objects.exists()
    undo(batch, by=OPERATOR)
    assert not Person.objects.exists()


def test_an_import_is_taken_back_once(tmp_path: Path) -> None:
    batch = landed(csv_file(tmp_path, [person(1)]), union("A1"))
    undo(batch, by=OPERATOR)
    with pytest.raises(CannotUndo) as refused:
        undo(batch, by=OPERATOR)
    assert [blocker.code for blocker in refused.value.blockers] == ["not_done"]


def test_a_cadre_of_another_union_may_not_take_it_back(tmp_path: Path) -> None:
    batch = landed(csv_file(tmp_path, [person(1)]), union("A1"))
    there = union("A2")
    with pytest.raises(Forbidden):
        undo(batch, by=Actor(None, "外人", (Right(Role.CADRE, there.pk, there.place.path),)))
    assert Person.objects.exists()


def test_an_import_is_not_taken_back_once_what_was_before_is_kept_no_longer(tmp_path: Path) -> None:
    batch = landed(csv_file(tmp_path, [person(1)]), union("A1"))
    with clock.at(clock.now() + timedelta(days=366)), pytest.raises(CannotUndo) as refused:
        undo(batch, by=OPERATOR)
    assert [blocker.code for blocker in refused.value.blockers] == ["too_late"]
    assert Person.objects.exists()
