"""What a roster does to the register."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection
from openpyxl import Workbook

from niangjia.kernel.access.rules import Actor, Right, Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.intake.models import Import, State
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.people.models import Subject
from niangjia.kernel.sealed import unseal
from niangjia.registers.members.models import Membership, Person, PhoneProposal, TransferProposal
from niangjia.registers.members.roster.reports import report
from niangjia.registers.members.roster.services import RosterFile, receive, run, try_out
from niangjia.registers.members.roster.tests.people import (
    HEADER,
    OPERATOR,
    codes,
    counts,
    csv_file,
    id_number,
    landed,
    person,
    phone,
    phone_of,
    union,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_people_of_a_roster_become_members_with_sealed_numbers(tmp_path: Path) -> None:
    batch = landed(csv_file(tmp_path, [person(1), person(2)]), union("A1"))
    assert counts(batch) == (2, 0, 0, 0, 0)
    someone = Person.objects.get(name="王小一")
    assert unseal(someone.id_sealed, aad=f"members_person.id_sealed.{someone.pk}") == id_number(1)
    assert phone_of(someone) == phone(1)
    membership = someone.memberships.get()
    assert (membership.period.lower, membership.period.upper) == (date(2019, 3, 5), None)
    assert someone.birth_on == date(1985, 3, 12)
    assert someone.sex == "male"


def test_no_number_rests_in_clear_anywhere_in_the_database(tmp_path: Path) -> None:
    unit = union("A1")
    landed(csv_file(tmp_path, [person(1), person(2, id=id_number(2)[:-1] + "?"), person(1, name="另一人")]), unit)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema IN ('public', 'staging')"
        )
        for schema, table in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*) FROM "{schema}"."{table}" t WHERE t::text LIKE %s OR t::text LIKE %s',
                [f"%{id_number(1)}%", f"%{phone(1)}%"],
            )
            assert cursor.fetchone() == (0,), table


def test_the_same_file_again_writes_nothing(tmp_path: Path) -> None:
    unit, path = union("A1"), csv_file(tmp_path, [person(n) for n in range(8)])
    landed(path, unit)
    before = list(Person.objects.order_by("pk").values_list("pk", "revision"))
    again = landed(path, unit)
    assert counts(again) == (0, 0, 8, 0, 0)
    assert list(Person.objects.order_by("pk").values_list("pk", "revision")) == before
    assert not Entry.objects.filter(thing_id=again.pk).exists()


def test_a_changed_phone_is_updated_and_sealed_for_its_own_row(tmp_path: Path) -> None:
    unit = union("A1")
    landed(csv_file(tmp_path, [person(1), person(2)]), unit)
    batch = landed(csv_file(tmp_path, [person(1, phone=phone(99)), person(2)]), unit)
    assert counts(batch) == (0, 1, 1, 0, 0)
    someone = Person.objects.get(name="王小一")
    assert phone_of(someone) == phone(99)
    assert someone.revision == 2


def test_a_blank_cell_never_erases(tmp_path: Path) -> None:
    unit = union("A1")
    landed(csv_file(tmp_path, [person(1)]), unit)
    batch = landed(csv_file(tmp_path, [person(1, phone="", sex="", joined_on="")]), unit)
    assert counts(batch) == (0, 0, 1, 0, 0)
    assert Person.objects.get().phone_sealed is not None


def test_a_phone_its_owner_confirmed_becomes_a_proposal(tmp_path: Path) -> None:
    unit = union("A1")
    landed(csv_file(tmp_path, [person(1)]), unit)
    Person.objects.update(phone_confirmed_at=datetime(2026, 1, 1, tzinfo=UTC))
    batch = landed(csv_file(tmp_path, [person(1, phone=phone(77))]), unit)
    assert counts(batch) == (0, 0, 1, 0, 0)
    someone = Person.objects.get()
    assert phone_of(someone) == phone(1)
    proposal = PhoneProposal.objects.get()
    assert unseal(proposal.phone_sealed, aad=f"members_person.phone_sealed.{someone.pk}") == phone(77)
    assert codes(batch) == [(2, "phone_confirmed_by_owner")]


def test_someone_active_elsewhere_becomes_a_transfer_proposal_that_tells_nothing_of_where(tmp_path: Path) -> None:
    here, there = union("HERE"), union("THERE", name="隐秘街道工会")
    path = csv_file(tmp_path, [person(1)])
    landed(path, there)
    batch = landed(path, here)
    assert counts(batch) == (0, 0, 0, 0, 1)
    assert Membership.objects.get().union == there
    assert TransferProposal.objects.get().to_union == here
    told = str(report(batch))
    assert "active_elsewhere" in told
    assert "THERE" not in told
    assert "隐秘" not in told
    again = landed(path, here)
    assert counts(again) == (0, 0, 0, 0, 1)
    assert TransferProposal.objects.count() == 1


def test_a_roster_of_the_county_leaves_people_in_the_unions_below(tmp_path: Path) -> None:
    county = union("C", level="county")
    base = union("B", parent=county)
    landed(csv_file(tmp_path, [person(1)]), base)
    batch = landed(csv_file(tmp_path, [person(1), person(2)]), county)
    assert counts(batch) == (1, 0, 1, 0, 0)
    assert Membership.objects.get(person__name="王小一").union == base


def test_a_column_names_the_union_by_code_credit_code_or_name(tmp_path: Path) -> None:
    county = union("C", level="county")
    mill = union("MILL", parent=county, name="鸿远纺织有限公司工会", uscc="81340800123456788R")
    twins = [union(f"T{number}", parent=county, name="第一小学工会") for number in (1, 2)]
    outside = union("OUT")
    rows = [
        [*person(n), said]
        for n, said in enumerate(
            ["MILL", "81340800123456788R", "鸿远纺织有限公司工会", "第一小学工会", "OUT", "没有的工会", ""]
        )
    ]
    batch = landed(csv_file(tmp_path, rows, header=(*HEADER, "所属工会")), county)
    assert codes(batch) == [(5, "union_ambiguous"), (6, "union_outside"), (7, "union_unknown")]
    assert Membership.objects.filter(union=mill).count() == 3
    assert Membership.objects.filter(union=county).count() == 1
    assert not Membership.objects.filter(union__in=[*twins, outside]).exists()


def test_an_unknown_union_is_answered_with_the_name_most_like_it(tmp_path: Path) -> None:
    county = union("C", level="county")
    union("MILL", parent=county, name="宏达五金制品有限公司工会")
    batch = landed(csv_file(tmp_path, [[*person(1), "宏达五金厂工会"]], header=(*HEADER, "所属工会")), county)
    assert "宏达五金制品有限公司工会" in report(batch)["faults"][0]["reason"]


def test_every_kind_of_bad_row_is_refused_with_its_own_code(tmp_path: Path) -> None:
    good = id_number(3)
    rows = [
        person(1, name=" "), person(2, id=""), person(3, id=good[:-1] + ("0" if good[-1] != "0" else "1")), person(4, id=id_number(4)[:-1]),
        person(5, sex="女"), person(6, phone="12345"), person(7, joined_on="2019-02-30"), person(8, id=id_number(8, birth="20150101")),
        person(9, id="E12345678"), person(10, name="王1"), person(11, sex="未知"), person(12, joined_on="2099-01-01"),
        person(13, id="3.49921E+17"),
    ]  # fmt: skip
    batch = landed(csv_file(tmp_path, rows), union("A1"))
    assert counts(batch) == (0, 0, 0, 13, 0)
    assert [code for _, code in codes(batch)] == [
        "name_missing", "id_missing", "id_check_digit", "id_length", "sex_contradicts_id", "phone_invalid", "joined_on_invalid",
        "under_16", "joined_on_invalid", "id_kind_needed", "name_invalid", "sex_unknown", "joined_on_invalid",
        "id_numeric_cell",
    ]  # fmt: skip
    assert not Subject.objects.exists()


def test_one_person_twice_in_a_file(tmp_path: Path) -> None:
    rows = [person(1), person(1), person(2), person(2, phone=phone(50)), person(3, name="陈一"), person(3, name="陈二")]
    batch = landed(csv_file(tmp_path, rows), union("A1"))
    assert counts(batch) == (2, 0, 1, 3, 0)
    assert codes(batch) == [(5, "duplicate_differs"), (6, "same_id_two_names"), (7, "same_id_two_names")]
    assert set(Person.objects.values_list("name", flat=True)) == {"王小一", "王小二"}


def test_a_good_row_counts_where_a_bad_row_of_the_same_person_stands_before_it(tmp_path: Path) -> None:
    batch = landed(csv_file(tmp_path, [person(1, phone="123"), person(1)]), union("A1"))
    assert counts(batch) == (1, 0, 0, 1, 0)


def test_a_name_that_differs_from_the_register_is_refused(tmp_path: Path) -> None:
    unit = union("A1")
    landed(csv_file(tmp_path, [person(1)]), unit)
    batch = landed(csv_file(tmp_path, [person(1, name="别的名字")]), unit)
    assert counts(batch) == (0, 0, 0, 1, 0)
    assert codes(batch) == [(2, "name_differs_from_register")]


def test_a_phone_shared_by_two_is_a_warning_and_both_land(tmp_path: Path) -> None:
    unit = union("A1")
    batch = landed(csv_file(tmp_path, [person(1), person(2, phone=phone(1))]), unit)
    assert counts(batch) == (2, 0, 0, 0, 0)
    assert codes(batch) == [(3, "phone_shared")]
    later = landed(csv_file(tmp_path, [person(3, phone=phone(1))]), unit)
    assert codes(later) == [(2, "phone_shared")]
    assert later.warnings == 1


def test_someone_who_left_comes_back_by_a_roster(tmp_path: Path) -> None:
    unit = union("A1")
    path = csv_file(tmp_path, [person(1)])
    landed(path, unit)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE members_membership SET state = 'left', period = daterange(lower(period), '2024-05-01')")
    batch = landed(path, unit)
    assert counts(batch) == (1, 0, 0, 0, 0)
    current = Membership.objects.get(state="active")
    assert (current.kind, current.period.lower) == ("rejoined", date(2024, 5, 1))


def test_a_workbook_with_numeric_ids_and_formulas(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["某某公司会员花名册"])
    sheet.append(list(HEADER))
    sheet.append(["王小一", int(id_number(1)[:17]) * 10, 13900000001, "男", date(2019, 3, 5)])
    sheet.append(["王小二", id_number(2), 13900000002, "女", "2019年3月"])
    sheet.append(["=A3", id_number(3), "", "", ""])
    sheet.append(["合计", "", "3人"])
    book.save(tmp_path / "名册.xlsx")
    batch = landed(tmp_path / "名册.xlsx", union("A1"))
    assert batch.rows_in == 3
    assert counts(batch) == (1, 0, 0, 2, 0)
    assert codes(batch) == [(3, "id_numeric_cell"), (4, "month_only"), (5, "formula_cell")]
    assert {remark.sheet for remark in batch.remarks.all()} == {"Sheet"}


def test_a_trial_changes_nothing_in_the_register_and_counts_the_same(tmp_path: Path) -> None:
    unit = union("A1")
    file = RosterFile.in_place(csv_file(tmp_path, [person(1), person(2, phone="1"), person(1)]))
    batch = try_out(receive(file, unit=unit, by=OPERATOR), file)
    assert (batch.state, counts(batch)) == (State.TRIED, (1, 0, 1, 1, 0))
    assert not Subject.objects.exists()
    assert not Entry.objects.exists()
    run(batch, file)
    assert (batch.state, counts(batch)) == (State.DONE, (1, 0, 1, 1, 0))
    assert Person.objects.count() == 1


def test_a_file_without_the_needed_columns_is_refused_whole(tmp_path: Path) -> None:
    batch = landed(csv_file(tmp_path, [["王小一", "13900000001"]], header=("姓名", "手机")), union("A1"))
    assert batch.state == State.REFUSED
    assert batch.refusal["code"] == "missing_columns"
    assert batch.rows_in == 0


def test_a_mapping_given_once_is_remembered(tmp_path: Path) -> None:
    unit = union("A1")
    header = ("姓名", "号", "手机", "性别", "入会时间")
    path = csv_file(tmp_path, [person(1)], header=header)
    assert landed(path, unit).state == State.REFUSED
    assert landed(path, unit, mapping={"号": "id_number"}).created == 1
    assert landed(path, unit).unchanged == 1


def test_a_cadre_of_another_union_may_not_bring_a_roster_in(tmp_path: Path) -> None:
    here, there = union("HERE"), union("THERE")
    stranger = Actor(None, "外人", (Right(Role.CADRE, there.pk, there.place.path),))
    file = RosterFile.in_place(csv_file(tmp_path, [person(1)]))
    with pytest.raises(Forbidden):
        receive(file, unit=here, by=stranger)
    own = Actor(None, "自己人", (Right(Role.CADRE, here.pk, here.place.path),))
    assert receive(file, unit=here, by=own).place_id == here.pk


def test_every_row_is_counted_by_the_database_itself(tmp_path: Path) -> None:
    batch = landed(csv_file(tmp_path, [person(1)]), union("A1"))
    with pytest.raises(Exception, match="import_every_row_counted"):
        Import.objects.filter(pk=batch.pk).update(created=2)
