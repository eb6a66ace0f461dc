"""Questions that pages ask again and again: worded by Django once, prepared by PostgreSQL once for a connection.

Django builds the words of a statement anew each time, which costs several times what the answer does. Whatever asks the same
on every page says so here once:

    UNREAD = Worded(lambda account: Message.objects.filter(account_id=account, read_at=None), account=int)
    UNREAD(account=7)

Rows that are written again and again go the same way: `insert(row)`, `update(row, ["stage", "revision"])`. They are not read
back, for who writes may not be who reads.

Every wall stands as before: the statement goes to PostgreSQL as the same role, with the same actor named.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from threading import local
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import F, Lookup, Model, QuerySet

# Stand for values while a statement is worded; none of them is ever asked for.
MARKS: dict[type, Callable[[int], Any]] = {
    int: lambda number: 2_147_483_000 + number,
    str: lambda number: f"\ufdd0{number}",
    date: lambda number: date(9000 + number, 1, 1),
    datetime: lambda number: datetime(9000 + number, 1, 1, tzinfo=UTC),
    UUID: lambda number: UUID(int=number),
    list: lambda number: [2_147_483_000 + number],
}


class OneOf(Lookup):
    """A condition: the column holds one of these values; in the same words however many there are."""

    lookup_name = "one_of"
    prepare_rhs = False

    def __init__(self, column: str, values: Any) -> None:
        super().__init__(F(column), values)

    def get_db_prep_lookup(self, value: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The whole list is one value."""
        del connection
        return "%s", (value,)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """`= ANY (…)`."""
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        return f"{left} = ANY ({right})", (*left_values, *right_values)


@contextmanager
def prepared() -> Iterator[Any]:
    """A cursor whose statements PostgreSQL may prepare; Django's own send every value inside their words."""
    connection.ensure_connection()
    bound: Any = ServerBindingCursor
    here: Any = connection
    with here._prepare_cursor(bound(here.connection)) as cursor:  # noqa: SLF001 - Django's own way to watch a cursor
        yield cursor


class Worded:
    """A question with places for values, each named with its kind; asked, it answers a list as the queryset would."""

    def __init__(self, make: Callable[..., QuerySet[Any, Any]], **kinds: type) -> None:
        self.make = make
        self.marks = {name: MARKS[kind](number) for number, (name, kind) in enumerate(kinds.items(), start=1)}
        self.kept = local()

    def __call__(self, **values: Any) -> list[Any]:
        """The answer for these values."""
        wording = self._wording()
        with prepared() as cursor:
            cursor.execute(wording.words, [place(values) for place in wording.places])
            rows = cursor.fetchall()
        if not rows:
            return []
        answered = SimpleNamespace(**wording.shape, query=_Answered(wording.compiler, rows))
        return list(wording.iterable(answered))

    def _wording(self) -> "_Wording":
        """The words, once for each thread: what makes them and reads the answer is no thing to be shared."""
        found: _Wording | None = getattr(self.kept, "wording", None)
        if found is None or found.compiler.connection is not connections[DEFAULT_DB_ALIAS]:
            found = self.kept.wording = _worded(self.make(**self.marks), self.marks)
        return found


@dataclass(frozen=True)
class _Wording:
    """A statement as Django words it, with how its values are found and its rows are read."""

    words: str
    places: tuple[Callable[[Any], Any], ...]
    compiler: Any
    iterable: type
    shape: dict[str, Any]


class _Answered:
    """A query that was answered already; what reads rows asks it as it asks Django's compiler."""

    def __init__(self, compiler: Any, rows: list[Any]) -> None:
        self.compiler = compiler
        self.rows = rows

    def __getattr__(self, name: str) -> Any:
        return getattr(self.compiler, name) if hasattr(self.compiler, name) else getattr(self.compiler.query, name)

    def get_compiler(self, *_args: Any, **_kwargs: Any) -> "_Answered":
        """Itself."""
        return self

    def execute_sql(self, *_args: Any, **_kwargs: Any) -> list[list[Any]]:
        """The rows in one piece."""
        return [self.rows]

    def results_iter(self, results: Any = None, *, tuple_expected: bool = False, **_kwargs: Any) -> Any:
        """The rows with their values as Python has them."""
        return self.compiler.results_iter(results or [self.rows], tuple_expected=tuple_expected)


def _worded(rows: Any, marks: dict[str, Any]) -> _Wording:
    compiler = rows.query.get_compiler(using=rows.db)
    words, params = compiler.as_sql()
    places = [_place(value, marks) for value in params]
    missing = [name for name in marks if not any(_name_of(value, {name: marks[name]}) for value in params)]
    if missing or rows._prefetch_related_lookups:  # noqa: SLF001 - what this file stands in for
        message = f"{', '.join(missing) or 'what is prefetched'}: no value of its own in {words}"
        raise ValueError(message)
    # How each column is read is the same each time, and would be looked up for every answer.
    reading = compiler.get_converters([column for column, *_rest in compiler.select[: compiler.col_count]])
    compiler.get_converters = lambda _columns: reading
    shape = {"db": rows.db, "model": rows.model, "_known_related_objects": {}, "_fields": rows._fields}
    return _Wording(words, tuple(places), compiler, rows._iterable_class, shape)  # noqa: SLF001


def _place(value: Any, marks: dict[str, Any]) -> Callable[[Any], Any]:
    """What stands in a place of the words: a given value, or the same each time."""
    name = _name_of(value, marks)
    if name is None:
        return lambda _values: value
    if value != marks[name]:
        return lambda values: f"{connection.ops.prep_for_like_query(values[name])}%"
    kind = type(value)
    # A number goes as the kind its column has, whatever its size, so that PostgreSQL prepares one statement.
    return (lambda values: kind(values[name])) if isinstance(value, int) else (lambda values: values[name])


def _name_of(value: Any, marks: dict[str, Any]) -> str | None:
    """Which value stands there, whole or as what something begins with (`…__startswith`)."""
    return next((name for name, mark in marks.items() if _is(mark, value)), None)


def _is(mark: Any, value: Any) -> bool:
    if not isinstance(value, type(mark)):
        return False
    return bool(value == mark or (isinstance(mark, str) and value == f"{mark}%"))


def insert(row: Model) -> None:
    """Write a new row; the database numbers it where it has no number yet."""
    fields, words = _insertion(type(row), row.pk is None)
    with prepared() as cursor:
        cursor.execute(words, _values(row, fields, is_new=True))


def update(row: Model, names: Sequence[str]) -> None:
    """Write these fields of a row that is there; whoever calls holds it."""
    fields, words = _change(type(row), tuple(names))
    with prepared() as cursor:
        cursor.execute(words, [*_values(row, fields, is_new=False), row.pk])
        if cursor.rowcount != 1:
            message = f"{cursor.rowcount} rows of {row._meta.label} were written"  # noqa: SLF001 - Django's own name for it
            raise DatabaseError(message)


@cache
def _insertion(model: type[Model], is_unnumbered: bool) -> tuple[tuple[Any, ...], str]:  # noqa: FBT001 - a key
    meta: Any = model._meta  # noqa: SLF001 - Django's own name for it
    fields = tuple(each for each in meta.concrete_fields if not (is_unnumbered and each.primary_key))
    columns = ", ".join(_quoted(each.column) for each in fields)
    places = ", ".join("%s" for _each in fields)
    return fields, f"INSERT INTO {_quoted(meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608 - names


@cache
def _change(model: type[Model], names: tuple[str, ...]) -> tuple[tuple[Any, ...], str]:
    meta: Any = model._meta  # noqa: SLF001 - Django's own name for it
    fields = tuple(meta.get_field(name) for name in names)
    told = ", ".join(f"{_quoted(each.column)} = %s" for each in fields)
    return fields, f"UPDATE {_quoted(meta.db_table)} SET {told} WHERE {_quoted(meta.pk.column)} = %s"  # noqa: S608 - names


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _values(row: Model, fields: Iterable[Any], *, is_new: bool) -> list[Any]:
    return [each.get_db_prep_save(each.pre_save(row, is_new), connection) for each in fields]
