"""What closing a union means to its members: the union above keeps their membership (保留会籍).

Source: 《工会会员会籍管理办法》 (总工发〔2016〕27号): where the employer is closed or bankrupt, the union above the old one keeps it.
"""

from datetime import date
from typing import Any

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.registers.members.models import Membership, TransferProposal
from niangjia.registers.members.queries import HOLDING
from niangjia.registers.members.rules import MembershipKind, MembershipState
from niangjia.registers.orgs.closing import Closing, Effect
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.rules import COMMITTEE_FROM_MEMBERS

CHUNK = 5_000
END = """
UPDATE members_membership SET state = %(state)s, period = daterange(lower(period), %(on)s)
WHERE union_id = %(union)s AND upper_inf(period) AND state = ANY (%(holding)s)
"""


def _effects(union: Union, on: date) -> list[Effect]:
    held = _held(union)
    number, parent = held.count(), union.place.parent
    if not number:
        return []
    address = f"/members/?under={union.code}"
    if parent is None:
        return [Effect(_("它还有会员，上面又没有工会能保留会籍。先给他们办转会。"), blocks=True, address=address)]
    if held.filter(period__startswith__gte=on).exists():
        return [Effect(_("有会员今天才登记进来，会籍还不满一天。明天再撤销。"), blocks=True, address=address)]
    words = ngettext(
        "%(n)s 名会员的会籍由「%(parent)s」保留，会龄不断；找到新单位再转过去。",
        "%(n)s 名会员的会籍由「%(parent)s」保留，会龄不断；找到新单位再转过去。",
        number,
    )
    kept = Effect(words % {"n": f"{number:,}", "parent": parent.union.name}, address=address)
    return [kept, *_approval(union, number)]


def _approval(union: Union, number: int) -> list[Effect]:
    """A union that has to have a committee is not closed without the approval of the union above (工会法第十一条、第十三条)."""
    if number < COMMITTEE_FROM_MEMBERS:
        return []
    words = _("有 {n} 名会员，要上一级工会批准、有批复文号才能撤销。办一件「撤销」，批准了到日子自动撤销。")
    address = f"/unions/{union.code}/reorganise/dissolve/"
    return [Effect(words.format(n=f"{number:,}"), blocks=True, address=address, needs_approval=True)]


def _carry_out(union: Union, _by: Actor, on: date) -> dict[str, int]:
    """The memberships end here and are kept above; who was asked for by this union need not come any more."""
    going: list[Any] = list(_held(union).values("person_id", "joined_on", "member_no").order_by("person_id"))
    with connection.cursor() as cursor:
        state = MembershipState.TRANSFERRED.value
        cursor.execute(END, {"state": state, "on": on, "union": union.pk, "holding": HOLDING})
    Membership.objects.bulk_create(
        [
            Membership(
                city=union.city,
                union_id=union.place.parent_id,
                kind=MembershipKind.REORGANISED.value,
                state=MembershipState.RETAINED.value,
                period=DateRange(on, None),
                **facts,
            )
            for facts in going
        ],
        batch_size=CHUNK,
    )
    asked = TransferProposal.objects.filter(to_union=union, settled_at=None, withdrawn_at=None)
    return {"retained": len(going), "transfers": asked.update(withdrawn_at=clock.now())}


def _held(union: Union) -> QuerySet[Membership]:
    return Membership.objects.filter(union=union, period__upper_inf=True, state__in=HOLDING)


CLOSING = Closing(_effects, _carry_out)
