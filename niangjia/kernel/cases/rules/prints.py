"""What a version of a workflow says, as one short word: the same table always the same, any other rule another."""

import hashlib
import json
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from typing import Any

from niangjia.kernel.cases.rules.workflow import Workflow

# How it is worded and asked for is no rule: a source may be quoted better, a form drawn anew.
NO_RULE = frozenset({"source", "is_default", "form"})


def fingerprint(flow: Workflow) -> str:
    """The mark of a table: stages, moves, who makes them in which roles, times, pools; not the order it is written in."""
    return hashlib.sha256(json.dumps(_told(flow), sort_keys=True).encode()).hexdigest()


def _told(value: Any) -> Any:
    if is_dataclass(value):
        return {
            each.name: _told(getattr(value, each.name))
            for each in fields(value)
            # What a table leaves as it is may be added to tables later without changing any.
            if each.name not in NO_RULE and not _is_left(each, getattr(value, each.name))
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, frozenset | tuple | list):
        return sorted((_told(each) for each in value), key=repr)
    return value if isinstance(value, str | int | bool | None) else str(value)


def _is_left(each: Any, value: Any) -> bool:
    default = each.default_factory() if each.default_factory is not MISSING else each.default
    return default is not MISSING and value == default
