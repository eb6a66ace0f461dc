"""Which requests somebody meets: her own, and those held where she handles; what was said, opened; what looks alike."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.models import Barred, Case, Holding, Party, Running
from niangjia.kernel.cases.queries import knows_who, near_to
from niangjia.kernel.files.forms import size_words
from niangjia.kernel.files.models import StoredFile
from niangjia.kernel.files.rules import Kind as FileKind
from niangjia.kernel.places.models import Place
from niangjia.kernel.sealed import unseal
from niangjia.services.requests.models import Addition, LocalTopic, Press, Request
from niangjia.services.requests.rules import near
from niangjia.services.requests.rules.moves import SEE_REQUESTS
from niangjia.services.requests.rules.sealed_words import CALLER, SAYS, TEXT, WISH
from niangjia.services.requests.rules.workflow import CLOSED_STAGES, OPEN_STAGES

# Whose a kept file is that was handed in with a request.
FILES = "request"
PARTED = "\n"


def visible_to(actor: Actor) -> QuerySet[Any]:
    """Requests held where the actor handles (诉求); none that she has to keep away from, none of her own.

    Who handles at a city or above meets what lies at that very place: of what is below she is told totals.
    """
    paths = actor.paths(SEE_REQUESTS)
    if not paths:
        return Request.objects.none()
    held = Holding.objects.filter(near_to(paths), case=OuterRef("pk"), until=None)
    rows = Request.objects.filter(Exists(held)).select_related("case__place", "case__handler", "employer", "counted_at")
    if actor.account_id is not None:
        rows = rows.exclude(Exists(Barred.objects.filter(case=OuterRef("pk"), account=actor.account_id)))
    if actor.subject_id is not None:
        rows = rows.exclude(Exists(Party.objects.filter(case=OuterRef("pk"), subject=actor.subject_id)))
    is_closed = ExpressionWrapper(Q(case__closed_at__isnull=False), output_field=BooleanField())
    return with_local_topic(rows.annotate(is_closed=is_closed))


def own_requests(actor: Actor) -> QuerySet[Request]:
    """What somebody said herself, the latest first."""
    return said_by(actor.subject_id) if actor.subject_id is not None else Request.objects.none()


def said_by(subject: int) -> QuerySet[Request]:
    """What this person said, the latest first."""
    hers = Party.objects.filter(subject=subject).values("case")
    rows = Request.objects.filter(pk__in=hers).select_related("case__place", "case__handler").order_by("-pk")
    return with_local_topic(rows)


def with_local_topic(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Each row with `local_topic`: what its topic is called where a place has added it, so that no row asks for that."""
    local = LocalTopic.objects.filter(code=OuterRef("topic")).order_by("pk").values("title")
    return rows.annotate(local_topic=Subquery(local[:1]))


def open_ones(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of these requests, those that are not closed."""
    return rows.filter(case__stage__in=OPEN_STAGES)


def in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    """Of these requests: `open`, `late`, `closed`, or those at one stage."""
    if state == "open":
        return open_ones(rows)
    if state == "closed":
        return rows.filter(case__stage__in=CLOSED_STAGES)
    if state == "late":
        return open_ones(rows).filter(case__due_at__lt=clock.now())
    return rows.filter(case__stage=state)


def found_by(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Of these requests, those with this number, or an employer or place with these words; what was said is sealed."""
    return rows.filter(
        Q(case__number__contains=words)
        | Q(employer__name__icontains=words)
        | Q(counted_at__union__name__icontains=words)
    )


def counted_below(rows: QuerySet[Any], reference: str) -> QuerySet[Any]:
    """Of these requests, those that are counted at the place that a code or a whole name means, or below it."""
    meant = Place.objects.filter(Q(union__code=reference) | Q(union__name=reference)).order_by("pk")
    path = meant.values_list("path", flat=True).first()
    return rows.filter(counted_at__path__startswith=path) if path else rows.none()


@dataclass(frozen=True)
class Said:
    """What was said, opened (说的话): the text, what is wished for, who called."""

    text: str
    wish: str
    caller_name: str = ""
    caller_phone: str = ""


def said_in(request: Request, *, with_caller: bool = False) -> Said:
    """The words of a request; who called only for who may know that."""
    caller = _opened(request, "caller_sealed", CALLER) if with_caller else ""
    name, _parted, phone = caller.partition(PARTED)
    return Said(_opened(request, "text_sealed", TEXT), _opened(request, "wish_sealed", WISH), name, phone)


def additions_of(request: Request) -> list[tuple[Addition, str]]:
    """What was said later, in its order, opened."""
    rows = Addition.objects.filter(request=request).order_by("pk")
    return [
        (each, unseal(bytes(each.says_sealed), aad=f"{SAYS}.{each.pk}") if each.says_sealed else "") for each in rows
    ]


def askers_of(request: Request) -> list[int]:
    """Who asked, as far as whoever acts may know."""
    return list(Party.objects.filter(case=request.pk).order_by("pk").values_list("subject_id", flat=True))


def main_of_same_asker(request: Request) -> Request | None:
    """The other one of her own with which a request goes along (并入的那一件); None where it goes alone, or with somebody else's."""
    return mains_of_same_asker([request]).get(request.pk)


def mains_of_same_asker(requests: Iterable[Request]) -> dict[int, Request]:
    """The same of several at once: by the request that goes along; nothing is asked where none does."""
    along = {each.pk: each.goes_with_id for each in requests if each.goes_with_id is not None}
    if not along:
        return {}
    askers = defaultdict(set)
    for case, subject in Party.objects.filter(case__in={*along, *along.values()}).values_list("case_id", "subject_id"):
        askers[case].add(subject)
    hers = {pk: main for pk, main in along.items() if askers[pk] & askers[main]}
    mains = Request.objects.filter(pk__in=hers.values()).select_related("case").in_bulk() if hers else {}
    return {pk: mains[main] for pk, main in hers.items() if main in mains}


def due_of(case: Case, tier: str) -> datetime | None:
    """When a time that runs for a case ends; None where it does not run, or rests."""
    return Running.objects.filter(case=case, tier=tier, ended_at=None).values_list("due_at", flat=True).first()


def last_press_on(request: Request) -> date | None:
    """The day on which who asked pressed last."""
    rows = Press.objects.filter(request=request, by_asker=True).order_by("-on")
    return rows.values_list("on", flat=True).first()


def presses_of(request: Request) -> int:
    """How often somebody pressed."""
    return Press.objects.filter(request=request).count()


@dataclass(frozen=True)
class Paper:
    """A file of a request as a page shows it."""

    address: str
    is_picture: bool
    size: str


def papers_of(request: Request) -> list[Paper]:
    """What was handed in with a request, in its order."""
    found = StoredFile.objects.filter(owner=FILES, owner_thing=request.pk).order_by("pk")
    return [
        Paper(
            reverse("stored_file", kwargs={"file_id": each.pk}),
            each.kind == FileKind.PICTURE,
            size_words(each.size_bytes),
        )
        for each in found
    ]


def may_see_file(actor: Actor, stored: StoredFile) -> bool:
    """Who asked, and who handles it."""
    meant = stored.owner_thing
    return own_requests(actor).filter(pk=meant).exists() or visible_to(actor).filter(pk=meant).exists()


def like(request: Request, *, for_: Actor) -> list[tuple[Any, str]]:
    """Requests that may be about the same thing (疑似重复), each with why; among those that the actor meets."""
    rows = open_ones(visible_to(for_)).exclude(pk=request.pk).filter(goes_with=None)
    about = Q(topic=request.topic, employer=request.employer_id)
    if request.employer_id is not None:
        about |= Q(employer=request.employer_id)
    near_in_time = Q(
        case__opened_at__range=(request.case.opened_at - near.WITHIN, request.case.opened_at + near.WITHIN)
    )
    one = _facts(request, for_)
    found = [
        (each, near.same_thing(one, _facts(each, for_))) for each in rows.filter(about & near_in_time)[:MOST_COMPARED]
    ]
    return [(each, why) for each, why in found if why is not None]


MOST_COMPARED = 30


def _facts(request: Request, for_: Actor) -> near.Facts:
    askers: Iterable[int] = askers_of(request) if knows_who(for_, request.case) else ()
    return near.Facts(
        request.pk, request.topic, request.employer_id, request.case.opened_at, frozenset(askers), said_in(request).text
    )


def _opened(request: Request, column: str, aad: str) -> str:
    sealed = getattr(request, column)
    return unseal(bytes(sealed), aad=f"{aad}.{request.pk}") if sealed else ""
