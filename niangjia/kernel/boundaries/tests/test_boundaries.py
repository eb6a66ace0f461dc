"""Boundaries are read strictly, loaded whole, and stay for the days before."""

import json
from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.tests.signing_in import an_account, open_session
from niangjia.kernel.boundaries.commands import load
from niangjia.kernel.boundaries.models import Boundary
from niangjia.kernel.boundaries.queries import as_collection, boundaries_below
from niangjia.kernel.boundaries.rules import Area, Fault, parent_of, read_areas
from niangjia.kernel.boundaries.services import (
    DEMO_FILE,
    Origin,
    StartsEarlier,
    load_boundaries,
    load_demo_boundaries,
)
from niangjia.kernel.commands import Refused
from niangjia.kernel.journal.models import Entry

OPERATOR = Actor.operator()
SQUARE = [[[0, 0], [1, 0], [1, 1], [0, 0]]]


def a_feature(code: Any = "349921101", name: Any = "城关镇", coordinates: Any = SQUARE, kind: str = "Polygon") -> Any:
    return {
        "type": "Feature",
        "properties": {"code": code, "name": name},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def a_file(*features: Any) -> Any:
    return {"type": "FeatureCollection", "features": list(features)}


def an_area(code: str = "349921101", name: str = "城关镇") -> Area:
    return Area(code, name, parent_of(code), {"type": "Polygon", "coordinates": SQUARE})


def faults_of(document: Any) -> list[tuple[str, str]]:
    found = read_areas(document)
    faults = [each for each in found if isinstance(each, Fault)]
    assert len(faults) == len(found)
    return [(each.path, each.reason.code) for each in faults]


@pytest.mark.parametrize(
    ("document", "path", "code"),
    [
        ([], "", "no_collection"),
        ({"type": "FeatureCollection", "features": []}, "", "no_collection"),
        (a_file(3), "features/0", "no_shape"),
        (a_file(a_feature(code="3499")), "features/0/properties/code", "no_code"),
        (a_file(a_feature(code=349921101)), "features/0/properties/code", "no_code"),
        (a_file(a_feature(code="３４９９２１")), "features/0/properties/code", "no_code"),
        (a_file(a_feature(name=" ")), "features/0/properties/name", "no_name"),
        (a_file(a_feature(kind="Point")), "features/0/geometry", "no_shape"),
        (a_file(a_feature(coordinates=[[]])), "features/0/geometry", "no_shape"),
        (a_file(a_feature(coordinates=SQUARE, kind="MultiPolygon")), "features/0/geometry", "no_shape"),
        (a_file(a_feature(coordinates=[[[0, 0], [1, 0], [0, 0]]])), "features/0/geometry/coordinates/0/0", "no_ring"),
        (a_file(a_feature(coordinates=[[[0, 0], [1, 0], [1, 1], [0, 1]]])), "features/0/geometry/coordinates/0/0", "no_ring"),
        (a_file(a_feature(coordinates=[[[0, 0], [200, 0], [1, 1], [0, 0]]])), "features/0/geometry/coordinates/0/0", "no_point"),
        (a_file(a_feature(coordinates=[[[0, 0], ["1", 0], [1, 1], [0, 0]]])), "features/0/geometry/coordinates/0/0", "no_point"),
        (a_file(a_feature(), a_feature()), "features/1/properties/code", "code_twice"),
    ],
)  # fmt: skip
def test_each_fault_of_a_file_is_named_with_its_place(document: Any, path: str, code: str) -> None:
    assert faults_of(document) == [(path, code)]


def test_every_fault_of_a_file_is_told_at_once() -> None:
    assert len(faults_of(a_file(a_feature(code=""), a_feature(name=""), a_feature(kind="Line")))) == 3


def test_areas_of_several_pieces_are_read() -> None:
    (area,) = read_areas(a_file(a_feature(coordinates=[SQUARE, SQUARE], kind="MultiPolygon")))
    assert isinstance(area, Area)
    assert (area.code, area.parent_code) == ("349921101", "349921")


@pytest.mark.parametrize(
    ("code", "above"),
    [
        ("349921101002", "349921101"),
        ("349921101", "349921"),
        ("349921", "349900"),
        ("349900", "340000"),
        ("340000", ""),
    ],
)
def test_the_region_above_is_read_from_the_code(code: str, above: str) -> None:
    assert parent_of(code) == above


@pytest.mark.django_db
def test_a_new_boundary_leaves_the_one_before_to_its_days() -> None:
    load_boundaries([an_area(name="城关乡")], Origin("甲", date(2020, 1, 1)), by=OPERATOR)
    load_boundaries([an_area()], Origin("乙", date(2026, 1, 1)), by=OPERATOR)
    (before,) = boundaries_below("349921", on=date(2025, 12, 31))
    (now,) = boundaries_below("349921", on=date(2026, 1, 1))
    assert (before.name, before.source, before.valid_to) == ("城关乡", "甲", date(2025, 12, 31))
    assert (now.name, now.source, now.valid_to) == ("城关镇", "乙", None)
    assert not boundaries_below("349921", on=date(2019, 12, 31))
    assert Entry.objects.filter(verb="load_boundaries").count() == 2


@pytest.mark.django_db
def test_the_same_day_again_draws_it_anew_and_an_earlier_day_is_refused() -> None:
    load_boundaries([an_area(name="错字镇")], Origin("甲", date(2026, 1, 1)), by=OPERATOR)
    load_boundaries([an_area()], Origin("甲", date(2026, 1, 1)), by=OPERATOR)
    assert [each.name for each in Boundary.objects.all()] == ["城关镇"]
    with pytest.raises(StartsEarlier):
        load_boundaries([an_area()], Origin("甲", date(2025, 1, 1)), by=OPERATOR)


@pytest.mark.django_db
def test_the_fictional_county_has_its_towns_once() -> None:
    assert load_demo_boundaries(by=OPERATOR) == 15
    assert load_demo_boundaries(by=OPERATOR) == 0
    towns = boundaries_below("349921", on=date(2026, 1, 1))
    assert {each.name for each in towns} >= {"城关镇", "柳林镇", "经济开发区"}
    assert all(each.is_demo and "虚构" in each.source for each in towns)


@pytest.mark.django_db
def test_the_command_loads_a_file_whole_or_refuses_it_whole(tmp_path: Path) -> None:
    path = tmp_path / "towns.geojson"
    path.write_text(json.dumps(a_file(a_feature(), a_feature("349921102", ""))), encoding="utf-8")
    asked = Namespace(file=path, source="某局 2026 年公布", valid_from=date(2026, 1, 1))
    with pytest.raises(Refused) as refused:
        load(asked)
    assert [each.path for each in refused.value.refusals] == ["features/1/properties/name"]
    assert not Boundary.objects.exists()
    path.write_text(json.dumps(a_file(a_feature())), encoding="utf-8")
    assert load(asked).body == {"areas": 1, "valid_from": "2026-01-01", "source": "某局 2026 年公布"}
    for broken in ("[" * 100_000, "no json", ""):
        path.write_text(broken, encoding="utf-8")
        with pytest.raises(Refused):
            load(asked)


@pytest.mark.django_db
def test_a_map_is_handed_its_boundaries_and_nothing_is_there_for_who_is_not_signed_in() -> None:
    load_demo_boundaries(by=OPERATOR)
    client = open_session(Client(), an_account(role=Role.CADRE))
    answer = client.get("/boundaries/349921/")
    assert answer["Content-Type"] == "application/geo+json"
    assert answer.json() == as_collection(boundaries_below("349921", on=date(2026, 1, 1)))
    assert client.get("/boundaries/349922/").json() == {"type": "FeatureCollection", "features": []}
    assert Client().get("/boundaries/349921/").status_code == 302


def test_the_demo_file_is_such_as_the_rules_ask() -> None:
    assert all(isinstance(each, Area) for each in read_areas(json.loads(DEMO_FILE.read_text("utf-8"))))
