"""Whatever refers to a person says what a merge does with it: no slice can forget."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey, Model

from niangjia.kernel.people.models import Subject
from niangjia.registers.members.merging.declared import Does, parts
from niangjia.registers.members.models import Person

# How the database itself knows a column that refers to a person.
REFER = """
SELECT c.conrelid::regclass::text, a.attname FROM pg_constraint c
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
WHERE c.contype = 'f' AND c.confrelid IN ('people_subject'::regclass, 'members_person'::regclass)
"""
# Columns called like a person, with no constraint: a plain number that a slice keeps.
CALLED = """
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = 'public' AND column_name IN ('subject_id', 'person_id') AND table_name NOT LIKE 'pg\\_%'
"""
Columns = set[tuple[str, str]]


def declared() -> Columns:
    return {(part.table, part.column) for part in parts()}


def of_models() -> Columns:
    """Every foreign key to a person that Django knows, also those the database does not hold."""
    models: list[type[Model]] = list(apps.get_models(include_auto_created=True))
    return {
        (model._meta.db_table, field.column)
        for model in models
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.related_model in (Subject, Person)
    }


@pytest.mark.django_db
def test_every_column_that_refers_to_a_person_is_declared() -> None:
    with connection.cursor() as cursor:
        cursor.execute(REFER)
        found = set(cursor.fetchall())
        cursor.execute(CALLED)
        found |= set(cursor.fetchall())
    lacking = (found | of_models()) - declared()
    assert not lacking, f"say in a `merging.py` what a merge does with them (NIANGJIA_MERGES): {sorted(lacking)}"


@pytest.mark.django_db
def test_nothing_is_declared_that_is_not_there() -> None:
    # One service of a slice may do what has to be done to several of its columns; the merge itself does its own.
    served = {part.of._meta.app_label for part in parts() if part.service} | {"members"}
    for part in parts():
        assert part.column in {field.column for field in part.of._meta.concrete_fields}, part
        assert part.why
        if part.does is Does.BY_SERVICE:
            assert part.of._meta.app_label in served, part
        else:
            assert not part.service, part
