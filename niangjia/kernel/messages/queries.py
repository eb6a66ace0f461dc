"""Messages as their owner meets them, and who is meant by an office."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from django.conf import settings
from django.db.models import BigIntegerField, Count, F, Func, Q, QuerySet
from django.utils.module_loading import import_string

from niangjia.kernel import clock
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.messages.models import Delivery, Message, Preference
from niangjia.kernel.messages.rules import Channel, DeliveryState, QuietHours, Wishes
from niangjia.kernel.worded import Worded


class Owner(Protocol):
    """Whose messages: an account, and the person it belongs to."""

    @property
    def pk(self) -> Any:
        """The account's number."""

    @property
    def subject_id(self) -> int | None:
        """The person's number, once she is known."""


class Offices(Protocol):
    """What messages ask about rights, which stand above them; wired by `NIANGJIA_OFFICES`."""

    def holders(self, place_id: int, roles: frozenset[str], *, but: int | None) -> Sequence[int]:
        """Accounts that hold one of the roles at the place, or at the nearest one above where somebody does."""

    def rights_of(self, account_id: int) -> Sequence[tuple[str, str]]:
        """The rights of work an account holds today, as role and path."""


def offices() -> Offices:
    """Who holds which office, as wired."""
    found: Offices = import_string(settings.NIANGJIA_OFFICES)
    return found


def messages_of(owner: Owner) -> QuerySet[Message]:
    """All messages that somebody may meet now: unread first, then the newest first.

    A message to an office is met while a right there lasts; one that would betray a report only from its day on.
    """
    told = _hers(owner) & _is_told(clock.now())
    if Message.objects.filter(told, place__isnull=False).exists():
        told &= Q(place=None) | _held_by(owner.pk)
    return Message.objects.filter(told).order_by(F("read_at").asc(nulls_first=True), "-sent_at", "-id")


def unread_of(owner: Owner) -> int:
    """How many messages somebody has not read; one look at an index, for the bell and the tab of every page."""
    every, at_places = UNREAD(account=owner.pk, subject=owner.subject_id or NOBODY, now=clock.now())[0]
    if not at_places:
        return int(every)
    lasting = Message.objects.filter(_hers(owner) & _is_told(clock.now()) & _held_by(owner.pk), read_at=None)
    return int(every - at_places + lasting.count())


def still_holds(message: Message) -> bool:
    """Whether whoever a message was sent to may still meet it."""
    if message.place is None or message.account_id is None:
        return True
    rights = offices().rights_of(message.account_id)
    return any(role in message.roles and message.place.path.startswith(path) for role, path in rights)


def wishes_of(account_id: int | None) -> Wishes:
    """How somebody wants to hear of messages; the defaults where she never said."""
    held = Preference.objects.filter(pk=account_id or 0).first()
    if held is None:
        return Wishes()
    off = {Channel.EMAIL: held.email_off, Channel.SMS: held.sms_off, Channel.WECHAT: held.wechat_off}
    quiet = None
    if held.quiet_begins is not None and held.quiet_ends is not None:
        quiet = QuietHours(held.quiet_begins, held.quiet_ends)
    return Wishes(frozenset(channel for channel, is_off in off.items() if is_off), quiet, held.digest_hour)


@beyond(Purpose.MESSAGES)
def was_told(key: str, *, account_id: int, facts: Mapping[str, Any] | None = None, about: int | None = None) -> bool:
    """Whether an account was sent this before, with these facts or about this thing."""
    found = Message.objects.filter(account=account_id, template=key)
    if facts is not None:
        found = found.filter(facts=dict(facts))
    return (found if about is None else found.filter(about=about)).exists()


def counted(*, since: datetime | None = None) -> list[dict[str, Any]]:
    """Attempts by channel, state and reason, without anything of what was sent to whom."""
    with beyond(Purpose.MESSAGES):
        found = Delivery.objects.filter(changed_at__gte=since) if since else Delivery.objects.all()
        lines = found.values("channel", "state", "reason").annotate(number=Count("id"))
        return [dict(line) for line in lines.order_by("channel", "state", "reason")]


def broken(*, since: datetime) -> int:
    """How many attempts failed for a technical reason and wait for the operator."""
    return sum(line["number"] for line in counted(since=since) if line["state"] == DeliveryState.TECHNICAL)


def _hers(owner: Owner) -> Q:
    mine = Q(account_id=owner.pk)
    return mine | Q(subject_id=owner.subject_id) if owner.subject_id is not None else mine


def _is_told(at: datetime) -> Q:
    return Q(told_from=None) | Q(told_from__lte=at)


def _held_by(account_id: int) -> Q:
    """Messages to offices that the account holds today; none without a right."""
    held = Q(pk__in=[])
    for role, path in _distinct(offices().rights_of(account_id)):
        held |= Q(place__path__startswith=path, roles__contains=[role])
    return held


def _distinct(rights: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(set(rights))


def _unread(account: int, subject: int, now: datetime) -> QuerySet[Message, Any]:
    """How many are not read; and how many of them are of an office."""
    hers = Q(account_id=account) | Q(subject_id=subject)
    every, at_places = (Func(F(name), function="COUNT", output_field=BigIntegerField()) for name in ("id", "place_id"))
    return Message.objects.filter(hers & _is_told(now), read_at=None).values_list(every, at_places)


# The number of nobody.
NOBODY = 0
UNREAD = Worded(_unread, account=int, subject=int, now=datetime)
