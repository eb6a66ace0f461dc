"""A union closed: who keeps its members, what happens to rights and asked transfers, who may close it."""

from datetime import timedelta

import pytest

from niangjia.kernel.access.models import Grant
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.journal.models import Entry
from niangjia.registers.employers.models import Coverage
from niangjia.registers.employers.rules.employer_facts import EmployerFacts
from niangjia.registers.employers.services import register_employer
from niangjia.registers.members.models import Membership, Person, TransferProposal
from niangjia.registers.members.tests.people import CHEN, LIU, TODAY, enrol
from niangjia.registers.orgs.closing import effects_of
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.services import UnionRefused, close_union
from niangjia.registers.orgs.tests.office import OPERATOR, Office, actor_at, client_at

pytestmark = pytest.mark.django_db
LATER = TODAY + timedelta(days=3)


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def chen(office: Office) -> Person:
    return enrol(CHEN, office.mill)


def fresh(union: Union) -> Union:
    return Union.objects.select_related("place__parent__union").get(pk=union.pk)


def test_the_union_above_keeps_the_members(office: Office, chen: Person) -> None:
    asked = enrol(LIU, office.plant)
    TransferProposal.objects.create(city=asked.city, person=asked, to_union=office.mill, name_written="刘秀英")
    keeper = an_account("keeper", role=Role.CHAIR, at=office.mill.place)
    close_union(office.mill.pk, by=actor_at(office.town), on=LATER)
    old, kept = Membership.objects.filter(person=chen).order_by("pk")
    assert (old.union_id, old.state, old.period.upper) == (office.mill.pk, "transferred", LATER)
    assert (kept.union_id, kept.state, kept.joined_on) == (office.town.pk, "retained", old.joined_on)
    assert TransferProposal.objects.get().withdrawn_at is not None
    assert Grant.objects.get(account=keeper).revoked_at is not None
    detail = Entry.objects.get(verb="close_union").detail
    assert {name: detail[name] for name in ("retained", "transfers", "rights")} == {
        "retained": 1, "transfers": 1, "rights": 1,
    }  # fmt: skip


def test_nobody_closes_the_union_she_stands_in(office: Office) -> None:
    for actor in (actor_at(office.mill), actor_at(office.park), actor_at(office.town, Role.CHAIR)):
        with pytest.raises(Forbidden):
            close_union(office.mill.pk, by=actor, on=LATER)
    assert client_at(office.park).get(f"/unions/{office.mill.code}/close/").status_code == 404


def test_a_union_with_somebody_of_today_waits_for_tomorrow(office: Office, chen: Person) -> None:
    Membership.objects.update(period=(TODAY, None))
    with pytest.raises(UnionRefused) as refused:
        close_union(office.mill.pk, by=OPERATOR, on=TODAY)
    assert "明天再撤销" in refused.value.reasons["__all__"].sentence
    assert Membership.objects.get().state == "active"


def test_what_follows_is_said_before_and_asked_twice(office: Office, chen: Person) -> None:
    facts = EmployerFacts(name="鸿远纺织有限公司", place_id=office.mill.pk, employees=900, women_employees=600)
    employer = register_employer(facts, by=OPERATOR)
    Coverage.objects.get_or_create(city="349900", employer=employer, union=office.mill, valid_from=TODAY)
    client, address = client_at(office.town), f"/unions/{office.mill.code}/close/"
    page = client.get(address).content.decode()
    for words in ("1 名会员的会籍由「柳林镇总工会」保留", "家单位从此没有这个工会", "编码永远留着"):
        assert words in page
    assert "请先看过后果，再勾上" in client.post(address).content.decode()
    assert fresh(office.mill).place.closed_on is None
    done = client.post(address, {"sure": "on"}, follow=True).content.decode()
    assert "已撤销，编码不再给别的工会" in done
    assert fresh(office.mill).place.closed_on is not None


def test_a_union_with_others_below_says_what_to_do_first(office: Office) -> None:
    page = client_at(office.county).get(f"/unions/{office.town.code}/close/").content.decode()
    assert "它下面还有 1 个没撤销的工会" in page
    assert "撤销这个工会" not in page
    assert [effect.blocks for effect in effects_of(fresh(office.town), on=TODAY)] == [True]
