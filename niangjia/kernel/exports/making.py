"""What was agreed to is made, chunk by chunk, as the person who asked: no job sees more than a page would."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.exports import rules
from niangjia.kernel.exports.declaration import ExportColumn, Source, Template
from niangjia.kernel.exports.models import ExportRequest
from niangjia.kernel.exports.queries import asking_actor, shape_of, source_of, told_of
from niangjia.kernel.exports.rules import FILTERS_GONE, LINK_LIFE, RIGHT_GONE, Format, State
from niangjia.kernel.exports.services import still_may, tell_made, void
from niangjia.kernel.exports.words import PURPOSE_WORDS
from niangjia.kernel.exports.writing import Cell, CsvFile, Heading, Mark, WorkbookFile, cell_of, new_file
from niangjia.kernel.files.sealed_files import forget_file, held_folder, keep_file
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.reveal.rules import Field, Purpose
from niangjia.kernel.reveal.services import Occasion, record_looks

MAKING_LOCK = 0x65787074
CHUNK_ROWS = 1_000
MOST_BYTES = 512 * 1024 * 1024
READ_BYTES = 1024 * 1024


class Busy(Exception):
    """Another process makes this very file now."""


class Stopped(Exception):
    """The request was taken back, or became void, while its file was made."""


@dataclass(frozen=True)
class Order:
    """What is to be made (要做的文件): as whom, from which rows, with which columns."""

    request: ExportRequest
    account: Account
    source: Source
    shape: Template
    filters: dict[str, str]

    @property
    def columns(self) -> tuple[ExportColumn, ...]:
        """The columns of the file."""
        return self.shape.columns

    @property
    def clear_fields(self) -> frozenset[str]:
        """The sensitive fields that are written out."""
        return self.request.clear_fields


def make(request: ExportRequest) -> None:
    """Make the file of a request that may be made (做文件); a second worker on the same one raises `Busy`."""
    with _alone(request.pk):
        order, keys = _begin(request)
        if order is None:
            return
        with translation.override(order.account.language), held_folder() as folder:
            path = folder / "export"
            try:
                write_file(path, order, keys)
            except Stopped:
                return
            with path.open("rb") as file:
                kept = keep_file(iter(lambda: file.read(READ_BYTES), b""), max_bytes=MOST_BYTES)
        if not _finish(order.request, kept.stored_as, kept.size_bytes):
            forget_file(kept.stored_as)


def write_file(path: Path, order: Order, keys: Sequence[int]) -> None:
    """The rows with these keys, in this order, as the person who asked may see them while they are written."""
    with _opened(path, order) as file:
        for start in range(0, len(keys), CHUNK_ROWS):
            rows = _chunk(order, keys[start : start + CHUNK_ROWS])
            if rows is None:
                raise Stopped
            for cells in rows:
                file.add(cells)


@transaction.atomic
def _begin(request: ExportRequest) -> tuple[Order | None, list[int]]:
    """Look once more whether it may be made: the right, how long the list is by now."""
    held = ExportRequest.objects.select_for_update(of=("self",)).select_related("account", "place").get(pk=request.pk)
    if not rules.may_move("make", State(held.state)) or held.account is None:
        return None, []
    by = actor_of(held.account, on=clock.today())
    if not still_may(held, by):
        void(held, RIGHT_GONE, by=by)
        return None, []
    source = source_of(held)
    order = Order(held, held.account, source, shape_of(held), told_of(held).filters)
    if source.kept(by, order.filters) != order.filters:
        void(held, FILTERS_GONE, by=by)
        return None, []
    keys = keys_of(order, by)
    reason = rules.why_not_make(agreed=held.rows_asked, now=len(keys), is_agreed_by_two=held.needs_two)
    if reason is not None:
        void(held, reason, by=by)
        return None, []
    held.state, held.rows_done = State.MAKING, 0
    held.save(update_fields=["state", "rows_done"])
    return order, keys


def matching(order: Order, by: Actor) -> QuerySet[Any]:
    """The rows as they were asked for; 「本月」 means the month in which somebody asked."""
    actor = asking_actor(order.request, by)
    with clock.at(order.request.asked_at):
        return order.source.matching(actor, order.filters)


def keys_of(order: Order, by: Actor) -> list[int]:
    """The keys of the rows, in the order of the list."""
    return list(matching(order, by).values_list("pk", flat=True)[: rules.MOST_ROWS + 1])


@transaction.atomic
def _chunk(order: Order, keys: Sequence[int]) -> list[list[Cell]] | None:
    """Some rows, with the rights of this moment; looks are written down before anything is opened. None: stop."""
    by = actor_of(order.account, on=clock.today())
    held = ExportRequest.objects.filter(pk=order.request.pk, state=State.MAKING)
    if not held.exists():
        return None
    if not still_may(order.request, by):
        void(order.request, RIGHT_GONE, by=by)
        return None
    rows = rows_of(order, keys, by=by)
    tell_looks(order, rows, by=by)
    held.update(rows_done=order.request.rows_done + len(rows))
    order.request.rows_done += len(rows)
    return [cells_of(order, row) for row in rows]


def rows_of(order: Order, keys: Sequence[int], *, by: Actor) -> list[Any]:
    """The rows of these keys that may still be seen, in the same order."""
    rows = order.shape.prepare(matching(order, by).filter(pk__in=keys))
    found = {row.pk: row for row in rows}
    return [found[key] for key in keys if key in found]


def cells_of(order: Order, row: Any) -> list[Cell]:
    """One row as it stands in the file."""
    return [cell_of(column.of(row, order.clear_fields)) for column in order.columns]


def tell_looks(order: Order, rows: Sequence[Any], *, by: Actor) -> None:
    """Each person whose number is written out finds a look in the log about herself (查看记录)."""
    secrets = {column.secret.field: column.secret for column in order.columns if column.secret}
    request = order.request
    for name in sorted(order.clear_fields & {each.value for each in Field}):
        people = [secrets[name].subject(row) for row in rows]
        right = next(iter(asking_actor(request, by).rights), None)
        occasion = Occasion(Purpose(request.purpose), by, right)
        if people:
            record_looks(people, [Field(name)], occasion=occasion, place=(request.city, request.place_id))


@transaction.atomic
def _finish(request: ExportRequest, stored_as: str, size_bytes: int) -> bool:
    """The file is there, for a day by the database's clock; False where the request came to an end meanwhile."""
    held = ExportRequest.objects.select_for_update(of=("self",)).select_related("account").get(pk=request.pk)
    if not rules.may_move("finish", State(held.state)) or held.account is None:
        return False
    held.state, held.made_at = rules.MOVES["finish"][1], clock.now()
    held.expires_at = held.made_at + LINK_LIFE
    held.stored_as, held.file_bytes = stored_as, size_bytes
    held.save(update_fields=["state", "made_at", "expires_at", "stored_as", "file_bytes"])
    tell_made(held, by=actor_of(held.account, on=clock.today()))
    return True


def mark_of(request: ExportRequest, account: Account | None) -> Mark:
    """Who takes the list, when, and what for (水印)."""
    unit = place_names([request.place_id]).get(request.place_id, "")
    name, login = (account.name, account.login) if account else (str(_("运维人员")), "operator")
    sentence = _("{unit} {name}（{login}）{at} 导出，用途：{purpose}。编号 {number}，只作这个用途，不要外传。").format(
        unit=unit,
        name=name,
        login=login,
        at=cell_of(clock.now()),
        purpose=PURPOSE_WORDS[request.purpose],
        number=request.number,
    )
    return Mark(request.number, login, sentence)


def _opened(path: Path, order: Order) -> WorkbookFile | CsvFile:
    headings = [Heading(str(column.title_of(order.clear_fields)), column.kind) for column in order.columns]
    return new_file(
        path,
        Format(order.request.file_format),
        title=str(order.source.title),
        mark=mark_of(order.request, order.account),
        headings=headings,
    )


def is_being_made(request_id: int) -> bool:
    """Whether some process works on this request at this moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks JOIN pg_database b ON b.oid = database AND b.datname = current_database()"
            " WHERE locktype = 'advisory' AND granted AND classid = %s AND objid = %s)",
            [MAKING_LOCK, request_id],
        )
        return bool(cursor.fetchone()[0])


@contextmanager
def _alone(request_id: int) -> Iterator[None]:
    """One worker at a time on one request, for as long as this process lives."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [MAKING_LOCK, request_id])
        if not cursor.fetchone()[0]:
            raise Busy
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [MAKING_LOCK, request_id])
