"""Keep somebody away from a case (回避): she does not meet it any more, and has it in hand no longer."""

from django.db import transaction

from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.cases.handing import check_desk, in_hands
from niangjia.kernel.cases.making import Act, held, write
from niangjia.kernel.cases.models import Barred, Case


@transaction.atomic
def bar(case_id: int, account_id: int, *, act: Act) -> Case:
    """Keep an account away; whoever works on the case says so, also of herself."""
    with held(case_id, by=act.by) as case:
        check_desk(case, act.by)
        barred_from(case, account_id, act=act)
        return case


def barred_from(case: Case, account_id: int, *, act: Act) -> None:
    """Within the transaction of a line of work that has found out by itself who has to keep away."""
    with beyond(Purpose.CASES):
        _row, is_new = Barred.objects.get_or_create(
            case=case,
            account_id=account_id,
            defaults={"city": case.city, "reason": act.reason, "at": act.at},
        )
        if not is_new:
            return
        if case.handler_id == account_id:
            in_hands(case, None)
        write(case, "bar", act, is_told=False)
