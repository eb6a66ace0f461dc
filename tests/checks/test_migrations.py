"""Migration lint: what would stop a union at work, or could not be undone."""

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently, CreateExtension
from django.db import models
from django.db.migrations import AddConstraint, AddField, AddIndex, Migration, RemoveField, RunPython, RunSQL
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation

from checking import migrations

INDEX = models.Index(fields=["name"], name="person_name")
CHECK = models.CheckConstraint(condition=models.Q(age__gte=16), name="person_is_sixteen")


def wrong(name: str, *operations: Operation, first: bool = False) -> list[str]:
    contents = {"initial": first, "operations": list(operations)}
    migration = type("Migration", (Migration,), contents)(name, "members")
    return [what for what, _, _ in migrations.lint(migration)]


def forth(apps: object, schema_editor: object) -> None: ...


@pytest.mark.parametrize("name", ["0002_auto_20261120_1200", "0003_person_name_and_more"])
def test_a_name_nobody_gave_is_refused(name: str) -> None:
    assert wrong(name)


def test_a_name_of_the_concern_is_fine() -> None:
    assert not wrong("0002_people_have_initials")


def test_an_index_on_a_live_table_is_built_beside_the_work() -> None:
    assert wrong("0002_find_by_name", AddIndex("person", INDEX))
    assert not wrong("0002_find_by_name", AddIndexConcurrently("person", INDEX))
    assert not wrong("0001_people", AddIndex("person", INDEX), first=True)


def test_removal_takes_two_releases() -> None:
    assert wrong("0004_no_more_fax", RemoveField("person", "fax"))
    assert not wrong("0004_no_more_fax_after_release", RemoveField("person", "fax"))


def test_a_new_column_lets_the_old_release_write() -> None:
    assert wrong("0002_age", AddField("person", "age", models.IntegerField()))
    assert not wrong("0002_age", AddField("person", "age", models.IntegerField(null=True)))
    assert not wrong("0002_age", AddField("person", "age", models.IntegerField(db_default=0)))


def test_a_constraint_does_not_hold_its_lock_through_other_steps() -> None:
    field = AddField("person", "age", models.IntegerField(null=True))
    assert wrong("0002_sixteen", field, AddConstraint("person", CHECK))
    assert not wrong("0002_sixteen", AddConstraint("person", CHECK))


def test_tables_and_rows_do_not_mix() -> None:
    table = CreateModel("Visit", [("id", models.BigAutoField(primary_key=True))])
    rows = RunSQL("INSERT INTO visit DEFAULT VALUES", "DELETE FROM visit")
    assert wrong("0002_visits", table, rows)
    assert not wrong("0003_first_visit", rows)


def test_what_goes_forth_can_go_back() -> None:
    assert wrong("0002_fill", RunPython(forth))
    assert wrong("0002_trigger", RunSQL("CREATE FUNCTION f() RETURNS int AS $$ SELECT 1 $$ LANGUAGE sql"))
    assert not wrong("0002_fill", RunPython(forth, RunPython.noop))


def test_only_the_agreed_extension_is_used() -> None:
    assert wrong("0001_vectors", CreateExtension("vector"), first=True)
    assert not wrong("0001_periods", CreateExtension("btree_gist"), first=True)
