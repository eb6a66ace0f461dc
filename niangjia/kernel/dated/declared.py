"""The parameters that the slices declare (`NIANGJIA_PARAMETERS`), by key."""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from niangjia.kernel.dated.rules import ParameterKey


@cache
def declared() -> dict[str, ParameterKey]:
    """Every parameter there is; a key that is declared twice is a fault of ours."""
    found: dict[str, ParameterKey] = {}
    for path in settings.NIANGJIA_PARAMETERS:
        for each in import_string(path):
            if each.key in found:
                message = f"two slices declare the parameter {each.key}"
                raise ValueError(message)
            found[each.key] = each
    return found
