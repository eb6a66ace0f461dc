"""An action on more rows than one transaction takes (批量办理): in chunks, in the background, each row decided once."""

from collections.abc import Iterable, Mapping
from itertools import chain

from django.db import transaction
from django.utils import translation
from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, acting_as_account, beyond
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.kernel.listing.declaration import BulkAction, Preview
from niangjia.kernel.listing.exporting import listings
from niangjia.kernel.listing.page import ListPage
from niangjia.kernel.listing.rules import MOST_AT_ONCE
from niangjia.kernel.listing.runs.models import BulkRun
from niangjia.kernel.listing.runs.rules import CHUNK_ROWS, OPEN_RUN, RunState
from niangjia.kernel.listing.services import agreed_to
from niangjia.kernel.messages.rules import ToAccount
from niangjia.kernel.messages.services import send
from niangjia.kernel.places.models import Place

RUN, QUEUE = "listing.run", "lists"
THING = "listing_runs.bulkrun"
SOURCE_LANGUAGE = "zh-hans"
# What is counted of rows that are not there any more, and of those that somebody else changed at this very moment.
GONE, MEANWHILE = gettext_noop("不在了，或者不归您管了"), gettext_noop("别人同时改过")


@transaction.atomic
def act_on(page: ListPage, action: BulkAction, value: str, *, agreed: str) -> int | BulkRun:
    """Do it (批量办理), if it still is what somebody looked at: at once, or in the background where the rows are many.

    Answers how many records were changed, or what goes on; `ListRefused`, `ChangedMeanwhile` where it is not done.
    """
    preview = agreed_to(action, page.matching, value, agreed=agreed, by=page.actor)
    if len(preview.changes) <= MOST_AT_ONCE:
        return action.apply(preview.changes, value, by=page.actor)
    return _begin(page, action, value, preview, agreed=agreed)


def _begin(page: ListPage, action: BulkAction, value: str, preview: Preview, *, agreed: str) -> BulkRun:
    """Begin it in the background (开始批量办理); what was begun already and is not over is not begun again."""
    by = page.actor
    place = Place.objects.filter(pk=by.rights[0].place_id).first() if by.rights else None
    if place is None or by.account_id is None:
        raise Forbidden("no_role")
    run, is_new = BulkRun.objects.get_or_create(
        account_id=by.account_id,
        listing=page.listing.name,
        agreed=agreed,
        ended_at=None,
        defaults={
            "city": place.city,
            "place": place,
            "action": action.key,
            "value": value,
            "keys": sorted(preview.changes),
            "total": len(preview.changes),
            "left": _in_source_words(preview.left),
        },
    )
    if is_new:
        _tell("begin_bulk", run, by=by)
        defer(run)
    return run


def defer(run: BulkRun) -> None:
    """Have it go on once this transaction is settled; the job knows two numbers."""
    app.configure_task(RUN, queue=QUEUE).defer(run_id=run.pk, account_id=run.account_id)


def carry_on(run_id: int, account_id: int) -> bool:
    """Decide chunk after chunk as the person who began it, until it is over; False where another process is at it."""
    while True:
        with acting_as_account(account_id), transaction.atomic():
            run = BulkRun.objects.select_for_update(skip_locked=True).filter(pk=run_id, state__in=OPEN_RUN).first()
            if run is None:
                return not BulkRun.objects.filter(pk=run_id, state__in=OPEN_RUN).exists()
            _step(run)
            if run.state not in OPEN_RUN:
                return True


def left_behind() -> list[BulkRun]:
    """What was begun and is not over, whoever began it: a killed worker left it, or it waits for its turn."""
    with beyond(Purpose.BULK):
        return list(BulkRun.objects.filter(state__in=OPEN_RUN).order_by("pk"))


def give_up(run: BulkRun) -> None:
    """It failed again and again: what was done stays done, the rest is left, and the person is told."""
    with beyond(Purpose.BULK), transaction.atomic():
        held = BulkRun.objects.select_for_update().filter(pk=run.pk, state__in=OPEN_RUN).first()
        if held is not None:
            _end(held, RunState.STOPPED, by=actor_of(held.account, on=clock.today()), why="failed")


def _step(run: BulkRun) -> None:
    """One chunk, in the transaction that also remembers how far it is: a kill leaves neither or both."""
    by = actor_of(run.account, on=clock.today())
    listing = listings().get(run.listing)
    action = next((each for each in listing.actions if each.key == run.action), None) if listing else None
    if listing is None or action is None or not by.paths(action.move):
        _end(run, RunState.STOPPED, by=by, why="right_gone")
        return
    keys = run.keys[run.handled : run.handled + CHUNK_ROWS]
    preview = action.preview(listing.visible_to(by).filter(pk__in=keys), run.value, by=by)
    if preview.refusal is not None:
        _end(run, RunState.STOPPED, by=by, why="refused")
        return
    done = action.apply(preview.changes, run.value, by=by) if preview.changes else 0
    _count(run, keys, preview, done)
    if run.handled >= run.total:
        _end(run, RunState.DONE, by=by)
        return
    run.state = RunState.RUNNING.value
    run.save(update_fields=["state", "handled", "changed", "left"])


def _count(run: BulkRun, keys: list[int], preview: Preview, done: int) -> None:
    seen = len(preview.changes) + preview.left_alone
    more = {GONE: len(keys) - seen, MEANWHILE: len(preview.changes) - done}
    run.handled += len(keys)
    run.changed += done
    run.left = _added(run.left, chain(_in_source_words(preview.left).items(), more.items()))


def _end(run: BulkRun, state: RunState, *, by: Actor, why: str = "") -> None:
    """It is over: the rows that were meant are forgotten, the counts stay."""
    run.state, run.why, run.ended_at, run.keys = state.value, why, clock.now(), []
    run.save(update_fields=["state", "why", "ended_at", "keys", "handled", "changed", "left"])
    _tell("end_bulk", run, by=by)
    send("bulk_over", to=ToAccount(run.account_id), facts={"done": run.changed, "all": run.total}, about=run.pk)


def _tell(verb: str, run: BulkRun, *, by: Actor) -> None:
    detail = {"list": run.listing, "action": run.action, "rows": run.total, "done": run.changed, "state": run.state}
    record(verb, by=by, thing=THING, thing_id=run.pk, place=(run.city, run.place_id), detail=detail)


def _in_source_words(left: Iterable[tuple[object, int]]) -> dict[str, int]:
    """Reasons as they are written in the source, so that each reader is told in her own language."""
    with translation.override(SOURCE_LANGUAGE):
        return _added({}, ((str(words), number) for words, number in left))


def _added(counts: Mapping[str, int], more: Iterable[tuple[str, int]]) -> dict[str, int]:
    found = dict(counts)
    for words, number in more:
        if number > 0:
            found[words] = found.get(words, 0) + number
    return found
