"""Second pairs of eyes: one voice of one person on one case, and the verdict when enough have spoken."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from niangjia.kernel.access.offices import OFFICES
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.cases.making import Act, change, entry, held, held_of, judged, keep
from niangjia.kernel.cases.models import Barred, Case, Decision
from niangjia.kernel.cases.queries import flow_under, standing_of, standings_of
from niangjia.kernel.cases.refusals import NotMade, refused
from niangjia.kernel.cases.rules import Cast, Mode, Move, Pool, Standing, Verdict, outcome
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.worded import Worded


@transaction.atomic
def decide(  # noqa: PLR0913 - who, what, when, why, in which words, and what was looked at
    case_id: int, move: str, *, by: Actor, at: datetime, seen: int | None = None, reason: str = "", says: str = ""
) -> Verdict:
    """Give one's voice (表态) where several decide; the verdict is made at once when it is settled.

    `NotMade` and `Forbidden` as for a move. Two colleagues may speak about the same revision: a voice changes nothing that
    the other looked at, unless it settles the matter.
    """
    with held(case_id, by=by, seen=seen) as case:
        return _decided(case, move, Act(by, at, reason, says), standing_of(case))


@dataclass(frozen=True)
class Many:
    """What became of a bulk decision (批量办理): how many went through, and why each of the others did not."""

    done: tuple[int, ...]
    failed: Mapping[int, Reason]


VOICES = Worded(
    lambda case, gathered: (
        Decision.objects.filter(case=case, round=gathered).order_by("id").values_list("account_id", "move")
    ),
    case=int,
    gathered=int,
)
ABSENT = "absent"
NOT_YOURS = gettext_noop("这一件不归您办，或者已经不在了。")
UNMET = Reason(ABSENT, NOT_YOURS, {})
# So many are held, and asked how they stand, at once.
AT_ONCE = 500


@transaction.atomic
def decide_many(case_ids: Iterable[int], move: str, *, act: Act) -> Many:
    """Decide many cases with the same words, each by itself: what fails stays as it is and says why."""
    done: list[int] = []
    failed: dict[int, Reason] = {}
    asked = sorted(set(case_ids))
    for first in range(0, len(asked), AT_ONCE):
        some = asked[first : first + AT_ONCE]
        cases = held_of(some, by=act.by)
        standings = dict(zip(cases, standings_of(list(cases.values())), strict=True))
        failed |= {case_id: UNMET for case_id in some if case_id not in cases}
        for case_id, case in cases.items():
            try:
                with transaction.atomic():
                    _decided(case, move, act, standings[case_id])
            except NotMade as why:
                failed[case_id] = why.reason
            except Forbidden:
                failed[case_id] = UNMET
            else:
                done.append(case_id)
    return Many(tuple(done), failed)


def _decided(case: Case, move: str, act: Act, standing: Standing) -> Verdict:
    """One voice on a case that is held, and the verdict where it is settled."""
    flow = flow_under(case)
    verdict = judged(case, flow.move(move), by=act.by, reason=act.reason, standing=standing)
    pool = flow.stage(case.stage).pool
    if pool is None or not verdict.is_verdict or act.by.account_id is None:
        raise refused("not_from_here")
    _cast(case, verdict, act)
    found = outcome(pool, _cast_so_far(case), named=_named(case, pool, verdict))
    if found.move is None:
        entry(case, "decide_case", Act(act.by, act.at), verdict.name)
    else:
        change(case, flow.move(found.move), act)
    return found


def _cast(case: Case, verdict: Move, act: Act) -> None:
    row = Decision(
        city=case.city,
        case=case,
        round=case.round,
        move=verdict.name,
        account_id=act.by.account_id or 0,
        maker_id=case.maker_id,
        author=act.by.words[:160],
        reason=act.reason,
        at=act.at,
    )
    keep(row, act.says)


def _cast_so_far(case: Case) -> list[Cast]:
    return [Cast(account, move) for account, move in VOICES(case=case.pk, gathered=case.round)]


def _named(case: Case, pool: Pool, verdict: Move) -> frozenset[int]:
    """Who has to agree where everybody has to: who holds the office where the case lies, but not who brought it here."""
    if pool.mode is not Mode.ALL:
        return frozenset()
    roles = frozenset(role.value for role in verdict.roles)
    holders = OFFICES.holders(case.place_id, roles, but=case.maker_id)
    return frozenset(holders) - set(Barred.objects.filter(case=case).values_list("account_id", flat=True))
