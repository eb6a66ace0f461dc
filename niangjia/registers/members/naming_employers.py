"""How many members name which employer: told to the register of employers in numbers, never by name."""

from collections.abc import Iterator

from django.db.models import Case, CharField, Count, F, Max, Min, Value, When
from django.db.models.functions import Trim

from niangjia.registers.employers.targets.leads import Naming
from niangjia.registers.members.models import Membership
from niangjia.registers.members.queries import FULL


def namings() -> Iterator[Naming]:
    """Active members by the employer of their membership; where it has none, by the workplace (工作单位) of their record."""
    held = Membership.objects.filter(period__upper_inf=True, state__in=FULL, person__erased_at=None)
    written = Case(When(employer=None, then=Trim("person__workplace")), default=Value(""), output_field=CharField())
    rows = (
        held.order_by()
        .annotate(written=written)
        .exclude(employer=None, written="")
        .values("city", "employer_id", "written")
        .annotate(
            members=Count("person", distinct=True), first=Min(F("union__place__path")), last=Max("union__place__path")
        )
    )
    for row in rows.iterator():
        yield Naming(
            row["city"], row["employer_id"], row["written"], row["members"], row["first"] or "", row["last"] or ""
        )
