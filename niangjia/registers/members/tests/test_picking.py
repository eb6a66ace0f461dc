"""A field finds the member who is meant, within one's rights; nobody else can be told from nobody."""

import pytest

from niangjia.kernel.access.rules import Role
from niangjia.kernel.privacy.tests.people import World
from niangjia.kernel.web.picking import pickable
from niangjia.registers.members.rules.moves import SEE_MEMBERS
from niangjia.registers.orgs.tests.office import actor_at, client_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


@pytest.mark.parametrize("words", ["桂兰", "cgl", "chenguilan", "陈"])
def test_a_member_is_found_by_part_of_her_name_pinyin_and_initials(world: World, words: str) -> None:
    page = client_at(world.office.town).post("/pick/members/see_members/", {"words": words}).content.decode()
    assert f'data-value="{world.chen.pk}"' in page
    assert world.office.mill.name in page
    assert world.liu.name not in page


def test_whoever_may_not_see_her_finds_nobody_and_learns_no_name(world: World) -> None:
    for union, role in ((world.office.park, Role.CADRE), (world.office.county, Role.SYSTEM_ADMIN)):
        page = client_at(union, role).post("/pick/members/see_members/", {"words": "桂兰"}).content.decode()
        assert "没有找到" in page
    source = pickable("members")
    assert source is not None
    assert source.title_of(actor_at(world.office.park), SEE_MEMBERS, str(world.chen.pk)) == ""
    assert source.title_of(actor_at(world.office.town), SEE_MEMBERS, str(world.chen.pk)) == world.chen.name
    assert source.title_of(actor_at(world.office.town), SEE_MEMBERS, "no number") == ""
