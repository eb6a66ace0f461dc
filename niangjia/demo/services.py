"""Fill an empty database with a fictional county, or with a whole fictional city or province."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction
from django.db.models import Q

from niangjia.demo import landing
from niangjia.demo.cadres import list_seated
from niangjia.demo.cards import land_cards
from niangjia.demo.requests import keep_answers, land_requests
from niangjia.demo.rules import (
    ANHE,
    DEMO_ACCOUNTS,
    DEMO_PREFIXES,
    KNOWN_PEOPLE,
    PROVINCE_CODE,
    PROVINCE_NAME,
    SHUNTONG,
    County,
    CountyPlan,
    DemoAccount,
    counties,
    plan_county,
    upper_union,
)
from niangjia.demo.terms import land_terms
from niangjia.demo.week import live_through
from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import grant_role
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.dated.rules import RegionRow
from niangjia.kernel.dated.services import add_regions
from niangjia.kernel.intake.statistics import count_anew
from niangjia.kernel.journal.services import record
from niangjia.kernel.people.models import Subject
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.services import lock_tree, move_place
from niangjia.registers.members.masked import phone_of
from niangjia.registers.members.models import Membership, Person, TransferProposal
from niangjia.registers.members.rules import MembershipState
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.rules import Level, union_code

SCALES = {"county": 1, "city": 10, "province": 100}
WAITING_TRANSFERS = 26
# The people of the demo did not come this morning.
IN_OFFICE = timedelta(days=90)
SOURCE = gettext_noop("演示数据（虚构）")


class NotEmpty(Exception):
    """The database holds unions of a real union system; nothing invented is put beside them."""


@dataclass(frozen=True)
class Loaded:
    """What one run put in."""

    counties: int = 0
    unions: int = 0
    employers: int = 0
    people: int = 0

    def __add__(self, other: "Loaded") -> "Loaded":
        """Two runs together."""
        return Loaded(*(mine + theirs for mine, theirs in zip(vars(self).values(), vars(other).values(), strict=True)))


@transaction.atomic
@beyond(Purpose.SEED)
def load_demo(*, on: date) -> bool:
    """Load the demo county (演示县) into an empty database; a database that holds any union is left as it is."""
    lock_tree()
    if Union.objects.exists():
        return False
    _load_county(ANHE, above=None, on=on)
    _open_accounts(on=on)
    _land_requests()
    land_terms(on=on)
    list_seated()
    live_through(on=on)
    return True


def _land_requests() -> None:
    """What people of the county said in two years, the answers kept for all, and cards of two unions."""
    county = Place.objects.get(union__code=union_code(ANHE.region_code, 1))
    accounts = {account.login: account for account in Account.objects.filter(is_demo=True)}
    land_requests(county, accounts, now=clock.now())
    keep_answers(county, accounts, now=clock.now())
    land_cards(county, accounts, now=clock.now())


def _propose_transfers(plan: CountyPlan, ids: dict[str, int], *, on: date) -> None:
    """Drivers who came to 顺通物流 from elsewhere in the county wait for their old unions to let them go (会籍转接)."""
    code = next((row.code for row in plan.unions if row.name == SHUNTONG), None)
    if code is None:
        return
    elsewhere = Membership.objects.filter(state=MembershipState.ACTIVE, person__title="驾驶员", person__sex="male")
    drivers = elsewhere.exclude(union__place__path__contains=f".{ids[code]}.").order_by("person_id")
    proposed_at = datetime.combine(on - timedelta(days=9), landing.OFFICE_HOUR)
    TransferProposal.objects.bulk_create(
        TransferProposal(
            city=plan.county.city_code,
            person_id=person_id,
            to_union_id=ids[code],
            proposed_at=proposed_at,
            name_written=name,
        )
        for person_id, name in drivers.values_list("person_id", "person__name")[:WAITING_TRANSFERS]
    )


@beyond(Purpose.SEED)
def seed(scale: str, *, on: date, progress: Callable[[str], None]) -> Loaded:
    """Fill the database with a demo world of a scale, county by county; a killed run goes on where it stopped."""
    _refuse_beside_real_unions()
    done = Loaded()
    for county, above in _counties_with_cities(scale):
        loaded = _seed_county(county, above=above, on=on)
        done += loaded
        progress(f"{county.name} {loaded.people}")
    with transaction.atomic():
        _open_accounts(on=on)
    return done


def demo_phones() -> dict[int, str]:
    """Phones of the demo accounts that are members, by person; none where a real union stands beside the demo."""
    with beyond(Purpose.DOOR):
        if _stands_beside_real_unions():
            return {}
        logins = [demo.login for demo in DEMO_ACCOUNTS]
        accounts = Account.objects.filter(is_demo=True, is_active=True, login__in=logins)
        found = Person.objects.filter(subject__account__in=accounts)
        return {person.pk: phone for person in found.order_by("pk") if (phone := phone_of(person))}


def _refuse_beside_real_unions() -> None:
    if _stands_beside_real_unions():
        raise NotEmpty


def _stands_beside_real_unions() -> bool:
    invented = Q()
    for prefix in DEMO_PREFIXES:
        invented |= Q(region_code__startswith=prefix)
    return Union.objects.exclude(invented).exists()


def _counties_with_cities(scale: str) -> Iterator[tuple[County, Union | None]]:
    """The counties of a world, each with the union above it, which is opened on the way."""
    root = _upper(PROVINCE_CODE, PROVINCE_NAME, Level.PROVINCE, above=None) if scale == "province" else None
    for county in counties(SCALES[scale]):
        above = None
        if scale != "county":
            above = _upper(county.city_code, county.city_name, Level.CITY, above=root)
        yield county, above


@transaction.atomic
def _upper(region_code: str, name: str, level: Level, *, above: Union | None) -> Union:
    """The union of a city or of the province; opened where it is missing."""
    lock_tree()
    code = union_code(region_code, 1)
    found = Union.objects.select_related("place").filter(code=code).first()
    if found is None:
        row = upper_union(region_code, name, level, parent_code=above.code if above else "")
        landing.land_unions([row], _ids(above))
        _add_region(region_code, name)
        found = Union.objects.select_related("place").get(code=code)
    _put_under(found, above)
    return found


def _put_under(union: Union, above: Union | None) -> None:
    """A county or city loaded earlier, by itself, finds its place in the larger tree."""
    if above is not None and union.place.parent_id is None:
        fresh = Place.objects.get(pk=union.pk)
        move_place(fresh, above.place, on=fresh.opened_on)


@transaction.atomic
def _seed_county(county: County, *, above: Union | None, on: date) -> Loaded:
    """One county in one transaction; nothing where it is there already."""
    lock_tree()
    known = Union.objects.select_related("place").filter(code=union_code(county.region_code, 1)).first()
    if known is not None:
        _put_under(known, above)
        return Loaded()
    return _load_county(county, above=above, on=on)


def _ids(above: Union | None) -> dict[str, int]:
    return {above.code: above.pk} if above else {}


def _load_county(county: County, *, above: Union | None, on: date) -> Loaded:
    plan = plan_county(county, on=on)
    ids = _ids(above)
    unions = [row._replace(parent_code=above.code) if above and not row.parent_code else row for row in plan.unions]
    landing.land_unions(unions, ids)
    employers = landing.land_employers(plan, ids)
    people = landing.land_people(plan, ids, employers, on=on, known=KNOWN_PEOPLE if county == ANHE else ())
    count_anew(Place, Union, Subject, Person, Membership)
    _propose_transfers(plan, ids, on=on)
    _add_region(county.region_code, county.name)
    loaded = Loaded(1, len(plan.unions), len(plan.employers), people)
    root = ids[plan.unions[0].code]
    place = (county.city_code, root)
    record("load_demo", by=Actor.operator(), thing="union", thing_id=root, place=place, detail=vars(loaded))
    return loaded


def _add_region(code: str, name: str) -> None:
    add_regions(
        [RegionRow(code, name, "" if code == PROVINCE_CODE else code[:4] + "00", None, None, SOURCE)], is_demo=True
    )


def _open_accounts(*, on: date) -> None:
    """Open the demo accounts that are missing; they work on this machine only."""
    there = set(Account.objects.filter(is_demo=True).values_list("login", flat=True))
    for demo in DEMO_ACCOUNTS:
        if demo.login not in there:
            _open_account(demo, on=on)


def _open_account(demo: DemoAccount, *, on: date) -> None:
    union = Union.objects.select_related("place").get(name=demo.union_name, region_code=ANHE.region_code)
    subject_id = None
    if demo.is_member:
        member = Person.objects.filter(name=demo.name, memberships__union=union).order_by("subject_id").first()
        subject_id = member.pk if member else None
    account = Account.objects.create_account(
        demo.login, name=demo.name, password=demo.password, post=demo.post, is_demo=True, subject_id=subject_id
    )
    TOTP.activate(account, demo.totp_secret)
    grant_role(account, demo.role, at=union.place, days=(on - IN_OFFICE, None), by=Actor.operator())
    place = (union.city, union.pk)
    record(
        "open_account", by=Actor.operator(), thing="account", thing_id=account.pk, place=place, detail={"demo": True}
    )
