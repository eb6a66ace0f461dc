"""A list of employers at the desk: tried, landed, sent again, taken back; faults come back as a workbook."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from niangjia.kernel.intake.models import Import, State
from niangjia.kernel.journal.models import Entry
from niangjia.registers.employers.models import Employer
from niangjia.registers.employers.rules.employer_facts import EmployerFacts
from niangjia.registers.employers.services import attach_union, register_employer
from niangjia.registers.orgs.tests.office import DAY, OPERATOR, Office, client_at

pytestmark = pytest.mark.django_db
HEADER = "单位名称,统一社会信用代码,属地工会,行业,所有制,职工人数,女职工人数,开业日期\n"
CODE = "91350100M000100Y43"


@pytest.fixture
def office() -> Office:
    return Office()


def brought(client: Client, rows: str, name: str = "名单.csv") -> Import:
    answer: Any = client.post("/employers/import/", {"file": SimpleUploadedFile(name, (HEADER + rows).encode())})
    assert answer.status_code == 302, answer.content.decode()
    return Import.objects.order_by("-pk").filter(kind="employers")[0]


def press(client: Client, batch: Import, button: str) -> str:
    answer = client.post(f"/employers/imports/{batch.pk}/", {button: "1"}, follow=True)
    batch.refresh_from_db()
    return answer.content.decode()


def test_a_list_is_tried_lands_once_and_the_same_again_changes_nothing(office: Office) -> None:
    client = client_at(office.county)
    rows = (
        f"鸿远纺织有限公司,{CODE},{office.town.code},制造业,私营企业,1200,800,2010年3月5日\n"
        f"顺通物流,,柳林镇总工会,60,个体工商户,12人,,2026-09-01\n"
    )
    batch = brought(client, rows)
    assert (batch.created, batch.rejected, Employer.objects.count()) == (2, 0, 0)
    for _click in range(2):
        press(client, batch, "land")
    mill = Employer.objects.get(uscc=CODE)
    assert (mill.trade_code, mill.ownership_list, mill.employees, str(mill.opened_on)) == (
        "C", "union_2015", 1200, "2010-03-05",
    )  # fmt: skip
    assert Employer.objects.get(name="顺通物流").place_id == office.town.pk
    assert Entry.objects.filter(verb="register_employer").count() == 2
    again = brought(client, rows)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)


def test_a_blank_cell_changes_nothing_and_what_was_changed_comes_back(office: Office) -> None:
    client = client_at(office.county)
    facts = EmployerFacts(
        name="鸿远纺织有限公司", place_id=office.town.pk, uscc=CODE, employees=1_000, address="工业路 8 号"
    )
    mill = register_employer(facts, by=OPERATOR)
    batch = brought(client, f"鸿远纺织有限公司,{CODE},,,,1200,,\n新店,,{office.town.code},,,5,,\n")
    assert (batch.created, batch.updated) == (1, 1)
    press(client, batch, "land")
    mill.refresh_from_db()
    assert (mill.employees, mill.address) == (1_200, "工业路 8 号")
    press(client, batch, "undo")
    mill.refresh_from_db()
    assert (batch.state, mill.employees, Employer.objects.filter(name="新店").exists()) == (State.UNDONE, 1_000, False)


def test_what_is_used_since_stands_against_taking_back(office: Office) -> None:
    client = client_at(office.county)
    batch = brought(client, f"新店,,{office.town.code},,,5,,\n")
    press(client, batch, "land")
    attach_union(Employer.objects.get().pk, office.mill.pk, by=OPERATOR, on=DAY)
    assert "没有撤销，什么都没有改" in press(client, batch, "undo")
    assert Employer.objects.exists()


def test_every_fault_says_what_to_mend_and_comes_back_as_a_workbook(office: Office) -> None:
    client = client_at(office.town)
    rows = (
        f"甲厂,,{office.park.code},,,,,\n"
        f"乙厂,91350100M000100Y44,{office.town.code},,,,,\n"
        f"丙厂,,{office.town.code},养鱼,,,,\n"
        f"丁厂,,{office.town.code},,,很多,,\n"
        f"戊厂,,{office.town.code},,,3,4,\n"
        f"己厂,,{office.town.code},,,3,,去年\n"
        f"好厂,,{office.town.code},,,3,,\n"
        f"好厂,,{office.town.code},,,4,,\n"
    )
    batch = brought(client, rows)
    assert (batch.rows_in, batch.created, batch.rejected) == (8, 1, 7)
    page = client.get(f"/employers/imports/{batch.pk}/").content.decode()
    for words in ("找不到", "养鱼", "很多", "比职工总数", "和第 8 行是同一家单位"):
        assert words in page, words
    book = client.get(f"/employers/imports/{batch.pk}/faults.xlsx")
    assert book.status_code == 200
    sent = client.post("/employers/import/", {"file": SimpleUploadedFile("改好.xlsx", book.content)})
    assert sent.status_code == 302
    assert Import.objects.order_by("-pk")[0].rows_in == 7
    assert client_at(office.park).get(f"/employers/imports/{batch.pk}/").status_code == 404
