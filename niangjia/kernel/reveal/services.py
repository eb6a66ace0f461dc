"""Show a sealed value to who may see it, on purpose, and write down that it was shown before it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor, Right
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.chinese import Reason
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.journal.services import record
from niangjia.kernel.messages.rules import ToPerson
from niangjia.kernel.messages.services import send
from niangjia.kernel.reveal.models import Look
from niangjia.kernel.reveal.queries import facts_of, levels_of
from niangjia.kernel.reveal.rules import (
    FULL,
    HOUR,
    SHOWN_FOR,
    Field,
    Purpose,
    Quota,
    Way,
    day_of,
    digest,
    is_inside,
    purposes_for,
    right_to,
    why_not,
)
from niangjia.kernel.sealed import keyring, unseal

# With the account as the second number: one look of an account at a time, so that many at once do not pass the quota.
LOOK_LOCK = 0x6C6F6F6B
# What a message says of a file that holds more than one field.
SEVERAL = "several"
LARGEST_LOCK = 2**31
BATCH = 2_000


class LookRefused(Exception):
    """The value is not shown now; `reason` says why and what to do."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason

    @property
    def is_full(self) -> bool:
        """Whether it is only too often; later, or by a colleague, it works."""
        return self.reason.code in FULL


@dataclass(frozen=True)
class SealedValue:
    """A sealed value as it lies (密封的值): of whom, which field, what it is bound to, and where the person belongs now."""

    subject_id: int
    field: Field
    sealed: bytes
    aad: str
    city: str
    place_id: int
    path: str


@dataclass(frozen=True)
class Occasion:
    """On which occasion values are shown (场合): for what, by whom with which right, in which way.

    `withheld_until`: the person learns of it only then, because at once it would betray somebody else's report.
    """

    purpose: Purpose
    by: Actor
    right: Right | None = None
    way: Way = Way.FILE
    withheld_until: datetime | None = None
    # Whether a message goes to her besides what she reads in her own view.
    is_told: bool = True


@dataclass(frozen=True)
class Shown:
    """A value that may be shown now (看到的值), until when, and for what."""

    value: str
    until: datetime
    purpose: Purpose


@transaction.atomic
def reveal(
    sealed: SealedValue, *, purpose: str, by: Actor, way: Way = Way.PAGE, withheld_until: datetime | None = None
) -> Shown:
    """Show one sealed value (查看): `Forbidden` without the right, `LookRefused` without a purpose or over the quota.

    The look stands in the journal and in the person's own view before the seal is opened; where it cannot be written
    down, nothing is shown.
    """
    levels = levels_of(by)
    right = right_to(by, sealed.field, sealed.path, levels=levels)
    if right is None or by.account_id is None:
        raise Forbidden("no_role")
    offered = purposes_for(sealed.field, inside=is_inside(right, levels[right.place_id]))
    refusal = why_not(purpose, offered=offered)
    if refusal is not None:
        raise LookRefused(refusal)
    occasion = Occasion(Purpose(purpose), by, right, way, withheld_until)
    _one_at_a_time(by.account_id)
    at = clock.now()
    is_again = _stands_on_the_page(sealed, by=by, at=at)
    if not is_again:
        _check_quota(by.account_id, at=at)
    _write_down(sealed, _Act(occasion, city=sealed.city, at=at, counts=not is_again))
    if not is_again:
        facts = {"unit": right.place_id, "what": sealed.field.value}
        send("looked_at", to=ToPerson(sealed.subject_id), facts=facts, told_from=withheld_until)
    return Shown(unseal(sealed.sealed, aad=sealed.aad), at + SHOWN_FOR, occasion.purpose)


@transaction.atomic
def record_looks(
    subjects: Iterable[int], fields: Iterable[Field], *, occasion: Occasion, place: tuple[str, int]
) -> Entry:
    """Write down that a file holds these fields of these people: one look for each value, one journal entry for all.

    `place` is (city, place id) of what the file is about; without a right of the occasion the actor's first one counts.
    """
    right = occasion.right or next(iter(occasion.by.rights), None)
    act = _Act(replace(occasion, right=right), city=place[0], at=clock.now(), counts=False)
    people, kinds = sorted(set(subjects)), sorted({Field(each) for each in fields})
    looks = [act.look(subject, each) for subject in people for each in kinds]
    told = {"fields": [each.value for each in kinds], "people": len(people)}
    what = kinds[0].value if len(kinds) == 1 else SEVERAL
    facts = {"unit": right.place_id if right and right.place_id else place[1], "what": what}
    if occasion.is_told:
        send("looked_at", to=map(ToPerson, people), facts=facts, told_from=occasion.withheld_until)
    return _record(looks, act, thing=("look", None), place_id=place[1], told=told)


@dataclass(frozen=True)
class _Act:
    """An occasion at its instant: what all its looks have in common."""

    occasion: Occasion
    city: str
    at: datetime
    counts: bool

    def look(self, subject_id: int, field: Field) -> Look:
        """The look at one field of one person."""
        right, occasion = self.occasion.right, self.occasion
        return Look(
            city=self.city,
            subject_id=subject_id,
            field=field.value,
            purpose=occasion.purpose.value,
            way=occasion.way.value,
            account_id=occasion.by.account_id,
            role=right.role.value if right else "",
            place_id=(right.place_id or None) if right else None,
            unit=right.place_name if right else "",
            at=self.at,
            withheld_until=occasion.withheld_until,
            counts=self.counts,
        )


def _write_down(sealed: SealedValue, act: _Act) -> None:
    look = act.look(sealed.subject_id, sealed.field)
    told = {"field": sealed.field.value}
    # The person reads entries about herself; one of a withheld look does not say whom it is about.
    thing = ("person", sealed.subject_id) if act.occasion.withheld_until is None else ("look", None)
    _record([look], act, thing=thing, place_id=sealed.place_id, told=told)


def _record(
    looks: list[Look], act: _Act, *, thing: tuple[str, int | None], place_id: int, told: Mapping[str, object]
) -> Entry:
    """The entry first, with the digest of the looks; then the looks, each with the entry that proves it."""
    occasion = act.occasion
    lines = (facts_of(look).line for look in looks)
    proof = {"rows": len(looks), "digest": digest(lines, key=keyring().journal_key)}
    way = {"purpose": occasion.purpose.value, "way": occasion.way.value}
    acting = replace(occasion.by, rights=(occasion.right,)) if occasion.right else occasion.by
    verb = "download" if occasion.way is Way.FILE else "reveal"
    place = (act.city, place_id)
    entry = record(verb, by=acting, thing=thing[0], thing_id=thing[1], place=place, detail={**told, **way, **proof})
    for look in looks:
        look.entry = entry
    Look.objects.bulk_create(looks, batch_size=BATCH)
    return entry


def _one_at_a_time(account_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOOK_LOCK, account_id % LARGEST_LOCK])


def _stands_on_the_page(sealed: SealedValue, *, by: Actor, at: datetime) -> bool:
    same = Look.objects.filter(account=by.account_id, subject=sealed.subject_id, field=sealed.field.value)
    return same.filter(counts=True, at__gt=at - SHOWN_FOR).exists()


def _check_quota(account_id: int, *, at: datetime) -> None:
    here = at.astimezone(clock.PEOPLE_ZONE)
    since = Q(at__gte=day_of(here)) | Q(at__gt=at - HOUR)
    counted = Look.objects.filter(since, account=account_id, counts=True).values_list("at", flat=True)
    quota = Quota(settings.NIANGJIA_LOOKS_PER_HOUR, settings.NIANGJIA_LOOKS_PER_DAY)
    refusal = quota.why_full(list(counted), at=here)
    if refusal is not None:
        raise LookRefused(refusal)
