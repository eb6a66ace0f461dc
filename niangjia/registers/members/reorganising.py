"""What a reorganisation means to members: their membership goes on at the other union, without a gap and without an overlap.

Source: 《工会会员会籍管理办法》 (总工发〔2016〕27号): membership goes where the labour relation is; its years count on.
"""

from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.kernel import clock
from niangjia.kernel.messages.rules import ToPerson
from niangjia.kernel.messages.services import send
from niangjia.registers.members.joining.models import Application, CatchAll
from niangjia.registers.members.models import Membership, TransferProposal
from niangjia.registers.members.queries import HOLDING
from niangjia.registers.members.rules import MembershipKind, MembershipState
from niangjia.registers.orgs.closing import Effect
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.reorganising.parts import Counts, GoingOver, Part, Told

# One membership ends where the next begins: as many rows as there are members, whatever their number, in two statements.
GOING = {"ended": MembershipState.TRANSFERRED.value, "kind": MembershipKind.REORGANISED.value}
END = """
UPDATE members_membership SET state = %(ended)s, period = daterange(lower(period), %(on)s) WHERE id = ANY(%(ids)s)
"""
BEGIN = """
INSERT INTO members_membership (city, person_id, union_id, employer_id, kind, state, period, joined_on, member_no, because, revision)
SELECT %(city)s, was.person_id, %(taking)s, was.employer_id, %(kind)s, before.state, daterange(%(on)s, NULL), was.joined_on, was.member_no, was.because, 1
FROM unnest(%(ids)s::bigint[], %(states)s::text[]) AS before(id, state) JOIN members_membership was ON was.id = before.id
ORDER BY was.id
"""


def _effects(going: GoingOver) -> list[Effect]:
    held = _held(going.former)
    number, address = held.count(), f"/members/?under={going.former.code}"
    if not number:
        return []
    if held.filter(period__startswith__gte=going.on).exists():
        words = _("有会员的会籍那天才开始，不满一天。换晚一天的日子。")
        return [Effect(words, blocks=True, address=address)]
    words = ngettext(
        "直接在「%(name)s」的 %(n)s 名会员，会籍那天接到新的工会，会龄不断；每个人都会收到消息。",
        "直接在「%(name)s」的 %(n)s 名会员，会籍那天接到新的工会，会龄不断；每个人都会收到消息。",
        number,
    )
    return [Effect(words % {"n": f"{number:,}", "name": going.former.name}, address=address)]


def _carry_out(going: GoingOver, _at: datetime) -> Counts:
    """Memberships, what other members were asked for, who applies to join, and who is taken in there."""
    taking = going.taker
    applying = Application.objects.filter(union=going.former, settled_at=None).update(union=taking)
    CatchAll.objects.filter(union=going.former, until=None).update(union=taking)
    return {"members": go_to(going.former, taking, on=going.on), "applications": applying} | _asked(going)


def go_to(former: Union, taking: Union, *, on: date) -> int:
    """Whoever is in one union is in the other from a day on."""
    return over_go(_held(former), taking, on=on)


def over_go(rows: QuerySet[Membership], taking: Union, *, on: date) -> int:
    """These memberships go on at another union from a day on; answers how many."""
    held = list(rows.select_for_update().order_by("pk").values_list("pk", "state"))
    ids = [pk for pk, _state in held]
    facts: dict[str, Any] = GOING | {
        "on": on,
        "ids": ids,
        "states": [state for _pk, state in held],
        "city": taking.city,
    }
    with connection.cursor() as cursor:
        cursor.execute(END, facts)
        cursor.execute(BEGIN, facts | {"taking": taking.pk})
    return len(ids)


def _asked(going: GoingOver) -> Counts:
    """Whom the former union asked for is asked for by the other one, where that has not asked itself."""
    asked = TransferProposal.objects.filter(to_union=going.former, settled_at=None, withdrawn_at=None)
    twice = TransferProposal.objects.filter(to_union=going.taker, settled_at=None, withdrawn_at=None)
    asked.filter(person__in=twice.values("person")).update(withdrawn_at=clock.now())
    return {"transfers": asked.filter(withdrawn_at=None).update(to_union=going.taker)}


def tell(union: Union, on: date, after: int, most: int) -> Told:
    """Tell the next so many whose membership came to this union by a reorganisation on that day; answers how far it came."""
    rows = Membership.objects.filter(
        union=union, kind=MembershipKind.REORGANISED.value, period__startswith=on, pk__gt=after
    )
    found = list(rows.order_by("pk").values_list("pk", "person_id")[:most])
    if not found:
        return Told(after, 0)
    to = [ToPerson(person) for _pk, person in found]
    send("membership_reorganised", to=to, facts={"there": union.pk, "day": on})
    return Told(found[-1][0], len(found))


def _held(union: Union) -> QuerySet[Membership]:
    return Membership.objects.filter(union=union, period__upper_inf=True, state__in=HOLDING)


PART = Part(_effects, _carry_out)
