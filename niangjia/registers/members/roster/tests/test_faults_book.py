"""The faults workbook of a long roster: made once in the background, through a kill, and gone with its import."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from niangjia.kernel import clock
from niangjia.kernel.access.models import Grant
from niangjia.kernel.intake.models import Import
from niangjia.kernel.intake.personal import forget_originals
from niangjia.kernel.journal.models import Entry
from niangjia.registers.members.roster import faults_book
from niangjia.registers.members.roster.jobs import make_faults
from niangjia.registers.members.roster.tests.desk import cadre_of, county, good_row, id_number, inside, landed, tried

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("workbooks_read_here")]
WRONG_DIGIT = id_number(77)[:-1] + ("1" if id_number(77)[-1] != "1" else "2")


@pytest.fixture(autouse=True)
def two_rows_are_long(settings, tmp_path, monkeypatch):
    """What rests is what this test brought in; more than two rows are long here."""
    settings.NIANGJIA_DATA = tmp_path
    monkeypatch.setattr(faults_book, "MOST_WHILE_WAITING", 2)


@pytest.fixture
def client() -> Client:
    return inside(cadre_of(county()[0]))


def rows():
    return [good_row(1), good_row(2), good_row(3, 身份证号码=WRONG_DIGIT)]


def address(batch, more=""):
    return f"/members/imports/{batch.pk}/{more}"


def asked(client, batch):
    for _press in range(2):
        client.post(address(batch, "faults/"))
    jobs = ProcrastinateJob.objects.filter(task_name=faults_book.MAKE)
    assert jobs.count() == 1
    batch.refresh_from_db()
    return batch


def uploads():
    return {path.name for path in (Path(settings.NIANGJIA_DATA) / "uploads").iterdir()}


def test_it_is_asked_for_made_once_and_fetched(client):
    batch = landed(client, rows())
    assert "做一份错行表" in client.get(address(batch)).content.decode()
    assert client.get(address(batch, "faults.xlsx"))["Location"].endswith("#faults")
    asked(client, batch)
    assert "正在做错行表" in client.get(address(batch, "faults/progress/")).content.decode()
    make_faults(import_id=batch.pk)
    batch.refresh_from_db()
    assert batch.faults_state == "ready"
    assert "下载错行表" in client.get(address(batch)).content.decode()
    answer = client.get(address(batch, "faults.xlsx"))
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    assert sheet.max_row == 2
    assert WRONG_DIGIT.encode() not in (Path(settings.NIANGJIA_DATA) / "uploads" / batch.faults_stored_as).read_bytes()
    assert Entry.objects.filter(verb="export_faults", thing_id=batch.pk).count() == 1
    client.post(address(batch, "faults/"))
    assert ProcrastinateJob.objects.filter(task_name=faults_book.MAKE).count() == 1, "what is there is not made again"


def test_a_short_file_is_made_while_one_waits(client):
    batch = landed(client, rows()[1:])
    assert "做一份错行表" not in client.get(address(batch)).content.decode()
    answer = client.get(address(batch, "faults.xlsx"))
    assert b"".join(answer.streaming_content).startswith(b"PK")


def test_what_a_killed_worker_left_is_made_and_what_fails_again_and_again_is_said(client):
    batch = asked(client, landed(client, rows()))
    ProcrastinateJob.objects.all().delete()
    assert faults_book.take_up_again() == 1
    assert faults_book.take_up_again() == 0
    Grant.objects.update(revoked_at=clock.now())
    make_faults(import_id=batch.pk)
    batch.refresh_from_db()
    assert (batch.faults_state, batch.faults_stored_as) == ("failed", "")


def test_another_trial_makes_another_workbook(client):
    batch = asked(client, tried(client, rows()))
    make_faults(import_id=batch.pk)
    batch.refresh_from_db()
    assert faults_book.is_ready(batch)
    Import.objects.filter(pk=batch.pk).update(sheet="别的表")
    batch.refresh_from_db()
    assert not faults_book.is_ready(batch)


def test_it_goes_with_its_import(client, django_capture_on_commit_callbacks):
    kept = asked(client, landed(client, rows()))
    make_faults(import_id=kept.pk)
    kept.refresh_from_db()
    assert {kept.stored_as, kept.faults_stored_as} <= uploads()
    forget_originals([kept.pk])
    assert not {kept.stored_as, kept.faults_stored_as} & uploads()
    kept.refresh_from_db()
    assert (kept.faults_state, kept.faults_stored_as) == ("", "")
    assert client.get(address(kept, "faults.xlsx")).status_code == 404
