"""Tell people by other channels that a message lies in their inbox: planned, sent once, tried again, given up."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.kernel import clock
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.messages.catalogue import in_version
from niangjia.kernel.messages.channels import ChannelAway, ChannelBroken, Letter, NotTaken, NoWay, ways
from niangjia.kernel.messages.models import Delivery, Message
from niangjia.kernel.messages.queries import still_holds, wishes_of
from niangjia.kernel.messages.reading import words_of
from niangjia.kernel.messages.rules import (
    WAITING,
    Channel,
    DeliveryState,
    Template,
    due_at,
    next_try,
    out_of_quiet,
)

CHINESE = "zh-hans"
# Whoever holds an attempt this long has died on it: nobody knows whether it arrived.
LOST_AFTER = timedelta(minutes=10)
BATCH = 500
TRIED = WAITING | {DeliveryState.TECHNICAL}
FOOT = gettext_noop("详情请登录「娘家」，在「消息」里看。请不要回复。")


@dataclass(frozen=True)
class Reached:
    """Whoever a message is for, as channels reach her (收件人)."""

    account: Any
    subject_id: int | None

    @property
    def language(self) -> str:
        """The language of her pages."""
        return self.account.language if self.account else CHINESE

    def address(self, channel: Channel) -> str:
        """Where a channel reaches her; empty where it does not."""
        match channel:
            case Channel.EMAIL:
                return str(self.account.email) if self.account else ""
            case Channel.SMS:
                return _found(settings.NIANGJIA_PHONE_TO_TELL, self.subject_id)
            case Channel.WECHAT:
                return _found(settings.NIANGJIA_WECHAT_ADDRESS, self.account.pk if self.account else None)


@transaction.atomic
@beyond(Purpose.MESSAGES)
def plan(first_id: int, last_id: int) -> list[int]:
    """Write down by which channels and when these messages go; answers the attempts that are due. Twice is once."""
    found = Message.objects.select_for_update(skip_locked=True, of=("self",)).filter(planned_at=None)
    messages = list(found.filter(pk__range=(first_id, last_id)).order_by("pk"))
    open_ways, at = ways(), clock.now()
    planned = [each for message in messages for each in _planned(message, open_ways)]
    made = Delivery.objects.bulk_create(planned, batch_size=BATCH)
    Message.objects.filter(pk__in=[message.pk for message in messages]).update(planned_at=at)
    return [each.pk for each in made if each.due_at <= at]


@beyond(Purpose.MESSAGES)
def left_unplanned() -> list[int]:
    """Messages whose job was killed before it had planned them."""
    before = clock.now() - LOST_AFTER
    return list(
        Message.objects.filter(planned_at=None, sent_at__lt=before).order_by("pk").values_list("pk", flat=True)[:BATCH]
    )


def _planned(message: Message, open_ways: Iterable[Channel]) -> list[Delivery]:
    template = in_version(message.template, message.version)
    if template is None:
        return []
    her, at = reached(message), message.told_from or clock.now()
    wishes = wishes_of(her.account.pk if her.account else None)
    due = due_at(template, wishes, at=at, zone=clock.PEOPLE_ZONE)
    return [
        Delivery(city=message.city, message=message, channel=channel.value, due_at=due)
        for channel in open_ways
        if wishes.wants(template, channel) and her.address(channel)
    ]


def reached(message: Message) -> Reached:
    """Whoever this message is for: the account, or the person's own once she has one."""
    accounts = get_user_model().objects.filter(is_active=True)
    if message.account_id is not None:
        account = accounts.filter(pk=message.account_id).first()
        return Reached(account, account.subject_id if account else None)
    if message.subject_id is None:
        return Reached(None, None)
    return Reached(accounts.filter(subject_id=message.subject_id).first(), message.subject_id)


def try_one(delivery_id: int) -> None:
    """Try one attempt, with all that waits for the same person by the same channel.

    It is marked before the channel is spoken to, and that is settled: what a killed worker leaves is never sent again.
    """
    taken = _take(delivery_id)
    if taken is None:
        return
    held, letter = taken
    way = ways().get(Channel(held[0].channel), NoWay())
    try:
        way.send(letter)
    except ChannelAway:
        _put_off(held)
    except NotTaken:
        _end(held, DeliveryState.PERMANENT, "refused")
    except ChannelBroken:
        _end(held, DeliveryState.TECHNICAL, "not_set_up")
    else:
        _end(held, DeliveryState.DELIVERED)


@transaction.atomic
@beyond(Purpose.MESSAGES)
def _take(delivery_id: int) -> tuple[list[Delivery], Letter] | None:
    """The attempts that go together, marked as being sent, and the letter; None where nothing is to be sent."""
    at = clock.now()
    rows = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).select_related("message__place")
    one = rows.filter(pk=delivery_id, state__in=TRIED, due_at__lte=at).first()
    if one is None:
        return None
    together = [one, *_beside(one, rows, at=at)]
    held = [each for each in together if _is_needed(each)]
    her = reached(one.message)
    address = her.address(Channel(one.channel))
    if not held or not address:
        _end(held, DeliveryState.PERMANENT, "no_address")
        return None
    key = one.key or uuid4()
    for each in held:
        each.state, each.key, each.tries, each.changed_at = DeliveryState.SENDING.value, key, each.tries + 1, at
    Delivery.objects.bulk_update(held, ["state", "key", "tries", "changed_at"])
    return held, _letter([each.message for each in held], her, address, str(key))


def _beside(one: Delivery, rows: QuerySet[Delivery], *, at: datetime) -> list[Delivery]:
    """What goes in the same letter: what went in it before, or whatever else waits for her by this channel."""
    if one.key is not None:
        return list(rows.filter(key=one.key, state=one.state).exclude(pk=one.pk).order_by("pk"))
    waiting = rows.filter(
        channel=one.channel,
        state=DeliveryState.CREATED,
        due_at__lte=at,
        message__account=one.message.account_id,
        message__subject=one.message.subject_id,
    )
    found = list(waiting.exclude(pk=one.pk).order_by("pk")[:BATCH])
    return found if one.channel != Channel.SMS else [each for each in found if _text(each) == _text(one)]


def _text(delivery: Delivery) -> str:
    template = _template(delivery.message)
    return template.text if template else ""


def _is_needed(delivery: Delivery) -> bool:
    """Whether she still has to be told: not where she has read it, and not where her right there is over."""
    message = delivery.message
    why = "read" if message.read_at is not None else "" if still_holds(message) else "right_ended"
    if why:
        _end([delivery], DeliveryState.NOT_NEEDED, why)
    return not why


def _letter(messages: Sequence[Message], her: Reached, address: str, key: str) -> Letter:
    """One letter for one message or for several: titles alone, each with how many there are of it."""
    with translation.override(her.language):
        template = _template(messages[0])
        text = template.text if template else ""
        if len(messages) == 1:
            said = words_of(messages[0])
            return Letter(address, said.title, f"{said.body}\n\n{_(FOOT)}", key, text, her.language)
        counted = Counter(words_of(message).title for message in messages)
        lines = [f"{title} × {number}" if number > 1 else title for title, number in counted.items()]
        title = ngettext("您有 {n} 条新消息", "您有 {n} 条新消息", len(messages)).format(n=len(messages))
        return Letter(address, title, "\n".join((*lines, "", _(FOOT))), key, text, her.language)


def _template(message: Message) -> Template | None:
    return in_version(message.template, message.version)


def _found(name: str, number: int | None) -> str:
    return str(import_string(name)(number)) if name and number is not None else ""


@transaction.atomic
@beyond(Purpose.MESSAGES)
def _put_off(held: Sequence[Delivery]) -> None:
    at = clock.now()
    again = next_try(held[0].tries, at=at)
    if again is None:
        _end(held, DeliveryState.PERMANENT, "gave_up")
        return
    template, her = _template(held[0].message), reached(held[0].message)
    if template is not None and not template.is_urgent:
        again = out_of_quiet(again, wishes_of(her.account.pk if her.account else None), zone=clock.PEOPLE_ZONE)
    Delivery.objects.filter(pk__in=[each.pk for each in held]).update(
        state=DeliveryState.TEMPORARY, reason="away", due_at=again, changed_at=at
    )


@transaction.atomic
@beyond(Purpose.MESSAGES)
def _end(held: Sequence[Delivery], state: DeliveryState, reason: str = "") -> None:
    Delivery.objects.filter(pk__in=[each.pk for each in held]).update(
        state=state, reason=reason, changed_at=clock.now()
    )


@beyond(Purpose.MESSAGES)
def due_now() -> list[int]:
    """Attempts whose time has come, and messages whose job was lost."""
    waiting = Delivery.objects.filter(state__in=WAITING, due_at__lte=clock.now())
    return list(waiting.order_by("due_at", "pk").values_list("pk", flat=True)[:BATCH])


@transaction.atomic
@beyond(Purpose.MESSAGES)
def give_up_lost() -> int:
    """What a killed worker left: nobody knows whether it arrived, and it is not sent again."""
    at = clock.now()
    lost = Delivery.objects.filter(state=DeliveryState.SENDING, changed_at__lt=at - LOST_AFTER)
    return lost.update(state=DeliveryState.UNKNOWN, reason="killed", changed_at=at)


@beyond(Purpose.MESSAGES)
def try_broken_again() -> list[int]:
    """Attempts that failed because a channel was not set up, for the operator who has mended it."""
    broken = Delivery.objects.filter(state=DeliveryState.TECHNICAL)
    return list(broken.order_by("pk").values_list("pk", flat=True))
