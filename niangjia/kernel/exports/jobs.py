"""Files made in the background, and those whose time is over taken away; a job knows a number, and acts as who asked."""

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from niangjia.kernel.access.acting import Purpose, acting, beyond
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.exports.making import Busy, is_being_made, make
from niangjia.kernel.exports.models import ExportRequest
from niangjia.kernel.exports.queries import who_asked
from niangjia.kernel.exports.rules import GAVE_UP, OPEN, RIGHT_GONE, State
from niangjia.kernel.exports.services import MAKE, QUEUE, defer, expire, is_over, still_may, void

MOST_FAILURES = 3


@app.task(name=MAKE, queue=QUEUE)
def make_export(*, export_id: int) -> None:
    """Make the file of a request that may be made."""
    request = _request(export_id)
    if request is None or request.account is None or request.state not in (State.APPROVED, State.MAKING):
        return
    try:
        with acting(who_asked(request.account)):
            make(request)
    except Busy:
        return


@app.periodic(cron="* * * * *")
@app.task(name="exports.look_after", queue=QUEUE, queueing_lock="exports.look_after")
def look_after_exports(timestamp: int) -> None:
    """Once a minute: what a killed worker left is made anew, what is over goes, what nobody may have any more is void."""
    del timestamp
    look_after()


def look_after() -> int:
    """Take up what was left, let go what is over; answers how many requests were touched."""
    operator = Actor.operator()
    with beyond(Purpose.EXPORTS):
        requests = ExportRequest.objects.filter(state__in=sorted(OPEN)).select_related("account").order_by("id")
        return sum(_looked_after(request, by=operator) for request in list(requests))


def _looked_after(request: ExportRequest, *, by: Actor) -> bool:
    if is_over(request):
        return expire(request, by=by)
    if request.account is not None and not still_may(request, who_asked(request.account)):
        return void(request, RIGHT_GONE, by=by)
    if request.state not in (State.APPROVED, State.MAKING):
        return False
    jobs = ProcrastinateJob.objects.filter(task_name=MAKE, args__export_id=request.pk)
    if is_being_made(request.pk) or jobs.filter(status="todo").exists():
        return False
    if jobs.filter(status="failed").count() >= MOST_FAILURES:
        return void(request, GAVE_UP, by=by)
    defer(request)
    return True


def _request(export_id: int) -> ExportRequest | None:
    with beyond(Purpose.EXPORTS):
        return ExportRequest.objects.filter(pk=export_id).select_related("account", "place").first()
