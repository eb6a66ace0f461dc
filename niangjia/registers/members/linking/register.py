"""Records of the register held against one another (登记内比对): who may be whom, found by indexes; no sealed value is opened.

Whether two numbers or phones are the same is all that is known of them. A number of an identity card passed its check when it
was registered: two that differ are two papers.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import blake2b
from typing import Any, NamedTuple

from django.db import connection

from niangjia.registers.members.linking.counting import counted
from niangjia.registers.members.linking.rules.deciding import Verdict, decide, worth_a_look
from niangjia.registers.members.linking.rules.levels import Likeness, likeness
from niangjia.registers.members.linking.rules.records import Record, read_name, read_unit
from niangjia.registers.members.linking.rules.shares import FAMILY_PHONE, name_share, phone_share
from niangjia.registers.members.linking.weights import shipped_weights
from niangjia.registers.members.rules import READ_LIKE_ID_CARD, IdKind

# The size of units is not asked for: each counts as a usual one.
USUAL_UNIT = 1
FACTS_BYTES = 16
_FACTS = (
    "p.subject_id, p.name, p.name_sort, p.id_kind, p.birth_on, p.sex, p.phone_blind, s.key_blind, p.workplace, "
    "l.name, l.path FROM members_person p JOIN people_subject s ON s.id = p.subject_id "
    "CROSS JOIN LATERAL (SELECT u.name, pl.path FROM members_membership m JOIN orgs_union u ON u.place_id = m.union_id "
    "JOIN places_place pl ON pl.id = m.union_id WHERE m.person_id = p.subject_id ORDER BY m.period DESC, m.id DESC LIMIT 1) l"
)
_OF_IDS = f"SELECT {_FACTS} WHERE p.subject_id = ANY (%s) AND p.erased_at IS NULL"
# Each pair once, whichever of the two was asked for.
_PAIRS = f"""
SELECT DISTINCT least(a, b), greatest(a, b) FROM (
  SELECT k.id AS a, o.subject_id AS b FROM unnest(%s::bigint[], %s::bytea[]) k(id, phone)
    CROSS JOIN LATERAL (SELECT subject_id FROM members_person WHERE phone_blind = k.phone AND erased_at IS NULL
      LIMIT {FAMILY_PHONE + 1}) o
  UNION ALL
  SELECT k.id, o.subject_id FROM unnest(%s::bigint[], %s::text[], %s::date[]) k(id, sound, birth_on)
    JOIN members_person o ON o.name_sort = k.sound AND o.birth_on = k.birth_on AND o.erased_at IS NULL
) met WHERE a <> b
"""  # noqa: S608 - columns of our own


class _Known(NamedTuple):
    """One row of the register as it is compared."""

    subject_id: int
    name: str
    sound: str
    id_kind: str
    birth_on: date | None
    sex: str
    phone: bytes | None
    key: bytes | None
    workplace: str
    union: str
    path: str

    @property
    def facts(self) -> bytes:
        """What is compared, as a digest: another one where any of it changed."""
        told = (self.name, self.id_kind, self.birth_on, self.sex, self.phone, self.key)
        return blake2b(repr(told).encode(), digest_size=FACTS_BYTES).digest()


class Alike(NamedTuple):
    """Two records that may be of one person (疑似一对), the older one left: the verdict, how alike, where each belongs."""

    left: int
    right: int
    verdict: Verdict
    likeness: Likeness
    paths: tuple[str, str]
    facts: bytes


def alike_to(ids: Sequence[int]) -> Iterator[Alike]:
    """Whoever in the register may be one of these, or two of these one; linked, or ruled out and all the same worth a look."""
    asked = {each.subject_id: each for each in _known(ids)}
    pairs = _pairs(asked.values())
    if not pairs:
        return
    known = asked | {each.subject_id: each for each in _known({one for pair in pairs for one in pair} - set(asked))}
    met = [(known[left], known[right]) for left, right in pairs if left in known and right in known]
    yield from _judged(met)


def _judged(met: list[tuple[_Known, _Known]]) -> Iterator[Alike]:
    weights = shipped_weights()
    # Two that sound alike are both as common as that sound; where they differ it is not asked.
    sounds = {each.sound for pair in met for each in pair}
    records, by_sound, by_phone = counted(sounds, {each.phone for pair in met for each in pair if each.phone})
    for left, right in met:
        one, two = (
            _record(
                each,
                name_share(by_sound.get(each.sound, 0), records=records),
                phone_share(by_phone.get(each.phone or b"", 0)),
            )
            for each in (left, right)
        )
        alike = likeness(one, two)
        verdict = decide(alike, weights, records=records)
        if verdict.linked or worth_a_look(alike, weights, records=records):
            facts = blake2b(left.facts + right.facts, digest_size=FACTS_BYTES).digest()
            yield Alike(left.subject_id, right.subject_id, verdict, alike, (left.path, right.path), facts)


def _record(known: _Known, names: int, phones: int | None) -> Record:
    name, usual, sound = read_name(known.name)
    is_card = IdKind(known.id_kind) in READ_LIKE_ID_CARD
    return Record(
        name=name,
        usual=usual,
        sound=sound,
        id_number=known.key.hex() if known.key and is_card else None,
        proven=is_card,
        phone=known.phone.hex() if known.phone and phones is not None else None,
        birth_on=known.birth_on,
        sex=known.sex or None,
        unit=read_unit(known.union) or read_unit(known.workplace),
        name_share=names,
        phone_share=phones or 0,
        unit_share=USUAL_UNIT,
    )


def _known(ids: Iterable[int]) -> list[_Known]:
    with connection.cursor() as cursor:
        cursor.execute(_OF_IDS, [sorted(ids)])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return [_Known._make(bytes(each) if isinstance(each, memoryview) else each for each in row) for row in rows]


def _pairs(known: Iterable[_Known]) -> list[tuple[int, int]]:
    asked = list(known)
    phoned = [(each.subject_id, each.phone) for each in asked if each.phone]
    born = [(each.subject_id, each.sound, each.birth_on) for each in asked if each.birth_on]
    values = [list(column) for column in zip(*phoned, strict=True)] or [[], []]
    values += [list(column) for column in zip(*born, strict=True)] or [[], [], []]
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, values)
        return sorted((left, right) for left, right in cursor.fetchall())
