"""Write an entry with the change it tells of; seal the waiting entries into the chain of their city."""

from datetime import timedelta
from functools import partial
from threading import Event
from typing import Any, Protocol
from uuid import uuid4

from django.db import InterfaceError, OperationalError, connection, transaction

from niangjia.kernel import clock
from niangjia.kernel.journal.anchors import write_anchor
from niangjia.kernel.journal.models import Block, Entry, Sealing
from niangjia.kernel.journal.rules import NO_HASH, BlockFacts, EntryFacts, block_hash, entry_mac, merkle_root
from niangjia.kernel.sealed import keyring

NO_CITY = "000000"
BLOCK_ENTRIES = 5_000
SERVER_AWAY_S = 2.0
SEALING_LOCK = 0x6A6F7572  # one sealing worker at a time, whatever the number of processes
LONGEST_TRANSACTION = timedelta(hours=1)


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
) -> None:
    """Write one entry in the transaction of the change itself; `place` is (city, place id)."""
    city, place_id = place or (NO_CITY, None)
    ref = uuid4()
    facts = EntryFacts(
        ref=str(ref),
        city=city,
        at=clock.now(),
        account_id=by.account_id,
        author=by.words,
        verb=verb,
        thing=thing,
        thing_id=thing_id,
        place_id=place_id,
        detail=detail or {},
    )
    Entry.objects.create(**vars(facts) | {"ref": ref}, mac=entry_mac(facts, key=keyring().journal_key))


@transaction.atomic
def seal_waiting() -> int:
    """Seal what waits, city by city; answers how many entries were sealed. No writer waits for this."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEALING_LOCK])
        if not cursor.fetchone()[0]:
            return 0
    waiting = _waiting()
    if not waiting:
        return 0
    by_city: dict[str, list[Entry]] = {}
    for entry in waiting:
        by_city.setdefault(entry.city, []).append(entry)
    floor_id = _floor()
    for city, entries in by_city.items():
        block = _seal_block(city, entries, floor_id=floor_id)
        transaction.on_commit(partial(write_anchor, block))
    return len(waiting)


def _waiting() -> list[Entry]:
    last = Block.objects.order_by("-id").values_list("floor_id", flat=True).first()
    entries = Entry.objects.filter(pk__gt=last or 0, sealing=None)
    return list(entries.only("id", "city", "mac").order_by("id")[:BLOCK_ENTRIES])


def _floor() -> int:
    """The last entry so old that no open transaction can still bring one before it."""
    old = Entry.objects.filter(at__lt=clock.now() - LONGEST_TRANSACTION, sealing__isnull=False)
    unsealed = Entry.objects.filter(at__lt=clock.now() - LONGEST_TRANSACTION, sealing=None).order_by("id").first()
    highest = old.order_by("-id").values_list("id", flat=True).first() or 0
    return min(highest, unsealed.pk - 1) if unsealed else highest


def _seal_block(city: str, entries: list[Entry], *, floor_id: int) -> Block:
    before = Block.objects.filter(city=city).order_by("-number").first()
    facts = BlockFacts(
        city=city,
        number=before.number + 1 if before else 1,
        previous=bytes(before.hash) if before else NO_HASH,
        root=merkle_root([bytes(entry.mac) for entry in entries]),
        entries=len(entries),
    )
    block = Block.objects.create(
        **vars(facts), sealed_at=clock.now(), floor_id=floor_id, hash=block_hash(facts, key=keyring().journal_key)
    )
    Sealing.objects.bulk_create(
        Sealing(entry=entry, block=block, position=position) for position, entry in enumerate(entries)
    )
    return block


def keep_sealing(stop: Event, *, every_s: float = 0.5) -> None:
    """Seal what waits again and again until told to stop: an entry waits at most a second."""
    while not stop.is_set():
        try:
            sealed = seal_waiting()
        except (OperationalError, InterfaceError):
            # The server is away; what waits is sealed when it is back.
            connection.close()
            stop.wait(SERVER_AWAY_S)
            continue
        if sealed < BLOCK_ENTRIES:
            stop.wait(every_s)


__all__ = ["Author", "keep_sealing", "record", "seal_waiting"]
