"""Pages of lists, the same for every list."""

from collections.abc import Sequence
from typing import Annotated, Any

from django.db.models import QuerySet
from ninja import Schema
from pydantic import AfterValidator, Field

COUNT_CEILING = 100_000
MOST_PER_PAGE = 200


def _without_nul(text: str) -> str:
    if "\x00" in text:
        raise ValueError("NUL is no text")
    return text


# PostgreSQL holds every text but one: the character NUL.
Text = Annotated[str, AfterValidator(_without_nul)]
Search = Annotated[str, AfterValidator(_without_nul), Field(max_length=64)]


class PageIn(Schema):
    """Which page of a list."""

    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    per_page: Annotated[int, Field(ge=1, le=MOST_PER_PAGE)] = 50


class PageOut(Schema):
    """Where in the list a page stands; beyond 100,000 the total is only a floor."""

    page: int
    per_page: int
    total: int
    total_is_exact: bool


def page_of(rows: QuerySet[Any], asked: PageIn) -> tuple[Sequence[Any], dict[str, Any]]:
    """One page of rows in a fixed order, and where it stands."""
    found = rows.order_by()[: COUNT_CEILING + 1].count()
    start = (asked.page - 1) * asked.per_page
    place = {
        "page": asked.page,
        "per_page": asked.per_page,
        "total": min(found, COUNT_CEILING),
        "total_is_exact": found <= COUNT_CEILING,
    }
    return list(rows[start : start + asked.per_page]), place
