"""Send messages in the transaction of what they tell of, read them, and say how one wants to hear of them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.messages.catalogue import newest
from niangjia.kernel.messages.models import Message, Preference
from niangjia.kernel.messages.queries import Owner, messages_of, offices
from niangjia.kernel.messages.rules import (
    Channel,
    Fact,
    Template,
    To,
    ToAccount,
    ToOffice,
    ToPerson,
    Wishes,
    settled_facts,
)
from niangjia.kernel.people.masks import masked_words
from niangjia.kernel.people.models import Subject
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.queries import place_names

DELIVER, QUEUE = "messages.deliver", "messages"
NO_CITY = "000000"
NO_NAME = "–"


@transaction.atomic
def send(
    key: str,
    *,
    to: To | Iterable[ToPerson],
    facts: Mapping[str, object] | None = None,
    about: int | None = None,
    told_from: datetime | None = None,
) -> int:
    """Send a message (发消息) inside the transaction of what it tells of; answers to how many.

    It lies in the inbox once that is settled; other channels follow in a job that knows ids alone. `facts` are those the
    template declares, a place by its number; `about` is the number of the thing that its page shows; `told_from` withholds
    it until an instant. Whoever acts may see none of this: the program writes it.
    """
    template, at = newest(key), clock.now()
    with beyond(Purpose.MESSAGES):
        kept = settled_facts(template, _named(template, facts or {}))
        written = [
            Message(
                template=template.key,
                version=template.version,
                kind=template.kind.value,
                facts=kept,
                about=about,
                sent_at=at,
                planned_at=None if template.channels else at,
                told_from=told_from,
                **meant,
            )
            for meant in _meant(to)
        ]
        Message.objects.bulk_create(written, batch_size=1000)
    if written and template.channels:
        ids = [message.pk for message in written]
        app.configure_task(DELIVER, queue=QUEUE).defer(first_id=min(ids), last_id=max(ids))
    return len(written)


@transaction.atomic
def read(message_id: int, *, by: Owner) -> Message | None:
    """Open a message (看消息): it is read from now on; None where it is not hers."""
    found = messages_of(by).select_related("place").filter(pk=message_id).first()
    if found is not None and found.read_at is None:
        found.read_at = clock.now()
        found.save(update_fields=["read_at"])
    return found


@transaction.atomic
def read_all(*, by: Owner) -> int:
    """Everything is read (全部已读); answers how many were not."""
    unread = list(messages_of(by).filter(read_at=None).values_list("pk", flat=True))
    return Message.objects.filter(pk__in=unread).update(read_at=clock.now())


@transaction.atomic
def keep_wishes(wishes: Wishes, *, by: Owner) -> None:
    """Keep how somebody wants to hear of messages (消息设置)."""
    Preference.objects.update_or_create(
        pk=by.pk,
        defaults={
            "email_off": Channel.EMAIL in wishes.off,
            "sms_off": Channel.SMS in wishes.off,
            "wechat_off": Channel.WECHAT in wishes.off,
            "quiet_begins": wishes.quiet.begins if wishes.quiet else None,
            "quiet_ends": wishes.quiet.ends if wishes.quiet else None,
            "digest_hour": wishes.digest_hour,
        },
    )


def _named(template: Template, facts: Mapping[str, object]) -> dict[str, object]:
    """Places by their names as they are today: the message keeps saying what the place was called then."""
    places = {name: value for name, value in facts.items() if template.facts.get(name) is Fact.PLACE}
    names = place_names(value for value in places.values() if isinstance(value, int))
    called = {name: masked_words(names.get(value, NO_NAME)) for name, value in places.items() if isinstance(value, int)}
    return dict(facts) | called


def _meant(to: To | Iterable[ToPerson]) -> list[dict[str, object]]:
    match to:
        case ToPerson():
            return _persons([to.subject_id])
        case ToAccount():
            return _accounts([to.account_id])
        case ToOffice():
            place = Place.objects.get(pk=to.place_id)
            holders = offices().holders(to.place_id, to.roles, but=to.but)
            return [
                {"city": place.city, "account_id": account, "place_id": place.pk, "roles": sorted(to.roles)}
                for account in holders
            ]
    return _persons([each.subject_id for each in to])


def _persons(subjects: Sequence[int]) -> list[dict[str, object]]:
    found = Subject.objects.filter(pk__in=set(subjects)).order_by("pk").values_list("pk", "city")
    return [{"city": city, "subject_id": pk} for pk, city in found]


def _accounts(accounts: Sequence[int]) -> list[dict[str, object]]:
    found = get_user_model().objects.filter(pk__in=accounts).values_list("pk", "place__city")
    return [{"city": city or NO_CITY, "account_id": pk} for pk, city in found.order_by("pk")]
