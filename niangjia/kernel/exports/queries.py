"""Which requests somebody may see, what they ask for, and for whose rows."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Case, Q, QuerySet, Value, When

from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of, within
from niangjia.kernel.access.rules import Actor, Move, Right, Role, looking_at
from niangjia.kernel.exports.declaration import Source, Template, source_named
from niangjia.kernel.exports.models import ExportRequest
from niangjia.kernel.exports.rules import APPROVE_EXPORT, EXPORT_IN_CLEAR, State
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import Level
from niangjia.kernel.sealed import seal, unseal

SEALED_ASKED = "exports_exportrequest.asked_sealed"
SEALED_DECISION = "exports_exportrequest.decision_sealed"


@dataclass(frozen=True)
class Told:
    """What was asked in words of people: the filters of the list, and free words on the purpose."""

    filters: dict[str, str]
    words: str = ""


def sealed_told(request_id: int, told: Told) -> bytes:
    """The filters and words as they rest."""
    body = json.dumps({"filters": told.filters, "words": told.words}, ensure_ascii=False)
    return seal(body, aad=f"{SEALED_ASKED}.{request_id}")


def told_of(request: ExportRequest) -> Told:
    """The filters and words of a request."""
    if request.asked_sealed is None:
        return Told({})
    body = json.loads(unseal(request.asked_sealed, aad=f"{SEALED_ASKED}.{request.pk}"))
    return Told(body["filters"], body["words"])


def decision_of(request: ExportRequest) -> str:
    """What the second person wrote."""
    if request.decision_sealed is None:
        return ""
    return unseal(request.decision_sealed, aad=f"{SEALED_DECISION}.{request.pk}")


def visible_to(actor: Actor) -> QuerySet[ExportRequest]:
    """One's own requests, and those of others that one may have to decide on, or once decided on."""
    mine = Q(account_id=actor.account_id) if actor.account_id else Q(pk__in=[])
    decided = Q(decided_by_id=actor.account_id) if actor.account_id else Q(pk__in=[])
    above = Q(needs_two=True, account__isnull=False) & within(actor.paths(APPROVE_EXPORT), field="place__path")
    rows = ExportRequest.objects.filter(mine | decided | above)
    return rows.select_related("place", "account", "decided_by")


def with_whose(rows: QuerySet[ExportRequest], actor: Actor) -> QuerySet[ExportRequest]:
    """Each request with whether it is the actor's own."""
    mine = Q(account_id=actor.account_id) if actor.account_id else Q(pk__in=[])
    return rows.annotate(is_mine=Case(When(mine, then=Value(value=True)), default=Value(value=False)))


def waiting_for(actor: Actor) -> QuerySet[ExportRequest]:
    """Requests of others that this actor may decide on now."""
    return visible_to(actor).filter(state=State.ASKED).exclude(account_id=actor.account_id or 0).order_by("id")


def covers(actor: Actor, move: Move, request: ExportRequest) -> bool:
    """Whether the actor may do this at every place whose rows are meant."""
    places = set(request.scope) | {request.place_id}
    paths = dict(Place.objects.filter(pk__in=places).values_list("pk", "path"))
    held = actor.paths(move)
    return len(paths) == len(places) and all(any(path.startswith(own) for own in held) for path in paths.values())


def who_asked(account: Account) -> Actor:
    """The account that asked, with its rights of today; whoever decides does not see rights of others."""
    with beyond(Purpose.EXPORTS):
        return actor_of(account, on=clock.today())


def source_of(request: ExportRequest) -> Source:
    """What the request is about; `LookupError` where this version does not know it."""
    source = source_named(request.source)
    if source is None:
        raise LookupError(request.source)
    return source


def shape_of(request: ExportRequest) -> Template:
    """The columns of the file, as they were in force on the day of asking."""
    on = request.asked_at.astimezone(clock.PEOPLE_ZONE).date()
    return source_of(request).shape(request.template, on=on, city=request.city)


def places_of(actor: Actor, source: Source) -> list[Place]:
    """The places whose rows are meant: where the actor's rights stand, the highest first."""
    ids = [right.place_id for right in actor.rights if right.role in source.move.roles]
    return sorted(Place.objects.filter(pk__in=ids), key=lambda place: (len(place.path), place.path))


def rows_actor(actor: Actor, source: Source, in_clear: Iterable[str]) -> Actor:
    """The actor whose rows are meant: where values are written out, only with the rights that allow it."""
    fitting = actor.rights if not tuple(in_clear) else clear_rights(actor)
    roles = source.move.roles
    return replace(actor, rights=tuple(right for right in fitting if right.role in roles or _runs(right)))


def asking_actor(request: ExportRequest, actor: Actor) -> Actor:
    """Who asked, as far as the request goes: a right that came afterwards adds no row to what somebody agreed to."""
    found = rows_actor(actor, source_of(request), request.in_clear)
    paths = Place.objects.filter(pk__in=request.scope).order_by("path").values_list("path", flat=True)
    rights = (right for path in paths for right in looking_at(found, path).rights)
    return replace(found, rights=tuple(dict.fromkeys(rights)))


def clear_rights(actor: Actor) -> tuple[Right, ...]:
    """The rights by which whole numbers may be had: a cadre's, above the enterprise; never from inside it."""
    ids = [right.place_id for right in actor.rights if right.role in EXPORT_IN_CLEAR.roles]
    levels = dict(Place.objects.filter(pk__in=ids).values_list("pk", "level"))
    outside = {pk for pk, level in levels.items() if Level(level).rank < Level.BASE.rank}
    return tuple(
        right
        for right in actor.rights
        if _runs(right) or (right.role in EXPORT_IN_CLEAR.roles and right.place_id in outside)
    )


def _runs(right: Right) -> bool:
    return right.role is Role.OPERATOR
