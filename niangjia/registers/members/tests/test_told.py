"""Members, and those who keep them, are told what became of transfers, phones and rosters."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.intake.models import Import
from niangjia.kernel.messages import KeptTexts
from niangjia.kernel.messages.delivering import plan, try_one
from niangjia.kernel.messages.models import Message
from niangjia.kernel.messages.queries import messages_of
from niangjia.kernel.messages.reading import words_of
from niangjia.registers.members.models import Person, TransferProposal
from niangjia.registers.members.roster.services import RosterFile, receive, run
from niangjia.registers.members.roster.tests.people import csv_file, landed, person, phone
from niangjia.registers.members.services import TransferAsked, edit_member, register_member
from niangjia.registers.members.telling import tell_of_import
from niangjia.registers.members.tests.people import CHEN, PHONE_CHEN, TODAY, enrol
from niangjia.registers.members.transfers.services import accept, refuse
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.tests.office import OPERATOR, Office

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


def told(account: Account) -> list[str]:
    return [words_of(message).title for message in messages_of(account).order_by("id")]


def asked_for(office: Office, union: Union) -> tuple[Person, Account]:
    """陈桂兰 of the mill is asked for by another union."""
    chen = enrol(CHEN, office.mill)
    park = an_account("park", at=office.park.place)
    answer = register_member(CHEN, union_id=union.pk, by=actor_of(park, on=TODAY), on=TODAY)
    assert isinstance(answer, TransferAsked)
    return chen, park


def test_the_union_that_holds_a_member_hears_that_she_is_asked_for_and_the_asking_one_does_not_hear_where_she_is():
    office = Office()
    chair = an_account("chair", role=Role.CHAIR, at=office.mill.place)
    _chen, park = asked_for(office, office.plant)
    assert told(chair) == ["宏达五金制品有限公司工会想把会员转过去：1 人"]
    assert told(park) == []


@pytest.mark.parametrize("agreed", [True, False])
def test_the_answer_is_told_to_the_asking_union_and_to_the_member(agreed: bool) -> None:
    office = Office()
    chair = an_account("chair", role=Role.CHAIR, at=office.mill.place)
    chen, park = asked_for(office, office.plant)
    herself = an_account("chen", role=None, subject_id=chen.pk)
    transfer = TransferProposal.objects.get()
    by = actor_of(chair, on=clock.today())
    if agreed:
        accept(transfer.pk, by=by, on=TODAY + timedelta(days=3))
        assert told(herself) == ["您的会籍转到宏达五金制品有限公司工会了"]
        assert told(park) == ["转会同意了：转入宏达五金制品有限公司工会"]
    else:
        refuse(transfer.pk, by=by, because="还在这里上班")
        assert told(herself) == ["您的会籍还在鸿远纺织有限公司工会"]
        assert told(park) == ["转会没有同意：转入宏达五金制品有限公司工会"]


def test_another_phone_is_told_to_the_one_she_confirmed_by_hand_and_by_roster(settings, monkeypatch, tmp_path):
    settings.NIANGJIA_TEXTS = "niangjia.kernel.messages.KeptTexts"
    monkeypatch.setattr(KeptTexts, "kept", [])
    office = Office()
    chen = enrol(CHEN, office.mill)
    Person.objects.update(phone_confirmed_at=clock.now())
    edit_member(chen.pk, CHEN | {"phone": "13900001111"}, by=OPERATOR, on=TODAY)
    message = Message.objects.get(subject=chen.pk)
    with clock.at(NOON):
        for delivery in plan(message.pk, message.pk):
            try_one(delivery)
    assert [(text.phone, text.wording.name) for text in KeptTexts.kept] == [(PHONE_CHEN, "PHONE_DIFFERS")]
    landed(csv_file(tmp_path, [person(1)]), office.plant)
    Person.objects.update(phone_confirmed_at=clock.now())
    landed(csv_file(tmp_path, [person(1, phone=phone(77))], name="二.csv"), office.plant)
    assert list(Message.objects.order_by("id").values_list("template", flat=True)) == ["phone_differs"] * 2


def test_many_who_are_asked_for_by_a_roster_are_one_message_for_each_union_that_holds_them(tmp_path):
    office = Office()
    chair = an_account("chair", role=Role.CHAIR, at=office.mill.place)
    path = csv_file(tmp_path, [person(n) for n in range(3)])
    landed(path, office.mill)
    landed(path, office.plant)
    assert told(chair) == ["宏达五金制品有限公司工会想把会员转过去：3 人"]


def test_whoever_brought_a_roster_in_hears_how_it_ended(tmp_path):
    office = Office()
    keeper = an_account("keeper", at=office.town.place)
    by = actor_of(keeper, on=clock.today())

    def bring(path: Path) -> Import:
        file = RosterFile.in_place(path)
        return run(receive(file, unit=office.mill, by=by), file)

    bring(csv_file(tmp_path, [person(1), person(2)]))
    bring(csv_file(tmp_path, [["甲", "乙"]], header=("哪里", "什么"), name="坏.csv"))
    assert told(keeper) == ["花名册入库了：2 行", "花名册没有办成"]
    assert words_of(messages_of(keeper).order_by("id").first()).body.startswith("新增 2，更新 0，要改 0")


def test_what_the_operator_lands_is_told_to_nobody(tmp_path):
    office = Office()
    batch = landed(csv_file(tmp_path, [person(1)]), office.mill)
    tell_of_import(batch)
    assert Message.objects.count() == 0
