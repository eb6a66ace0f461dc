"""Who looked at whom: as the person sees it, as one's own acts, as the auditor sees it; and the proof of the rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractHour
from django.utils.module_loading import import_string

from niangjia.kernel import clock
from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import Level
from niangjia.kernel.reveal.models import Look
from niangjia.kernel.reveal.rules import (
    SEE_LOOKS,
    WRITTEN_BY_ITSELF,
    Field,
    LookFacts,
    Purpose,
    digest,
    is_inside,
    purposes_for,
    right_to,
)
from niangjia.kernel.sealed import keyring

VERBS = ("reveal", "download")
MICROSECOND = timedelta(microseconds=1)
EPOCH = datetime.fromtimestamp(0, tz=clock.PEOPLE_ZONE)
FETCH = 5_000
# 夜间: from ten in the evening to six in the morning.
NIGHT = (22, 23, 0, 1, 2, 3, 4, 5)


def looks_at(subject_id: int, *, at: datetime) -> QuerySet[Look]:
    """Who looked at this person's values (谁看过我的资料), newest first; a withheld look only from its day on."""
    told = Q(withheld_until=None) | Q(withheld_until__lte=at)
    return Look.objects.filter(told, subject=subject_id).order_by("-at", "-id")


def looks_at_her(subject_id: int, *, at: datetime) -> QuerySet[Look]:
    """The same under any record of hers: those that were joined into this one lead here (`NIANGJIA_FORMER_SELVES`)."""
    former = import_string(settings.NIANGJIA_FORMER_SELVES)(subject_id)
    told = Q(withheld_until=None) | Q(withheld_until__lte=at)
    return Look.objects.filter(told, Q(subject=subject_id) | Q(subject__in=former)).order_by("-at", "-id")


def looks_by(actor: Actor) -> QuerySet[Look]:
    """What this account has looked at (我看过的); not whose requests it opened: it need not know who asked."""
    own = Look.objects.filter(account=actor.account_id) if actor.account_id else Look.objects.none()
    return own.exclude(purpose__in=WRITTEN_BY_ITSELF)


def looks_seen(actor: Actor) -> QuerySet[Look]:
    """Every look from the auditor's places, withheld ones included."""
    return Look.objects.filter(within(actor.paths(SEE_LOOKS), field="place__path")).select_related("account")


def counts_of(looks: QuerySet[Look]) -> QuerySet[Any, Any]:
    """Looks by account and unit: how many, at how many people, how many of them at night."""
    by_hour = looks.annotate(hour=ExtractHour("at", tzinfo=clock.PEOPLE_ZONE))
    return by_hour.values("account", "account__name", "unit", "role").annotate(
        looks=Count("id"),
        people=Count("subject", distinct=True),
        nightly=Count("id", filter=Q(hour__in=NIGHT)),
        in_files=Count("id", filter=Q(way="file")),
    )


def purposes_of(actor: Actor, looked_at: Field, path: str) -> tuple[Purpose, ...]:
    """For what this actor may look at a field of somebody at this place; none where not at all."""
    levels = levels_of(actor)
    right = right_to(actor, looked_at, path, levels=levels)
    return purposes_for(looked_at, inside=is_inside(right, levels[right.place_id])) if right else ()


def levels_of(actor: Actor) -> dict[int, Level]:
    """How high the places of an actor's rights stand."""
    found = Place.objects.filter(pk__in={right.place_id for right in actor.rights}).values_list("pk", "level")
    levels = {pk: Level(level) for pk, level in found}
    return {right.place_id: levels.get(right.place_id, Level.GROUP) for right in actor.rights}


@dataclass
class LookProof:
    """What the check of the looks found: entries and rows checked, violations in words."""

    checked: int = 0
    rows: int = 0
    violations: list[dict[str, object]] = field(default_factory=list)


def verify_looks() -> LookProof:
    """Hold the looks of every entry against the digest that the journal keeps of them."""
    proof, key = LookProof(), keyring().journal_key
    entries = Entry.objects.filter(verb__in=VERBS).order_by("id").values_list("id", "detail").iterator(FETCH)
    found = groupby(_every_look(), key=attrgetter("entry_id"))
    group = next(found, None)
    for entry, detail in entries:
        proof.checked += 1
        while group is not None and group[0] < entry:
            proof.violations.append({"code": "look_without_entry", "entry": group[0]})
            group = next(found, None)
        rows = list(group[1]) if group is not None and group[0] == entry else []
        if rows:
            group = next(found, None)
        proof.rows += len(rows)
        if digest((facts_of(look).line for look in rows), key=key) != detail.get("digest"):
            proof.violations.append({"code": "looks_differ", "entry": entry})
    return proof


def facts_of(look: Look) -> LookFacts:
    """A look as its digest covers it."""
    return LookFacts(
        subject_id=look.subject_id,
        field=look.field,
        purpose=look.purpose,
        way=look.way,
        account_id=look.account_id,
        role=look.role,
        place_id=look.place_id,
        unit=look.unit,
        at_us=(look.at - EPOCH) // MICROSECOND,
        withheld_us=(look.withheld_until - EPOCH) // MICROSECOND if look.withheld_until else None,
        counts=look.counts,
    )


def _every_look() -> Iterator[Look]:
    return Look.objects.order_by("entry", "id").iterator(FETCH)
