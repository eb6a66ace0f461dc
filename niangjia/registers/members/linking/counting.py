"""How many are registered, and share a name or a phone (重名、共用手机): counted in indexes, no further than it matters, in one question."""

from collections.abc import Iterable
from typing import NamedTuple

from niangjia.kernel.worded import prepared
from niangjia.registers.members.linking.rules.shares import FAMILY_PHONE, NAME_CLASSES

_RECORDS = "(SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'members_person'::regclass)"
_COMMONEST = NAME_CLASSES[0][0]
_COUNTED = (
    f"SELECT NULL::text, NULL::bytea, {_RECORDS} "  # noqa: S608 - tables and figures of our own
    "UNION ALL SELECT k.sound, NULL, (SELECT count(*) FROM (SELECT FROM members_person p WHERE p.name_sort = k.sound "
    f"LIMIT round({_COMMONEST} * {_RECORDS})::bigint + 1) alike) FROM unnest(%s::text[]) k(sound) "
    "UNION ALL SELECT NULL, k.key, (SELECT count(*) FROM (SELECT FROM members_person p WHERE p.phone_blind = k.key "
    f"LIMIT {FAMILY_PHONE + 1}) shared) FROM unnest(%s::bytea[]) k(key)"
)


class Counted(NamedTuple):
    """About how many are registered; how many are called so, and have such a phone."""

    records: int
    sounds: dict[str, int]
    phones: dict[bytes, int]


def counted(sounds: Iterable[str], phones: Iterable[bytes]) -> Counted:
    """More than makes a name one of the commonest is not counted, nor an office's phone to its end."""
    with prepared() as cursor:
        cursor.execute(_COUNTED, [sorted(sounds), sorted(phones)])
        rows = cursor.fetchall()
    by_sound = {sound: many for sound, _phone, many in rows if sound is not None}
    by_phone = {bytes(phone): many for _sound, phone, many in rows if phone is not None}
    records = next(many for sound, phone, many in rows if sound is None and phone is None)
    return Counted(int(records), by_sound, by_phone)
