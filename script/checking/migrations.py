"""Migrations: none missing, each named after one concern, safe while people work, able to go back."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from django.apps import apps
from django.contrib.postgres.operations import AddIndexConcurrently, CreateExtension
from django.core.management.commands import makemigrations
from django.db.migrations import AddConstraint, AddField, AddIndex, Migration, RunPython, RunSQL
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import DeleteModel, RemoveField, RenameField, RenameModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.questioner import MigrationQuestioner
from django.db.migrations.state import ProjectState
from django.utils import translation

from checking import loaded
from checking.report import Fault, conclude
from checking.tree import ROOT

EXTENSIONS = {"btree_gist"}
AUTOMATIC = re.compile(r"_auto_|^\d{4}_(?:alter|remove|rename)_\w{30,}|_and_more$")
CHANGES_ROWS = re.compile(r"^\s*(?:INSERT|UPDATE|DELETE)\b", re.IGNORECASE | re.MULTILINE)
GOES_AWAY = (RemoveField, DeleteModel, RenameField, RenameModel)


def ours() -> set[str]:
    """Labels of the apps of this product."""
    return {app.label for app in apps.get_app_configs() if app.name.startswith(f"{loaded.PRODUCT}.")}


def missing(loader: MigrationLoader) -> Iterator[Fault]:
    """What the models say and no migration does yet."""
    detector = makemigrations.Command.autodetector(
        loader.project_state(), ProjectState.from_apps(apps), MigrationQuestioner(specified_apps=ours(), dry_run=True)
    )
    for label, changes in detector.changes(graph=loader.graph).items():
        if label not in ours():
            continue
        for operation in (operation for change in changes for operation in change.operations):
            yield Fault(
                _folder(label),
                1,
                f"no migration for: {operation.describe()}",
                "the tables would differ from the models.",
                f"`niangjia manage makemigrations {label} -n what_it_does`.",
            )


def conflicts(loader: MigrationLoader) -> Iterator[Fault]:
    """Two migrations that both think they are the last."""
    for label, found in loader.detect_conflicts().items():
        yield Fault(
            _folder(label),
            1,
            f"two ends: {', '.join(sorted(found))}",
            "nobody could tell which comes first.",
            "make the later one follow the other.",
        )


def lint(migration: Migration) -> Iterator[tuple[str, str, str]]:
    """What, why and what next for each thing in one migration that could hurt a union at work."""
    if AUTOMATIC.search(migration.name):
        yield f"the name `{migration.name}`", "it does not say what happens.", "rename it after its one concern."
    first = bool(migration.initial) or migration.name.startswith("0001_")
    operations = list(_flat(migration.operations))
    if not first and _mixes(operations):
        yield "tables and rows in one migration", "one concern each.", "move the rows to a migration of their own."
    for operation in operations:
        yield from _of_any(operation)
        if not first:
            yield from _of_live_table(migration, operation)


def _of_any(operation: Operation) -> Iterator[tuple[str, str, str]]:
    if isinstance(operation, RunPython | RunSQL) and not operation.reversible:
        yield f"{type(operation).__name__} without a way back", "a release must be undoable.", "say how it goes back."
    if isinstance(operation, CreateExtension) and operation.name not in EXTENSIONS:
        yield f"extension {operation.name}", "unions' servers may not have it.", "do it with PostgreSQL alone."


def _of_live_table(migration: Migration, operation: Operation) -> Iterator[tuple[str, str, str]]:
    if isinstance(operation, AddIndex) and not isinstance(operation, AddIndexConcurrently):
        yield (
            f"index on {operation.model_name} that stops writing",
            "a city has a million rows.",
            "AddIndexConcurrently in a migration with atomic = False.",
        )
    if isinstance(operation, GOES_AWAY) and not migration.name.endswith("_after_release"):
        yield (
            operation.describe(),
            "the release before still reads it.",
            "stop using it now, remove it one release later in a migration named …_after_release.",
        )
    if isinstance(operation, AddField) and _needs_a_value(operation):
        yield (
            f"{operation.model_name}.{operation.name} has no value for old rows",
            "the release before cannot write the table.",
            "allow null, or give a db_default.",
        )
    if isinstance(operation, AddConstraint) and migration.atomic and len(migration.operations) > 1:
        yield (
            f"constraint on {operation.model_name} among other steps",
            "its lock lasts until the last step.",
            "put it in a migration of its own.",
        )


def _needs_a_value(operation: AddField) -> bool:
    field = operation.field
    return not field.null and not field.has_db_default() and not field.many_to_many


def _mixes(operations: Iterable[Operation]) -> bool:
    rows = [operation for operation in operations if _changes_rows(operation)]
    return bool(rows) and len(rows) < len(list(operations))


def _changes_rows(operation: Operation) -> bool:
    if isinstance(operation, RunPython):
        return True
    return isinstance(operation, RunSQL) and bool(CHANGES_ROWS.search(str(operation.sql)))


def _flat(operations: Iterable[Operation]) -> Iterator[Operation]:
    for operation in operations:
        inner = getattr(operation, "database_operations", None)
        if inner is None:
            yield operation
        else:
            yield from _flat(inner)


@cache
def _folder(label: str) -> str:
    return (Path(apps.get_app_config(label).path).relative_to(ROOT) / "migrations").as_posix()


def faults() -> Iterator[Fault]:
    """Everything wrong with the migrations, found without a database."""
    loader = MigrationLoader(None)
    yield from conflicts(loader)
    yield from missing(loader)
    for (label, name), migration in loader.disk_migrations.items():
        if label in ours():
            for what, why, remedy in lint(migration):
                yield Fault(f"{_folder(label)}/{name}.py", 1, what, why, remedy)


def main() -> int:
    """Look at the product's migrations."""
    translation.deactivate_all()  # as `makemigrations` does: words of the interface are no part of a table
    return conclude("migrations", faults(), "none missing, each named, safe on a table in use, all can go back")


if __name__ == "__main__":
    raise SystemExit(main())
