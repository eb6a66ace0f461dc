"""Handing over on the first page: lists to tick, what is missing, a vacant chair, rights to take back."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.web.todo import ToDo
from niangjia.registers.cadres.handing.models import Handover
from niangjia.registers.cadres.handing.queries import OPEN, days_for, rights_to_end
from niangjia.registers.cadres.handing.rules import HAND_OVER_FOR, KEEP_HANDOVERS, Mark
from niangjia.registers.cadres.queries import own_cadre

MOST = 50
STILL_MISSING = Q(items__given=Mark.MISSING.value) | Q(items__taken=Mark.MISSING.value)
STILL_MISSING &= Q(items__settled_on=None)


def things_to_do(actor: Actor, on: date) -> list[ToDo]:
    """What waits for this actor."""
    return [*_own(actor), *_late_below(actor, on), *_missing(actor), *_vacant(actor, on), *_rights(actor, on)]


def _own(actor: Actor) -> Iterable[ToDo]:
    """Lists that she has not confirmed yet."""
    mine = own_cadre(actor)
    if mine is None:
        return
    waits = Q(outgoing=mine, given_at=None) | Q(incoming=mine, taken_at=None)
    for row in Handover.objects.filter(waits).select_related("union").order_by("due_on", "pk")[:MOST]:
        title = _("交接清单等您勾：交出") if row.outgoing_id == mine.pk else _("交接清单等您勾：接手")
        yield _thing(row, title, row.due_on)


def _late_below(actor: Actor, on: date) -> Iterable[ToDo]:
    """Lists of unions below whose day is over, one by one: somebody has to ask, or to do it for who cannot."""
    paths = actor.paths(HAND_OVER_FOR)
    if not paths:
        return
    rows = Handover.objects.filter(OPEN, within(paths, field="union__place__path"), due_on__lt=on)
    own = [right.place_id for right in actor.rights]
    for row in rows.exclude(union__in=own).select_related("union").order_by("due_on", "pk")[:MOST]:
        yield _thing(row, _("换了主席，交接还没有办完"), row.due_on)


def _missing(actor: Actor) -> Iterable[ToDo]:
    """What was missing when all was handed over, at one's own union."""
    own = [right.place_id for right in actor.rights if right.role in KEEP_HANDOVERS.roles]
    if not own:
        return
    rows = Handover.objects.filter(given_at__isnull=False, taken_at__isnull=False, union__in=own)
    rows = rows.annotate(missing=Count("items", filter=STILL_MISSING)).filter(missing__gt=0)
    for row in rows.select_related("union").order_by("taken_at", "pk")[:MOST]:
        words = ngettext("交接里还缺 %(n)s 样，补上了记一笔", "交接里还缺 %(n)s 样，补上了记一笔", row.missing)
        yield _thing(row, words % {"n": row.missing}, None)


def _vacant(actor: Actor, on: date) -> Iterable[ToDo]:
    """Unions without a chair: at one's own, and at those below."""
    paths = (*actor.paths(KEEP_HANDOVERS), *actor.paths(HAND_OVER_FOR))
    if not paths:
        return
    rows = Handover.objects.filter(within(paths, field="union__place__path"), incoming=None, taken_at=None)
    rows = rows.filter(union__place__closed_on=None).select_related("union__place")
    # One region has one rule: a union's own region decides, else that of the place it stands under.
    known: dict[str | int | None, timedelta] = {}
    for row in rows.order_by("left_on", "pk")[:MOST]:
        region = row.union.region_code or row.union.place.parent_id
        if region not in known:
            _days, known[region] = days_for(row.union_id, on=on)
        yield ToDo(
            kind="chair_vacant",
            icon="user",
            title=_("主席空缺，安排补选"),
            address=reverse("union_term", args=[row.union.code]),
            verb=gettext_lazy("去安排"),
            note=(row.union.name,),
            due=row.left_on + known[region],
        )


def _rights(actor: Actor, on: date) -> Iterable[ToDo]:
    """All is handed over: who takes rights back does so on the page of the account."""
    for row in rights_to_end(actor, on=on)[:MOST]:
        account = row.outgoing_account
        if account is not None:
            yield ToDo(
                kind="handover_rights",
                icon="key",
                title=_("主席交接办完了，收回{name}在这里的权限").format(name=account.name),
                address=reverse("account", args=[account.pk]),
                verb=gettext_lazy("去收回"),
                note=(row.union.name,),
            )


def _thing(row: Handover, title: str, due: date | None) -> ToDo:
    return ToDo(
        kind="handover",
        icon="clipboard-check",
        title=title,
        address=reverse("handover", args=[row.pk]),
        verb=gettext_lazy("打开清单"),
        note=(row.union.name,),
        due=due,
    )
