"""Head-counts by month, parks, and the cover rate: figures that come from rows, and lines that lead to them."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest

from niangjia.kernel import clock
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.journal.models import Entry
from niangjia.registers.employers.cover.queries import PARTS, tally_by, whole_of
from niangjia.registers.employers.heads import heads_of, keep_head_count
from niangjia.registers.employers.models import Employer, HeadCount, Park
from niangjia.registers.employers.parks import ParkRefused, open_park
from niangjia.registers.employers.rules.employer_facts import EmployerFacts, HeadFacts
from niangjia.registers.employers.rules.kinds import HeadSource
from niangjia.registers.employers.services import attach_union, edit_employer, facts_of, register_employer
from niangjia.registers.orgs.tests.office import DAY, OPERATOR, Office, actor_at, client_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office()


def employer(office: Office, name: str, **more: Any) -> Employer:
    return register_employer(EmployerFacts(name=name, place_id=office.town.pk, **more), by=OPERATOR)


def month(number: int) -> date:
    return date(clock.today().year - 1, number, 1)


def test_what_is_registered_is_a_declared_head_count_of_this_month(office: Office) -> None:
    mill = employer(office, "鸿远纺织有限公司", employees=1_200, women_employees=800)
    kept = HeadCount.objects.get()
    assert (kept.employees, kept.source, kept.month) == (1_200, "declared", clock.today().replace(day=1))
    edit_employer(mill.pk, EmployerFacts(**vars(facts_of(mill)) | {"employees": 1_300}), by=OPERATOR)
    assert HeadCount.objects.get().employees == 1_300


def test_the_register_shows_the_newest_month_and_of_one_month_what_was_counted(office: Office) -> None:
    mill = employer(office, "鸿远纺织有限公司")
    cadre = actor_at(office.town)
    assert keep_head_count(mill.pk, HeadFacts(month(3), HeadSource.DECLARED, 90, 40), by=cadre) == {}
    assert keep_head_count(mill.pk, HeadFacts(month(3), HeadSource.COUNTED, 80, 30), by=cadre) == {}
    assert keep_head_count(mill.pk, HeadFacts(month(1), HeadSource.COUNTED, 50), by=cadre) == {}
    mill.refresh_from_db()
    assert (mill.employees, mill.women_employees) == (80, 30)
    assert [row.employees for row in heads_of(mill)] == [80, 90, 50]
    assert keep_head_count(mill.pk, HeadFacts(month(3), HeadSource.COUNTED, 80, 30), by=cadre) == {}
    assert Entry.objects.filter(verb="keep_head_count").count() == 3
    wrong = HeadFacts(date(clock.today().year + 1, 1, 1), HeadSource.COUNTED, 3, 4)
    assert set(keep_head_count(mill.pk, wrong, by=cadre)) == {"month", "women_employees"}
    with pytest.raises(Forbidden):
        keep_head_count(mill.pk, wrong, by=actor_at(office.park))


def test_the_page_of_head_counts_keeps_one_more(office: Office) -> None:
    mill = employer(office, "鸿远纺织有限公司")
    client, address = client_at(office.town), f"/employers/{mill.pk}/heads/"
    assert "还没有按月登记过" in client.get(address).content.decode()
    given = {"month": f"{month(5):%Y-%m}", "employees": "77", "source": "registry"}
    assert client.post(address, given | {"women_employees": "99"}).status_code == 200
    assert client.post(address, given).status_code == 302
    assert "市场监管部门登记" in client.get(address).content.decode()
    assert client_at(office.park).get(address).status_code == 404


def test_a_park_is_entered_once_and_narrows_the_list(office: Office) -> None:
    client = client_at(office.town)
    assert client.post("/employers/parks/", {"name": "柳林轻纺园", "place": office.town.code}).status_code == 302
    again = client.post("/employers/parks/", {"name": "柳林轻纺园", "place": office.town.code})
    assert 'id="id_name_wrong"' in again.content.decode()
    with pytest.raises(ParkRefused):
        open_park("别处的园", office.town.pk, by=actor_at(office.park))
    park = Park.objects.get()
    employer(office, "园里的", park_id=park.pk)
    employer(office, "园外的")
    page = client.get("/employers/", {"park": str(park.pk)}).content.decode()
    assert "园里的" in page
    assert "园外的" not in page
    assert client.get("/employers/", {"park": "x"}).status_code == 200


def test_whose_name_is_on_the_licence_is_in_no_entry_and_on_no_list(office: Office) -> None:
    mill = employer(office, "鸿远纺织有限公司", legal_representative="马保国")
    edit_employer(mill.pk, EmployerFacts(**vars(facts_of(mill)) | {"legal_representative": "马保家"}), by=OPERATOR)
    assert not [entry for entry in Entry.objects.filter(thing="employer") if "马保" in str(entry.detail)]
    client = client_at(office.town)
    assert "马保" not in client.get("/employers/").content.decode()
    assert "马保" not in client.get(f"/employers/{mill.pk}/").content.decode()
    assert "马保家" in client.get(f"/employers/{mill.pk}/edit/").content.decode()


def filled(office: Office) -> None:
    """Four at work, two of them with a union; one that has closed."""
    park = open_park("柳林轻纺园", office.town.pk, by=OPERATOR)
    cotton = {"trade_code": "17", "ownership_list": "union_2015", "ownership_code": "170", "region_code": "349921"}
    one = employer(office, "一厂", employees=100, park_id=park.pk, **cotton)
    two = employer(office, "二厂", employees=60, **cotton)
    employer(office, "三校", trade_code="83", ownership_list="union_2015", ownership_code="400")
    register_employer(EmployerFacts(name="四厂", place_id=office.park.pk, employees=40, **cotton), by=OPERATOR)
    employer(office, "关了的", opened_on=DAY, closed_on=DAY, **cotton)
    for covered in (one, two):
        attach_union(covered.pk, office.mill.pk, by=OPERATOR, on=DAY)


@pytest.mark.parametrize("by", sorted(PARTS))
def test_every_way_to_part_them_adds_up_to_the_same_whole(office: Office, by: str) -> None:
    filled(office)
    whole = whole_of(tally_by(actor_at(office.county), by))
    assert (whole.employers, whole.covered, whole.heads, whole.heads_covered) == (4, 2, 200, 160)


def test_the_lines_say_what_they_are(office: Office) -> None:
    filled(office)
    actor = actor_at(office.county)
    said = {by: {line.name: (line.tally.covered, line.tally.employers) for line in tally_by(actor, by)} for by in PARTS}
    assert said["place"] == {"柳林镇总工会": (2, 3), "开发区工会": (0, 1)}
    assert said["nature"] == {"企业": (2, 3), "事业单位": (0, 1)}
    assert said["park"] == {"柳林轻纺园": (1, 1), "": (1, 3)}
    assert said["trade"] == {"C 制造业": (2, 3), "P 教育": (0, 1)}
    assert said["ownership"] == {"私营企业": (2, 3), "事业单位": (0, 1)}


@pytest.mark.parametrize("by", sorted(PARTS))
def test_every_figure_leads_to_as_many_rows(office: Office, by: str) -> None:
    filled(office)
    client = client_at(office.county)
    page = client.get("/employers/cover/", {"by": by}).content.decode()
    leads = re.findall(r'<a href="(/employers/\?[^"]+)">([\d,]+)</a>', page)
    assert leads
    for address, figure in leads:
        listed = client.get(unescape(address)).content.decode()
        assert f"{figure} 个单位" in listed


def test_the_table_is_a_file_and_no_name_in_it_is_a_formula(office: Office) -> None:
    filled(office)
    Park.objects.update(name="=1+1")
    client = client_at(office.county)
    written = client.get("/employers/cover/table.csv", {"by": "park"}).content.decode("utf-8-sig").splitlines()
    assert written[1].split(",")[1:4] == ["1", "1", "100.0"]
    assert written[1].startswith("'=1+1")
    assert written[-1].split(",")[1:4] == ["2", "4", "50.0"]


def test_no_right_no_figures(office: Office) -> None:
    filled(office)
    assert "还没有在营的单位" in client_at(office.mill).get("/employers/cover/").content.decode()
