"""Names of organisations by their sound (名称读音), worked out by PostgreSQL whenever a name is written, whoever writes it.

A column `sounds` of 安禾县总工会 holds ` 安禾县总工会 ahxzgh anh/anhexianzonggonghui`: what stands before the stroke is met by short
words too, the whole pinyin by longer ones alone.
"""

import json
from typing import Any

from django.db.models import BooleanField, Expression, Func, TextField, Value
from django.db.models.expressions import Col, Combinable

from niangjia.kernel.chinese.pinyin import readings
from niangjia.kernel.search.rules import beginning, sounding


def function() -> str:
    """The statement that makes `sounds_of(name)`; its readings are those that names of people are keyed by."""
    table = json.dumps(readings(), ensure_ascii=False, separators=(",", ":"))
    return f"""
CREATE OR REPLACE FUNCTION sounds_of(name text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  readings CONSTANT jsonb := '{table}';
  plain text := lower(replace(name, '/', ' '));
  initials text := '';
  whole text := '';
  mark text;
  syllable text;
BEGIN
  FOREACH mark IN ARRAY string_to_array(plain, NULL) LOOP
    syllable := coalesce(readings ->> mark, CASE WHEN mark ~ '[a-z0-9]' THEN mark ELSE '' END);
    initials := initials || left(syllable, 1);
    whole := whole || syllable;
  END LOOP;
  RETURN ' ' || plain || ' ' || initials || ' ' || left(whole, 3) || '/' || whole;
END $$
"""


def column_of(table: str) -> tuple[str, str]:
    """The statements that give a table's names their sounds, and that take them away."""
    return (
        f"ALTER TABLE {table} ADD COLUMN sounds text GENERATED ALWAYS AS (sounds_of(name::text)) STORED",
        f"ALTER TABLE {table} DROP COLUMN sounds",
    )


class Sounds(Expression):
    """The column `sounds` of the rows that are asked for; PostgreSQL fills it, so no model knows it."""

    def resolve_expression(  # type: ignore[override]  # it becomes the column itself
        self, query: Any = None, *_given: Any, **_more: Any
    ) -> Col:
        """The column of the table that the question begins with."""
        field = TextField()
        field.set_attributes_from_name("sounds")
        return Col(query.get_initial_alias(), field)


def sounds_like(words: str) -> list[Func]:
    """The conditions that a name holds all these words, by character, initials or pinyin."""
    return [_like(pattern) for pattern in sounding(words)]


def begins_like(words: str) -> Func:
    """The condition that a name or its initials begin so."""
    return _like(beginning(words))


def _like(pattern: str) -> Func:
    parts: tuple[Combinable, ...] = (Sounds(), Value(pattern))
    return Func(*parts, template="(%(expressions)s)", arg_joiner=" LIKE ", output_field=BooleanField())
