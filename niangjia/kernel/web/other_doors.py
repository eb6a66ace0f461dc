"""What else the door leads to (别的入口), for whoever has no account; declared by the lines of work."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class OtherDoor:
    """One of them: what it is called, whom it is for, where it begins."""

    title: str | Promise
    line: str | Promise
    address: str
    icon: str


def other_doors() -> list[OtherDoor]:
    """Those named in `NIANGJIA_OTHER_DOORS`."""
    return [import_string(name) for name in settings.NIANGJIA_OTHER_DOORS]
