"""Keep filters under a name, change and forget them; do one thing with many rows at once."""

from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.kernel.listing.declaration import BulkAction, Preview, Rows
from niangjia.kernel.listing.models import SavedView
from niangjia.kernel.listing.page import ListPage
from niangjia.kernel.listing.rules import (
    MOST_IN_BACKGROUND,
    SHARE_VIEW,
    ViewFacts,
    print_of,
    why_not_kept,
    why_not_named,
)
from niangjia.kernel.people.masks import masked_words
from niangjia.kernel.places.models import Place

THING = "listing.savedview"


class ListRefused(Exception):
    """It is not done; `reason` says why and what to do."""

    def __init__(self, reason: Reason, field: str = "whole") -> None:
        super().__init__(reason.code)
        self.reason, self.field = reason, field


class ChangedMeanwhile(Exception):
    """The rows are no longer those that somebody looked at; `preview` says what would happen now."""

    def __init__(self, preview: Preview) -> None:
        super().__init__("changed_meanwhile")
        self.preview = preview


@transaction.atomic
def save_view(page: ListPage, facts: ViewFacts, *, by: Actor) -> SavedView:
    """Keep the filters of a list under a name (存为新的查看方式); `ListRefused` where they may not be kept."""
    facts = facts.tidy()
    place, account_id = _stands(by)
    own = SavedView.objects.filter(account_id=account_id, listing=page.listing.name)
    reason = why_not_kept(page.kept_view, has_number=_has_number(page.kept_words), so_many=own.count())
    if reason is not None:
        raise ListRefused(reason)
    _check_name(facts.name, frozenset(own.values_list("name", flat=True)))
    view = SavedView.objects.create(
        city=place.city,
        place=place,
        account_id=account_id,
        listing=page.listing.name,
        name=facts.name,
        asked=page.kept_view,
        is_shared=facts.is_shared and bool(by.paths(SHARE_VIEW)),
        counts=facts.counts,
    )
    _tell("save_view", view, by=by)
    return view


@transaction.atomic
def change_view(view: SavedView, facts: ViewFacts, *, by: Actor) -> SavedView:
    """Call one's own view something else, share it or not, have its number shown or not."""
    facts = facts.tidy()
    held = _own(view, by=by)
    others = SavedView.objects.filter(account_id=held.account_id, listing=held.listing).exclude(pk=held.pk)
    _check_name(facts.name, frozenset(others.values_list("name", flat=True)))
    held.name, held.counts, held.changed_at = facts.name, facts.counts, clock.now()
    held.is_shared = facts.is_shared and bool(by.paths(SHARE_VIEW))
    held.save(update_fields=["name", "counts", "is_shared", "changed_at"])
    _tell("change_view", held, by=by)
    return held


@transaction.atomic
def delete_view(view: SavedView, *, by: Actor) -> None:
    """Forget one's own view (删除查看方式); the rows it showed stay as they are."""
    held = _own(view, by=by)
    _tell("delete_view", held, by=by)
    held.delete()


def look_at(action: BulkAction, rows: Rows, value: str, *, by: Actor) -> Preview:
    """What an action would do with these rows now; nothing is changed."""
    if not by.paths(action.move):
        raise Forbidden("no_role")
    offered = action.choices_for(by)
    if offered and value not in dict(offered):
        return Preview(refusal=Reason("not_offered", _NOT_OFFERED, {}))
    if rows.order_by()[: MOST_IN_BACKGROUND + 1].count() > MOST_IN_BACKGROUND:
        return Preview(refusal=Reason("too_many", _TOO_MANY, {"most": f"{MOST_IN_BACKGROUND:,}"}))
    return action.preview(rows, value, by=by)


def agreed_to(action: BulkAction, rows: Rows, value: str, *, agreed: str, by: Actor) -> Preview:
    """What it comes to now, where that still is what somebody looked at; `ListRefused`, `ChangedMeanwhile`."""
    preview = look_at(action, rows, value, by=by)
    if preview.refusal is not None:
        raise ListRefused(preview.refusal)
    if print_of(action.key, value, preview.changes) != agreed:
        raise ChangedMeanwhile(preview)
    return preview


def _own(view: SavedView, *, by: Actor) -> SavedView:
    held = SavedView.objects.select_for_update().filter(pk=view.pk, account_id=by.account_id or 0).first()
    if held is None:
        raise Forbidden("not_own")
    return held


def _stands(actor: Actor) -> tuple[Place, int]:
    """Where somebody acts, and whose account it is; programs and operators keep no views."""
    place = Place.objects.filter(pk=actor.rights[0].place_id).first() if actor.rights else None
    if place is None or actor.account_id is None:
        raise Forbidden("no_role")
    return place, actor.account_id


def _check_name(name: str, others: frozenset[str]) -> None:
    reason = why_not_named(name, has_number=_has_number(name), others=others)
    if reason is not None:
        raise ListRefused(reason, "name")


def _has_number(text: str) -> bool:
    return masked_words(text) != text


def _tell(verb: str, view: SavedView, *, by: Actor) -> None:
    # The name stays out of the journal: somebody might have written a person's.
    detail = {"list": view.listing, "shared": view.is_shared}
    record(verb, by=by, thing=THING, thing_id=view.pk, place=(view.city, view.place_id), detail=detail)


_NOT_OFFERED = gettext_noop("请从列出的里面选一个。")
_TOO_MANY = gettext_noop("一次最多办 {most} 条。再加一个条件，分几次办。")
