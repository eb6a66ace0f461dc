"""Pages of lists, the same for every list: a page begins after a row, so that rows added meanwhile move nothing."""

import base64
import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, Field

from niangjia.kernel.api.problems import Problem, WrongPart
from niangjia.kernel.sealed import Tampered, seal, unseal

COUNT_CEILING = 100_000
MOST_PER_PAGE = 200
LONGEST_CURSOR = 1_024


def _without_nul(text: str) -> str:
    if "\x00" in text:
        raise ValueError("NUL is no text")
    return text


# PostgreSQL holds every text but one: the character NUL.
Text = Annotated[str, AfterValidator(_without_nul)]
# A form without a script sends an empty value where nothing was chosen.
Maybe = Annotated[bool | None, BeforeValidator(lambda given: None if given == "" else given)]
Search = Annotated[Text, Field(max_length=64)]


class PageIn(Schema):
    """Which page of a list."""

    cursor: Annotated[
        str,
        Field(
            max_length=LONGEST_CURSOR,
            pattern="^[A-Za-z0-9_-]*$",
            description="What `next` of the page before said; empty for the first page.",
        ),
    ] = ""
    limit: Annotated[
        int, Field(ge=1, le=MOST_PER_PAGE, description="How many rows at most.", json_schema_extra={"example": 50})
    ] = 50


class PageOut(Schema):
    """Where a page stands; each list adds its rows as `items`."""

    next: Annotated[str | None, Field(description="The cursor of the page after this one; null on the last.")]
    total: Annotated[
        int | None, Field(description="How many rows there are in all; counted with the first page only, else null.")
    ]
    total_is_exact: Annotated[bool, Field(description="False beyond 100,000, where the total is a floor.")]


def page_of(rows: QuerySet[Any], asked: PageIn, *, order: tuple[str, ...]) -> tuple[Sequence[Any], dict[str, Any]]:
    """One page of rows in a fixed order, and where it stands.

    `order` names columns, the last one telling every row apart; where one is empty, that comes last, or first downwards.
    """
    aad = f"api.cursor.{rows.model.__name__}.{','.join(order)}"
    found = None if asked.cursor else rows.order_by()[: COUNT_CEILING + 1].count()
    after = _after(order, _opened(asked.cursor, aad=aad, width=len(order))) if asked.cursor else Q()
    try:
        page = list(rows.filter(after).order_by(*order)[: asked.limit + 1])
    except (ValidationError, ValueError) as error:  # values of another kind than this order has
        raise _unknown() from error
    is_last = len(page) <= asked.limit
    page = page[: asked.limit]
    return page, {
        "next": None if is_last else _closed([_value(page[-1], name) for name in order], aad=aad),
        "total": None if found is None else min(found, COUNT_CEILING),
        "total_is_exact": found is not None and found <= COUNT_CEILING,
    }


def _after(order: tuple[str, ...], values: list[Any]) -> Q:
    """The rows behind one row, as an index can find them."""
    behind: Q | None = None
    for field, value in reversed(list(zip(order, values, strict=True))):
        further, as_far = _further(field.removeprefix("-"), value, is_down=field.startswith("-"))
        behind = further if behind is None else (further | as_far) & (further | behind)
    return behind or Q()


def _further(name: str, value: Any, *, is_down: bool) -> tuple[Q, Q]:
    """Further on than a value, and just as far, in one column; PostgreSQL takes nothing for more than anything."""
    nothing = Q(**{f"{name}__isnull": True})
    if value is None:
        return (Q(**{f"{name}__isnull": False}) if is_down else Q(pk__in=[])), nothing
    beyond = Q(**{f"{name}__lt" if is_down else f"{name}__gt": value})
    return (beyond if is_down else beyond | nothing), Q(**{name: value})


def _value(row: Any, field: str) -> Any:
    *way, last = field.removeprefix("-").split("__")
    for part in way:
        row = getattr(row, part)
    return getattr(row, f"{last}_id") if hasattr(row, f"{last}_id") else getattr(row, last)


def _closed(values: list[Any], *, aad: str) -> str:
    """A cursor tells nothing: what a list is sorted by may be the name of somebody."""
    sealed = seal(json.dumps(values, cls=DjangoJSONEncoder, ensure_ascii=False), aad=aad)
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def _opened(cursor: str, *, aad: str, width: int) -> list[Any]:
    try:
        values = json.loads(unseal(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), aad=aad))
    except (Tampered, ValueError) as error:
        raise _unknown() from error
    return list(values)[:width]


def _unknown() -> Problem:
    words = _("这个 cursor 不是本列表给出的。请从第一页重新取。")
    wrong = WrongPart(path="cursor", code="cursor_unknown", text=words)
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", words, reasons=[wrong])
