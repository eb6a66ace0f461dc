"""Employers handed to somebody, on her first page: the next visit, the last day, whom to ask again; names to decide about."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.web.todo import MOST, ToDo
from niangjia.registers.employers.targets.models import Target
from niangjia.registers.employers.targets.queries import leads_seen, own_open, visible_to
from niangjia.registers.employers.targets.rules.moves import SAY_EMPLOYER, VISIT_EMPLOYER
from niangjia.registers.employers.targets.rules.targets import Outcome


def things_to_do(actor: Actor, on: date) -> list[ToDo]:
    """What this actor has in her own hands; what lies in others' is on the list."""
    if not actor.paths(VISIT_EMPLOYER):
        return []
    return [*_own(actor), *_again(actor, on), *_names(actor)]


def _own(actor: Actor) -> Iterator[ToDo]:
    for target in own_open(actor)[:MOST]:
        visits = ngettext("走访 %(n)s 次", "走访 %(n)s 次", target.visits_made) % {"n": target.visits_made}
        yield ToDo(
            kind="target",
            icon="building",
            title=_("去「{name}」谈建会").format(name=target.employer.name),
            address=reverse("target", args=[target.pk]),
            verb=_("去走访") if not target.visits_made else _("接着办"),
            note=(target.employer.place.union.name, visits),
            due=min(filter(None, (_next(target), target.due_on))),
        )


def _next(target: Any) -> date | None:
    found: date | None = target.goes_on
    return found


def _again(actor: Actor, on: date) -> Iterator[ToDo]:
    """Who refused for now is asked again by whoever asked the last time, unless somebody else has it now."""
    refused = visible_to(actor).filter(outcome=Outcome.REFUSED.value, again_on__lte=on, cadre=actor.account_id or 0)
    open_ones = Target.objects.filter(ended_on=None).values("employer")
    covered = refused.filter(employer__coverages__valid_to=None, employer__coverages__isnull=False).values("pk")
    rows = refused.filter(employer__closed_on=None).exclude(employer__in=open_ones).exclude(pk__in=covered)
    for target in rows.select_related("employer__place__union").order_by("again_on", "pk")[:MOST]:
        yield ToDo(
            kind="target",
            icon="building",
            title=_("再去「{name}」问问建会").format(name=target.employer.name),
            address=reverse("union_work", args=[target.employer_id]),
            verb=_("重新交办"),
            note=(target.employer.place.union.name, target.reason),
            due=target.again_on,
        )


def _names(actor: Actor) -> Iterator[ToDo]:
    number = leads_seen(actor).count() if actor.paths(SAY_EMPLOYER) else 0
    if number:
        words = ngettext("%(n)s 个单位名认不出是哪家", "%(n)s 个单位名认不出是哪家", number) % {"n": number}
        yield ToDo(
            kind="lead", icon="users", title=words, address=reverse("leads"), verb=_("去认一认"),
            note=(_("会员写的，库里对不上"),),
        )  # fmt: skip
