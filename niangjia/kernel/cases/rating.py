"""How it went, as who asked says (评价): once for each answer, never required."""

from datetime import datetime

from django.db import transaction

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.making import Act, entry, held, is_asker, keep
from niangjia.kernel.cases.models import Opinion, Rating
from niangjia.kernel.cases.queries import flow_under
from niangjia.kernel.cases.refusals import refused


@transaction.atomic
def rate(case_id: int, opinion: Opinion, *, by: Actor, at: datetime, says: str = "") -> Rating:
    """Say how it went (评价); the same answer is rated once."""
    with held(case_id, by=by) as case:
        if not is_asker(case, by):
            raise refused("no_role")
        if case.stage not in flow_under(case).may_rate:
            raise refused("not_rated_here")
        if Rating.objects.filter(case=case, revision=case.revision).exists():
            raise refused("rated_already")
        row = Rating(city=case.city, case=case, revision=case.revision, opinion=opinion.value, at=at)
        keep(row, says)
        entry(case, "rate_case", Act(by, at), "rate")
        return row
