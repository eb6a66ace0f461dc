"""How many in the register share a name or a phone (重名、共用手机): counted in indexes, and no further than it matters."""

from collections.abc import Iterable

from django.db import connection

from niangjia.registers.members.linking.rules.shares import FAMILY_PHONE, NAME_CLASSES

_ALIKE = (
    "SELECT k.sound, (SELECT count(*) FROM (SELECT FROM members_person p WHERE p.name_sort = k.sound LIMIT %s) alike) "
    "FROM unnest(%s::text[]) k(sound)"
)
_SHARED = (
    "SELECT k.key, (SELECT count(*) FROM (SELECT FROM members_person p WHERE p.phone_blind = k.key LIMIT %s) shared) "
    "FROM unnest(%s::bytea[]) k(key)"
)
_HOW_MANY = "SELECT reltuples::bigint FROM pg_class WHERE oid = 'members_person'::regclass"


def how_many() -> int:
    """About how many are registered, as the database keeps it for its plans."""
    with connection.cursor() as cursor:
        cursor.execute(_HOW_MANY)
        (many,) = cursor.fetchone() or (0,)
    return max(int(many), 0)


def how_many_of_sounds(sounds: Iterable[str], *, records: int) -> dict[str, int]:
    """How many are called so; more than makes a name one of the commonest is not counted."""
    most = round(NAME_CLASSES[0][0] * records) + 1
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE, [most, sorted(sounds)])
        return dict(cursor.fetchall())


def how_many_of_phones(phones: Iterable[bytes]) -> dict[bytes, int]:
    """How many have a phone; an office's is not counted to its end."""
    with connection.cursor() as cursor:
        cursor.execute(_SHARED, [FAMILY_PHONE + 1, sorted(phones)])
        return {bytes(key): many for key, many in cursor.fetchall()}
