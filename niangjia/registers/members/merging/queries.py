"""Pairs and merges as they are found: by who may decide on them, by whose they are."""

from datetime import timedelta

from django.db.models import Q, QuerySet

from niangjia.kernel import clock
from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.sealed import unseal
from niangjia.registers.members.linking.rules.deciding import EXCLUSIONS, SENTENCES
from niangjia.registers.members.merging.models import Merge, Pair
from niangjia.registers.members.merging.rules.deciding import PairState
from niangjia.registers.members.merging.rules.moves import MERGE_MEMBERS
from niangjia.registers.members.merging.rules.sealed_columns import SEALED_OBJECTION, SEALED_PHONE
from niangjia.registers.members.merging.rules.workflow import WAITING
from niangjia.registers.members.models import Person

# How long she is reminded that two records were joined, and may say that it is wrong without asking anybody (本系统默认值).
OBJECT_DAYS = timedelta(days=60)


def visible_to(actor: Actor) -> QuerySet[Pair]:
    """Pairs both of whose records the actor keeps; never one that she is an end of."""
    rows = Pair.objects.filter(within(actor.paths(MERGE_MEMBERS), field="place__path")).select_related("place")
    if actor.subject_id is not None:
        rows = rows.exclude(Q(left=actor.subject_id) | Q(right=actor.subject_id))
    return rows


def of_person(actor: Actor, person_id: int) -> QuerySet[Pair]:
    """What is open about one record, as far as the actor keeps both ends."""
    ends = Q(left=person_id) | Q(right=person_id)
    return visible_to(actor).filter(ends, state=PairState.OPEN.value, excluded="").order_by("-score", "pk")


def persons_of(pair: Pair) -> dict[int, Person]:
    """The records that are there still, whoever is a member where."""
    with beyond(Purpose.MERGE):
        return Person.objects.in_bulk([pair.left_id, pair.right_id])


def waiting_for(pair: Pair) -> Merge | None:
    """The merge of these two that waits for a second person."""
    return Merge.objects.filter(pair=pair, case__stage__in=WAITING).select_related("case").order_by("-pk").first()


def made_of(pair: Pair) -> Merge | None:
    """The merge of these two that was carried out and stands."""
    made = Merge.objects.filter(pair=pair, merged_at__isnull=False, undone_at=None)
    return made.select_related("case").order_by("-merged_at").first()


def of_her(actor: Actor) -> QuerySet[Merge]:
    """What was joined into the actor's own record and stands."""
    if actor.subject_id is None:
        return Merge.objects.none()
    made = Merge.objects.filter(kept=actor.subject_id, merged_at__isnull=False, undone_at=None)
    # Without its case: that one is the desk's.
    return made.order_by("-merged_at")


def to_tell_her(actor: Actor) -> QuerySet[Merge]:
    """Of these, what she has neither objected to nor let stand for long."""
    return of_her(actor).filter(objected_at=None, merged_at__gt=clock.now() - OBJECT_DAYS)


def gone_into(person_id: int) -> int | None:
    """The record that stays of one that is no more, however often it was merged; None where it is not gone."""
    kept: int | None = None
    with beyond(Purpose.MERGE):
        while found := _kept_of(kept or person_id):
            kept = found
    return kept


def former_selves(subject_id: int) -> QuerySet[Merge, int]:
    """The records that went into this one: what was written about them is hers; asked within whatever asks."""
    made = Merge.objects.filter(kept=subject_id, merged_at__isnull=False, undone_at=None)
    return made.order_by().values_list("gone_id", flat=True)


def _kept_of(person_id: int) -> int | None:
    made = Merge.objects.filter(gone=person_id, merged_at__isnull=False, undone_at=None)
    return made.values_list("kept_id", flat=True).first()


def phone_of_gone(subject_id: int) -> str:
    """The phone that was confirmed for a record that went: what became of it is told there, too."""
    with beyond(Purpose.MERGE):
        made = Merge.objects.filter(gone=subject_id, merged_at__isnull=False, phone_sealed__isnull=False)
        merge = made.order_by("-merged_at").first()
    return unseal(merge.phone_sealed, aad=f"{SEALED_PHONE}.{merge.pk}") if merge and merge.phone_sealed else ""


def objection_in(merge: Merge) -> str:
    """What she says against it."""
    sealed = merge.objection_sealed
    return unseal(sealed, aad=f"{SEALED_OBJECTION}.{merge.pk}") if sealed else ""


def sentences_of(pair: Pair) -> list[str]:
    """Why they look alike and in what they differ, in words to be translated."""
    return [SENTENCES[code] for code in pair.levels if code in SENTENCES]


def exclusion_of(pair: Pair) -> str:
    """Why they were not taken for one; empty where they were."""
    return EXCLUSIONS.get(pair.excluded, "")
