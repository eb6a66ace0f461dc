"""The table of allowed changes: written by the owner from the wired workflows; the database refuses every other change."""

from django.db import connections, transaction

from niangjia.kernel.cases.catalogue import flows
from niangjia.kernel.cases.models import Case, Change
from niangjia.kernel.cases.rules import Workflow


class WorkflowChanged(Exception):
    """A version under which cases run was edited: what runs stays as it is, the new table needs a version of its own."""


def load_changes(*, using: str) -> int:
    """Bring the table up to what is wired; answers how many versions were written. Old versions stay."""
    if "cases_change" not in connections[using].introspection.table_names():
        return 0
    written = 0
    with transaction.atomic(using=using):
        for flow in flows():
            kept = Change.objects.using(using).filter(kind=flow.kind, version=flow.version)
            if set(kept.values_list("stage", "move", "to")) == set(flow.changes()):
                continue
            if Case.objects.using(using).filter(kind=flow.kind, version=flow.version).exists():
                message = (
                    f"{flow.kind} {flow.version} has cases: leave it as it was, and wire version {flow.version + 1}"
                )
                raise WorkflowChanged(message)
            kept.delete()
            Change.objects.using(using).bulk_create(rows_of(flow))
            written += 1
    return written


def rows_of(flow: Workflow) -> list[Change]:
    """The changes that one table allows."""
    return [
        Change(kind=flow.kind, version=flow.version, stage=stage, move=move, to=to)
        for stage, move, to in flow.changes()
    ]


def differing() -> list[str]:
    """Wired versions whose changes are not those of the database."""
    return [
        f"{flow.kind} {flow.version}"
        for flow in flows()
        if set(Change.objects.filter(kind=flow.kind, version=flow.version).values_list("stage", "move", "to"))
        != set(flow.changes())
    ]
