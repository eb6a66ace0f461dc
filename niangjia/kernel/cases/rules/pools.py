"""When enough of a pool have decided (几个人把关才算数)."""

from collections.abc import Sequence
from dataclasses import dataclass

from niangjia.kernel.cases.rules.workflow import Mode, Pool


@dataclass(frozen=True)
class Cast:
    """One decision of one person in this round: the verdict's move."""

    account_id: int
    verdict: str


@dataclass(frozen=True)
class Verdict:
    """What a round has come to: the move that is made now, or none yet and how many voices are missing."""

    move: str | None
    missing: int


def outcome(pool: Pool, cast: Sequence[Cast], *, named: frozenset[int] = frozenset()) -> Verdict:
    """What the decisions so far come to.

    Any other verdict (return, refuse) is made at once by a single voice: several must agree to give, one can stop it.
    `named` are those who were asked to decide, for ALL; an empty pool never agrees by itself.
    """
    against = next((each.verdict for each in cast if each.verdict != pool.agrees), None)
    if against is not None:
        return Verdict(against, 0)
    voiced = {each.account_id for each in cast}
    needed = max(pool.number, 1) if pool.mode is Mode.N else 1
    missing = max(needed - len(voiced), len(named - voiced) if pool.mode is Mode.ALL else 0, 0)
    return Verdict(None, missing) if missing else Verdict(pool.agrees, 0)
