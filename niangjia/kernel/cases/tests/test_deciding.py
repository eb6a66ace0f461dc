"""Second pairs of eyes: maker is never checker, one voice each, pools, many at once."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.models import Case, Decision
from niangjia.kernel.cases.queries import why_not, why_not_each
from niangjia.kernel.cases.refusals import NotMade
from niangjia.kernel.cases.rules import Verdict, Workflow
from niangjia.kernel.cases.services import Act, bar, decide, decide_many, make
from niangjia.kernel.cases.tests.tables import POOL_ALL, POOL_ANY, POOL_N
from niangjia.kernel.cases.tests.world import AT, World, later, wired

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: object) -> World:
    wired(settings)
    return World()


def brought(world: World, flow: Workflow, by: Actor | None = None) -> Case:
    case = world.opened(flow)
    with acting(by or world.zhou):
        return make(case.pk, "bring", by=by or world.zhou, at=AT)


def voice(case: Case, by: Actor, move: str = "grant", **more: object) -> Verdict:
    with acting(by):
        return decide(case.pk, move, by=by, at=later(hours=1), **more)


def code(case: Case, by: Actor, move: str = "grant", **more: object) -> str:
    with pytest.raises(NotMade) as refused:
        voice(case, by, move, **more)
    return refused.value.reason.code


def stage_of(case: Case) -> str:
    return Case.objects.get(pk=case.pk).stage


def test_one_is_enough_where_any_may_decide(world: World) -> None:
    case = brought(world, POOL_ANY)
    assert code(case, world.zhou) == "same_person"
    assert voice(case, world.wang).move == "grant"
    assert stage_of(case) == "granted"


def test_several_have_to_agree_and_one_can_stop_it(world: World) -> None:
    case = brought(world, POOL_N)
    assert voice(case, world.wang) == Verdict(None, 1)
    assert stage_of(case) == "decided"
    assert code(case, world.wang) == "decided_already"
    assert voice(case, world.county_cadre, seen=1).move == "grant"
    other = brought(world, POOL_N)
    assert voice(other, world.wang, "refuse", reason="not_entitled").move == "refuse"
    assert stage_of(other) == "refused"


def test_everybody_who_holds_the_office_there_but_the_maker(world: World) -> None:
    li = world.somebody("li", world.town)
    case = brought(world, POOL_ALL)
    assert voice(case, world.wang) == Verdict(None, 1)
    assert voice(case, world.county_cadre) == Verdict(None, 1)
    assert voice(case, li).move == "grant"


def test_who_is_barred_has_no_voice_and_none_is_missed(world: World) -> None:
    li = world.somebody("li", world.town)
    case = brought(world, POOL_ALL)
    with acting(world.zhou):
        bar(case.pk, li.account_id or 0, act=Act(world.zhou, AT, "relative"))
    assert voice(case, world.wang).move == "grant"


def test_a_cadre_who_is_alone_has_hers_in_the_union_above(world: World) -> None:
    case = world.opened(POOL_ALL, place=world.mill)
    with acting(world.chair):
        make(case.pk, "bring", by=world.chair, at=AT)
    assert voice(case, world.zhou) == Verdict(None, 1)
    assert voice(case, world.wang).move == "grant"


@pytest.mark.guard("maker-is-not-checker", "Nobody is the second pair of eyes on what she brought there herself.")
def test_the_database_refuses_the_maker_s_own_voice(world: World) -> None:
    case = brought(world, POOL_ANY)
    own = {"city": case.city, "case": case, "round": case.round, "move": "grant", "author": "cadre"}
    maker = world.zhou.account_id
    for forged in ({"account_id": maker, "maker_id": maker}, {"account_id": maker, "maker_id": world.wang.account_id}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.create(**own, **forged)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(**own | {"round": 7}, account_id=world.wang.account_id or 0, maker_id=maker)


@pytest.mark.control("maker-is-not-checker")
def test_without_the_constraint_the_maker_agrees_with_herself(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a maker nobody wrote down the same voice counts: that is what the constraint and its trigger stand against."""
    case = brought(world, POOL_ANY, world.zhou)
    Case.objects.filter(pk=case.pk).update(maker=None)
    assert voice(case, world.zhou).move == "grant"


def test_many_are_decided_one_by_one_and_what_fails_says_why(world: World) -> None:
    cases = [brought(world, POOL_ANY) for _each in range(3)]
    own = brought(world, POOL_ANY, world.wang)
    elsewhere = world.opened(POOL_ANY, place=world.park)
    keys = [case.pk for case in (*cases, own, elsewhere)]
    with acting(world.wang):
        many = decide_many(keys, "grant", act=Act(world.wang, later(hours=2)))
    assert many.done == tuple(case.pk for case in cases)
    assert {key: reason.code for key, reason in many.failed.items()} == {own.pk: "same_person", elsewhere.pk: "absent"}
    assert {stage_of(case) for case in cases} == {"granted"}
    assert Decision.objects.filter(case__in=cases).count() == 3


def test_many_looked_at_at_once_stand_as_each_by_itself(world: World, django_assert_num_queries: Any) -> None:
    """Brought by her, one she spoke on, one she keeps away from, one of another stage: the same answers, asked at once."""
    own, spoken, kept = brought(world, POOL_ANY, world.wang), brought(world, POOL_N), brought(world, POOL_ANY)
    voice(spoken, world.wang)
    with acting(world.zhou):
        bar(kept.pk, world.wang.account_id or 0, act=Act(world.zhou, AT, "relative"))
    keys = [own.pk, spoken.pk, kept.pk, brought(world, POOL_ANY).pk, world.opened(POOL_ANY).pk]
    cases = list(Case.objects.filter(pk__in=keys).select_related("place").order_by("pk"))
    each = [why_not(world.wang, "grant", case) for case in cases]
    with django_assert_num_queries(3):
        assert why_not_each(world.wang, "grant", cases) == each
    assert each == ["same_person", "decided_already", "barred", None, "not_from_here"]
