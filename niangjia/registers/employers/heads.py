"""Head-counts of employers by month: kept as they are told, and the newest is what the register shows."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Case, IntegerField, QuerySet, Value, When

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.journal.services import record
from niangjia.registers.employers.models import Employer, HeadCount
from niangjia.registers.employers.queries import in_territory
from niangjia.registers.employers.rules.employer_facts import HeadFacts, head_faults
from niangjia.registers.employers.rules.kinds import HeadSource
from niangjia.registers.employers.rules.moves import EDIT_EMPLOYER

# Of one month: what the union counted itself goes before what an authority has, and that before what was declared.
TRUST = (HeadSource.COUNTED, HeadSource.REGISTRY, HeadSource.DECLARED)
MONTHS_SHOWN = 12


def heads_of(employer: Employer) -> QuerySet[HeadCount]:
    """The head-counts of an employer, the newest first; of one month the surest first."""
    trust = Case(
        *(When(source=source.value, then=Value(place)) for place, source in enumerate(TRUST)),
        output_field=IntegerField(),
    )
    return employer.head_counts.annotate(trust=trust).order_by("-month", "trust", "pk")


@transaction.atomic
def keep_head_count(employer_id: int, facts: HeadFacts, *, by: Actor) -> dict[str, Any]:
    """Keep how many worked in a month (登记人数); answers what was wrong, by field: nothing where it was kept."""
    found = in_territory(by, move=EDIT_EMPLOYER).filter(pk=employer_id).values_list("pk", flat=True).first()
    if found is None:
        raise Forbidden("out_of_scope")
    faults = head_faults(facts, on=clock.today())
    if faults:
        return dict(faults)
    employer = Employer.objects.select_for_update().get(pk=found)
    if keep(employer, facts, by=by):
        _show_newest(employer)
    return {}


def note_declared(employer: Employer, *, by: Actor, on: date) -> None:
    """What somebody writes into the register of an employer is a declared head-count of that month, too."""
    if employer.employees is not None:
        month = on.replace(day=1)
        _written(employer, HeadFacts(month, HeadSource.DECLARED, employer.employees, employer.women_employees), by=by)


def keep(employer: Employer, facts: HeadFacts, *, by: Actor) -> bool:
    """Write one head-count over what the same source said of the month; whether anything changed."""
    before = _written(employer, facts, by=by)
    after = [facts.employees, facts.women_employees]
    if before == after:
        return False
    detail = {"month": f"{facts.month:%Y-%m}", "source": facts.source.value, "heads": [before, after]}
    place = (employer.city, employer.place_id)
    record("keep_head_count", by=by, thing="employer", thing_id=employer.pk, place=place, detail=detail)
    return True


def _written(employer: Employer, facts: HeadFacts, *, by: Actor) -> list[int | None]:
    """Write one row; answers what the same source said of the month before."""
    known = HeadCount.objects.filter(employer=employer, month=facts.month, source=facts.source.value).first()
    before: list[int | None] = [known.employees, known.women_employees] if known else []
    if before == [facts.employees, facts.women_employees]:
        return before
    HeadCount.objects.update_or_create(
        employer=employer,
        month=facts.month,
        source=facts.source.value,
        defaults={
            "city": employer.city,
            "employees": facts.employees,
            "women_employees": facts.women_employees,
            "noted_at": clock.now(),
            "noted_by_id": by.account_id,
        },
    )
    return before


def _show_newest(employer: Employer) -> None:
    newest = heads_of(employer).first()
    if newest is None:
        return
    shown = {"employees": newest.employees, "women_employees": newest.women_employees}
    if any(getattr(employer, name) != value for name, value in shown.items()):
        Employer.objects.filter(pk=employer.pk).update(**shown)
