"""SQL over one sealed column, whichever table it is in and however the value is written there."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model
from psycopg import sql

from niangjia.kernel.sealed.columns import SealedColumn

COUNT = "SELECT substring({value} FROM 1 FOR 2), count(*) FROM {table} WHERE length({value}) > 0 GROUP BY 1 ORDER BY 1"
# What somebody else holds is skipped and found again later: nobody waits for us but for one small batch.
BATCH = """
SELECT {pk}, {row}, {value} FROM {table}
WHERE (%(after)s::{kind} IS NULL OR {pk} > %(after)s::{kind}) AND length({value}) > 0 AND substring({value} FROM 1 FOR 2) <> %(active)s
ORDER BY {pk} LIMIT %(most)s FOR NO KEY UPDATE SKIP LOCKED
"""
UPDATE = """
UPDATE {table} SET {field} = {anew} FROM unnest(%s::{kind}[], %s::bytea[]) AS fresh (pk, sealed)
WHERE {table}.{pk} = fresh.pk
"""
ANY = """
SELECT EXISTS (SELECT FROM {table} WHERE length({value}) > 0 AND substring({value} FROM 1 FOR 2) <> %(active)s)
"""
ENCODED = "decode({field} #>> {path}, {form})"
ANEW = "jsonb_set({field}, {path}, to_jsonb(translate(encode(fresh.sealed, {form}), {breaks}, '')))"


def label_of(model: Any) -> str:
    """How a model is named in the list of columns, such as `members.Person`."""
    return str(model._meta.label)  # noqa: SLF001 - Django's own way


@dataclass(frozen=True)
class Statements:
    """The statements of one column."""

    column: SealedColumn

    @property
    def model(self) -> type[Model]:
        """The model that the column belongs to."""
        return apps.get_model(self.column.model)

    def text(self, statement: str) -> sql.Composed:
        """One of the statements above, for this column."""
        return sql.SQL(statement).format(**self._parts())

    def _parts(self) -> dict[str, sql.Composable]:
        meta = self.model._meta  # noqa: SLF001 - Django's own way to the names of columns
        names = {field.attname: str(field.column) for field in meta.concrete_fields}
        names["pk"] = names[meta.pk.attname]
        field = sql.Identifier(self.column.field)
        parts = {"field": field, "path": sql.Literal(list(self.column.within)), "form": sql.Literal(self.column.form)}
        is_bytes = self.column.form == "bytes"
        # base64 comes in lines of 76 characters
        encoded, anew = (sql.SQL(text).format(**parts, breaks=sql.Literal("\n")) for text in (ENCODED, ANEW))
        return {
            "table": sql.Identifier(meta.db_table),
            "field": field,
            "pk": sql.Identifier(names["pk"]),
            "kind": sql.SQL(meta.pk.rel_db_type(connection) or "bigint"),
            "row": sql.Identifier(names[self.column.row]) if self.column.row else sql.Literal(""),
            "value": field if is_bytes else encoded,
            "anew": sql.SQL("fresh.sealed") if is_bytes else anew,
        }
