"""Checks of the registers: each finds its offender, none finds anything in a clean register, each within one's places."""

from argparse import Namespace
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction

from niangjia.kernel.access.rules import Role
from niangjia.kernel.commands import Refused
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import Level
from niangjia.kernel.places.services import close_place, open_place, set_second_parents
from niangjia.registers.committees.models import Term
from niangjia.registers.employers.models import Coverage, Employer
from niangjia.registers.members.tests.people import CHEN, TODAY, a_number, enrol
from niangjia.registers.orgs.checking.files import CheckUnfit, checks, read_check
from niangjia.registers.orgs.checking.queries import number_of, offenders
from niangjia.registers.orgs.commands import check_registers
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.tests.office import DAY, OPERATOR, Office, actor_at, client_at, register

pytestmark = pytest.mark.django_db


def employer(office: Office) -> Employer:
    return Employer.objects.create(city="349900", name="园区物业有限公司", place=office.park.place)


def covered(office: Office) -> Coverage:
    return Coverage.objects.create(city="349900", employer=employer(office), union=office.plant, valid_from=TODAY)


def closed(union: Union) -> None:
    close_place(Place.objects.get(pk=union.pk), on=TODAY)


def wrong_registrar(office: Office) -> None:
    Union.objects.filter(pk=office.plant.pk).update(uscc="91350100M000100Y43")


def nameless_place(office: Office) -> None:
    open_place(Level.BRANCH, city="349900", on=DAY, parent=Place.objects.get(pk=office.plant.pk))


def before_its_parent(office: Office) -> None:
    Place.objects.filter(pk=office.park.pk).update(opened_on=DAY + timedelta(days=9))


def twins(office: Office) -> None:
    register(office.plant.name, Level.BASE, office.park)


def branch_code(office: Office) -> None:
    branch = register("一车间分会", Level.BRANCH, office.plant)
    Union.objects.filter(pk=branch.pk).update(uscc="81110105MC0123450P")


def closed_second(office: Office) -> None:
    set_second_parents({office.plant.pk: office.mill.pk}, on=DAY)
    closed(office.mill)


def left_behind(office: Office) -> None:
    enrol(CHEN, office.plant)
    closed(office.plant)


def closed_employer(office: Office) -> None:
    covered(office)
    Employer.objects.update(closed_on=TODAY)


def closed_cover(office: Office) -> None:
    covered(office)
    closed(office.plant)


def one_organiser(office: Office) -> None:
    for number in range(25):
        name = chr(ord("一") + 200 + number)
        enrol({"name": f"张{name}", "id_number": a_number("34992119910101", 100 + number)}, office.plant)
    Term.objects.create(
        city="349900", union=office.plant, number=1, form="organiser", years=3, begins_on=DAY,
        ends_on=DAY + timedelta(days=1095), document_number="安工发〔2026〕1号", approved_on=DAY,
    )  # fmt: skip


MADE: dict[str, Callable[[Office], None]] = {
    "branch_with_credit_code": branch_code,
    "coverage_by_closed_union": closed_cover,
    "coverage_of_closed_employer": closed_employer,
    "credit_code_registrar": wrong_registrar,
    "member_of_closed_union": left_behind,
    "organiser_of_many": one_organiser,
    "outside_days_of_parent": before_its_parent,
    "place_without_union": nameless_place,
    "same_name_twice": twins,
    "second_parent_closed": closed_second,
}


def test_in_a_clean_register_everything_holds() -> None:
    office = Office()
    enrol(CHEN, office.plant)
    covered(office)
    register("一车间分会", Level.BRANCH, office.plant)
    assert {each.name: number_of(each, OPERATOR) for each in checks()} == dict.fromkeys(MADE, 0)


@pytest.mark.parametrize("name", sorted(MADE))
def test_each_check_finds_its_offender_within_ones_places(name: str) -> None:
    office = Office()
    MADE[name](office)
    check = next(each for each in checks() if each.name == name)
    found = offenders(check, actor_at(office.county))
    assert found
    assert number_of(check, actor_at(office.county)) == len(found)
    assert number_of(check, actor_at(office.park)) == len(found)
    # another town's cadre meets none of it
    assert offenders(check, actor_at(office.town)) == []
    assert {each.name for each in checks() if number_of(each, OPERATOR)} == {name}


def test_the_page_lists_what_is_wrong_first_and_what_to_do() -> None:
    office = Office()
    wrong_registrar(office)
    client = client_at(office.park)
    page = client.get("/unions/checks/").content.decode()
    assert "1 处要改" in page
    page = client.get("/unions/checks/credit_code_registrar/").content.decode()
    assert office.plant.name in page
    assert "多半是填成了单位的代码" in page
    assert office.plant.name not in client_at(office.town).get("/unions/checks/credit_code_registrar/").content.decode()
    assert client.get("/unions/checks/nothing/").status_code == 404
    assert client_at(office.county, Role.SYSTEM_ADMIN).get("/unions/checks/").status_code == 404


def test_the_command_ends_with_one_where_something_is_wrong() -> None:
    office = Office()
    asked = Namespace(check="")
    done = check_registers(asked)
    assert (done.exit_code, done.body) == (0, {"checked": len(MADE), "violations": []})
    wrong_registrar(office)
    done = check_registers(asked)
    assert done.exit_code == 1
    assert [each["union"] for each in done.body["violations"]] == [office.plant.code]
    with pytest.raises(Refused):
        check_registers(Namespace(check="nothing"))


def test_a_file_without_its_head_is_refused(tmp_path: Path) -> None:
    (tmp_path / "odd.sql").write_text("-- 只有一句\nSELECT 1", "utf-8")
    with pytest.raises(CheckUnfit):
        read_check(tmp_path / "odd.sql")


def test_no_check_changes_anything() -> None:
    Office()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
        for each in checks():
            number_of(each, OPERATOR)
        transaction.set_rollback(True)
