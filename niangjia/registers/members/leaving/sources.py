"""Whence exits are proposed (提请的来源): an open list, so that a later line of work, the ledger of dues first, adds its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from niangjia.registers.members.models import Membership
from niangjia.registers.members.queries import FULL
from niangjia.registers.members.retiring import born_before_latest

Words = str | Promise


@dataclass(frozen=True)
class ExitSource:
    """One source: its name, why it is asked, and which memberships it finds on a day; it proposes and decides nothing."""

    key: str
    words: Words
    # What the member is asked, in a sentence to her.
    asks: Words
    found: Callable[[date], "Iterator[int] | list[int]"]


def sources() -> list[ExitSource]:
    """Every source that is wired (`NIANGJIA_EXIT_SOURCES`)."""
    return [import_string(name) for name in settings.NIANGJIA_EXIT_SOURCES]


def _at_closed_employers(on: date) -> list[int]:
    rows = Membership.objects.filter(period__upper_inf=True, state__in=FULL, employer__closed_on__lt=on)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _past_every_age(on: date) -> list[int]:
    """Past the latest day to which anybody may put off retiring, by the later of the tables."""
    meant = Q(pk__in=[])
    for sex, born in born_before_latest(on):
        meant |= Q(person__sex=sex, person__birth_on__lt=born)
    rows = Membership.objects.filter(meant, period__upper_inf=True, state__in=FULL, person__erased_at=None)
    return list(rows.order_by("pk").values_list("pk", flat=True))


EMPLOYER_CLOSED = ExitSource(
    "employer_closed",
    _("登记的单位关停了"),
    _("您登记的单位已经关停。还在别处上班的，请说一声；没有的，会籍可以由上一级工会保留。"),
    _at_closed_employers,
)
PAST_RETIREMENT = ExitSource(
    "past_retirement",
    _("过了最晚的退休年龄"),
    _("按出生年月推算，您应该已经退休。还在上班的，请说一声；退休了的，会籍可以保留，不用交会费。"),
    _past_every_age,
)
BY_HAND = "by_hand"
HAND_WORDS = _("工会干部提出")
HAND_ASKS = _("工会想知道您还在不在这里上班、还愿不愿意当会员。请说一声，或者打电话问问为什么。")


def words_of(source: str) -> Words:
    """How a source is called; one that is no longer wired by its name."""
    known: dict[str, Words] = {each.key: each.words for each in sources()}
    return HAND_WORDS if source == BY_HAND else known.get(source, source)


def asks_of(source: str) -> Words:
    """What the member is asked."""
    return next((each.asks for each in sources() if each.key == source), HAND_ASKS)
