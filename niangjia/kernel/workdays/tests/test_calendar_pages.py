"""The calendar at the desk: who sees it, who brings in the next year, and what follows."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from niangjia.config.command import _parser, collect
from niangjia.kernel import clock
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.commands import Outcome, Refused
from niangjia.kernel.dated.queries import calendar
from niangjia.kernel.dated.services import load_public_days
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.workdays import services
from niangjia.kernel.workdays.rules import read_notice
from niangjia.kernel.workdays.tests.test_notice import OF_2026, SOURCE
from niangjia.kernel.workdays.today import things_to_do
from niangjia.registers.orgs.rules import Level
from niangjia.registers.orgs.tests.office import Office, actor_at, client_at, register

pytestmark = pytest.mark.django_db
OF_2027 = "2027-01-01至2027-01-03,放假,元旦\n2027-02-05至2027-02-11,放假,春节\n2027-02-13,上班,春节"


@pytest.fixture
def office() -> Office:
    """A county under its city, so that a cadre of the county is not at the top."""
    made = Office.__new__(Office)
    city = register("安宁市总工会", Level.CITY, region_code="349900")
    made.county = register("安禾县总工会", Level.COUNTY, city, region_code="349921")
    made.town = register("柳林镇总工会", Level.TOWN, made.county)
    made.park = city
    load_public_days()
    return made


def sent(client: Client, verb: str, **more: object) -> object:
    given = {"year": "2027", "source": SOURCE, "text": OF_2027, "verb": verb} | more
    return client.post("/calendar/new/", given)


def test_a_year_shows_its_feasts_its_months_and_its_source(office: Office) -> None:
    page = client_at(office.town).get("/calendar/2026/").content.decode()
    assert "国务院办公厅关于2026年部分节假日安排的通知" in page
    assert "2月15日到2月23日" in page
    assert page.count("nj-month") >= 12
    assert page.count("nj-day-mark") == 33 + 6
    assert "装入放假安排" not in page
    assert "只按周末推算" in client_at(office.town, login="other").get("/calendar/2027/").content.decode()


def test_a_worker_and_a_year_nobody_lives_in_find_nothing(office: Office) -> None:
    client = client_at(office.county)
    for path in ("/calendar/1066/", "/calendar/9999/", "/calendar/new/"):
        assert client.get(path).status_code == 404, path
    assert client_at(office.county, Role.WORKER).get("/calendar/2026/").status_code == 404
    assert Client().get("/calendar/2026/").status_code == 302


@pytest.mark.parametrize(
    ("role", "place", "status"),
    [
        (Role.CADRE, "county", 404),
        (Role.CADRE, "park", 200),
        (Role.CHAIR, "park", 404),
        (Role.SYSTEM_ADMIN, "county", 200),
        (Role.SYSTEM_ADMIN, "town", 404),
        (Role.SECURITY_ADMIN, "county", 404),
    ],
)
def test_the_city_or_the_system_administrator_brings_it_in(office: Office, role: Role, place: str, status: int) -> None:
    assert client_at(getattr(office, place), role).get("/calendar/new/").status_code == status


def test_what_was_read_is_looked_at_before_it_holds(office: Office) -> None:
    client = client_at(office.park)
    page = sent(client, "look").content.decode()  # type: ignore[attr-defined]
    assert "对的，装入" in page
    assert "没有看到：清明" in page
    assert calendar().is_working(date(2027, 2, 5))
    answer = sent(client, "publish")
    assert answer.url == "/calendar/2027/"  # type: ignore[attr-defined]
    assert not calendar().is_working(date(2027, 2, 5))
    assert calendar().is_working(date(2027, 2, 13))
    entry = Entry.objects.get(verb="publish_calendar")
    assert (entry.thing_id, entry.detail) == (2027, {"source": SOURCE, "days": [0, 11], "worked": 1})
    sent(client, "publish")
    assert Entry.objects.filter(verb="publish_calendar").count() == 1
    assert "装入了放假安排" in client.get("/calendar/2027/").content.decode()


def test_a_file_is_read_too_in_either_encoding(office: Office) -> None:
    client = client_at(office.park)
    for encoding in ("utf-8-sig", "gb18030"):
        file = SimpleUploadedFile("a.csv", OF_2027.encode(encoding))
        page = sent(client, "look", text="", file=file).content.decode()  # type: ignore[attr-defined]
        assert "2027-02-05至2027-02-11,放假,春节" in page
    assert "编码" in sent(client, "look", text="", file=SimpleUploadedFile("a.csv", b"\xff\xff\x80")).content.decode()  # type: ignore[attr-defined]
    big = SimpleUploadedFile("a.csv", b"x" * 90_000)
    assert "文件太大" in sent(client, "look", text="", file=big).content.decode()  # type: ignore[attr-defined]
    assert "还没有内容" in sent(client, "look", text="").content.decode()  # type: ignore[attr-defined]


def test_what_cannot_be_is_said_and_nothing_typed_is_lost(office: Office) -> None:
    page = sent(client_at(office.park), "publish", year="2026", text=OF_2026.replace("共9天", "共8天")).content.decode()  # type: ignore[attr-defined]
    assert "写着共 8 天，数出来 9 天" in page
    assert "对的，装入" not in page
    assert "六、中秋节" in page
    assert not Entry.objects.filter(verb="publish_calendar").exists()


def test_the_service_asks_for_the_right_and_refuses_what_is_faulty(office: Office) -> None:
    notice = read_notice(OF_2027, year=2027, source=SOURCE)
    with pytest.raises(Forbidden):
        services.publish(notice, year=2027, by=actor_at(office.county))
    with pytest.raises(services.NotPublished):
        services.publish(read_notice("", year=2027, source=SOURCE), year=2027, by=actor_at(office.park))


def test_from_november_on_the_next_year_is_a_thing_to_do(office: Office) -> None:
    city, county = actor_at(office.park), actor_at(office.county)
    assert things_to_do(city, date(2026, 10, 31)) == []
    found = things_to_do(city, date(2026, 11, 1))
    assert [(each.address, each.due) for each in found] == [("/calendar/new/?year=2027", date(2026, 12, 31))]
    assert things_to_do(county, date(2026, 11, 1)) == []
    services.publish(read_notice(OF_2027, year=2027, source=SOURCE), year=2027, by=city)
    assert things_to_do(city, date(2026, 11, 1)) == []


def test_the_calendar_of_today_is_that_of_this_year(office: Office) -> None:
    with clock.at(datetime(2026, 12, 31, 17, tzinfo=UTC)):
        client = client_at(office.park)
        assert client.get("/calendar/").headers["Location"] == "/calendar/2027/"
        assert 'value="2027"' in client.get("/calendar/new/").content.decode()
        assert 'value="2028"' in client.get("/calendar/new/?year=2028").content.decode()


def run(*words: str) -> Outcome:
    commands = collect()
    return commands["load-public-days"].run(_parser(commands.values()).parse_args(["load-public-days", *words]))


def test_an_operator_brings_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "2027.csv"
    file.write_text(OF_2027, "utf-8")
    outcome = run(str(file), "--year", "2027", "--source", SOURCE)
    assert (outcome.body["off"], outcome.body["worked"], outcome.body["changed"]) == (10, 1, True)
    assert run(str(file), "--year", "2027", "--source", SOURCE).body["changed"] is False
    file.write_bytes(OF_2026.replace("共9天", "共8天").encode("gb18030"))
    with pytest.raises(Refused) as refused:
        run(str(file), "--year", "2026", "--source", SOURCE)
    assert refused.value.as_json()["refused"][0]["path"] == "line 3"
    with pytest.raises(Refused):
        run(str(tmp_path / "none.csv"), "--year", "2026", "--source", SOURCE)
