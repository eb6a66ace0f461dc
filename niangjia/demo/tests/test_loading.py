"""The demo county in the registers."""

from argparse import Namespace
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator

from niangjia.demo import commands, landing, services
from niangjia.demo.rules import ANHE, DEMO_ACCOUNTS, plan_county
from niangjia.demo.rules.accounts import HONGYUAN, SHUNTONG
from niangjia.kernel.access.models import Account, Grant
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.commands import Refused
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.places.models import Place
from niangjia.kernel.sealed import unseal
from niangjia.registers.employers.models import Coverage, Employer
from niangjia.registers.members.models import Membership, Person, TransferProposal
from niangjia.registers.members.rules.sealed_columns import SEALED_ID
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.rules import Level, UnionKind, uscc_fault
from niangjia.registers.orgs.rules.union_facts import UnionFacts
from niangjia.registers.orgs.services import register_union

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 20)


def _real_union() -> None:
    facts = UnionFacts(
        name="真实县总工会", level=Level.COUNTY, kind=UnionKind.TERRITORIAL, parent_id=None, region_code="340100"
    )
    register_union(facts, by=Actor.operator(), on=ON)


def test_the_county_lands_whole_and_once() -> None:
    assert services.load_demo(on=ON)
    assert Union.objects.count() == Place.objects.count() > 380
    # Two dozen of them without a union came later than the rest, and one union was founded last month.
    assert Employer.objects.count() == 600 + 24
    assert Coverage.objects.values("employer").distinct().count() == 400 + 1
    states = Counter(Membership.objects.order_by().values_list("state", flat=True))
    assert 29_900 <= states["active"] <= 30_100
    assert Entry.objects.filter(verb="load_demo").count() == 1
    assert TransferProposal.objects.filter(to_union__name=SHUNTONG).count() == services.WAITING_TRANSFERS
    _people_are_sealed()
    _accounts_are_for_this_machine()
    people = Person.objects.count()
    assert people == Membership.objects.values("person").distinct().count()
    assert not services.load_demo(on=ON)
    assert (Person.objects.count(), Membership.objects.count()) == (people, sum(states.values()))


def _people_are_sealed() -> None:
    person = Person.objects.filter(name="刘秀英", memberships__union__name=HONGYUAN).get()
    number = unseal(person.id_sealed, aad=f"{SEALED_ID}.{person.pk}")
    assert number.startswith("34992119830418")
    assert number.encode() not in bytes(person.id_sealed)
    assert "liuxiuying" in person.name_keys


def _accounts_are_for_this_machine() -> None:
    # Who applied to join has come in by phone, and has an account without a login of her own.
    accounts = Account.objects.filter(is_demo=True).exclude(login__startswith="w-")
    assert {account.login for account in accounts} == {demo.login for demo in DEMO_ACCOUNTS}
    assert Authenticator.objects.filter(user__in=accounts, type=Authenticator.Type.TOTP).count() == len(DEMO_ACCOUNTS)
    assert Grant.objects.filter(account__in=accounts, delegated_from=None).count() == len(DEMO_ACCOUNTS)
    worker = accounts.get(login="liuxiuying")
    assert worker.check_password(DEMO_ACCOUNTS[-2].password)
    assert Person.objects.get(pk=worker.subject_id).name == "刘秀英"
    body = commands.demo_accounts(Namespace()).body["accounts"]
    assert [account["login"] for account in body] == [demo.login for demo in DEMO_ACCOUNTS]
    assert set(body[0]) == {"role", "name", "login", "password", "totp_secret", "phone"}


def test_a_database_with_a_union_in_it_is_left_alone() -> None:
    _real_union()
    assert not services.load_demo(on=ON)
    assert Union.objects.count() == 1
    assert not Account.objects.exists()


def test_nothing_invented_is_put_beside_real_unions() -> None:
    _real_union()
    with pytest.raises(Refused) as refused:
        commands.seed(Namespace(scale="city"))
    assert refused.value.refusals[0].code == "not_empty"
    assert Union.objects.count() == 1


def test_a_database_without_a_demo_has_no_demo_accounts() -> None:
    outcome = commands.demo_accounts(Namespace())
    assert outcome.body == {"accounts": []}
    assert outcome.words == "没有演示账号。"


def test_the_upper_unions_of_a_larger_world_take_in_a_county_that_was_there_before(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ids: dict[str, int] = {}
    plan = plan_county(ANHE, on=ON)
    landing.land_unions(plan.unions, ids)
    city = services._upper("349900", "安宁市", Level.CITY, above=None)
    assert services._seed_county(ANHE, above=city, on=ON) == services.Loaded()
    town = Place.objects.get(pk=ids[plan.unions[1].code])
    assert town.path.startswith(city.place.path)
    assert town.at_city == city.pk


def test_a_province_stands_above_its_cities_and_they_above_their_counties() -> None:
    world = services._counties_with_cities("province")
    first = next(world)
    tenth_city = [next(world) for _ in range(10)][-1]
    city, other = first[1], tenth_city[1]
    assert city is not None
    assert other is not None
    province = Union.objects.select_related("place").get(name="江北省总工会")
    assert city.place.path == f"{province.pk}.{city.pk}."
    assert other.place.path == f"{province.pk}.{other.pk}."
    for union in (province, city, other):
        level = Level(union.place.level)
        assert uscc_fault(union.uscc or "", level=level, kind=UnionKind.TERRITORIAL) is None


def test_the_rosters_are_written_where_asked(tmp_path: Path) -> None:
    outcome = commands.demo_rosters(Namespace(folder=str(tmp_path / "new")))
    assert all(Path(name).stat().st_size > 5_000 for name in outcome.body["files"])
