"""Who does not keep a check, in the actor's places."""

from typing import NamedTuple

from django.db import connection

from niangjia.kernel.access.rules import Actor
from niangjia.registers.orgs.checking.files import Check
from niangjia.registers.orgs.rules.moves import SEE_UNIONS

MOST = 200
# A place that is no union is told at its parent; the statement of the file runs as whoever asks, behind every wall.
FOUND = """
WITH found AS ({sql})
SELECT u.code, u.name, coalesce(found.note, '') FROM found JOIN orgs_union u ON u.place_id = found.place_id
JOIN places_place p ON p.id = u.place_id WHERE p.path ^@ ANY(%s::text[]) ORDER BY p.path, found.note LIMIT %s
"""
COUNTED = """
WITH found AS ({sql})
SELECT count(*) FROM found JOIN places_place p ON p.id = found.place_id WHERE p.path ^@ ANY(%s::text[])
"""


class Offender(NamedTuple):
    """A union that does not keep a check (要改的工会), and what is wrong in a word."""

    code: str
    name: str
    note: str


def offenders(check: Check, actor: Actor, *, most: int = MOST) -> list[Offender]:
    """The first of those that do not keep it."""
    with connection.cursor() as cursor:
        cursor.execute(FOUND.format(sql=check.sql), [list(actor.paths(SEE_UNIONS)), most])
        return [Offender(*row) for row in cursor.fetchall()]


def number_of(check: Check, actor: Actor) -> int:
    """How many do not keep it."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTED.format(sql=check.sql), [list(actor.paths(SEE_UNIONS))])
        number: int = cursor.fetchone()[0]
        return number
