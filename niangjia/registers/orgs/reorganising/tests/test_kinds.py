"""Moving, splitting, dissolving; setting up a new union out of two; the way back; and what stands in the way."""

from datetime import timedelta
from typing import Any

import pytest

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.cases.models import HandOver
from niangjia.kernel.cases.notices.tests.hanging import FLOW_PATH, a_notice, an_objection
from niangjia.kernel.cases.services import NotMade
from niangjia.kernel.messages.models import Message
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.services import close_place, set_second_parents
from niangjia.registers.members.models import Membership
from niangjia.registers.members.tests.people import a_number, enrol
from niangjia.registers.orgs.closing import effects_of
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.reorganising.kind import way_back
from niangjia.registers.orgs.reorganising.models import Reorganisation
from niangjia.registers.orgs.reorganising.queries import Wish, report_on
from niangjia.registers.orgs.reorganising.rules.plans import Operation
from niangjia.registers.orgs.reorganising.rules.workflow import APPROVE, APPROVED, SUBMIT
from niangjia.registers.orgs.reorganising.services import NotPlanned, carry_out, carry_out_due, tell_members
from niangjia.registers.orgs.reorganising.tests.land import AT, BEFORE, DOCUMENT, NIGHT, ON, Land
from niangjia.registers.orgs.rules import Level
from niangjia.registers.orgs.tests.office import register

pytestmark = pytest.mark.django_db


@pytest.fixture
def land(settings: Any) -> Land:
    settings.NIANGJIA_WORKFLOWS = (*settings.NIANGJIA_WORKFLOWS, FLOW_PATH)
    return Land()


def carried(land: Land, wish: Wish) -> Reorganisation:
    kept = land.approved(wish)
    assert carry_out(kept.pk, at=NIGHT)
    return Reorganisation.objects.get(pk=kept.pk)


def moving(land: Land) -> Wish:
    return Wish(Operation.MOVE, (land.fresh(land.mill),), ON, into=land.fresh(land.park))


def refused(land: Land, wish: Wish, *, by: str = "zhou") -> dict[str, str]:
    with pytest.raises(NotPlanned) as why:
        land.planned(wish, by=getattr(land, by))
    return {field: reason.code for field, reason in why.value.reasons.items()}


def test_a_move_touches_nothing_but_the_parent_and_can_be_undone_by_another(land: Land) -> None:
    before = land.tree(BEFORE)
    kept = carried(land, moving(land))
    assert land.fresh(land.mill).place.parent_id == land.park.pk
    assert Membership.objects.filter(kind="reorganised").count() == 0
    assert way_back(kept) == f"/unions/{land.mill.code}/reorganise/move/?into={land.town.code}"
    later = NIGHT + timedelta(days=5)
    back = land.approved(Wish(Operation.MOVE, (land.fresh(land.mill),), later.date(), into=land.fresh(land.town)))
    assert carry_out(back.pk, at=later)
    assert land.tree(BEFORE) == before
    assert land.fresh(land.mill).place.parent_id == land.town.pk
    assert [each[1] for each in land.tree(later.date())] == [each[1] for each in before]


def test_two_towns_become_a_new_one(land: Land) -> None:
    sources = (land.fresh(land.park), land.fresh(land.town))
    kept = carried(land, Wish(Operation.MERGE, sources, ON, name="新城街道总工会"))
    made = kept.made
    assert made is not None
    assert (made.place.level, made.place.parent_id, made.place.opened_on) == ("town", land.county.pk, ON)
    assert {land.fresh(each).place.closed_on for each in sources} == {BEFORE}
    assert {land.fresh(land.mill).place.parent_id, land.fresh(land.plant).place.parent_id} == {made.pk}
    assert Membership.objects.get(person=land.chen, period__upper_inf=True).union_id == made.pk
    assert made.code not in {land.park.code, land.town.code}
    assert f"/unions/{made.code}/reorganise/split/?name=" in way_back(kept)


def test_a_split_takes_along_what_was_chosen(land: Land) -> None:
    second = register("第二工会", Level.BASE, land.park)
    goes = (land.fresh(land.plant),)
    kept = carried(land, Wish(Operation.SPLIT, (land.fresh(land.park),), ON, name="高新区工会", goes=goes))
    made = kept.made
    assert made is not None
    assert land.fresh(land.plant).place.parent_id == made.pk
    assert land.fresh(second).place.parent_id == land.park.pk
    assert Membership.objects.get(person=land.chen, period__upper_inf=True).union_id == land.park.pk
    assert way_back(kept) == f"/unions/{made.code}/reorganise/merge/?into={land.park.code}"


def test_a_dissolved_union_leaves_its_members_with_the_one_above_and_they_are_told(land: Land) -> None:
    kept = carried(land, Wish(Operation.DISSOLVE, (land.fresh(land.plant),), ON))
    now = Membership.objects.get(person=land.liu, period__upper_inf=True)
    assert (now.union_id, now.state, now.period.lower) == (land.park.pk, "retained", ON)
    assert tell_members(kept.pk) == 1
    assert Message.objects.filter(template="membership_reorganised", subject=land.liu.pk).count() == 1


def test_with_unions_below_nothing_is_dissolved(land: Land) -> None:
    assert refused(land, Wish(Operation.DISSOLVE, (land.fresh(land.park),), ON)) == {"__all__": "unions_below"}


def test_twenty_five_members_need_the_approval_of_the_union_above(land: Land) -> None:
    for number in range(24):
        name = chr(ord("一") + 200 + number)
        enrol({"name": f"张{name}", "id_number": a_number("34992119910101", 100 + number)}, land.plant)
    against = [each for each in effects_of(land.fresh(land.plant), on=ON) if each.blocks]
    assert [each.address for each in against] == [f"/unions/{land.plant.code}/reorganise/dissolve/"]
    carried(land, Wish(Operation.DISSOLVE, (land.fresh(land.plant),), ON))
    assert Membership.objects.filter(union=land.park, state="retained").count() == 25


def test_what_is_objected_to_and_not_answered_is_in_the_way(land: Land) -> None:
    an_objection(a_notice(land.park.place))
    kept = land.planned(land.merged())
    with pytest.raises(NotMade) as why:
        land.pressed(kept, SUBMIT, land.zhou)
    assert "异议" in why.value.reason.sentence


def test_a_hand_over_that_nobody_answered_is_in_the_way(land: Land) -> None:
    HandOver.objects.create(
        city=land.park.city, case=land.open, kind="refer", from_place=land.mill.place, to_place=land.park.place
    )
    assert any("还没有答复" in str(each.words) for each in report_on(land.merged()) if each.blocks)


def test_what_comes_in_the_way_after_the_approval_holds_it_up_and_then_it_goes_on(land: Land) -> None:
    kept = land.approved(land.merged())
    objection = an_objection(a_notice(land.park.place))
    before = land.tree(ON)
    assert carry_out_due(at=NIGHT) == 0
    assert carry_out_due(at=NIGHT + timedelta(hours=1)) == 0
    kept.refresh_from_db()
    assert (kept.held_up, kept.case.stage) == ("in_the_way", APPROVED)
    assert land.tree(ON) == before
    assert Message.objects.filter(template="reorganisation_held_up").values("account").distinct().count() == 2
    assert Message.objects.filter(template="reorganisation_held_up").count() == 2
    type(objection).objects.filter(pk=objection.pk).update(
        state="dismissed", answered_at=clock.now(), answered_by=land.han
    )
    later = NIGHT + timedelta(days=2)
    assert carry_out_due(at=later) == 1
    kept.refresh_from_db()
    # what was before stays as it was: it counts from the day on which it was done
    assert kept.carried_on == later.date()
    assert Membership.objects.get(person=land.chen, period__upper_inf=True).period.lower == later.date()


def test_days_that_are_over_and_unions_that_do_not_fit_are_refused(land: Land) -> None:
    park, town, mill = (land.fresh(each) for each in (land.park, land.town, land.mill))
    assert refused(land, land.merged(on=AT.date() - timedelta(days=1))) == {"planned_on": "day_past"}
    assert refused(land, Wish(Operation.MERGE, (park,), ON, into=mill)) == {"into": "other_level"}
    assert refused(land, Wish(Operation.MERGE, (park,), ON)) == {"into": "into_or_new"}
    assert refused(land, Wish(Operation.MERGE, (park,), ON, name="新城总工会")) == {"other": "one_alone"}
    assert refused(land, Wish(Operation.MERGE, (park,), ON, into=park)) == {"into": "same_union"}
    assert refused(land, Wish(Operation.MOVE, (mill,), ON, into=town)) == {"into": "there_already"}
    assert refused(land, Wish(Operation.MOVE, (town,), ON, into=mill)) == {"into": "under_itself"}
    assert refused(land, Wish(Operation.SPLIT, (park,), ON, name="高新区工会")) == {"goes": "nothing_goes"}
    assert refused(land, Wish(Operation.SPLIT, (park,), ON, name=town.name, goes=(land.fresh(land.plant),))) == {
        "name": "name_taken"
    }
    close_place(Place.objects.get(pk=mill.pk), on=AT.date())
    with pytest.raises(Forbidden):
        land.planned(Wish(Operation.MOVE, (land.fresh(mill),), ON, into=park))


def test_a_union_is_in_one_plan_at_a_time(land: Land) -> None:
    land.planned(land.merged())
    found = refused(land, Wish(Operation.MERGE, (land.fresh(land.town),), ON, into=land.fresh(land.park)))
    assert found == {"__all__": "planned_already"}


def test_nobody_reorganises_her_own_union_or_another_s(land: Land) -> None:
    li = an_account("li", role=Role.CADRE, at=land.town.place)
    for wish in (land.merged(), moving(land)):
        with pytest.raises(Forbidden):
            land.planned(wish, by=li)
    chair = an_account("chair", role=Role.CHAIR, at=land.county.place)
    with pytest.raises(Forbidden):
        land.planned(land.merged(), by=chair)


def test_who_is_led_by_a_trade_follows_it(land: Land) -> None:
    set_second_parents({land.mill.pk: land.park.pk}, on=AT.date())
    carried(land, land.merged())
    assert Place.objects.get(pk=land.mill.pk).second_parent_id == land.town.pk


def test_approved_too_late_it_begins_on_the_day_it_is_done(land: Land) -> None:
    kept = land.planned(land.merged(on=AT.date()))
    land.pressed(kept, SUBMIT, land.zhou)
    land.pressed(kept, APPROVE, land.han, document=DOCUMENT)
    later = AT + timedelta(days=3)
    assert carry_out(kept.pk, at=later)
    assert Reorganisation.objects.get(pk=kept.pk).carried_on == later.date()
    assert Union.objects.get(pk=land.park.pk).place.closed_on == later.date() - timedelta(days=1)
