"""The table of allowed changes: written by the owner from the wired workflows; the database refuses every other change."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from niangjia.kernel.cases.catalogue import flows
from niangjia.kernel.cases.models import Case, Change, Version
from niangjia.kernel.cases.rules import Workflow, fingerprint

TABLES = frozenset({"cases_change", "cases_version"})


class WorkflowChanged(Exception):
    """A version under which cases run was edited: what runs stays as it is, the new table needs a version of its own."""


def load_changes(*, using: str) -> int:
    """Bring the tables up to what is wired; answers how many versions were written. Old versions stay.

    A version that was written before anybody kept what it said is taken as it is now.
    """
    if not set(connections[using].introspection.table_names()) >= TABLES:
        return 0
    written = 0
    with transaction.atomic(using=using):
        for flow in flows():
            kept = Change.objects.using(using).filter(kind=flow.kind, version=flow.version)
            if _is_written(flow, using=using):
                continue
            if Case.objects.using(using).filter(kind=flow.kind, version=flow.version).exists():
                _refuse_unless_unsaid(flow, using=using)
            kept.delete()
            Change.objects.using(using).bulk_create(rows_of(flow))
            Version.objects.using(using).update_or_create(
                kind=flow.kind, version=flow.version, defaults={"fingerprint": fingerprint(flow)}
            )
            written += 1
    return written


def rows_of(flow: Workflow) -> list[Change]:
    """The changes that one table allows."""
    return [
        Change(kind=flow.kind, version=flow.version, stage=stage, move=move, to=to)
        for stage, move, to in flow.changes()
    ]


def differing(*, using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Wired versions that say something else than the database: of stages and moves, of roles, of times."""
    return [f"{flow.kind} {flow.version}" for flow in flows() if not _is_written(flow, using=using)]


def check_workflows(
    databases: Sequence[str] | None = None, app_configs: object = None, **_rest: Any
) -> list[CheckMessage]:
    """A system check with `--database default`: what buttons and services go by is what the database goes by."""
    del app_configs
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    hint = "Run `niangjia migrate`. A version that has cases is left as it was: wire the next version beside it."
    return [Error(f"workflow {each} is not what the database has", hint=hint, id="cases.E001") for each in differing()]


def _is_written(flow: Workflow, *, using: str) -> bool:
    return _changes_kept(flow, using=using) == set(flow.changes()) and _said(flow, using=using) == fingerprint(flow)


def _changes_kept(flow: Workflow, *, using: str) -> set[tuple[str, str, str]]:
    kept = Change.objects.using(using).filter(kind=flow.kind, version=flow.version)
    return set(kept.values_list("stage", "move", "to"))


def _said(flow: Workflow, *, using: str) -> str | None:
    rows = Version.objects.using(using).filter(kind=flow.kind, version=flow.version)
    return rows.values_list("fingerprint", flat=True).first()


def _refuse_unless_unsaid(flow: Workflow, *, using: str) -> None:
    if _said(flow, using=using) is None and _changes_kept(flow, using=using) == set(flow.changes()):
        return
    message = f"{flow.kind} {flow.version} has cases: leave it as it was, and wire version {flow.version + 1}"
    raise WorkflowChanged(message)
