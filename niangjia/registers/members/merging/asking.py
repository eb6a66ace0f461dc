"""Ask for a search through everybody (查一遍), once at a time for a union; a job carries it out."""

from django.db import transaction
from procrastinate.contrib.django import app

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.journal.services import record
from niangjia.kernel.places.models import Place
from niangjia.registers.members.merging.finding import propose_alike
from niangjia.registers.members.merging.models import Search

QUEUE, LOOK, BROUGHT = "members", "merging.look_through", "merging.brought"


@transaction.atomic
def search_through(place: Place, *, by: Actor) -> Search:
    """Have everybody at and below a union looked through; the one that runs already answers for it."""
    search = Search.objects.filter(place=place, finished_at=None).first()
    if search is None:
        search = Search.objects.create(city=place.city, place=place, account_id=by.account_id)
        record("search_same_person", by=by, thing="search", thing_id=search.pk, place=(place.city, place.pk))
    # One at a time for a search: asked again, what a killed worker left goes on, and what runs is not doubled.
    app.configure_task(LOOK, queue=QUEUE, lock=f"{LOOK}.{search.pk}").defer(search_id=search.pk)
    return search


def search_of(place: Place) -> Search | None:
    """The latest one there."""
    return Search.objects.filter(place=place).order_by("-pk").first()


def at_the_door(entry: Entry) -> None:
    """Whoever was just registered or changed is held against the register at once; whom a roster brought, by a job."""
    if entry.thing_id is None:
        return
    if entry.verb in ("register_member", "edit_member"):
        propose_alike([entry.thing_id])
    elif entry.verb == "import_members":
        with beyond(Purpose.MERGE):
            app.configure_task(BROUGHT, queue=QUEUE).defer(import_id=entry.thing_id)
