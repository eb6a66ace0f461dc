"""Pages that begin after a row: nothing twice, nothing left out, whatever is added meanwhile."""

import base64
from typing import Any

import pytest

from niangjia.kernel.api.paging import PageIn, page_of
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.rules import Level
from niangjia.registers.orgs.tests.office import Office, client_at, register

pytestmark = pytest.mark.django_db


def walked(client: Any, address: str, *, limit: int, between: Any = None) -> list[dict[str, Any]]:
    """Every row of a list, page by page."""
    rows: list[dict[str, Any]] = []
    cursor = ""
    for _turn in range(50):
        page = client.get(address, {"limit": limit, "cursor": cursor}).json()
        assert (page["total"] is None) is bool(cursor)
        rows += page["items"]
        cursor = page["next"]
        if not cursor:
            return rows
        if between is not None:
            between()
    raise AssertionError


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 200])
def test_all_pages_together_are_the_list(limit: int) -> None:
    office = Office()
    client = client_at(office.county)
    whole = client.get("/api/v1/unions").json()
    assert walked(client, "/api/v1/unions", limit=limit) == whole["items"]
    assert len(whole["items"]) == whole["total"] == 5


def test_rows_added_meanwhile_move_nothing() -> None:
    office = Office()
    client = client_at(office.county)
    names = iter(f"新来{number}工会" for number in "一二三四五六七八九十")
    before = [union["code"] for union in client.get("/api/v1/unions").json()["items"]]
    met = walked(client, "/api/v1/unions", limit=2, between=lambda: register(next(names), Level.BASE, office.town))
    codes = [union["code"] for union in met]
    assert len(set(codes)) == len(codes)
    assert [code for code in codes if code in set(before)] == before


def test_a_cursor_tells_nothing_and_fits_its_own_list_alone() -> None:
    office = Office()
    client = client_at(office.county)
    cursor = client.get("/api/v1/unions?limit=1").json()["next"]
    assert office.county.place.path.encode() not in base64.urlsafe_b64decode(cursor + "===")
    for address in ("employers", "members", "exports"):
        answer = client.get(f"/api/v1/{address}?cursor={cursor}")
        assert (answer.status_code, answer.json()["reasons"][0]["code"]) == (422, "cursor_unknown")
    assert client.get(f"/api/v1/unions?cursor={cursor[:-4]}AAAA").status_code == 422


def test_a_cursor_of_somebody_else_shows_ones_own_rows_alone() -> None:
    office = Office()
    cursor = client_at(office.county).get("/api/v1/unions?limit=1").json()["next"]
    page = client_at(office.park).get(f"/api/v1/unions?cursor={cursor}").json()
    assert {union["code"] for union in page["items"]} <= {office.park.code, office.plant.code}


@pytest.mark.parametrize("way", ["", "-"])
def test_empty_values_are_neither_left_out_nor_met_twice(way: str) -> None:
    office = Office()
    for name in ("甲乙工会", "丙丁工会", "戊己工会"):
        register(name, Level.BASE, office.town)
    Union.objects.filter(name__in=["甲乙工会", "戊己工会"]).update(uscc=None)
    Union.objects.filter(name="丙丁工会").update(uscc="91349900MA00000001")
    order = (f"{way}uscc", f"{way}pk")
    whole = list(Union.objects.order_by(*order))
    met: list[Union] = []
    cursor = ""
    while len(met) < len(whole):
        page, place = page_of(Union.objects.all(), PageIn(cursor=cursor, limit=2), order=order)
        met += page
        cursor = place["next"] or ""
    assert met == whole
    assert not cursor
