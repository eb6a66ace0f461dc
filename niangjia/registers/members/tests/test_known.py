"""What forms take from the register instead of asking again."""

import pytest

from niangjia.kernel.cases.drafts.queries import known_of
from niangjia.kernel.privacy.tests.people import World
from niangjia.registers.orgs.tests.office import actor_at

pytestmark = pytest.mark.django_db


def test_a_member_is_known_by_name_work_and_union_and_by_no_number() -> None:
    world = World()
    mill = world.office.mill
    assert known_of(world.herself) == {
        "person.name": "陈桂兰", "person.workplace": "鸿远纺织三车间", "union.code": mill.code, "union.name": mill.name,
    }  # fmt: skip
    assert known_of(actor_at(world.office.town)) == {}
