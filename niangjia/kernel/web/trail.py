"""What happened to a thing, as the journal has it, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from niangjia.kernel.access.models import Account
from niangjia.kernel.journal.models import Entry

Words = str | Promise
SHOWN = 50
UNATTENDED = "door"


@dataclass(frozen=True)
class Step:
    """One act: when, who, what was done, and which fields it changed."""

    at: datetime
    name: str
    words: Words
    changes: tuple[str, ...]


def trail_of(thing: str, thing_id: int, *, verbs: Mapping[str, Words], fields: Mapping[str, Words]) -> list[Step]:
    """The last acts on a thing (变更记录), newest first; `verbs` and `fields` say it in words, others stay untold."""
    entries = list(Entry.objects.filter(thing=thing, thing_id=thing_id, verb__in=verbs).order_by("-id")[:SHOWN])
    accounts = {entry.account_id for entry in entries if entry.account_id}
    names = dict(Account.objects.filter(pk__in=accounts).values_list("pk", "name"))
    return [
        Step(
            at=entry.at,
            name=names.get(entry.account_id or 0) or (_("系统") if entry.author == UNATTENDED else _("运维人员")),
            words=verbs[entry.verb],
            changes=tuple(
                _change(fields[name], pair) for name, pair in entry.detail.items() if _is_change(name, pair, fields)
            ),
        )
        for entry in entries
    ]


def _is_change(name: str, pair: Any, fields: Mapping[str, Words]) -> bool:
    return name in fields and isinstance(pair, list) and len(pair) == 2


def _change(field: Words, pair: list[Any]) -> str:
    if pair[0] == pair[1]:  # what exactly is not written down anywhere
        return _("{field}：已改").format(field=field)
    before, after = (_("（空）") if value in (None, "") else value for value in pair)
    return _("{field}：{before} → {after}").format(field=field, before=before, after=after)
