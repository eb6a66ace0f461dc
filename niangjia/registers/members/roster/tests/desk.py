"""A small county, its cadres, and rosters as people have them, for tests of the pages of imports."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import a_place, an_account, open_session
from niangjia.kernel.intake.models import Import
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import Level
from niangjia.registers.members.roster import jobs
from niangjia.registers.members.roster.asking import LAND, TRY, UNDO
from niangjia.registers.orgs.models import Union

HEADER = ("姓名", "身份证号码", "联系电话", "岗位", "备注")
TASKS = {TRY: jobs.try_roster, LAND: jobs.land_roster, UNDO: jobs.undo_roster}
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_number(number: int, *, born: date = date(1985, 3, 12)) -> str:
    """A well-formed number of nobody: its region was never given out."""
    body = f"349921{born:%Y%m%d}{number:03d}"
    rest = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11
    return body + "10X98765432"[rest]


def a_union(name: str, *, code: str, level: Level = Level.COUNTY, parent: Place | None = None) -> Union:
    """A union with its place."""
    place = a_place(level, parent=parent)
    kind = "base" if level is Level.BASE else "territorial"
    return Union.objects.create(place=place, city=place.city, code=code, name=name, kind=kind)


def county() -> tuple[Union, Union]:
    """A county union and a town union below it."""
    upper = a_union("安禾县总工会", code="AH")
    return upper, a_union("柳林镇总工会", code="LL", level=Level.TOWN, parent=upper.place)


def cadre_of(union: Union, login: str = "zhou") -> Account:
    """A cadre of the union."""
    return an_account(login, role=Role.CADRE, at=union.place)


def inside(account: Account) -> Client:
    """A client signed in as the account."""
    return open_session(Client(), account)


def good_row(number: int, **said: str) -> list[Any]:
    """A row without fault."""
    row = {
        "姓名": f"王{'一二三四五六七八九十'[number % 10]}",
        "身份证号码": id_number(number),
        "联系电话": f"1370000{number:04d}",
    }
    return [(row | {"岗位": "挡车工", "备注": ""} | said)[header] for header in HEADER]


def workbook(rows: Iterable[Sequence[Any]], *, header: Sequence[str] = HEADER, title: str = "会员花名册") -> bytes:
    """An .xlsx with a title row above its header."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2026, 11, 1)})
        sheet = book.add_worksheet("名册")
        sheet.write_string(0, 0, title)
        for number, row in enumerate([header, *rows], start=1):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def send(client: Client, content: bytes, *, union: str = "AH", name: str = "花名册.xlsx") -> Any:
    """Post the file as the form does."""
    return client.post("/members/imports/new/", {"union": union, "file": SimpleUploadedFile(name, content)})


def taken_in(client: Client, rows: Iterable[Sequence[Any]], **more: Any) -> Import:
    """The import of an uploaded roster that waits for its columns."""
    answer = send(client, workbook(rows), **more)
    assert answer.status_code == 302, answer.content.decode()
    return Import.objects.order_by("-id")[0]


def say_columns(client: Client, batch: Import, **changed: str) -> Any:
    """Press 试运行 with the columns as the page offers them, some changed."""
    page = client.get(f"/members/imports/{batch.pk}/columns/")
    offered = {row["field"].html_name: row["chosen"] for row in page.context["form"].rows}
    return client.post(f"/members/imports/{batch.pk}/columns/", offered | changed)


def waiting_jobs() -> list[tuple[str, dict[str, Any]]]:
    """The jobs of rosters that requests have put into the queue; messages go their own way."""
    return list(
        ProcrastinateJob.objects.filter(status="todo", task_name__in=TASKS)
        .order_by("id")
        .values_list("task_name", "args")
    )


def work_off() -> None:
    """Do what the worker would do with the jobs asked for."""
    for name, arguments in waiting_jobs():
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE procrastinate_jobs SET status = 'succeeded' WHERE status = 'todo' AND args = %s::jsonb",
                [json.dumps(arguments)],
            )
        TASKS[name](**arguments)


def fail_jobs() -> None:
    """As if a worker had died on every waiting job."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE status = 'todo'")


def tried(client: Client, rows: Iterable[Sequence[Any]], **more: Any) -> Import:
    """An import whose trial run is over."""
    batch = taken_in(client, rows, **more)
    say_columns(client, batch)
    work_off()
    batch.refresh_from_db()
    return batch


def landed(client: Client, rows: Iterable[Sequence[Any]], **more: Any) -> Import:
    """An import that is in the register."""
    batch = tried(client, rows, **more)
    client.post(f"/members/imports/{batch.pk}/land/")
    work_off()
    batch.refresh_from_db()
    return batch
