"""Join a duplicate to the case that goes on (并案): its times end, and it goes its way with that one."""

from django.db import transaction

from niangjia.kernel.cases import clocks
from niangjia.kernel.cases.handing import check_desk
from niangjia.kernel.cases.making import Act, held, write
from niangjia.kernel.cases.models import Case, HandOver, HandOverState
from niangjia.kernel.cases.refusals import refused
from niangjia.kernel.cases.rules import Waits


@transaction.atomic
def join(case_id: int, to_case: int, *, act: Act) -> Case:
    """Join one case to another of its kind; both are open, and whoever joins them works on both."""
    first, second = sorted((case_id, to_case))
    if first == second:
        raise refused("not_the_same")
    with held(first, by=act.by) as one, held(second, by=act.by) as other:
        joined, stays = (one, other) if one.pk == case_id else (other, one)
        for case in (joined, stays):
            check_desk(case, act.by)
        if joined.kind != stays.kind or joined.joined.exists():
            raise refused("not_the_same")
        clocks.stopped(joined, None, at=act.at)
        HandOver.objects.filter(case=joined, state=HandOverState.OFFERED.value).update(
            state=HandOverState.WITHDRAWN.value, settled_at=act.at, settled_by=act.by.account_id
        )
        joined.joined_to, joined.closed_at, joined.due_at = stays, act.at, None
        joined.waits_for = Waits.NOBODY.value
        write(joined, "join", act)
        return joined
