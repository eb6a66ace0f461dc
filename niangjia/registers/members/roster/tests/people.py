"""Made-up people and files for the tests of rosters."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.intake.models import Import
from niangjia.kernel.places.models import Place
from niangjia.kernel.sealed import unseal
from niangjia.registers.members.models import Person
from niangjia.registers.members.roster.services import RosterFile, receive, run
from niangjia.registers.members.rules import check_digit
from niangjia.registers.orgs.models import Kind, Union

OPERATOR = Actor.operator()
HEADER = ("姓名", "身份证号码", "手机", "性别", "入会时间")


def id_number(number: int, *, birth: str = "19850312") -> str:
    """A number with a right check digit, of a region that was never assigned; odd sequences are men."""
    head = f"3499{number // 1000 % 100:02d}{birth}{number % 1000:03d}"
    return head + check_digit(head)


def phone(number: int) -> str:
    """A mobile number."""
    return f"139{number:08d}"


def person(number: int, *, name: str = "", **changed: str) -> list[str]:
    """One row under `HEADER`."""
    row = {
        "name": name or f"王小{'零一二三四五六七八九'[number % 10]}",
        "id": id_number(number),
        "phone": phone(number),
        "sex": "男" if number % 2 else "女",
        "joined_on": "2019-03-05",
    } | changed
    return list(row.values())


def csv_file(
    folder: Path, rows: Sequence[Sequence[str]], *, header: Sequence[str] = HEADER, name: str = "名册.csv"
) -> Path:
    """A text file as a spreadsheet program saves it."""
    path = folder / name
    path.write_text("".join(",".join(row) + "\n" for row in [header, *rows]), encoding="utf-8")
    return path


def union(
    code: str, *, parent: Union | None = None, level: str = "base", name: str = "", uscc: str | None = None
) -> Union:
    """A union in the tree."""
    place = Place.objects.create(
        city="349900", level=level, parent=parent.place if parent else None, path=code, opened_on=date(2020, 1, 1)
    )
    place.path = f"{parent.place.path if parent else ''}{place.pk}."
    place.save()
    return Union.objects.create(
        place=place, city="349900", code=code, name=name or f"{code}工会", kind=Kind.BASE, uscc=uscc
    )


def landed(path: Path, unit: Union, *, by: Actor = OPERATOR, mapping: dict[str, str] | None = None) -> Import:
    """The file imported to the end."""
    file = RosterFile.in_place(path)
    return run(receive(file, unit=unit, by=by, mapping=mapping), file)


def phone_of(someone: Person) -> str:
    """The phone as it lies sealed in the person's own row."""
    return unseal(someone.phone_sealed or b"", aad=f"members_person.phone_sealed.{someone.pk}")


def counts(batch: Import) -> tuple[int, int, int, int, int]:
    """Created, updated, unchanged, rejected, conflicts."""
    return batch.created, batch.updated, batch.unchanged, batch.rejected, batch.conflicts


def codes(batch: Import) -> list[tuple[int, str]]:
    """Row and code of every remark, in order."""
    return list(batch.remarks.order_by("seq", "id").values_list("row", "code"))
