"""Send messages in the transaction of what they tell of, read them, and say how one wants to hear of them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

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
from niangjia.kernel.worded import OneOf, Worded

DELIVER, QUEUE = "messages.deliver", "messages"
NO_CITY = "000000"
NO_NAME = "–"
CITIES_OF_PERSONS = Worded(
    lambda ids: Subject.objects.filter(OneOf("pk", ids)).order_by("pk").values_list("pk", "city"), ids=list
)
CITIES_OF_ACCOUNTS = Worded(
    lambda ids: get_user_model().objects.filter(OneOf("pk", ids)).order_by("pk").values_list("pk", "place__city"),
    ids=list,
)


@dataclass(frozen=True)
class Sending:
    """One message to be sent: which, to whom, with which facts, about the number of which thing, told from when."""

    key: str
    to: To | Sequence[ToPerson]
    facts: Mapping[str, object] = field(default_factory=dict)
    about: int | None = None
    told_from: datetime | None = None


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
    meant = to if isinstance(to, ToPerson | ToAccount | ToOffice) else tuple(to)
    return send_all([Sending(key, meant, facts or {}, about, told_from)])


# Without a savepoint of its own: nothing here is refused that could be survived inside of a transaction.
@transaction.atomic(savepoint=False)
def send_all(sendings: Sequence[Sending]) -> int:
    """Several messages of one act at once, as `send` does each; answers how many were written."""
    if not sendings:
        return 0
    at = clock.now()
    with beyond(Purpose.MESSAGES):
        names, meant = _names(sendings), _meant(sendings)
        written = [message for each in sendings for message in _written(each, names, meant(each.to), at=at)]
        Message.objects.bulk_create(written, batch_size=1000)
    ids = [message.pk for message in written if message.planned_at is None]
    if ids:
        app.configure_task(DELIVER, queue=QUEUE).defer(first_id=min(ids), last_id=max(ids))
    return len(written)


def _written(
    sending: Sending, names: Mapping[int, str], meant: Iterable[Mapping[str, Any]], *, at: datetime
) -> Iterator[Message]:
    """The rows of one message."""
    template = newest(sending.key)
    kept = settled_facts(template, _named(template, sending.facts, names))
    for each in meant:
        yield Message(
            template=template.key,
            version=template.version,
            kind=template.kind.value,
            facts=kept,
            about=sending.about,
            sent_at=at,
            planned_at=None if template.channels else at,
            told_from=sending.told_from,
            **each,
        )


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


def _places(sending: Sending) -> dict[str, object]:
    """What a message says of places: by what it calls each."""
    declared = newest(sending.key).facts
    return {name: value for name, value in sending.facts.items() if declared.get(name) is Fact.PLACE}


def _names(sendings: Iterable[Sending]) -> dict[int, str]:
    """What the places of these messages are called today."""
    return place_names({value for each in sendings for value in _places(each).values() if isinstance(value, int)})


def _named(template: Template, facts: Mapping[str, object], names: Mapping[int, str]) -> dict[str, object]:
    """Places by their names as they are today: the message keeps saying what the place was called then."""
    places = {name: value for name, value in facts.items() if template.facts.get(name) is Fact.PLACE}
    called = {name: masked_words(names.get(value, NO_NAME)) for name, value in places.items() if isinstance(value, int)}
    return dict(facts) | called


def _meant(sendings: Sequence[Sending]) -> Callable[[To | Sequence[ToPerson]], list[dict[str, object]]]:
    """For whom each message is; persons and accounts of all of them are asked at once."""
    persons = _persons({each.subject_id for sending in sendings for each in _persons_in(sending.to)})
    accounts = _accounts({sending.to.account_id for sending in sendings if isinstance(sending.to, ToAccount)})

    def meant(to: To | Sequence[ToPerson]) -> list[dict[str, object]]:
        match to:
            case ToAccount():
                return [accounts[to.account_id]] if to.account_id in accounts else []
            case ToOffice():
                return _office(to)
        named = {each.subject_id for each in _persons_in(to)}
        return [row for subject, row in persons.items() if subject in named]

    return meant


def _persons_in(to: To | Sequence[ToPerson]) -> Sequence[ToPerson]:
    match to:
        case ToPerson():
            return (to,)
        case ToAccount() | ToOffice():
            return ()
    return to


def _office(to: ToOffice) -> list[dict[str, object]]:
    place = Place.objects.get(pk=to.place_id)
    holders = offices().holders(to.place_id, to.roles, but=to.but)
    return [
        {"city": place.city, "account_id": account, "place_id": place.pk, "roles": sorted(to.roles)}
        for account in holders
    ]


def _persons(subjects: Collection[int]) -> dict[int, dict[str, object]]:
    found = CITIES_OF_PERSONS(ids=sorted(subjects)) if subjects else []
    return {pk: {"city": city, "subject_id": pk} for pk, city in found}


def _accounts(accounts: Collection[int]) -> dict[int, dict[str, object]]:
    found = CITIES_OF_ACCOUNTS(ids=sorted(accounts)) if accounts else []
    return {pk: {"city": city or NO_CITY, "account_id": pk} for pk, city in found}
