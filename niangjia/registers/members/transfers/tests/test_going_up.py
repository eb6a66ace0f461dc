"""A transfer that nobody answers goes to the union above both ends, once, and moves nobody by itself."""

from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.tests.signing_in import an_account, open_session
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.messages.models import Message
from niangjia.kernel.places.rules import ids_of, is_within
from niangjia.registers.members.models import Membership, Person, TransferProposal
from niangjia.registers.members.rules.transferring import umpire_of
from niangjia.registers.members.services import register_member
from niangjia.registers.members.tests.people import CHEN, TODAY, enrol
from niangjia.registers.members.transfers.jobs import look_after_transfers
from niangjia.registers.members.transfers.queries import sent_up_to
from niangjia.registers.members.transfers.raising import send_up
from niangjia.registers.members.transfers.services import accept, refuse
from niangjia.registers.members.transfers.today import things_to_do
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.tests.office import Office, actor_at

paths = (
    st.permutations([1, 2, 3, 4])
    .flatmap(lambda ids: st.integers(1, 4).map(lambda end: ids[:end]))
    .map(lambda ids: "".join(f"{each}." for each in [0, *ids]))
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(paths, paths)
def test_the_umpire_stands_above_both_ends_and_no_nearer_one_does(one: str, other: str) -> None:
    found = umpire_of(one, other)
    assert found is not None
    path = one[: one.index(f"{found}.") + len(f"{found}.")]
    assert is_within(one, path)
    assert is_within(other, path)
    assert path == umpire_path(one, other)


def umpire_path(one: str, other: str) -> str:
    """The longest path that lies above either end and is neither."""
    shared = [one[:end] for end in range(1, len(one) + 1) if one[:end].endswith(".")]
    return max((each for each in shared if other.startswith(each) and each not in (one, other)), key=len, default="0.")


@pytest.mark.parametrize(
    ("one", "other", "umpire"),
    [
        ("1.2.3.", "1.2.4.", 2),
        ("1.2.3.", "1.5.6.", 1),
        ("1.", "1.2.3.", 1),
        ("1.2.", "1.2.3.", 1),
        ("7.8.", "9.", None),
    ],
)
def test_worked_cases(one: str, other: str, umpire: int | None) -> None:
    assert umpire_of(one, other) == umpire
    assert ids_of(one)


class World(Office):
    """The mill's member is asked for by the plant, both below the county; a chair here, cadres there and above."""

    def __init__(self) -> None:
        super().__init__()
        self.chen: Person = enrol(CHEN, self.mill)
        Membership.objects.update(period=("2026-03-02", None))
        self.chair = self.account("chair", self.mill, Role.CHAIR)
        self.hers = self.account("chen", None, None, subject=self.chen.subject)
        self.park_cadre = self.account("park", self.park)
        self.zhou = self.account("zhou", self.county)
        with clock.at(clock.now()):
            register_member(CHEN, union_id=self.plant.pk, by=self.acts(self.park_cadre), on=TODAY)
        self.asked = TransferProposal.objects.get()

    @staticmethod
    def account(login: str, at: Union | None, role: Role | None = Role.CADRE, **more: object) -> Account:
        return an_account(login, role=role, at=at.place if at else None, name=login, **more)

    @staticmethod
    def acts(account: Account) -> Actor:
        return actor_of(account, on=clock.today())

    @property
    def after(self) -> date:
        """The day after the last one."""
        last = TransferProposal.objects.get().answer_by
        assert last is not None
        return last + timedelta(days=1)


@pytest.fixture
def world(db: None) -> World:
    return World()


def test_it_goes_up_after_its_last_day_and_once(world: World) -> None:
    assert send_up(on=world.after - timedelta(days=1)) == 0
    assert send_up(on=world.after) == 1
    assert send_up(on=world.after) == 0
    held = TransferProposal.objects.get()
    assert (held.umpire, held.settled_at) == (world.county, None)
    assert Entry.objects.filter(verb="raise_transfer").count() == 2
    assert Message.objects.filter(template="transfer_waits_above", account=world.chair).exists()
    assert Message.objects.filter(template="transfer_asked_above").exists()
    assert Message.objects.filter(template="membership_waits_above", subject=world.chen.pk).exists()
    assert Message.objects.filter(template="transfer_went_up", account=world.zhou).count() == 1


def test_the_daily_job_sends_it_up(world: World) -> None:
    with clock.at(clock.now() + timedelta(days=60)):
        look_after_transfers(timestamp=0)
        look_after_transfers(timestamp=0)
    assert TransferProposal.objects.get().umpire == world.county
    assert Message.objects.filter(template="transfer_went_up").count() == 1


def test_who_was_asked_without_a_last_day_has_one(world: World) -> None:
    TransferProposal.objects.update(answer_by=None)
    send_up(on=TODAY)
    assert TransferProposal.objects.get().answer_by is not None


def test_an_answered_one_and_one_whose_member_left_go_nowhere(world: World) -> None:
    Membership.objects.update(period=("2026-03-02", "2026-11-01"), state="left")
    assert send_up(on=world.after) == 0
    Membership.objects.update(period=("2026-03-02", None), state="active")
    after = world.after
    refuse(world.asked.pk, by=world.acts(world.chair), because="合同还在")
    assert send_up(on=after) == 0


@pytest.mark.guard(
    "transfer-silence",
    "a transfer that nobody answers moves nobody: it waits for a person of the union above both ends",
)
def test_silence_moves_nobody(world: World) -> None:
    for days in range(0, 200, 20):
        send_up(on=world.after + timedelta(days=days))
    held = Membership.objects.get()
    assert (held.union, held.state, held.period.upper) == (world.mill, "active", None)
    assert TransferProposal.objects.get().settled_at is None


@pytest.mark.control("transfer-silence")
def test_if_silence_counted_as_a_yes_she_would_be_gone(world: World) -> None:
    send_up(on=world.after)
    accept(world.asked.pk, by=actor_at(world.county), on=clock.today())
    assert Membership.objects.get(state="active").union == world.plant


def test_the_union_above_decides_and_nothing_is_missing_between(world: World) -> None:
    send_up(on=world.after)
    zhou = world.acts(world.zhou)
    assert [each.pk for each in sent_up_to(zhou)] == [world.asked.pk]
    assert not sent_up_to(world.acts(world.chair)).exists()
    assert [thing.title for thing in things_to_do(zhou, TODAY)] == [
        "陈桂兰要转到「宏达五金制品有限公司工会」，没有人答复"
    ]
    accept(world.asked.pk, by=zhou, on=clock.today())
    old, new = Membership.objects.order_by("period")
    assert old.period.upper == new.period.lower
    assert (new.union, new.joined_on) == (world.plant, old.joined_on)
    assert things_to_do(zhou, TODAY) == []


def test_both_ends_and_she_herself_see_where_it_is(world: World) -> None:
    send_up(on=world.after)
    address = f"/members/transfers/{world.asked.pk}/"
    here = open_session(Client(), world.chair).get(address).content.decode()
    assert "由安禾县总工会来定" in here
    there = open_session(Client(), world.park_cadre).get(address).content.decode()
    assert "由两边共同的上级工会来定" in there
    assert "安禾县总工会来定" not in there
    hers = open_session(Client(), world.hers).get(f"/mine/transfers/{world.asked.pk}/").content.decode()
    assert "现在由安禾县总工会来定" in hers
    assert "本系统默认值" in hers
    stranger = world.account("stranger", None, None)
    assert open_session(Client(), stranger).get(f"/mine/transfers/{world.asked.pk}/").status_code == 404


def test_the_highest_end_decides_itself_where_nobody_stands_above(world: World) -> None:

    TransferProposal.objects.update(to_union=world.county, answer_by=TODAY)
    send_up(on=TODAY + timedelta(days=1))
    assert TransferProposal.objects.get().umpire == world.county
