"""Opening what somebody said is a look at her (查看): written down once for a person, day and way, and shown to her at once."""

from datetime import datetime

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.cases.models import Case, Party
from niangjia.kernel.reveal.models import Look
from niangjia.kernel.reveal.rules import Field, Way, day_of
from niangjia.kernel.reveal.rules import Purpose as LookPurpose
from niangjia.kernel.reveal.services import Occasion, record_looks
from niangjia.services.requests.models import Request
from niangjia.services.requests.rules.workflow import HANDLERS

WHY = LookPurpose.HANDLE_REQUEST


def write_look(request: Request, *, by: Actor, at: datetime, way: Way = Way.PAGE) -> int:
    """Write down that the desk opens what was said (记下查看), or prints it; answers at how many people. The desk need not know who they are."""
    if by.account_id is None:
        return 0
    path = request.case.place.path
    with beyond(Purpose.CASES):
        askers = set(Party.objects.filter(case=request.pk).values_list("subject_id", flat=True))
        today = day_of(at.astimezone(clock.PEOPLE_ZONE))
        same = Look.objects.filter(account=by.account_id, purpose=WHY.value, way=way.value, at__gte=today)
        same = same.filter(subject__in=askers)
        new = askers - set(same.values_list("subject_id", flat=True))
        if not new:
            return 0
        fitting = [right for right in by.rights if right.role in HANDLERS]
        right = next((each for each in fitting if path.startswith(each.path)), fitting[0] if fitting else None)
        occasion = Occasion(WHY, by, right, way, is_told=False)
        record_looks(new, [Field.TEXT], occasion=occasion, place=(request.city, request.case.place_id))
    return len(new)


def handlers_of(subject_id: int) -> dict[int, str]:
    """Who has, or had last, what she asked in hand: she reads them by name."""
    hers = Party.objects.filter(subject=subject_id).values("case")
    return dict(Case.objects.filter(pk__in=hers, handler__isnull=False).values_list("handler_id", "handler__name"))
