"""Somebody new held against the register (新人比对): who in it she may be, found by indexes; no sealed value is opened.

The same comparison, weights and exclusions as in bulk. Whoever calls shows only what `visible_to` lets the reader see: the
answer names rows of the whole city.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.sealed import BulkBlind
from niangjia.kernel.worded import prepared
from niangjia.registers.members.linking.counting import counted
from niangjia.registers.members.linking.rules.deciding import Verdict, decide
from niangjia.registers.members.linking.rules.levels import Likeness, likeness
from niangjia.registers.members.linking.rules.nearby import meant_numbers
from niangjia.registers.members.linking.rules.records import Record, read_name, read_record, read_unit
from niangjia.registers.members.linking.rules.shares import FAMILY_PHONE, name_share, phone_share
from niangjia.registers.members.linking.weights import shipped_weights
from niangjia.registers.members.rules import READ_LIKE_ID_CARD, IdKind
from niangjia.registers.members.rules.sealed_columns import PHONE, REAL_NAME, real_name

# Who is less likely is not worth a look (本系统默认值).
LEAST_TOLD = 0.5
AT_ONCE = 1_000
# Likenesses whose verdict is kept at hand: far more than there are.
MOST_KEPT = 4_096
# The size of units is not asked for one newcomer: each counts as a usual one.
USUAL_UNIT = 1
# Stand for a value that is known to differ, without being known.
ANOTHER = "another"

# Asked of the owner of the register, which refuses everybody but the program.
_CANDIDATES = (
    "SELECT * FROM same_person_candidates("
    "%b::int[], %b::bytea[], %b::int[], %b::bytea[], %b::int[], %b::text[], %b::date[], %s::int)"
)


class Likely(NamedTuple):
    """A person of the register whom a newcomer may be, and the verdict on the two."""

    subject_id: int
    verdict: Verdict


class _Newcomer(NamedTuple):
    record: Record
    # Blind indexes of the numbers she may have meant, each with its number; and of her phone.
    numbers: dict[bytes, str]
    phone: bytes | None


class _Known(NamedTuple):
    """One row of the register, as the candidates' questions give it."""

    subject_id: int
    name: str
    id_kind: str
    birth_on: date | None
    sex: str
    phone_blind: bytes | None
    key_blind: bytes | None
    workplace: str
    unions: list[str]


class _Met(NamedTuple):
    """A newcomer with everybody she may be, as they are compared."""

    newcomer: _Newcomer
    known: list[tuple[int, Record]]

    @property
    def is_namesake(self) -> bool:
        """Whether one of them is called as she is."""
        return any(one.name == self.newcomer.record.name for _subject_id, one in self.known)


def likely_same(written: Mapping[str, str]) -> tuple[Likely, ...]:
    """Who in the register somebody may be, the likeliest first; `verdict.linked` where it is sure enough."""
    return likely_same_each([written])[0]


def likely_same_each(written: Sequence[Mapping[str, str]]) -> list[tuple[Likely, ...]]:
    """As `likely_same`, for each of many; a block of them costs a handful of questions."""
    found: list[tuple[Likely, ...]] = []
    blinds = BulkBlind(REAL_NAME), BulkBlind(PHONE)
    with beyond(Purpose.SAME_PERSON):
        for first in range(0, len(written), AT_ONCE):
            found += _block([_read(each, blinds) for each in written[first : first + AT_ONCE]])
    return found


def _read(written: Mapping[str, str], blinds: tuple[BulkBlind, BulkBlind]) -> _Newcomer:
    record = read_record(written)
    index, phone = blinds[0].index, blinds[1].index
    meant = meant_numbers(record.id_number, proven=record.proven) if record.id_number else frozenset()
    numbers = {index(real_name(kind, number)): number for number in meant for kind in READ_LIKE_ID_CARD}
    return _Newcomer(record, numbers, phone(record.phone) if record.phone else None)


def _block(newcomers: list[_Newcomer]) -> list[tuple[Likely, ...]]:
    met = [_Met(each, _as_records(known, each)) for each, known in zip(newcomers, _candidates(newcomers), strict=True)]
    if not any(each.known for each in met):
        return [()] * len(newcomers)
    # How common her name is tells something only where somebody has the same.
    sounds = {each.newcomer.record.sound or "" for each in met if each.is_namesake}
    phones = {each.newcomer.phone for each in met if each.known and each.newcomer.phone}
    records, alike, shared = counted(sounds, phones)
    answers = []
    for each in met:
        record = each.newcomer.record
        share = name_share(alike.get(record.sound or "", 0), records=records)
        shown = _with_shares(record, share, phone_share(shared.get(each.newcomer.phone or b"", 0)))
        verdicts = [Likely(one, _verdict(likeness(shown, theirs), records)) for one, theirs in each.known]
        kept = [one for one in verdicts if one.verdict.excluded is None and one.verdict.score >= LEAST_TOLD]
        answers.append(tuple(sorted(kept, key=lambda one: (-one.verdict.score, one.subject_id))))
    return answers


def _candidates(newcomers: list[_Newcomer]) -> list[list[_Known]]:
    """Whoever has a number she may have meant, or her phone, or sounds like her and was born on her day."""
    numbered = [(n, key) for n, each in enumerate(newcomers) for key in each.numbers]
    phoned = [(n, each.phone) for n, each in enumerate(newcomers) if each.phone]
    born = [
        (n, each.record.sound, each.record.birth_on)
        for n, each in enumerate(newcomers)
        if each.record.sound and each.record.birth_on
    ]
    found: list[list[_Known]] = [[] for _ in newcomers]
    values = [*_columns(numbered, 2), *_columns(phoned, 2), *_columns(born, 3), FAMILY_PHONE]
    with prepared() as cursor:
        cursor.execute(_CANDIDATES, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    for n, *facts in rows:
        found[n].append(_Known._make(facts))
    return found


def _columns(rows: Sequence[tuple[Any, ...]], number: int) -> list[list[Any]]:
    return [[row[at] for row in rows] for at in range(number)]


def _with_shares(record: Record, names: int, phones: int | None) -> Record:
    """How common her name and phone are; an office's phone tells nothing of whom it was given for."""
    phone = record.phone if phones is not None else None
    return record._replace(name_share=names, phone=phone, phone_share=phones or 0, unit_share=USUAL_UNIT)


@lru_cache(maxsize=MOST_KEPT)
def _verdict(alike: Likeness, records: int) -> Verdict:
    """Each likeness is judged once: there are some hundreds of them."""
    return decide(alike, shipped_weights(), records=records)


def _as_records(known: Iterable[_Known], newcomer: _Newcomer) -> list[tuple[int, Record]]:
    return [(each.subject_id, _as_record(each, newcomer)) for each in known]


def _as_record(known: _Known, newcomer: _Newcomer) -> Record:
    """A row of the register as it is compared: of what is sealed it is known only whether it is the newcomer's."""
    name, usual, sound = read_name(known.name)
    units = [unit for unit in map(read_unit, (*known.unions, known.workplace)) if unit]
    same_unit = newcomer.record.unit in units
    number = newcomer.numbers.get(known.key_blind or b"")
    if number is None and IdKind(known.id_kind) in READ_LIKE_ID_CARD:
        number = ANOTHER
    phone = None
    if known.phone_blind:
        phone = newcomer.record.phone if known.phone_blind == newcomer.phone else ANOTHER
    return Record(
        name=name,
        usual=usual,
        sound=sound,
        id_number=number,
        proven=number is not None,
        phone=phone,
        birth_on=known.birth_on,
        sex=known.sex or None,
        unit=newcomer.record.unit if same_unit else next(iter(units), None),
    )
