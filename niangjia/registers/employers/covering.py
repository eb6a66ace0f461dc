"""Say of many employers at once that a union covers them (建会、覆盖)."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.chinese import Reason
from niangjia.kernel.journal.services import record
from niangjia.kernel.listing import BulkAction, Preview
from niangjia.registers.employers.models import Coverage, Employer
from niangjia.registers.employers.queries import in_territory
from niangjia.registers.employers.rules.moves import EDIT_EMPLOYER
from niangjia.registers.orgs.queries import meant_by


def preview_cover(rows: QuerySet[Employer], value: str, *, by: Actor) -> Preview:
    """Which employers the union would cover: those of the actor's territory that still exist and that it does not cover."""
    union = meant_by(value, actor=by, move=EDIT_EMPLOYER)
    if isinstance(union, Reason):
        return Preview(refusal=union)
    facts = dict(rows.order_by().values_list("pk", "closed_on"))
    own = set(in_territory(by, move=EDIT_EMPLOYER).filter(pk__in=facts).values_list("pk", flat=True))
    covered = set(
        Coverage.objects.filter(employer__in=facts, union=union, valid_to=None).values_list("employer", flat=True)
    )
    closed = {pk for pk, day in facts.items() if day is not None}
    changes = tuple(sorted(own - covered - closed))
    left = (
        (_("它已经覆盖了"), len(own & covered)),
        (_("单位已关停"), len((own & closed) - covered)),
        (_("不归您管"), len(facts) - len(own)),
    )
    return Preview(changes, tuple((words, number) for words, number in left if number), (union.name,))


@transaction.atomic
def cover_many(employer_ids: Sequence[int], value: str, *, by: Actor) -> int:
    """Have a union cover these employers from today on (批量覆盖); an entry for each that it did not cover yet."""
    union = meant_by(value, actor=by, move=EDIT_EMPLOYER)
    if isinstance(union, Reason):
        raise Forbidden(union.code)
    found = in_territory(by, move=EDIT_EMPLOYER).filter(pk__in=employer_ids, closed_on=None).order_by()
    held = Employer.objects.select_for_update().filter(pk__in=sorted(found.values_list("pk", flat=True))).order_by("pk")
    covered = set(
        Coverage.objects.filter(employer__in=employer_ids, union=union, valid_to=None).values_list(
            "employer", flat=True
        )
    )
    on, new = clock.today(), [employer for employer in held if employer.pk not in covered]
    Coverage.objects.bulk_create(
        Coverage(city=union.city, employer=employer, union=union, valid_from=on) for employer in new
    )
    detail = {"union": ["", union.name], "on": str(on)}
    for employer in new:
        place = (employer.city, employer.place_id)
        record("attach_union", by=by, thing="employer", thing_id=employer.pk, place=place, detail=detail)
    return len(new)


COVER = BulkAction(
    "cover",
    _("登记覆盖"),
    "building-community",
    EDIT_EMPLOYER,
    asks=_("由哪个工会覆盖"),
    preview=preview_cover,
    apply=cover_many,
    consequence=_("从今天起算。每个单位的经过里都会记一笔。"),
    help=_("写工会编码、信用代码或全称。"),
)
