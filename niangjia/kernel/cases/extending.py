"""Lengthen a time (延期): once, before it is over, with a reason."""

from django.db import transaction

from niangjia.kernel.cases import clocks
from niangjia.kernel.cases.handing import check_desk
from niangjia.kernel.cases.making import Act, held, write
from niangjia.kernel.cases.models import Case, Running
from niangjia.kernel.cases.queries import flow_under
from niangjia.kernel.cases.refusals import refused
from niangjia.kernel.dated import queries as dated


@transaction.atomic
def extend(case_id: int, tier: str, number: int, *, act: Act, seen: int | None = None) -> Case:
    """Lengthen one time of a case by so many of its units; how many are allowed is the line of work's rule."""
    with held(case_id, by=act.by, seen=seen) as case:
        check_desk(case, act.by)
        flow = flow_under(case)
        running = Running.objects.select_for_update().filter(case=case, tier=tier, ended_at=None).first()
        if running is None:
            raise refused("nothing_runs")
        if not flow.tier(tier).may_extend:
            raise refused("never_extended")
        if running.extended_at is not None:
            raise refused("extended_already")
        if running.due_at is not None and running.due_at <= act.at:
            raise refused("late_already")
        if not act.reason or number < 1:
            raise refused("reason_missing")
        running.extension, running.extension_reason = number, act.reason
        running.extended_at, running.extended_by_id = act.at, act.by.account_id
        running.save(update_fields=["extension", "extension_reason", "extended_at", "extended_by"])
        clocks.compute_again(running, flow, dated.calendar(), at=act.at)
        clocks.refreshed(case)
        write(case, "extend", act)
        return case
