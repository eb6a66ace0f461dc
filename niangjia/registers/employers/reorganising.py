"""What a reorganisation means to employers: which union covers them, and which territory they belong to."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import ngettext

from niangjia.registers.employers.models import Coverage, Employer, Park
from niangjia.registers.orgs.closing import Effect
from niangjia.registers.orgs.reorganising.parts import Counts, GoingOver, Part

# What began on the day itself never was at the former one; what the other one covers already is not covered twice.
OVER = (
    """UPDATE employers_coverage SET valid_to = %(last)s WHERE id = ANY(%(ids)s) AND valid_from <= %(last)s""",
    """INSERT INTO employers_coverage (city, employer_id, union_id, valid_from)
    SELECT c.city, c.employer_id, %(taking)s, %(on)s FROM employers_coverage c WHERE c.id = ANY(%(ids)s) AND c.valid_to = %(last)s
      AND NOT EXISTS (SELECT FROM employers_coverage other
        WHERE other.employer_id = c.employer_id AND other.union_id = %(taking)s AND other.valid_to IS NULL)""",
    """UPDATE employers_coverage c SET union_id = %(taking)s WHERE c.id = ANY(%(ids)s) AND c.valid_from > %(last)s
      AND NOT EXISTS (SELECT FROM employers_coverage other
        WHERE other.employer_id = c.employer_id AND other.union_id = %(taking)s AND other.valid_to IS NULL)""",
    "UPDATE employers_coverage SET valid_to = valid_from WHERE id = ANY(%(ids)s) AND union_id = %(former)s AND valid_to IS NULL",
)


def _effects(going: GoingOver) -> list[Effect]:
    found = []
    covered = Coverage.objects.filter(union=going.former, valid_to=None).count()
    if covered:
        words = ngettext(
            "「%(name)s」覆盖的 %(n)s 家单位，从那天由新的工会覆盖。",
            "「%(name)s」覆盖的 %(n)s 家单位，从那天由新的工会覆盖。",
            covered,
        )
        found.append(
            Effect(words % {"n": f"{covered:,}", "name": going.former.name}, address=f"/unions/{going.former.code}/")
        )
    belong = Employer.objects.filter(place=going.former.pk).count()
    if belong:
        words = ngettext(
            "属地是「%(name)s」的 %(n)s 家单位，连同按月的人数，属地换成新的工会。",
            "属地是「%(name)s」的 %(n)s 家单位，连同按月的人数，属地换成新的工会。",
            belong,
        )
        found.append(Effect(words % {"n": f"{belong:,}", "name": going.former.name}))
    return [*found, *_parks(going)]


def _parks(going: GoingOver) -> list[Effect]:
    number = Park.objects.filter(place=going.former.pk).count()
    if not number:
        return []
    words = ngettext("「%(name)s」的 %(n)s 个园区归新的工会管。", "「%(name)s」的 %(n)s 个园区归新的工会管。", number)
    return [Effect(words % {"n": f"{number:,}", "name": going.former.name}, address="/employers/parks/")]


def cover_instead(going: GoingOver, employer_ids: Sequence[int]) -> int:
    """These employers are covered by the union that takes over, from that day on; answers how many were."""
    return _over(going, Coverage.objects.filter(union=going.former, valid_to=None, employer__in=employer_ids))


def _carry_out(going: GoingOver, _at: datetime) -> Counts:
    covered = _over(going, Coverage.objects.filter(union=going.former, valid_to=None))
    belong = Employer.objects.filter(place=going.former.pk).update(place=going.taker.place)
    parks = Park.objects.filter(place=going.former.pk).update(place=going.taker.place)
    return {"employers": covered, "employers_of_territory": belong, "parks": parks}


def _over(going: GoingOver, rows: QuerySet[Coverage]) -> int:
    ids = list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
    facts = {"ids": ids, "last": going.last_day, "on": going.on, "taking": going.taker.pk, "former": going.former.pk}
    with connection.cursor() as cursor:
        for statement in OVER:
            cursor.execute(statement, facts)
    return len(ids)


PART = Part(_effects, _carry_out)
