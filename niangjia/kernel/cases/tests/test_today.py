"""What waits for whom: in hands, at desks, below where nobody else could check; never beyond the walls."""

from dataclasses import replace

import pytest

from niangjia.kernel.access.acting import Purpose, acting, beyond
from niangjia.kernel.access.rules import Actor, Right, Role
from niangjia.kernel.cases.barring import barred_from
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.queries import visible_to
from niangjia.kernel.cases.rules import HandOverKind
from niangjia.kernel.cases.services import Act, Offer, bar, decide, make, offer
from niangjia.kernel.cases.tests.tables import POOL_ANY, TRIAL
from niangjia.kernel.cases.tests.world import AT, World, wired
from niangjia.kernel.cases.today import things_to_do, waiting_for
from niangjia.kernel.people.models import Subject
from niangjia.kernel.web.todo import WaitsFor

pytestmark = pytest.mark.django_db
KINDS = (TRIAL.kind, POOL_ANY.kind)


@pytest.fixture
def world(settings: object) -> World:
    wired(settings)
    return World()


def go(case: Case, move: str, by: Actor, **more: str) -> Case:
    with acting(by):
        return make(case.pk, move, by=by, at=AT, **more)


def waits(actor: Actor) -> list[int]:
    with acting(actor):
        return [case.pk for case in waiting_for(actor, KINDS)]


def test_what_waits_for_whom(world: World) -> None:
    def things(actor: Actor) -> list[tuple[str, WaitsFor]]:
        with acting(actor):
            return [(thing.address, thing.waits_for) for thing in things_to_do(actor, AT.date())]

    case = world.opened()
    here = f"/trial/{case.pk}/"
    assert things(world.zhou) == things(world.wang) == [(here, WaitsFor.MINE)]
    assert things(world.county_cadre) == things(world.chair) == things(world.chen) == []
    go(case, "take", world.zhou)
    assert things(world.zhou) == [(here, WaitsFor.MINE)]
    assert things(world.wang) == []
    go(case, "propose", world.zhou)
    assert things(world.zhou) == things(world.county_cadre) == []
    assert things(world.wang) == [(here, WaitsFor.SECOND)]
    with acting(world.wang):
        decide(case.pk, "return", by=world.wang, at=AT, reason="thin")
    assert things(world.zhou) == [(here, WaitsFor.RETURNED)]
    with acting(world.zhou):
        offer(case.pk, Offer(HandOverKind.TRANSFER, world.park.pk), act=Act(world.zhou, AT))
    assert things(world.park_cadre) == [(here, WaitsFor.MINE)]


def test_who_is_alone_has_her_second_pair_of_eyes_in_the_union_above(world: World) -> None:
    case = go(world.opened(POOL_ANY, place=world.mill), "bring", world.chair)
    assert waits(world.zhou) == waits(world.wang) == [case.pk]
    assert waits(world.chair) == waits(world.county_cadre) == waits(world.park_cadre) == []
    second = world.somebody("second", world.mill, Role.CHAIR)
    assert (waits(second), waits(world.zhou)) == ([case.pk], [])
    with acting(world.chair):
        bar(case.pk, second.account_id or 0, act=Act(world.chair, AT, "relative"))
    assert (waits(second), waits(world.zhou)) == ([], [case.pk])


def test_who_brought_it_does_not_count_further_up_either(world: World) -> None:
    case = go(world.opened(POOL_ANY, place=world.mill), "bring", world.zhou)
    assert waits(world.chair) == [case.pk]
    with acting(world.zhou):
        bar(case.pk, world.chair.account_id or 0, act=Act(world.zhou, AT, "relative"))
    assert (waits(world.wang), waits(world.zhou), waits(world.county_cadre)) == ([case.pk], [], [])


def kept_away(world: World, case: Case, *accounts: Actor) -> None:
    """The line of work found out by itself who has to keep away."""
    with beyond(Purpose.CASES):
        for each in accounts:
            barred_from(Case.objects.get(pk=case.pk), each.account_id or 0, act=Act(world.county_cadre, AT, "relative"))


def test_where_all_on_the_way_keep_away_it_waits_further_up(world: World) -> None:
    """Two work at the mill and two in the town: with the maker and one of them kept away nobody is left there."""
    second = world.somebody("second", world.mill, Role.CHAIR)
    case = go(world.opened(POOL_ANY, place=world.mill), "bring", world.chair)
    assert (waits(second), waits(world.zhou), waits(world.county_cadre)) == ([case.pk], [], [])
    kept_away(world, case, second)
    assert (waits(second), waits(world.zhou), waits(world.county_cadre)) == ([], [case.pk], [])
    kept_away(world, case, world.zhou)
    assert (waits(world.zhou), waits(world.wang), waits(world.county_cadre)) == ([], [case.pk], [])
    kept_away(world, case, world.wang)
    assert (waits(world.wang), waits(world.county_cadre)) == ([], [case.pk])


def test_whoever_asked_for_herself_is_nobody_to_check_it(world: World) -> None:
    own = world.somebody("own", world.mill, Role.CADRE, subject=Subject.objects.create(city="349900"))
    case = go(world.opened(POOL_ANY, place=world.mill, asker=own), "bring", world.chair)
    assert (waits(own), waits(world.zhou)) == ([], [case.pk])


def test_who_may_not_check_by_her_role_is_not_in_the_way(world: World) -> None:
    """Chairs do not agree to answers of this kind: two of them at a mill leave it to the town."""
    world.somebody("second", world.mill, Role.CHAIR)
    cadre = world.somebody("third", world.mill)
    case = go(world.opened(place=world.mill), "take", cadre)
    go(case, "propose", cadre)
    assert waits(world.zhou) == waits(world.wang) == [case.pk]
    assert waits(cadre) == waits(world.chair) == waits(world.county_cadre) == []


def test_nobody_is_told_of_her_own_nor_of_what_she_keeps_away_from(world: World) -> None:
    case = world.opened(asker=world.chen)
    assert waits(world.wang) == [case.pk]
    with acting(world.zhou):
        bar(case.pk, world.wang.account_id or 0, act=Act(world.zhou, AT, "relative"))
    assert waits(world.wang) == []
    both = world.somebody("both", world.town, subject=Subject.objects.create(city="349900"))
    own = world.opened(asker=both)
    assert own.pk in waits(world.zhou)
    assert own.pk not in waits(both)


def test_many_of_one_kind_hide_none_of_another(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("niangjia.kernel.cases.today.MOST", 2)
    for _each in range(3):
        world.opened(POOL_ANY)
    trial = world.opened()
    with acting(world.wang):
        assert [case.pk for case in waiting_for(world.wang, [TRIAL.kind])] == [trial.pk]
        assert len(waiting_for(world.wang, [POOL_ANY.kind])) == 2


def as_if_she_worked_there(actor: Actor, world: World) -> Actor:
    """Who names a desk that is not hers, as a slip in the program would."""
    right = Right(Role.CADRE, world.town.pk, world.town.path)
    return replace(actor, rights=(right,))


@pytest.mark.guard(
    "waits-within-walls", "What waits is told of desks alone where the actor works, whatever desk is named."
)
def test_a_desk_that_is_not_hers_tells_nothing(world: World) -> None:
    case = world.opened()
    brought = go(world.opened(POOL_ANY), "bring", world.zhou)
    for stranger in (world.park_cadre, world.chair, world.chen, world.auditor):
        slip = as_if_she_worked_there(stranger, world)
        with acting(stranger):
            assert waiting_for(slip, KINDS) == [], stranger.name
    for meets in (world.zhou, world.wang, world.county_cadre):
        with acting(meets):
            found = {each.pk for each in waiting_for(meets, KINDS)}
            assert found <= set(visible_to(meets).values_list("pk", flat=True))
    assert set(waits(world.wang)) == {case.pk, brought.pk}


@pytest.mark.control("waits-within-walls")
def test_beyond_the_walls_any_desk_would_tell(world: World) -> None:
    case = world.opened()
    with beyond(Purpose.CASES):
        slip = as_if_she_worked_there(world.park_cadre, world)
        assert [each.pk for each in waiting_for(slip, KINDS)] == [case.pk]
