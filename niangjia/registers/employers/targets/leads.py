"""Leads by themselves: members name an employer that has no union; how many do is told by the register of members."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.dated.queries import parameter
from niangjia.kernel.journal.services import record
from niangjia.kernel.places.models import Place
from niangjia.registers.employers.models import Coverage, Employer
from niangjia.registers.employers.queries import in_territory
from niangjia.registers.employers.targets.models import Lead, WrittenName
from niangjia.registers.employers.targets.queries import leads_seen
from niangjia.registers.employers.targets.rules.moves import SAY_EMPLOYER
from niangjia.registers.employers.targets.rules.names import Matched, common_path, indexed, match, name_key
from niangjia.registers.employers.targets.rules.targets import LEAD_MEMBERS
from niangjia.registers.employers.targets.services import TargetRefused

LONGEST_NAME = 128


class Naming(NamedTuple):
    """So many members of a city name one employer: by the register's own number, or by a name as they wrote it.

    `first` and `last` are the least and the greatest of the paths of their unions.
    """

    city: str
    employer_id: int | None
    name: str
    members: int
    first: str
    last: str


@dataclass
class _Cluster:
    members: int = 0
    name: str = ""
    most: int = 0
    first: str = ""
    last: str = ""

    def add(self, naming: Naming) -> None:
        self.members += naming.members
        if naming.members > self.most:
            self.most, self.name = naming.members, naming.name
        self.first = min(filter(None, (self.first, naming.first)), default="")
        self.last = max(self.last, naming.last)


@transaction.atomic
@beyond(Purpose.LEADS)
def count_leads(*, on: date) -> int:
    """Count anew which employers without a union members name (找线索); answers how many leads there are now."""
    namings: Iterable[Naming] = import_string(settings.NIANGJIA_EMPLOYER_NAMINGS)()
    by_city: dict[str, list[Naming]] = defaultdict(list)
    for naming in namings:
        by_city[naming.city].append(naming)
    kept: list[int] = []
    for city, found in by_city.items():
        kept += _leads_of(city, found, on=on)
    Lead.objects.exclude(pk__in=kept).delete()
    return len(kept)


def _leads_of(city: str, namings: list[Naming], *, on: date) -> list[int]:
    """The leads of one city: known employers without a union, and names that a person has to decide about."""
    least = parameter(LEAD_MEMBERS, region=city, on=on).number
    known, written = _clustered(city, namings)
    open_ones = _without_union(known)
    kept = []
    for employer_id, cluster in known.items():
        place_id = open_ones.get(employer_id)
        if place_id is not None and cluster.members >= least:
            kept.append(_keep(city, cluster, on=on, employer_id=employer_id, place_id=place_id))
    for key, cluster in written.items():
        place = _above(cluster) if cluster.members >= least else None
        if place is not None:
            kept.append(_keep(city, cluster, on=on, key=key, place_id=place))
    return kept


def _clustered(city: str, namings: list[Naming]) -> tuple[dict[int, _Cluster], dict[str, _Cluster]]:
    """Members by the employer that is meant, and by the key of names that mean none for sure."""
    known: dict[int, _Cluster] = defaultdict(_Cluster)
    written: dict[str, _Cluster] = defaultdict(_Cluster)
    decided = {row.name_key: row.employer_id for row in WrittenName.objects.filter(city=city)}
    by_key, by_core = indexed(Employer.objects.filter(city=city, closed_on=None).values_list("pk", "name"))
    for naming in namings:
        if naming.employer_id is not None:
            known[naming.employer_id].add(naming)
            continue
        key = name_key(naming.name)[:LONGEST_NAME]
        if not key or (key in decided and decided[key] is None):
            continue
        meant = Matched(decided[key]) if key in decided else match(key, by_key=by_key, by_core=by_core)
        if meant.employer_id is not None:
            known[meant.employer_id].add(naming)
        else:
            written[key].add(naming)
    return known, written


def _without_union(known: Iterable[int]) -> dict[int, int]:
    """Of these employers, those at work without a union, with the place responsible for each."""
    ids = list(known)
    covered = set(Coverage.objects.filter(employer__in=ids, valid_to=None).values_list("employer", flat=True))
    rows = Employer.objects.filter(pk__in=ids, closed_on=None).values_list("pk", "place_id")
    return {pk: place for pk, place in rows if pk not in covered}


def _above(cluster: _Cluster) -> int | None:
    """The union above all members of a cluster."""
    path = common_path(cluster.first, cluster.last)
    return Place.objects.filter(path=path).values_list("pk", flat=True).first() if path else None


def _keep(  # noqa: PLR0913 - one row, by whichever of its two names
    city: str, cluster: _Cluster, *, on: date, place_id: int, employer_id: int | None = None, key: str = ""
) -> int:
    told = {
        "members": cluster.members,
        "place_id": place_id,
        "name": "" if employer_id else cluster.name[:LONGEST_NAME],
    }
    by = {"city": city, "name_key": key, "employer_id": None} if employer_id is None else {"employer_id": employer_id}
    lead, _is_new = Lead.objects.update_or_create(
        **by, defaults=told, create_defaults=told | by | {"city": city, "found_on": on}
    )
    return lead.pk


def candidates_of(lead: Lead, *, actor: Actor) -> list[Employer]:
    """Employers that a written name may mean: of the same name, or of the same core."""
    employers = in_territory(actor, move=SAY_EMPLOYER).filter(city=lead.city, closed_on=None)
    by_key, by_core = indexed(employers.values_list("pk", "name"))
    found = match(lead.name_key, by_key=by_key, by_core=by_core)
    ids = (found.employer_id,) if found.employer_id else found.candidates
    return list(Employer.objects.filter(pk__in=ids).select_related("place__union").order_by("name", "pk"))


@transaction.atomic
def say_employer(lead_id: int, employer_id: int | None, *, by: Actor, on: date) -> Lead | None:
    """Say which employer a written name means (认定单位), or that it means none; answers the employer's lead, if it is one."""
    lead = leads_seen(by).filter(pk=lead_id).first()
    if lead is None or not any(lead.place.path.startswith(path) for path in by.paths(SAY_EMPLOYER)):
        raise Forbidden("out_of_scope")
    employer = in_territory(by, move=SAY_EMPLOYER).filter(pk=employer_id).first() if employer_id else None
    if employer_id and employer is None:
        raise TargetRefused({"employer": Reason("employer_unknown", _EMPLOYER_UNKNOWN, {})})
    WrittenName.objects.update_or_create(
        city=lead.city,
        name_key=lead.name_key,
        defaults={"name": lead.name, "place": lead.place, "employer": employer, "decided_by_id": by.account_id},
    )
    # Not the name: what people wrote of themselves is no entry that can never be erased.
    detail = {"employer": employer.pk if employer else None}
    place = (lead.city, lead.place_id)
    record("say_employer", by=by, thing="lead", thing_id=lead.pk, place=place, detail=detail)
    members, _gone = lead.members, lead.delete()
    if employer is None or employer.pk not in _without_union([employer.pk]):
        return None
    known = Lead.objects.filter(employer=employer).first()
    if known is not None:
        known.members += members
        known.save(update_fields=["members"])
        return known
    return Lead.objects.create(
        city=employer.city, employer=employer, place_id=employer.place_id, members=members, found_on=on
    )


_EMPLOYER_UNKNOWN = gettext_noop("找不到这个单位，或者它不归您管。先登记单位，再来认定。")
