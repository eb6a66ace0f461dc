"""What a merge does with the rows of a table (合并时怎么办): every slice that refers to a person says it, or no merge is made."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.utils.module_loading import import_string


class Does(StrEnum):
    """What becomes of rows that refer to the record that goes."""

    # They refer to the record that stays.
    MOVES = "moves"
    # They stay as they are, and are read together with hers.
    STAYS = "stays"
    # They go, and come back when the merge is undone.
    GOES = "goes"
    # A service of the slice, or the merge itself, does what has to be done.
    BY_SERVICE = "by_service"


@dataclass(frozen=True)
class Part:
    """One column that refers to a person: what a merge does with its rows, and why.

    `clash`: where the record that stays has a row with the same values there, the other stays (`STAYS`) or goes (`GOES`).
    `quiet` are columns that may change afterwards without standing against an undoing. `opens` is the trigger that keeps the
    row as it was written: a merge alone passes it, for the column that says whose it is. `service` is the dotted path of
    what does the rest: (ledger, kept, gone).
    """

    model: str
    column: str
    does: Does
    why: str
    clash: tuple[str, ...] = ()
    clashing: Does = Does.STAYS
    quiet: tuple[str, ...] = ()
    opens: str = ""
    service: str = ""

    @property
    def of(self) -> type[Model]:
        """The model itself."""
        found: type[Model] = apps.get_model(self.model)
        return found

    @property
    def table(self) -> str:
        """Its table."""
        return self.of._meta.db_table  # noqa: SLF001 - Django's own way to know a table


def parts() -> Iterator[Part]:
    """Everything that is declared (`NIANGJIA_MERGES`), in its order."""
    for path in settings.NIANGJIA_MERGES:
        yield from import_string(path)
