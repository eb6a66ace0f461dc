"""What the registers declare of persons, wired in the settings: the kernel knows no register."""

from django.conf import settings
from django.utils.module_loading import import_string

from niangjia.kernel.privacy.rules import Evidence, PersonalTable, Persons


def persons() -> Persons:
    """The register of persons, as `NIANGJIA_PERSONS` names it."""
    found: Persons = import_string(settings.NIANGJIA_PERSONS)
    return found


def evidence_with(request_id: int) -> list[Evidence]:
    """What was handed in with a request, as `NIANGJIA_EVIDENCE` tells it; whoever asks may settle the request."""
    found: list[Evidence] = import_string(settings.NIANGJIA_EVIDENCE)(request_id)
    return found


def personal_tables() -> tuple[PersonalTable, ...]:
    """Every declared table that holds something about persons, in the order in which they are erased."""
    return tuple(table for name in settings.NIANGJIA_HELD_ABOUT_A_PERSON for table in import_string(name))
