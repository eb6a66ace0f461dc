"""Every number of papers, phones, banks and cards in the test's world, in whole: what no page may show."""

from collections.abc import Iterator

from django.apps import apps
from django.http import HttpResponse

from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.sealed import unseal
from niangjia.kernel.sealed.columns import SealedColumn, sealed_columns

NUMBERS = {"id_number", "phone", "bank", "card"}


def whole_numbers() -> frozenset[str]:
    """What lies sealed of these kinds now, opened."""
    columns = (column for column in sealed_columns() if column.kind in NUMBERS and column.form == "bytes")
    with beyond(Purpose.REKEYING):
        return frozenset(number for column in columns for number in _opened(column))


def _opened(column: SealedColumn) -> Iterator[str]:
    rows = apps.get_model(column.model)._base_manager.exclude(**{column.field: None})
    for row, sealed in rows.values_list(column.row, column.field):
        yield unseal(bytes(sealed), aad=column.aad_of(row))


def shown_whole(response: HttpResponse, numbers: frozenset[str]) -> set[str]:
    """Which of these numbers stand in a page as they are."""
    if not response.headers.get("Content-Type", "").startswith(("text/", "application/json")) or response.streaming:
        return set()
    text = response.content.decode("utf-8", "replace")
    return {number for number in numbers if number in text}
