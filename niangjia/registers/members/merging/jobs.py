"""Records held against one another in the background: all of a union when asked, all at night, and what a roster brought."""

from procrastinate.contrib.django import app

from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import Level
from niangjia.registers.members.merging.asking import BROUGHT, LOOK, QUEUE, search_through
from niangjia.registers.members.merging.finding import brought_by, look_through, propose_alike


@app.task(name=LOOK, queue=QUEUE)
@beyond(Purpose.MERGE)
def look_for_same_person(*, search_id: int) -> None:
    """Everybody at and below a union."""
    look_through(search_id)


@app.task(name=BROUGHT, queue=QUEUE)
@beyond(Purpose.MERGE)
def look_at_brought(*, import_id: int) -> None:
    """Whom a roster brought."""
    last = 0
    while ids := brought_by(import_id, last):
        propose_alike(ids)
        last = ids[-1]


@app.periodic(cron="11 2 * * *")
@app.task(name="merging.nightly", queue=QUEUE, queueing_lock="merging.nightly")
@beyond(Purpose.MERGE)
def look_every_night(timestamp: int) -> None:
    """Once a night: every county is looked through, and so is a city without counties."""
    del timestamp
    for place in Place.objects.filter(level=Level.COUNTY.value, closed_on=None).order_by("pk"):
        search_through(place, by=Actor.operator())
