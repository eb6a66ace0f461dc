"""Members in the form that others ask for: masked at the command line, whole where two people agreed, read again unchanged."""

import csv
import json
from argparse import Namespace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.commands import Refused
from niangjia.kernel.exports import services
from niangjia.kernel.exports.declaration import source_named
from niangjia.kernel.exports.models import ExportRequest
from niangjia.kernel.exports.rules import Format
from niangjia.kernel.exports.services import Wish
from niangjia.kernel.intake.sheets import find_roster, open_source
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.reveal.models import Look
from niangjia.registers.members.export_command import export_members
from niangjia.registers.members.export_forms import BadForm, form_of, templates
from niangjia.registers.members.roster.columns import FIELDS
from niangjia.registers.members.roster.tests.people import counts, landed
from niangjia.registers.members.tests.people import CHEN, ID_CHEN, LIU, PHONE_CHEN, enrol
from niangjia.registers.orgs.tests.office import Office

pytestmark = pytest.mark.django_db
WHOLE = frozenset({"id_number", "phone", "political"})
NATIONAL = ["姓名", "证件类型", "证件号码", "性别", "出生日期", "民族", "政治面貌", "学历", "移动电话"]
FULL = {
    "id_kind": "居民身份证", "ethnicity": "汉族", "political": "群众", "education": "大学本科", "migrant": "是",
    "household_registration": "农业", "employment": "在岗", "workplace": "=鸿远纺织有限公司", "title": "挡车工",
    "skill": "高级工", "occupation": "否", "member_no": "000123",
}  # fmt: skip


@pytest.fixture
def office() -> Office:
    made = Office()
    enrol(CHEN | FULL, made.mill)
    enrol(LIU | {"member_no": "349921201900000017"}, made.plant)
    return made


@pytest.fixture
def zhou(office: Office) -> Account:
    return an_account("zhou", at=office.county.place)


def command(office: Office, to: Path, **given: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "template": "NATIONAL",
        "unit": office.county.code,
        "to": to,
        "format": "xlsx",
        "request": "",
    }
    return export_members(Namespace(**usual | given)).body


def agreed(office: Office, zhou: Account, file_format: Format, **filters: str) -> ExportRequest:
    source = source_named("members")
    assert source is not None
    wish = Wish(filters, file_format, "report_up", template="NATIONAL", in_clear=WHOLE)
    export = services.ask(source, wish, by=actor_of(zhou, on=clock.today()))
    wang = an_account("wang", at=office.county.place)
    return services.approve(export, by=actor_of(wang, on=clock.today()))


def workbook(path: Path) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(path, read_only=True)
    rows = [
        tuple("" if cell is None else cell for cell in row) for row in book.worksheets[0].iter_rows(values_only=True)
    ]
    book.close()
    return rows


def why(refused: Any) -> str:
    return str(refused.value.refusals[0].code)


def test_without_a_request_every_number_is_masked(office: Office, tmp_path: Path) -> None:
    body = command(office, tmp_path / "a.xlsx")
    assert (body["rows"], body["masked"], body["request"], body["in_clear"]) == (2, True, None, [])
    mark, header, *rows = workbook(tmp_path / "a.xlsx")
    assert str(body["number"]) in mark[0]
    assert list(header[:9]) == NATIONAL
    chen = next(row for row in rows if row[0] == "陈桂兰")
    assert (chen[2], chen[6], chen[8]) == (f"**************{ID_CHEN[-4:]}", "**", "138****2206")
    text = str(rows)
    assert ID_CHEN not in text
    assert PHONE_CHEN not in text
    assert not Look.objects.exists()
    entry = Entry.objects.get(verb="export_members")
    assert (entry.detail["rows"], entry.detail["number"]) == (2, body["number"])


def test_a_unit_holds_itself_and_all_below(office: Office, tmp_path: Path) -> None:
    assert command(office, tmp_path / "a.csv", unit=office.town.code, format="csv")["rows"] == 1
    lines = list(csv.reader(StringIO((tmp_path / "a.csv").read_text("utf-8-sig"))))
    assert [line[0] for line in lines[1:]] == ["姓名", "陈桂兰"]
    assert lines[2][12] == "'=鸿远纺织有限公司"


@pytest.mark.parametrize("file_format", list(Format))
def test_what_two_people_agreed_to_is_read_again_unchanged(
    office: Office, zhou: Account, tmp_path: Path, file_format: Format
) -> None:
    export = agreed(office, zhou, file_format)
    path = tmp_path / f"名册.{file_format}"
    body = command(office, path, request=export.number, format=file_format.value)
    assert (body["rows"], body["masked"], body["in_clear"]) == (2, False, sorted(WHOLE))
    roster: Any = find_roster(open_source(path, filename=path.name), FIELDS)
    assert {"name", "id_number", "phone", "political", "member_no", "union"} <= {
        column.field for column in roster.header.columns if column.field
    }
    batch = landed(path, office.county)
    remarks = list(batch.remarks.values_list("row", "column", "code", "shown"))
    assert counts(batch) == (0, 0, 2, 0, 0), remarks
    assert Look.objects.filter(way="file").count() == 4


def test_a_request_is_good_for_its_own_unit_form_and_answer_alone(
    office: Office, zhou: Account, tmp_path: Path
) -> None:
    export = agreed(office, zhou, Format.CSV, under=office.town.code)
    for given, code in (
        ({"request": "E999999"}, "request_unknown"),
        ({"request": "x"}, "request_unknown"),
        ({"request": export.number}, "request_other_unit"),
        ({"request": export.number, "unit": office.town.code, "template": "OTHER"}, "request_other_form"),
    ):
        with pytest.raises(Refused) as refused:
            command(office, tmp_path / "b.csv", **given)
        assert why(refused) == code
    assert command(office, tmp_path / "c.csv", request=export.number, unit=office.town.code)["rows"] == 1
    services.withdraw(export, by=actor_of(zhou, on=clock.today()))
    with pytest.raises(Refused) as ended:
        command(office, tmp_path / "d.csv", request=export.number, unit=office.town.code)
    assert why(ended) == "request_not_agreed"


def test_a_file_that_is_there_is_not_written_over(office: Office, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"mine")
    with pytest.raises(Refused) as refused:
        command(office, tmp_path / "a.xlsx")
    assert why(refused) == "file_exists"
    with pytest.raises(Refused) as unknown:
        command(office, tmp_path / "b.xlsx", template="NOWHERE")
    assert why(unknown) == "template_unknown"


FORM = {"code": "NATIONAL", "title": "本市会员表", "region": "3499", "valid_from": "2026-01-01"}


def test_a_region_asks_for_its_own_form_from_a_day_on(settings: Any, tmp_path: Path) -> None:
    settings.NIANGJIA_DATA = tmp_path
    folder = tmp_path / "export-templates"
    folder.mkdir()
    columns = [
        {"header": "会员姓名", "field": "name"},
        {"header": "男女", "field": "sex", "words": {"女": "2", "男": "1"}},
    ]
    (folder / "city.json").write_text(json.dumps(FORM | {"columns": columns}), "utf-8")
    (own,) = templates(date(2026, 3, 1), "349900")
    assert [column.title for column in own.columns] == ["会员姓名", "男女"]
    for on, city in ((date(2025, 12, 31), "349900"), (date(2026, 3, 1), "110100")):
        (national,) = templates(on, city)
        assert national.title == "全国工会会员实名制采集表"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"columns": []}, "without columns"),
        ({"columns": [{"header": "工资", "field": "wage"}]}, "columns[0].field: 'wage'"),
        ({"columns": [{"header": "姓名", "field": "name"}] * 2}, "columns[1].header"),
        ({"columns": [{"header": "姓名", "field": "name"}], "region": "cn"}, "region"),
        ({"columns": [{"header": "姓名", "field": "name"}], "valid_from": "soon"}, "isoformat"),
    ],
)
def test_a_form_that_makes_no_sense_is_refused_by_name(
    changed: dict[str, Any], words: str, settings: Any, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=words.replace("[", r"\[").replace("]", r"\]")):
        form_of(FORM | changed)
    settings.NIANGJIA_DATA = tmp_path
    (tmp_path / "export-templates").mkdir()
    (tmp_path / "export-templates" / "odd.json").write_text(json.dumps(FORM | changed), "utf-8")
    with pytest.raises(BadForm, match=r"odd\.json"):
        templates(date(2026, 3, 1), "349900")
