"""Somebody new held against the register (新人比对): who in it she may be, found by indexes; no sealed value is opened.

The same comparison, weights and exclusions as in bulk. Whoever calls shows only what `visible_to` lets the reader see: the
answer names rows of the whole city.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.sealed import BulkBlind
from niangjia.kernel.worded import prepared
from niangjia.registers.members.linking.counting import counted
from niangjia.registers.members.linking.rules.deciding import Verdict, decide
from niangjia.registers.members.linking.rules.levels import likeness
from niangjia.registers.members.linking.rules.nearby import meant_numbers
from niangjia.registers.members.linking.rules.records import Record, read_name, read_record, read_unit
from niangjia.registers.members.linking.rules.shares import FAMILY_PHONE, name_share, phone_share
from niangjia.registers.members.linking.weights import shipped_weights
from niangjia.registers.members.rules import READ_LIKE_ID_CARD, IdKind
from niangjia.registers.members.rules.sealed_columns import PHONE, REAL_NAME, real_name

# Who is less likely is not worth a look (本系统默认值).
LEAST_TOLD = 0.5
AT_ONCE = 1_000
# The size of units is not asked for one newcomer: each counts as a usual one.
USUAL_UNIT = 1
# Stand for a value that is known to differ, without being known.
ANOTHER = "another"

_FACTS = (
    "p.subject_id, p.name, p.id_kind, p.birth_on, p.sex, p.phone_blind, s.key_blind, p.workplace, "
    "ARRAY(SELECT u.name FROM members_membership m JOIN orgs_union u ON u.place_id = m.union_id "
    "WHERE m.person_id = p.subject_id) AS unions"
)
_BY_NUMBER = (
    f"SELECT k.n, {_FACTS} FROM unnest(%s::int[], %s::bytea[]) k(n, key) JOIN people_subject s ON s.key_blind = k.key "  # noqa: S608 - tables and columns of our own
    "JOIN members_person p ON p.subject_id = s.id WHERE p.erased_at IS NULL"
)
_BY_PHONE = (
    f"SELECT k.n, {_FACTS} FROM unnest(%s::int[], %s::bytea[]) k(n, key) CROSS JOIN LATERAL (SELECT * FROM members_person "  # noqa: S608 - tables and columns of our own
    f"WHERE phone_blind = k.key AND erased_at IS NULL LIMIT {FAMILY_PHONE}) p JOIN people_subject s ON s.id = p.subject_id"
)
_BY_BIRTH = (
    f"SELECT k.n, {_FACTS} FROM unnest(%s::int[], %s::text[], %s::date[]) k(n, sound, birth_on) "  # noqa: S608 - tables and columns of our own
    "JOIN members_person p ON p.name_sort = k.sound AND p.birth_on = k.birth_on JOIN people_subject s ON s.id = p.subject_id "
    "WHERE p.erased_at IS NULL"
)
# All of them in one question, which PostgreSQL prepares once for a connection.
_CANDIDATES = f"{_BY_NUMBER} UNION ALL {_BY_PHONE} UNION ALL {_BY_BIRTH}"


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
    candidates = _candidates(newcomers)
    met = [newcomer for newcomer, known in zip(newcomers, candidates, strict=True) if known]
    if not met:
        return [()] * len(newcomers)
    sounds = {each.record.sound for each in met if each.record.sound}
    records, alike, shared = counted(sounds, {each.phone for each in met if each.phone})
    answers = []
    for newcomer, known in zip(newcomers, candidates, strict=True):
        share = name_share(alike.get(newcomer.record.sound or "", 0), records=records)
        shown = _with_phone_share(newcomer, phone_share(shared.get(newcomer.phone or b"", 0)))
        verdicts = (Likely(each.subject_id, _verdict(shown, each, share, records=records)) for each in known.values())
        kept = [one for one in verdicts if one.verdict.excluded is None and one.verdict.score >= LEAST_TOLD]
        answers.append(tuple(sorted(kept, key=lambda one: (-one.verdict.score, one.subject_id))))
    return answers


def _candidates(newcomers: list[_Newcomer]) -> list[dict[int, _Known]]:
    """Whoever has a number she may have meant, or her phone, or sounds like her and was born on her day."""
    numbered = [(n, key) for n, each in enumerate(newcomers) for key in each.numbers]
    phoned = [(n, each.phone) for n, each in enumerate(newcomers) if each.phone]
    born = [
        (n, each.record.sound, each.record.birth_on)
        for n, each in enumerate(newcomers)
        if each.record.sound and each.record.birth_on
    ]
    found: list[dict[int, _Known]] = [{} for _ in newcomers]
    values = [*_columns(numbered, 2), *_columns(phoned, 2), *_columns(born, 3)]
    with prepared() as cursor:
        cursor.execute(_CANDIDATES, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    for n, *facts in rows:
        known = _Known._make(bytes(value) if isinstance(value, memoryview) else value for value in facts)
        found[n][known.subject_id] = known
    return found


def _columns(rows: Sequence[tuple[Any, ...]], number: int) -> list[list[Any]]:
    return [[row[at] for row in rows] for at in range(number)]


def _with_phone_share(newcomer: _Newcomer, share: int | None) -> _Newcomer:
    """An office's phone tells nothing of whom it was given for."""
    record = newcomer.record
    return newcomer._replace(
        record=record._replace(phone=None) if share is None else record._replace(phone_share=share)
    )


def _verdict(newcomer: _Newcomer, known: _Known, share: int, *, records: int) -> Verdict:
    mine = newcomer.record._replace(name_share=share, unit_share=USUAL_UNIT)
    theirs = _as_record(known, newcomer)._replace(name_share=share, unit_share=USUAL_UNIT, phone_share=mine.phone_share)
    return decide(likeness(mine, theirs), shipped_weights(), records=records)


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
