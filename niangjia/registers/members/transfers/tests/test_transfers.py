"""Transfers: who may answer, what moves, what each end sees."""

from datetime import timedelta

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.access.tests.signing_in import an_account, open_session
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.places.models import Place
from niangjia.registers.members.models import Membership, Person, TransferProposal
from niangjia.registers.members.services import TransferAsked, register_member
from niangjia.registers.members.tests.people import CHEN, TODAY, enrol
from niangjia.registers.members.transfers import services
from niangjia.registers.members.transfers.queries import visible_to, waiting_for
from niangjia.registers.members.transfers.services import NotTransferred, accept, accept_many, refuse, withdraw
from niangjia.registers.members.transfers.today import things_to_do
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.tests.office import Office

pytestmark = pytest.mark.django_db
LATER = TODAY + timedelta(days=3)


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def chen(office: Office) -> Person:
    return enrol(CHEN, office.mill)


def somebody(login: str, union: Union, role: Role = Role.CADRE) -> tuple[Account, Actor]:
    account = an_account(login, role=role, at=union.place, name=login)
    return account, actor_of(account, on=clock.today())


def asked_by(actor: Actor, union: Union) -> TransferProposal:
    answer = register_member(CHEN, union_id=union.pk, by=actor, on=TODAY)
    assert isinstance(answer, TransferAsked)
    return TransferProposal.objects.get()


@pytest.fixture
def asked(office: Office, chen: Person) -> TransferProposal:
    _account, park = somebody("park", office.park)
    return asked_by(park, office.plant)


def test_she_goes_over_whole_and_never_has_two_memberships(office: Office, asked: TransferProposal) -> None:
    _account, chair = somebody("chair", office.mill, Role.CHAIR)
    accept(asked.pk, by=chair, on=LATER)
    old, new = Membership.objects.order_by("pk")
    assert (old.union, old.state, old.period.upper) == (office.mill, "transferred", LATER)
    assert (new.union, new.state, new.kind, new.period.lower) == (office.plant, "active", "transferred", LATER)
    assert (new.joined_on, new.member_no) == (old.joined_on, old.member_no)
    settled = TransferProposal.objects.get()
    assert (settled.agreed, settled.from_union, settled.settled_by_id) == (True, office.mill, chair.account_id)
    entries = Entry.objects.filter(verb="settle_transfer")
    assert {entry.place_id for entry in entries} == {office.mill.pk, office.plant.pk}


@pytest.mark.guard("transfer-two-ends", "nobody lets a member go over who asked for her, or who does not keep her")
def test_the_other_end_answers(office: Office, asked: TransferProposal) -> None:
    park = actor_of(Account.objects.get(login="park"), on=clock.today())
    with pytest.raises(Forbidden):
        accept(asked.pk, by=park, on=LATER)
    _account, stranger = somebody("stranger", office.plant, Role.CHAIR)
    with pytest.raises(Forbidden):
        accept(asked.pk, by=stranger, on=LATER)
    assert Membership.objects.get().union == office.mill


def test_who_keeps_both_ends_does_not_answer_her_own_asking(office: Office, chen: Person) -> None:
    _account, county = somebody("county", office.county)
    asked = TransferProposal.objects.create(
        city=chen.city, person=chen, to_union=office.plant, proposed_by_id=county.account_id, name_written="陈桂兰"
    )
    with pytest.raises(NotTransferred) as refused:
        accept(asked.pk, by=county, on=LATER)
    assert refused.value.reason.code == "own_asking"
    assert not waiting_for(county).exists()
    _account, another = somebody("another", office.county)
    accept(asked.pk, by=another, on=LATER)
    assert Membership.objects.filter(union=office.plant, state="active").exists()


@pytest.mark.control("transfer-two-ends")
def test_without_the_look_at_both_ends_one_person_would_move_anybody(
    office: Office, chen: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    _account, county = somebody("county", office.county)
    asked = TransferProposal.objects.create(
        city=chen.city, person=chen, to_union=office.plant, proposed_by_id=county.account_id, name_written="陈桂兰"
    )
    monkeypatch.setattr(
        services, "_to_settle", lambda pk, **_by: (TransferProposal.objects.get(pk=pk), chen.memberships.get())
    )
    accept(asked.pk, by=county, on=LATER)
    assert Membership.objects.filter(union=office.plant, state="active").exists()


def test_a_no_has_a_reason_that_the_other_end_reads(office: Office, asked: TransferProposal) -> None:
    _account, actor = somebody("chair", office.mill, Role.CHAIR)
    with pytest.raises(NotTransferred):
        refuse(asked.pk, by=actor, because=" ")
    refuse(asked.pk, by=actor, because="合同还没有解除")
    page = open_session(Client(), Account.objects.get(login="park")).get(f"/members/transfers/{asked.pk}/")
    assert "合同还没有解除" in page.content.decode()
    with pytest.raises(NotTransferred):
        accept(asked.pk, by=actor, on=LATER)
    # asked again, it is another transfer
    park = actor_of(Account.objects.get(login="park"), on=clock.today())
    register_member(CHEN, union_id=office.plant.pk, by=park, on=TODAY)
    assert TransferProposal.objects.count() == 2


def test_who_asked_may_take_it_back_and_nobody_else(office: Office, asked: TransferProposal) -> None:
    _account, chair = somebody("chair", office.mill, Role.CHAIR)
    with pytest.raises(Forbidden):
        withdraw(asked.pk, by=chair)
    withdraw(asked.pk, by=actor_of(Account.objects.get(login="park"), on=clock.today()))
    assert not waiting_for(chair).exists()


def test_nobody_goes_over_to_a_union_that_is_closed(office: Office, asked: TransferProposal) -> None:
    Place.objects.filter(pk=office.plant.pk).update(closed_on=TODAY)
    _account, chair = somebody("chair", office.mill, Role.CHAIR)
    with pytest.raises(NotTransferred) as refused:
        accept(asked.pk, by=chair, on=LATER)
    assert refused.value.reason.code == "union_closed"


def test_the_asking_end_is_not_told_where_she_is(office: Office, asked: TransferProposal) -> None:
    client = open_session(Client(), Account.objects.get(login="park"))
    for address in ("/members/transfers/", f"/members/transfers/{asked.pk}/"):
        page = client.get(address).content.decode()
        assert "陈桂兰" in page
        assert "别处的工会" in page
        assert "鸿远" not in page
    assert client.post(f"/members/transfers/{asked.pk}/", {"accept": "1"}).status_code == 404
    assert TransferProposal.objects.get().settled_at is None


def test_the_page_answers_and_the_first_page_speaks_of_it(office: Office, asked: TransferProposal) -> None:
    chair, actor = somebody("chair", office.mill, Role.CHAIR)
    assert [thing.title for thing in things_to_do(actor, TODAY)] == ["陈桂兰要转到「宏达五金制品有限公司工会」"]
    client = open_session(Client(), chair)
    assert "陈桂兰要转到" in client.get("/").content.decode()
    Membership.objects.update(period=("2026-03-02", None))
    done = client.post(f"/members/transfers/{asked.pk}/", {"accept": "1"}, follow=True)
    assert "同意了，会籍从今天起在对方工会" in done.content.decode()
    assert things_to_do(actor, TODAY) == []
    assert visible_to(actor).get().agreed


def test_a_no_without_a_reason_stands_beside_its_field(office: Office, asked: TransferProposal) -> None:
    chair, _actor = somebody("chair", office.mill, Role.CHAIR)
    page = open_session(Client(), chair).post(f"/members/transfers/{asked.pk}/", {"refuse": "1", "reason": ""})
    assert "请写明理由" in page.content.decode()
    assert TransferProposal.objects.get().settled_at is None


def test_many_go_over_at_once_and_what_may_not_stays(office: Office, asked: TransferProposal) -> None:
    Membership.objects.update(period=("2026-03-02", None))
    _account, chair = somebody("chair", office.mill, Role.CHAIR)
    assert accept_many([asked.pk, 999_999], "yes", by=chair) == 1
    assert accept_many([asked.pk], "yes", by=chair) == 0
