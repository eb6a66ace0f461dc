"""Cases as an app of their own; migrating brings the table of allowed changes up to the wired workflows."""

from typing import Any

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string

LOADER = "niangjia.kernel.cases.changes.load_changes"
CHECK = "niangjia.kernel.cases.changes.check_workflows"


class CasesConfig(AppConfig):
    """Where the tables of cases stand."""

    name = "niangjia.kernel.cases"
    label = "cases"

    def ready(self) -> None:
        """Who migrates owns the tables, and writes the changes that the workflows allow."""
        post_migrate.connect(_load, sender=self)
        register(import_string(CHECK), Tags.database)


def _load(using: str, **_rest: Any) -> None:
    import_string(LOADER)(using=using)
