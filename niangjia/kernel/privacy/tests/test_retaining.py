"""Retention: every table that holds persons has a rule, and the rule is carried out."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db.models import BinaryField, Model

from niangjia.config import command
from niangjia.kernel import clock
from niangjia.kernel.intake.models import Import, Remark
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.privacy.models import PersonalFile, RightsRequest
from niangjia.kernel.privacy.registered import personal_tables
from niangjia.kernel.privacy.retaining import overdue, retain
from niangjia.kernel.privacy.rules import End, PersonalTable
from niangjia.kernel.privacy.tests.people import World
from niangjia.registers.members.models import Membership

PEOPLE = {"people.Subject", "members.Person", "members.Membership", "access.Account"}
# They hold persons, though nothing in their columns says so.
MORE = {"access.Session", "journal.Entry", "intake.Remark", "intake.Change", "access.WrongTries"}
# Tables of libraries that stay empty here: nothing of ours writes them.
UNUSED = {
    "account.EmailConfirmation",
    "pghistory.MiddlewareEvents",
    "pghistory.Events",
    "socialaccount.SocialAccount",
}


def holds_persons(model: type[Model]) -> bool:
    """Whether a table refers to persons, or keeps something sealed or found by a blind index."""
    for column in model._meta.get_fields():
        if isinstance(column, BinaryField) and column.name.endswith(("_sealed", "_blind")):
            return True
        of = getattr(column, "related_model", None)
        if not column.auto_created and isinstance(of, type) and issubclass(of, Model) and of._meta.label in PEOPLE:
            return True
    return model._meta.label in PEOPLE | MORE


def undeclared(tables: tuple[PersonalTable, ...]) -> list[str]:
    declared = {table.model for table in tables}
    ours = (model for model in apps.get_models() if model._meta.label not in UNUSED)
    return sorted(model._meta.label for model in ours if holds_persons(model) and model._meta.label not in declared)


@pytest.mark.guard(
    "retention-complete", "Every table that holds persons says what for, how long, and how it is erased."
)
def test_every_table_that_holds_persons_is_declared() -> None:
    missing = undeclared(personal_tables())
    assert not missing, (
        f"these tables hold something about persons: {', '.join(missing)}. Declare each as a PersonalTable in `personal.py` "
        "of its slice (what for, how long, what she is told, how it is erased) and name that in NIANGJIA_HELD_ABOUT_A_PERSON."
    )


@pytest.mark.control("retention-complete")
def test_a_table_left_out_is_found() -> None:
    without = tuple(table for table in personal_tables() if table.model != "members.PhoneProposal")
    assert undeclared(without) == ["members.PhoneProposal"]


def test_a_declaration_is_whole_and_names_a_table_once() -> None:
    tables = personal_tables()
    assert len({table.model for table in tables}) == len(tables)
    for table in tables:
        apps.get_model(table.model)
        assert table.title, table.model
        assert table.purpose, table.model
        assert table.keep.since, table.model
        assert (table.keep.due is None) == (table.keep.days is None), table.model
        for done in (table.tell, table.erase):
            assert done, table.model


def test_the_journal_is_never_shortened() -> None:
    kept = {table.model: table.keep for table in personal_tables()}
    for model in ("journal.Entry", "reveal.Look", "privacy.Consent"):
        assert (kept[model].end, kept[model].due) == (End.KEEP, None)


@pytest.mark.django_db
def test_what_is_past_its_time_goes_in_batches_and_is_counted_in_the_journal(monkeypatch: Any) -> None:
    world = World()
    monkeypatch.setattr("niangjia.kernel.privacy.retaining.BATCH", 2)
    now = clock.now()
    old = Import.objects.create(
        city="349900", kind="members", place=world.office.mill.place, author="", file_name="a.xlsx", file_bytes=1,
        file_sha256=b"", resume_key=b"", state="done", finished_at=now - timedelta(days=200), stored_as="no-such-file",
    )  # fmt: skip
    for row in range(5):
        Remark.objects.create(batch=old, seq=row, row=row, outcome="fault", code="x", sentence="", name="陈桂兰")
    PersonalFile.objects.create(city="349900", subject_id=world.chen.pk, asked_on=now.date(), expires_at=now)
    counts = {each.table.model: each.rows for each in overdue() if each.rows}
    assert counts == {"intake.Remark": 5, "intake.Import": 1, "privacy.PersonalFile": 1}
    assert {each.table.model: each.rows for each in retain() if each.rows} == counts
    old.refresh_from_db()
    assert (Remark.objects.count(), PersonalFile.objects.count(), old.stored_as) == (0, 0, "")
    assert Entry.objects.get(verb="retention").detail == {"rows": counts}
    assert not [each for each in overdue() if each.rows]


@pytest.mark.django_db
def test_who_left_long_ago_is_proposed_to_a_cadre_and_not_erased_by_a_machine() -> None:
    world = World()
    Membership.objects.filter(person=world.chen).update(state="left", period=("2010-01-01", "2021-01-01"))
    retain()
    asked = RightsRequest.objects.get()
    assert (asked.subject_id, asked.kind, asked.asked_by) == (world.chen.pk, "erase", "retention")
    world.chen.refresh_from_db()
    assert world.chen.name == "陈桂兰"
    retain()
    assert RightsRequest.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_command_shows_what_would_go_and_touches_nothing(capsys: Any) -> None:
    assert command.main(["retention", "--dry-run", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["dry_run"], told["rows"]) == (True, 0)
    assert {"members.Person", "access.Session"} <= {each["table"] for each in told["tables"]}
    assert not Entry.objects.filter(verb="retention").exists()
