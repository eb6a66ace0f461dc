"""The list of a register for programs, from the same declaration as its page: the same rows, filters, search and order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from types import GenericAlias
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, QueryDict
from ninja import Query, Router, Schema
from pydantic import Field, create_model

from niangjia.kernel.api.doors import PERSON, open_to
from niangjia.kernel.api.instance import LISTED, SHOWN, actor_of
from niangjia.kernel.api.paging import Maybe, PageIn, PageOut, Search, page_of
from niangjia.kernel.listing import Badge, Filter, Listing, ListPage
from niangjia.kernel.programs.rules import Scope

YES_OR_NO = {"yes", "no"}
# What a column of each kind is to a program.
TYPES: dict[str, Any] = {"text": str, "mono": str, "number": int | None, "day": date | None, "moment": datetime | None}


@dataclass(frozen=True)
class Shape:
    """How a row is told to programs where its columns are not enough: a schema, and what fills it.

    `related` gathers what that asks of other tables; `for_all`: who has no right gets an empty list, not a missing page.
    """

    out: type[Schema]
    row: Callable[[Any], dict[str, Any]]
    related: Callable[[QuerySet[Any]], QuerySet[Any]] = lambda rows: rows
    for_all: bool = False


def add_list(
    router: Router, listing: Listing, *, words: str, scope: Scope | None = None, shape: Shape | None = None
) -> None:
    """Answer a declared list at the router's own address; its columns with a `key` are the fields where no shape is given.

    `scope` opens it to programs with a key; else it is for persons only.
    """
    told = shape or _shape_of(listing)
    narrowing = _query_of(listing)
    rows_out: Any = GenericAlias(list, (told.out,))
    page_out = create_model(f"{_title(listing)}Page", __base__=PageOut, items=(rows_out, ...))

    def answer(request: HttpRequest, asked: Query[narrowing]) -> dict[str, Any]:  # type: ignore[valid-type]  # made above
        actor = actor_of(request)
        if not told.for_all and listing.move is not None and not actor.paths(listing.move):
            raise Http404
        rows = told.related(ListPage(listing, actor=actor, asked=_asked(listing, asked)).matching)
        found, place = page_of(rows, asked, order=tuple(map(str, rows.query.order_by)))
        return place | {"items": [told.row(row) for row in found]}

    answer.__doc__ = words
    summary = f"List {listing.name.replace('_', ' ')}"
    response = {200: page_out, **(LISTED if told.for_all else SHOWN)}
    door = PERSON if scope is None else open_to(scope)
    router.get("", response=response, auth=door, operation_id=f"list_{listing.name}", summary=summary)(answer)


def router_of(listing: Listing, *, words: str) -> Router:
    """A router that answers one list and nothing else."""
    router = Router(tags=[listing.name])
    add_list(router, listing, words=words)
    return router


def _asked(listing: Listing, given: Any) -> QueryDict:
    """What a program asks, as the address of the page would say it."""
    asked = QueryDict(mutable=True)
    for each in listing.filters:
        value = getattr(given, each.name)
        if value is not None and value != "":
            asked[each.name] = ("no", "yes")[value] if isinstance(value, bool) else str(value)
    asked["q"] = getattr(given, "q", "")
    if sort := getattr(given, "sort", ""):
        position = [column.key for column in listing.columns].index(sort.removeprefix("-")) + 1
        asked["sort"] = f"-{position}" if sort.startswith("-") else str(position)
    return asked


def _query_of(listing: Listing) -> type[Schema]:
    fields: dict[str, Any] = {each.name: _field_of(each) for each in listing.filters}
    if listing.search is not None:
        fields["q"] = (
            Annotated[Search, Field(description="What the page's own search finds: part of the name, or a number.")],
            "",
        )
    keys = [column.key for column in listing.columns if column.key and column.sort]
    if keys:
        known = Literal["", *keys, *(f"-{key}" for key in keys)]  # type: ignore[valid-type]  # the list's own
        fields["sort"] = (Annotated[known, Field(description="Another order, by this field; `-` turns it round.")], "")
    return create_model(f"{_title(listing)}Asked", __base__=PageIn, **fields)


def _field_of(each: Filter) -> tuple[Any, Any]:
    said = Field(description=each.told or f"Only rows with this {each.name}.")
    values = () if callable(each.choices) else tuple(value for value, _words in each.choices)
    if set(values) == YES_OR_NO:
        return (Annotated[Maybe, said], None)
    return (Annotated[Literal["", *values] if values else Search, said], "")


def _shape_of(listing: Listing) -> Shape:
    """Columns as fields; a state is told in words, as the page shows it."""
    columns = [column for column in listing.columns if column.key]
    fields: dict[str, Any] = {column.key: (TYPES[column.kind], ...) for column in columns}
    out = create_model(f"{_title(listing)}Row", __base__=Schema, id=(int, ...), **fields)

    def row(each: Any) -> dict[str, Any]:
        return {"id": each.pk} | {column.key: _plain(column.of(each), column.kind) for column in columns}

    return Shape(out, row)


def _plain(value: Any, kind: str) -> Any:
    if kind in ("text", "mono"):
        return "" if value is None else str(value.words if isinstance(value, Badge) else value)
    return value


def _title(listing: Listing) -> str:
    return "".join(part.capitalize() for part in listing.name.split("_"))
