"""What one union can read is the same to the byte before and after anything happens in another union."""

from collections.abc import Iterator
from http import HTTPStatus

import pytest
from django.test import Client

from niangjia.config.tests.crossing import Crossing, bare, browser_of, knock, routes
from niangjia.config.tests.things import things_of, values_of
from niangjia.kernel import clock
from niangjia.kernel.access.models import Grant
from niangjia.kernel.access.rules import Role
from niangjia.registers.employers.rules.employer_facts import EmployerFacts
from niangjia.registers.employers.services import register_employer
from niangjia.registers.members.tests.people import a_number, enrol
from niangjia.registers.orgs.rules import Level
from niangjia.registers.orgs.tests.office import OPERATOR, register

pytestmark = pytest.mark.django_db
# A probe's own time, measures of the machine, and secrets drawn anew each time.
DRAWN_ANEW = ("/healthz", "/readyz", "/metrics", "/second-factor/set-up/", "/second-factor/passkeys/new/")
# Who reads the mill alone, who reads a town, and a worker; in the long set also the others who read it.
READERS = (
    "chair-mill", "cadre-town", "worker-herself",
    *(pytest.param(who, marks=pytest.mark.deep) for who in ("officer-mill", "auditor-mill")),
)  # fmt: skip
Answers = dict[str, tuple[int, dict[str, str], str]]


@pytest.fixture(autouse=True)
def one_instant() -> Iterator[None]:
    """The clock stands still: what differs is not the time."""
    with clock.at(clock.now()):
        yield


def read_side(client: Client, addresses: list[str]) -> Answers:
    """Every answer this browser gets, without what differs each time."""
    return {address: bare(knock(client, "GET", address), address) for address in addresses}


def addresses_of(world: Crossing) -> list[str]:
    """Every address of the program that speaks of the mill, and lists narrowed in a few ways."""
    things = things_of(world)
    whole = [route.filled(values_of(route, things)) for route in routes()]
    narrowed = ["/members/?q=陈", "/members/?q=cgl", "/unions/?q=工会", "/employers/?q=公司", "/members/?page=2"]
    return [address for address in (*whole, *narrowed) if not address.startswith(DRAWN_ANEW)]


def lives_on(world: Crossing) -> Iterator[str]:
    """One thing after another happens at the plant and around it; each is named once it has happened."""
    newcomer = enrol(
        {"name": "陈桂兰", "id_number": a_number("34992119900101", 7), "phone": "13900001111"}, world.plant
    )
    yield "somebody of the same name joins"
    register_employer(EmployerFacts(name="宏达五金制品有限公司", place_id=world.park.pk, employees=30), by=OPERATOR)
    yield "an employer is registered"
    register("宏达五金第一分会", Level.BRANCH, world.plant)
    yield "a branch is founded"
    chair = world.at("plant", Role.CHAIR)
    yield "a chair gets an account"
    Client().post("/sign-in/", {"login": chair.login, "password": "不是这个密码"})
    yield "somebody tries a wrong password"
    knock(browser_of("cadre-park", world), "GET", f"/members/{newcomer.pk}/")
    yield "a cadre looks at the newcomer"


@pytest.mark.guard("other-unions-change-nothing", "nothing a union can read tells it what happened in another union")
@pytest.mark.parametrize("who", READERS)
def test_whatever_happens_at_the_plant_the_mill_reads_the_same(who: str) -> None:
    world = Crossing()
    addresses = addresses_of(world)
    client = browser_of(who, world)
    first = read_side(client, addresses)  # a first visit leaves something behind: lists remembered, tips seen
    addresses = [address for address in addresses if first[address][0] != HTTPStatus.METHOD_NOT_ALLOWED]
    before = read_side(client, addresses)
    happened = list(lives_on(world))
    after = read_side(client, addresses)
    differing = [address for address in addresses if before[address] != after[address]]
    assert differing == [], f"{who} could tell, after: {happened}"


@pytest.mark.control("other-unions-change-nothing")
def test_a_right_that_reaches_too_far_shows_at_once() -> None:
    world = Crossing()
    addresses = [address for address in addresses_of(world) if address.startswith(("/members/", "/unions/"))]
    client = browser_of("chair-mill", world)
    Grant.objects.filter(account__login__startswith="chair-mill").update(place=world.county.place)
    read_side(client, addresses)
    before = read_side(client, addresses)
    list(lives_on(world))
    after = read_side(client, addresses)
    assert [address for address in addresses if before[address] != after[address]]
