"""What happened to a thing, as the journal has it, in words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from niangjia.kernel.access.models import Account
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.web.templatetags.niangjia_web import day

Words = str | Promise
SHOWN = 50
UNATTENDED = "door"
NO_CODES: Mapping[str, Mapping[str, Words]] = MappingProxyType({})
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Step:
    """One act: when, who, what was done, and which fields it changed."""

    at: datetime
    name: str
    words: Words
    changes: tuple[str, ...]


def trail_of(
    thing: str,
    thing_id: int,
    *,
    verbs: Mapping[str, Words],
    fields: Mapping[str, Words],
    codes: Mapping[str, Mapping[str, Words]] = NO_CODES,
) -> list[Step]:
    """The last acts on a thing (变更记录), newest first; `verbs` and `fields` say it in words, others stay untold.

    `codes` are the words for the values of fields that are written by code; a day is said as people say it.
    """
    entries = list(Entry.objects.filter(thing=thing, thing_id=thing_id, verb__in=verbs).order_by("-id")[:SHOWN])
    accounts = {entry.account_id for entry in entries if entry.account_id}
    names = dict(Account.objects.filter(pk__in=accounts).values_list("pk", "name"))
    return [
        Step(
            at=entry.at,
            name=names.get(entry.account_id or 0) or (_("系统") if entry.author == UNATTENDED else _("运维人员")),
            words=verbs[entry.verb],
            changes=tuple(
                _change(fields[name], pair, codes.get(name, {}))
                for name, pair in entry.detail.items()
                if _is_change(name, pair, fields)
            ),
        )
        for entry in entries
    ]


def _is_change(name: str, pair: Any, fields: Mapping[str, Words]) -> bool:
    return name in fields and isinstance(pair, list) and len(pair) == 2


def _change(field: Words, pair: list[Any], codes: Mapping[str, Words]) -> str:
    if pair[0] == pair[1]:  # what exactly is not written down anywhere
        return _("{field}：已改").format(field=field)
    before, after = (_said(value, codes) for value in pair)
    return _("{field}：{before} → {after}").format(field=field, before=before, after=after)


def _said(value: Any, codes: Mapping[str, Words]) -> Any:
    if value in (None, ""):
        return _("（空）")
    if isinstance(value, str) and ISO_DAY.fullmatch(value):
        return day(date.fromisoformat(value))
    return codes.get(value, value) if isinstance(value, str) else value
