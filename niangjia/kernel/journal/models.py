"""The journal (日志): every change and every look at personal data, written once, never altered unseen."""

import pgtrigger
from django.db import models


def written_once(name: str) -> tuple[pgtrigger.Trigger, ...]:
    """Triggers by which the database refuses to change, delete or empty a table of the journal."""
    return (
        pgtrigger.Protect(name=f"{name}_written_once", operation=pgtrigger.Update | pgtrigger.Delete),
        pgtrigger.Trigger(
            name=f"{name}_never_emptied",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func="RAISE EXCEPTION 'the journal is written once and never emptied';",
        ),
    )


# In the database, so that no way of writing an entry leaves it out of the chain.
QUEUES = pgtrigger.Trigger(
    name="entry_waits_to_be_sealed",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    referencing=pgtrigger.Referencing(new="written"),  # type: ignore[no-untyped-call]
    func="INSERT INTO journal_waiting (entry_id) SELECT id FROM written; RETURN NULL;",
)


class Entry(models.Model):
    """One act (日志条目): who did what to which thing, with its keyed seal."""

    ref = models.UUIDField()
    city = models.CharField(max_length=6)
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    author = models.TextField()
    verb = models.CharField(max_length=48)
    thing = models.CharField(max_length=48)
    thing_id = models.BigIntegerField(null=True)
    place_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)
    mac = models.BinaryField(max_length=32)

    class Meta:
        indexes = (models.Index(fields=["thing", "thing_id"], name="entry_thing"),)
        triggers = (*written_once("entry"), QUEUES)

    def __str__(self) -> str:
        return f"{self.at} {self.verb} {self.thing}"


class Waiting(models.Model):
    """An entry that no block holds yet (待封存): a list of work, not part of the proof."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, db_constraint=False)

    def __str__(self) -> str:
        return str(self.entry_id)


class Block(models.Model):
    """Entries of one city sealed together (日志区块), linked to the block before."""

    city = models.CharField(max_length=6)
    number = models.BigIntegerField()
    sealed_at = models.DateTimeField()
    entries = models.IntegerField()
    previous = models.BinaryField(max_length=32)
    root = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["city", "number"], name="block_number_once"),)
        triggers = written_once("block")

    def __str__(self) -> str:
        return f"{self.city} {self.number}"


class Sealing(models.Model):
    """Which block an entry was sealed in, and at which position (封存)."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True)
    block = models.ForeignKey(Block, models.PROTECT, related_name="sealings")
    position = models.IntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["block", "position"], name="sealing_position_once"),)
        triggers = written_once("sealing")

    def __str__(self) -> str:
        return f"{self.block_id}:{self.position}"


class Anchored(models.Model):
    """Up to which block a city's anchors were written (锚记): an anchor file that holds less has lost something."""

    city = models.CharField(max_length=6, primary_key=True)
    number = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.city} {self.number}"
