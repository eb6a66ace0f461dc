"""What a reorganisation means to committees: the term of the union that ends is over on the eve, the other one's stands.

Sources: 工会法第十二条 (a committee is there by approval of the union above); who sits where is never carried over to another union.
"""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from niangjia.registers.committees.closing import procedures_at
from niangjia.registers.committees.elections.queries import open_election
from niangjia.registers.committees.listing import address_of
from niangjia.registers.committees.queries import present_term
from niangjia.registers.committees.services import end_terms
from niangjia.registers.orgs.closing import Effect
from niangjia.registers.orgs.reorganising.parts import Counts, GoingOver, Part


def _effects(going: GoingOver) -> list[Effect]:
    return [*procedures_at(going.former), *_ending(going), *_staying(going)]


def _ending(going: GoingOver) -> Iterator[Effect]:
    term = present_term(going.former.pk)
    if term is not None:
        words = _("「{name}」第 {n} 届到那天的前一天为止，委员会和职务一起结束。")
        yield Effect(words.format(name=going.former.name, n=term.number), address=address_of(going.former))


def _staying(going: GoingOver) -> Iterator[Effect]:
    """The committee of the union that stays goes on; whoever comes over may vote there from that day on."""
    if going.taking is None:
        return
    term = present_term(going.taking.pk)
    if term is not None:
        words = _("「{name}」第 {n} 届委员会不变，接着到期满。")
        yield Effect(words.format(name=going.taking.name, n=term.number))
    if open_election(going.taking.pk) is not None:
        words = _("「{name}」正在选举：并过来的会员从那天起也有选举权，名额和应到人数要再看一遍。")
        yield Effect(words.format(name=going.taking.name), address="/desk/election/")


def _carry_out(going: GoingOver, _at: datetime) -> Counts:
    return {"terms": end_terms(going.former, on=going.last_day)}


PART = Part(_effects, _carry_out)
