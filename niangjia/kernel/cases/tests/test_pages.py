"""The address of a case: it leads who meets it on, and is not there for anybody else."""

import re

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.cases.tests.world import World, wired

pytestmark = pytest.mark.django_db
DRAWN = re.compile(r'value="[^"]{16,}"|/cases/\d+/|nonce="[^"]+"')


@pytest.fixture
def world(settings: object) -> World:
    wired(settings)
    return World()


def browser(login: str) -> Client:
    return open_session(Client(), Account.objects.get(login=login))


def test_it_leads_to_the_desk_or_to_her_own_page(world: World) -> None:
    case = world.opened()
    for login, address in (("zhou", "/trial/"), ("county", "/trial/"), ("chen", "/my/trial/")):
        answer = browser(login).get(f"/cases/{case.pk}/")
        assert (answer.status_code, answer["Location"]) == (302, f"{address}{case.pk}/"), login
    assert Client().get(f"/cases/{case.pk}/").status_code == 302


def test_for_the_chair_of_the_enterprise_it_is_a_page_that_is_not_there(world: World) -> None:
    chair = browser("chair")
    with clock.at(clock.now()):
        before = (chair.get("/").content, chair.get("/cases/1/").content, chair.get("/messages/").content)
        case = world.opened()
        there = chair.get(f"/cases/{case.pk}/")
        after = (chair.get("/").content, there.content, chair.get("/messages/").content)
    assert there.status_code == 404
    assert _plain(after) == _plain(before)


def _plain(pages: tuple[bytes, ...]) -> list[str]:
    """Pages without what is drawn anew for each: keys of forms, and the address that was asked for."""
    return [DRAWN.sub("", page.decode()) for page in pages]
