"""Every declared list can be taken out exactly as it is filtered: the same columns, the same rows, the same rights."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access.rules import Actor, looking_at
from niangjia.kernel.exports.declaration import ExportColumn, Source
from niangjia.kernel.listing.declaration import Column, Listing, Words
from niangjia.kernel.listing.page import ListPage
from niangjia.kernel.people.masks import masked_words
from niangjia.kernel.places.rules import ids_of

Asked = Mapping[str, str]
# The path of the place looked at, beside the filters of the list.
LOOKED_AT = "at"


def listings() -> dict[str, Listing]:
    """Every declared list by its name, as wired in `NIANGJIA_LISTINGS`."""
    return _named(tuple(settings.NIANGJIA_LISTINGS))


@cache
def _named(paths: tuple[str, ...]) -> dict[str, Listing]:
    found: list[Listing] = [import_string(path) for path in paths]
    return {listing.name: listing for listing in found}


def source_of(name: str) -> Source | None:
    """The list of this name as something that can be exported; none where it never leaves the house."""
    listing = listings().get(name)
    return None if listing is None or listing.stays else as_source(listing)


def as_source(listing: Listing) -> Source:
    """A list as something that can be exported."""
    if listing.move is None:
        message = f"whoever may export {listing.name} is not said: a list that is exported names its move"
        raise ValueError(message)
    counted = listing.counted

    def matching(actor: Actor, asked: Asked) -> QuerySet[Any]:
        return _page(listing, _as_asked(actor, asked), asked).matching

    def kept(actor: Actor, asked: Asked) -> dict[str, str]:
        page = _page(listing, actor, asked)
        narrowing = {each.filter.name: each.value for each in page.filters} | {"q": page.search, "only": page.ticked}
        # The job that makes the file acts on all rights of who asked: the place looked at goes along.
        narrowing |= {"sort": asked.get("sort", ""), LOOKED_AT: actor.at or asked.get(LOOKED_AT, "")}
        return {name: value for name, value in narrowing.items() if value}

    def said(actor: Actor, asked: Asked) -> list[tuple[Words, Words]]:
        page = _page(listing, actor, asked)
        search = [(_("搜索"), masked_words(page.search))] if page.search else []
        search += [(_("选中的"), f"{len(page.only):,}")] if page.only else []
        place = [(_("只看"), _name_of(asked[LOOKED_AT]))] if asked.get(LOOKED_AT) else []
        return [*place, *search, *((each.filter.title, each.caption) for each in page.filters if each.value)]

    return Source(
        name=listing.name,
        title=listing.title,
        move=listing.move,
        columns=tuple(map(_column, listing.columns)),
        matching=matching,
        kept=kept,
        said=said,
        counted=(lambda n: f"{n:,}") if counted is None else counted,
        address=lambda asked: f"{reverse(listing.name)}?{urlencode(_without_place(asked))}".rstrip("?"),
        templates=listing.templates,
    )


def export_address(listing: Listing, remembered: str) -> str:
    """Where a list is asked for as it stands on the page; empty for one that is not wired, or never leaves the house."""
    if listing.name not in listings() or listing.stays:
        return ""
    return f"{reverse('export_new')}?list={listing.name}{'&' if remembered else ''}{remembered}"


def _column(column: Column) -> ExportColumn:
    return ExportColumn(column.title, column.of, column.kind, column.secret)


def _as_asked(actor: Actor, asked: Asked) -> Actor:
    """The actor as she looked at one of her places when she asked; never more than she may see now."""
    return looking_at(actor, asked[LOOKED_AT]) if asked.get(LOOKED_AT) else actor


def _name_of(path: str) -> str:
    names: dict[int, str] = import_string(settings.NIANGJIA_PLACE_NAMES)(ids_of(path)[-1:])
    return next(iter(names.values()), "")


def _without_place(asked: Asked) -> dict[str, str]:
    return {name: value for name, value in asked.items() if name != LOOKED_AT}


def _page(listing: Listing, actor: Actor, asked: Asked) -> ListPage:
    wanted = QueryDict(mutable=True)
    wanted.update({name: value for name, value in asked.items() if name in listing.parameters})
    return ListPage(listing, actor=actor, asked=wanted)
