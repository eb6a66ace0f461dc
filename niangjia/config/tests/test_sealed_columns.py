"""Every column with sealed bytes is written down, and what is written down is where the bytes lie."""

from collections.abc import Iterable

import pytest
from django.apps import apps
from django.db.models import BinaryField

from niangjia.kernel.sealed.columns import SealedColumn, sealed_columns


def forgotten(columns: Iterable[SealedColumn]) -> set[str]:
    """Columns whose names say that they are sealed, and that nobody wrote down."""
    known = {(column.model, column.field) for column in columns}
    return {
        f"{label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, BinaryField)
        and field.name.endswith("_sealed")
        and ((label := model._meta.label), field.name) not in known
    }


@pytest.mark.guard("sealed-columns-listed", "No sealed column is forgotten when keys change: each one is written down.")
def test_every_sealed_column_is_written_down() -> None:
    assert forgotten(sealed_columns()) == set()


@pytest.mark.control("sealed-columns-listed")
def test_a_column_nobody_wrote_down_is_missed() -> None:
    rest = [column for column in sealed_columns() if column.model != "members.PhoneProposal"]
    assert forgotten(rest) == {"members.PhoneProposal.phone_sealed"}


def test_what_is_written_down_is_there_once() -> None:
    names = [column.name for column in sealed_columns()]
    assert len(set(names)) == len(names)
    for column in sealed_columns():
        fields = {field.attname for field in apps.get_model(column.model)._meta.concrete_fields} | {"pk", ""}
        assert {column.field, column.row} <= fields, column.name
