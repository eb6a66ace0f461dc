"""Every template there is, as the slices declare them; old versions stay, because old messages are read in their words."""

from collections.abc import Mapping
from functools import lru_cache

from django.conf import settings
from django.utils.module_loading import import_string

from niangjia.kernel.messages.rules import Template


def templates() -> tuple[Template, ...]:
    """All templates in all versions (`NIANGJIA_MESSAGES`)."""
    return tuple(template for name in settings.NIANGJIA_MESSAGES for template in import_string(name))


def newest(key: str) -> Template:
    """The version that is sent today."""
    return _newest(tuple(settings.NIANGJIA_MESSAGES))[key]


def in_version(key: str, version: int) -> Template | None:
    """The words a message was sent with; None where the slice that declared them is gone."""
    return next((each for each in templates() if (each.key, each.version) == (key, version)), None)


@lru_cache(maxsize=4)
def _newest(declared: tuple[str, ...]) -> Mapping[str, Template]:
    """The version of each template that is sent today; what is wired stays while a process lives."""
    every = (template for name in declared for template in import_string(name))
    return {each.key: each for each in sorted(every, key=lambda each: each.version)}
