"""How many are registered, and share a name or a phone (重名、共用手机): counted in indexes, no further than it matters, in one question."""

from collections.abc import Iterable
from typing import NamedTuple

from niangjia.kernel.worded import prepared
from niangjia.registers.members.linking.rules.shares import FAMILY_PHONE, KNOWN_BESIDE, NAME_CLASSES

# Asked of the owner of the register: no row is shown, and the index alone tells.
_COUNTED = "SELECT sound, phone, many FROM same_person_counts(%s::text[], %s::bytea[], %s::float8, %s::int, %s::int)"
_COMMONEST = NAME_CLASSES[0][0]


class Counted(NamedTuple):
    """About how many are registered; how many are called so, and have such a phone."""

    records: int
    sounds: dict[str, int]
    phones: dict[bytes, int]


def counted(sounds: Iterable[str], phones: Iterable[bytes]) -> Counted:
    """More than makes a name one of the commonest is not counted, nor an office's phone to its end."""
    with prepared() as cursor:
        cursor.execute(_COUNTED, [sorted(sounds), sorted(phones), _COMMONEST, KNOWN_BESIDE, FAMILY_PHONE])
        rows = cursor.fetchall()
    by_sound = {sound: many for sound, _phone, many in rows if sound is not None}
    by_phone = {bytes(phone): many for _sound, phone, many in rows if phone is not None}
    records = next(many for sound, phone, many in rows if sound is None and phone is None)
    return Counted(int(records), by_sound, by_phone)
