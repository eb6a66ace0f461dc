"""Keep what is known of a union away from home."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.registers.employers.away.models import AwayUnion
from niangjia.registers.employers.away.rules import KEEP_AWAY, AwayFacts, away_faults
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import visible_to as unions_visible_to
from niangjia.registers.orgs.rules.union_facts import tidy_union_name


class AwayRefused(Exception):
    """What is wrong with a union away from home, by field; nothing was changed."""

    def __init__(self, reasons: Mapping[str, Reason]) -> None:
        super().__init__(", ".join(f"{field}: {reason.code}" for field, reason in reasons.items()))
        self.reasons = dict(reasons)


@transaction.atomic
def keep_away(facts: AwayFacts, *, by: Actor, revision: int | None = None) -> AwayUnion:
    """Say that a union serves workers away from home (登记驻外工会), or change what is known; `revision` is the one seen."""
    union = unions_visible_to(by, move=KEEP_AWAY).filter(pk=facts.union_id, place__closed_on=None).first()
    if union is None:
        raise Forbidden("out_of_scope")
    tidy = replace(
        facts,
        host_place=tidy_union_name(facts.host_place),
        host_union=tidy_union_name(facts.host_union),
        agreement_no=tidy_union_name(facts.agreement_no),
        tasks=facts.tasks.strip(),
    )
    faults = away_faults(tidy)
    if not Union.objects.filter(pk=tidy.home_id, place__closed_on=None).exists():
        faults["home"] = Reason("union_unknown", _UNION_UNKNOWN, {})
    if faults:
        raise AwayRefused(faults)
    return _written(union, tidy, by=by, revision=revision)


def _written(union: Union, facts: AwayFacts, *, by: Actor, revision: int | None) -> AwayUnion:
    known = AwayUnion.objects.select_for_update(of=("self",)).filter(pk=union.pk).first()
    if known is not None and revision is not None and revision != known.revision:
        raise AwayRefused({"__all__": Reason("changed_since", _CHANGED_SINCE, {})})
    columns = {name: value for name, value in asdict(facts).items() if name != "union_id"}
    before = {name: getattr(known, name) for name in columns} if known else {}
    changed = {
        name: [_said(before.get(name)), _said(value)] for name, value in columns.items() if before.get(name) != value
    }
    if known is None:
        known = AwayUnion.objects.create(union=union, city=union.city, **columns)
    elif changed:
        AwayUnion.objects.filter(pk=union.pk).update(**columns, revision=F("revision") + 1)
    if changed:
        record("keep_away", by=by, thing="union", thing_id=union.pk, place=(union.city, union.pk), detail=changed)
    return AwayUnion.objects.get(pk=union.pk)


def _said(value: Any) -> Any:
    return str(value) if isinstance(value, date) else value


_UNION_UNKNOWN = gettext_noop("找不到输出地工会。写工会编码或全称。")
_CHANGED_SINCE = gettext_noop("您打开这一页以后，别人改过。下面是您写的，请先看看现在的内容，再改一次。")
