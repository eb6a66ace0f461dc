"""Unions registered, changed and closed at the desk."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from niangjia.kernel.access.rules import Actor, Right, Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.queries import standing_on, subtree
from niangjia.kernel.places.services import CannotStand, move_place, open_place
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import union_by_reference, unions_by_references, visible_to
from niangjia.registers.orgs.rules import Level, UnionKind
from niangjia.registers.orgs.rules.union_facts import UnionFacts
from niangjia.registers.orgs.services import UnionRefused, close_union, edit_union, facts_of, register_union

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
LATER = date(2026, 6, 1)
OPERATOR = Actor.operator()


def facts(name: str, level: Level, parent: Union | None = None, **more: Any) -> UnionFacts:
    kind = {Level.BASE: UnionKind.BASE, Level.BRANCH: UnionKind.BRANCH}.get(level, UnionKind.TERRITORIAL)
    return UnionFacts(name=name, level=level, kind=kind, parent_id=parent.pk if parent else None, **more)


def register(name: str, level: Level, parent: Union | None = None, **more: Any) -> Union:
    return register_union(facts(name, level, parent, **more), by=OPERATOR, on=DAY)


@pytest.fixture
def county() -> Union:
    return register("安禾县总工会", Level.COUNTY, region_code="349921")


@pytest.fixture
def town(county: Union) -> Union:
    return register("柳林镇总工会", Level.TOWN, county)


@pytest.fixture
def mill(town: Union) -> Union:
    return register("鸿远纺织有限公司工会", Level.BASE, town, uscc="81110105MC0123450P")


def cadre(union: Union, role: Role = Role.CADRE) -> Actor:
    return Actor(account_id=None, name="周敏", rights=(Right(role, union.pk, union.place.path),))


def test_a_new_union_stands_below_its_parent_and_remembers_its_ancestors(
    county: Union, town: Union, mill: Union
) -> None:
    assert mill.place.path == f"{county.pk}.{town.pk}.{mill.pk}."
    assert (mill.place.at_county, mill.place.at_town, mill.place.at_base) == (county.pk, town.pk, mill.pk)
    assert mill.place.at_village is None


def test_a_union_has_the_city_of_its_region_or_of_its_parent(county: Union, mill: Union) -> None:
    assert county.city == county.place.city == "349900"
    assert mill.city == "349900"


def test_codes_are_drawn_in_order_within_the_region(county: Union, town: Union, mill: Union) -> None:
    assert [union.code[:11] for union in (county, town, mill)] == ["34992100001", "34992100002", "34992100003"]


def test_a_given_code_is_kept_and_not_taken_twice(county: Union) -> None:
    assert register("甲工会", Level.BASE, county, code="ABC-1").code == "ABC-1"
    with pytest.raises(UnionRefused) as refused:
        register("乙工会", Level.BASE, county, code="ABC-1")
    assert refused.value.reasons["code"].code == "code_taken"


def test_every_fault_is_told_at_once_and_by_field(county: Union) -> None:
    with pytest.raises(UnionRefused) as refused:
        register("", Level.BRANCH, county, uscc="81110105MC0123450Q", region_code="34")
    codes = {field: reason.code for field, reason in refused.value.reasons.items()}
    assert codes == {
        "name": "name_missing", "parent": "parent_level", "uscc": "uscc_check_digit", "region_code": "region_unknown",
    }  # fmt: skip
    assert Union.objects.count() == 1


def test_only_a_county_or_above_may_stand_without_a_parent() -> None:
    with pytest.raises(UnionRefused) as refused:
        register("某某公司工会", Level.BASE)
    assert refused.value.reasons["parent"].code == "parent_missing"


def test_each_change_is_in_the_journal(mill: Union) -> None:
    edit_union(mill.pk, replace(facts_of(mill), phone="0554-1234567"), by=OPERATOR, on=LATER)
    entries = Entry.objects.filter(thing="union", thing_id=mill.pk).order_by("id")
    assert [entry.verb for entry in entries] == ["register_union", "edit_union"]
    assert entries[1].detail == {"phone": ["", "0554-1234567"]}


def test_an_edit_that_changes_nothing_leaves_no_trace(mill: Union) -> None:
    edit_union(mill.pk, facts_of(mill), by=OPERATOR, on=LATER)
    mill.refresh_from_db()
    assert mill.revision == 1
    assert not Entry.objects.filter(verb="edit_union").exists()


def test_an_edit_over_somebody_elses_change_is_refused(mill: Union) -> None:
    seen = mill.revision
    edit_union(mill.pk, replace(facts_of(mill), phone="1"), by=OPERATOR, on=LATER)
    with pytest.raises(UnionRefused) as refused:
        edit_union(mill.pk, facts_of(mill), by=OPERATOR, on=LATER, revision=seen)
    assert refused.value.reasons["__all__"].code == "changed_since"


def test_a_moved_union_takes_its_subtree_along_and_the_old_tree_stays_known(
    county: Union, town: Union, mill: Union
) -> None:
    shop = register("细纱车间分会", Level.BRANCH, mill)
    other = register("开发区工会", Level.TOWN, county)
    before = Union.objects.select_related("place").get(pk=mill.pk)
    edit_union(mill.pk, replace(facts_of(before), parent_id=other.pk), by=OPERATOR, on=LATER)
    branch = Place.objects.get(pk=shop.pk)
    assert branch.path == f"{county.pk}.{other.pk}.{mill.pk}.{shop.pk}."
    assert (branch.at_town, branch.at_base) == (other.pk, mill.pk)
    old, new = standing_on(date(2026, 5, 31)), standing_on(LATER)
    assert old.get(place_id=shop.pk).at_town == town.pk
    assert new.get(place_id=shop.pk).at_town == other.pk
    assert new.get(place_id=mill.pk).parent_id == other.pk


def test_a_union_moved_twice_on_one_day_stands_where_it_came_last(county: Union, town: Union, mill: Union) -> None:
    other = open_place(Level.TOWN, city="349900", on=DAY, parent=county.place)
    move_place(mill.place, other, on=LATER)
    move_place(mill.place, town.place, on=LATER)
    assert standing_on(LATER).get(place_id=mill.pk).parent_id == town.pk
    assert standing_on(DAY).get(place_id=mill.pk).parent_id == town.pk


def test_a_union_cannot_be_moved_below_itself(town: Union, mill: Union) -> None:
    with pytest.raises(CannotStand) as refused:
        move_place(town.place, mill.place, on=LATER)
    assert refused.value.reason.code == "under_itself"


def test_a_union_with_open_unions_below_is_not_closed(town: Union, mill: Union) -> None:
    with pytest.raises(UnionRefused) as refused:
        close_union(town.pk, by=OPERATOR, on=LATER)
    assert refused.value.reasons["__all__"].code == "in_the_way"
    close_union(mill.pk, by=OPERATOR, on=LATER)
    assert close_union(town.pk, by=OPERATOR, on=LATER).place.closed_on == LATER
    assert not standing_on(date(2026, 6, 2)).filter(place_id=town.pk).exists()


def test_a_cadre_registers_below_her_own_union_only(county: Union, town: Union) -> None:
    other = register("开发区工会", Level.TOWN, county)
    register_union(facts("甲工会", Level.BASE, town), by=cadre(town), on=DAY)
    with pytest.raises(UnionRefused) as refused:
        register_union(facts("乙工会", Level.BASE, other), by=cadre(town), on=DAY)
    assert refused.value.reasons["parent"].code == "parent_unknown"


def test_a_cadre_without_scope_here_may_not_edit_and_an_auditor_never(town: Union, mill: Union) -> None:
    stranger = register("外市总工会", Level.CITY)
    for actor in (cadre(stranger), cadre(town, Role.AUDITOR)):
        with pytest.raises(Forbidden):
            edit_union(mill.pk, facts_of(mill), by=actor, on=DAY)
    edit_union(mill.pk, facts_of(mill), by=cadre(town), on=DAY)


def test_no_right_no_rows(county: Union, town: Union, mill: Union) -> None:
    assert set(visible_to(cadre(town))) == {town, mill}
    assert not visible_to(Actor(account_id=None, name="")).exists()
    assert not visible_to(cadre(town, Role.SYSTEM_ADMIN)).exists()
    assert visible_to(OPERATOR).count() == subtree([""]).count() == 3
    assert not subtree([]).exists()


def test_a_union_is_meant_by_its_code_its_credit_code_or_its_name(county: Union, mill: Union) -> None:
    for reference in (mill.code, "81110105mc0123450p", "鸿远纺织有限公司工会", "鸿远 纺织有限公司工会"):
        assert union_by_reference(reference, county.place.path) == mill


def test_a_name_is_looked_for_below_the_path_alone(county: Union, town: Union, mill: Union) -> None:
    other = register("开发区工会", Level.TOWN, county)
    twin = register("鸿远纺织有限公司工会", Level.BASE, other)
    path = county.place.path
    answers = unions_by_references({"鸿远纺织有限公司工会", "没有的工会", twin.code}, path)
    assert answers == {"鸿远纺织有限公司工会": "union_ambiguous", "没有的工会": "union_unknown", twin.code: twin.pk}
    assert union_by_reference("鸿远纺织有限公司工会", town.place.path) == mill
    assert union_by_reference(twin.code, town.place.path) == "union_outside"
    assert union_by_reference("安禾县总工会", town.place.path) == "union_unknown"


def test_brackets_of_either_width_are_the_same_name(county: Union) -> None:
    union = register("安泰（集团）工会", Level.BASE, county)
    assert union_by_reference("安泰(集团)工会", county.place.path) == union


def test_a_closed_union_is_not_meant_any_more(county: Union, mill: Union) -> None:
    close_union(mill.pk, by=OPERATOR, on=LATER)
    assert union_by_reference(mill.code, county.place.path) == "union_unknown"


def test_many_references_cost_one_query(county: Union, mill: Union, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        unions_by_references({f"工会{number}" for number in range(500)} | {mill.code}, county.place.path)
