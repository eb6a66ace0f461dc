"""Write an entry with the change it tells of; seal the waiting entries into the chain of their city."""

import logging
from functools import partial
from threading import Event
from typing import Any, Protocol
from uuid import uuid4

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils.module_loading import import_string
from psycopg.types.json import Jsonb

from niangjia.kernel import clock
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.journal.anchors import anchor, anchor_all, write_anew
from niangjia.kernel.journal.models import Block, Entry, Sealing, Waiting
from niangjia.kernel.journal.rules import NO_HASH, BlockFacts, EntryFacts, block_hash, entry_mac, merkle_root, settled
from niangjia.kernel.sealed import keyring

NO_CITY = "000000"
BLOCK_ENTRIES = 5_000
SERVER_AWAY_S = 2.0
SEALING_LOCK = 0x6A6F7572  # one sealing worker at a time, whatever the number of processes
# Numbered beforehand and not `RETURNING` it, for who writes of others may not read what was written.
WRITE = """
WITH numbered AS (SELECT nextval(pg_get_serial_sequence('journal_entry', 'id')) AS id), written AS (
INSERT INTO journal_entry (id, ref, city, at, account_id, author, verb, thing, thing_id, place_id, detail, mac)
VALUES ((SELECT id FROM numbered), %(ref)s, %(city)s, %(at)s, %(account_id)s, %(author)s, %(verb)s, %(thing)s, %(thing_id)s,
  %(place_id)s, %(detail)s, %(mac)s)
) SELECT id FROM numbered
"""
logger = logging.getLogger(__name__)


class Author(Protocol):
    """Whoever acts: an account with the words that name it."""

    @property
    def account_id(self) -> int | None:
        """The account, or None for the operator at the command line."""

    @property
    def words(self) -> str:
        """Unit and role, as the member will read them."""


def record(  # noqa: PLR0913 - an entry says who, what, to which thing, where, and what changed
    verb: str,
    *,
    by: Author,
    thing: str,
    thing_id: int | None = None,
    place: tuple[str, int] | None = None,
    detail: dict[str, Any] | None = None,
) -> Entry:
    """Write one entry in the transaction of the change itself; `place` is (city, place id)."""
    city, place_id = place or (NO_CITY, None)
    ref = uuid4()
    facts = EntryFacts(
        ref=str(ref),
        city=city,
        at=clock.now(),
        account_id=by.account_id,
        author=settled(by.words),
        verb=verb,
        thing=thing,
        thing_id=thing_id,
        place_id=place_id,
        detail=settled(detail or {}),
    )
    entry = Entry(**vars(facts) | {"ref": ref}, mac=entry_mac(facts, key=keyring().journal_key))
    entry.pk = _written(entry)
    for path in settings.NIANGJIA_ENTRY_HEARERS:
        import_string(path)(entry)
    return entry


def _written(entry: Entry) -> int:
    """Write an entry and answer its id."""
    values: dict[str, Any] = {**vars(entry), "detail": Jsonb(entry.detail)}
    with connection.cursor() as cursor:
        cursor.execute(WRITE, values)
        return int(cursor.fetchone()[0])


@transaction.atomic
@beyond(Purpose.SEALING)
def seal_waiting() -> int:
    """Seal what waits, city by city; answers how many entries were sealed. No writer waits for this."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEALING_LOCK])
        if not cursor.fetchone()[0]:
            return 0
    entries = Entry.objects.filter(waiting__isnull=False).only("id", "city", "mac").order_by("id")
    waiting = list(entries[:BLOCK_ENTRIES])
    by_city: dict[str, list[Entry]] = {}
    for entry in waiting:
        by_city.setdefault(entry.city, []).append(entry)
    for city, of_city in by_city.items():
        _seal_block(city, of_city)
        transaction.on_commit(partial(anchor, city))
    Waiting.objects.filter(pk__in=[entry.pk for entry in waiting]).delete()
    return len(waiting)


def _seal_block(city: str, entries: list[Entry]) -> None:
    before = Block.objects.filter(city=city).order_by("-number").first()
    facts = BlockFacts(
        city=city,
        number=before.number + 1 if before else 1,
        previous=bytes(before.hash) if before else NO_HASH,
        root=merkle_root([bytes(entry.mac) for entry in entries]),
        entries=len(entries),
        sealed_at=clock.now(),
    )
    block = Block.objects.create(**vars(facts), hash=block_hash(facts, key=keyring().journal_key))
    Sealing.objects.bulk_create(
        Sealing(entry=entry, block=block, position=position) for position, entry in enumerate(entries)
    )


@transaction.atomic
def accept_anchor_loss(*, by: Author) -> dict[str, int]:
    """Write the lines of lost anchors anew, by an operator's word; lines by city, which the journal keeps."""
    cities = Block.objects.order_by("city").values_list("city", flat=True).distinct()
    lost = {city: lines for city in cities if (lines := write_anew(city))}
    if lost:
        record("accept_anchor_loss", by=by, thing="journal", detail=lost)
    return lost


def keep_sealing(stop: Event, *, every_s: float = 0.5) -> None:
    """Seal what waits again and again until told to stop: an entry waits at most a second."""
    is_anchored = False
    while not stop.is_set():
        try:
            if not is_anchored:
                anchor_all()
                is_anchored = True
            sealed = seal_waiting()
        except (OperationalError, InterfaceError, OSError) as error:
            # The server is away, or the disk is full; what waits is sealed, and anchored, later.
            logger.warning("the journal could not be sealed, it is tried again: %s", error)
            is_anchored = False
            connection.close()
            stop.wait(SERVER_AWAY_S)
            continue
        if sealed < BLOCK_ENTRIES:
            stop.wait(every_s)
    connection.close()


__all__ = ["Author", "accept_anchor_loss", "keep_sealing", "record", "seal_waiting"]
