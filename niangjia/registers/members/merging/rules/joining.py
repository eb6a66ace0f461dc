"""Memberships of two records as those of one person (会籍相接): no day twice, and no day lost that either of them had."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple


class Held(NamedTuple):
    """A membership's period; `until` is None while it lasts."""

    pk: int
    since: date
    until: date | None


class Fitted(NamedTuple):
    """What becomes of one: its period cut to what no other covers, or gone where others cover all of it."""

    pk: int
    since: date
    until: date | None
    # It lasted, and another one goes on instead.
    is_ended: bool = False
    is_gone: bool = False


def fitted(held: Sequence[Held], *, goes_on: int | None) -> tuple[Fitted, ...]:
    """All of them one after the other; `goes_on` is the one that lasts, where several do.

    It keeps its whole period; of the others, whichever began first keeps the days that two of them have.
    """
    lasting = next((each for each in held if each.pk == goes_on), None)
    rest = sorted((each for each in held if each is not lasting), key=lambda each: (each.since, each.pk))
    found = [] if lasting is None else [Fitted(*lasting)]
    taken: date | None = None
    for each in rest:
        one = _cut(each, after=taken, before=lasting.since if lasting is not None else None)
        found.append(one)
        if not one.is_gone:
            taken = one.until or date.max
    return tuple(found)


def _cut(each: Held, *, after: date | None, before: date | None) -> Fitted:
    since = each.since if after is None else max(each.since, after)
    until = each.until if before is None else min(each.until or before, before)
    if until is not None and since >= until:
        return Fitted(each.pk, each.since, each.until, is_gone=True)
    return Fitted(each.pk, since, until, is_ended=each.until is None and until is not None)
