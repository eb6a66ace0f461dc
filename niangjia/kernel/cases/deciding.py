"""Second pairs of eyes: one voice of one person on one case, and the verdict when enough have spoken."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from niangjia.kernel.access.offices import OFFICES
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.cases.making import Act, change, entry, held, judged, keep
from niangjia.kernel.cases.models import Barred, Case, Decision
from niangjia.kernel.cases.queries import flow_under
from niangjia.kernel.cases.refusals import NotMade, refused
from niangjia.kernel.cases.rules import Cast, Mode, Move, Pool, Verdict, outcome
from niangjia.kernel.chinese import Reason, gettext_noop


@transaction.atomic
def decide(  # noqa: PLR0913 - who, what, when, why, in which words, and what was looked at
    case_id: int, move: str, *, by: Actor, at: datetime, seen: int | None = None, reason: str = "", says: str = ""
) -> Verdict:
    """Give one's voice (表态) where several decide; the verdict is made at once when it is settled.

    `NotMade` and `Forbidden` as for a move. Two colleagues may speak about the same revision: a voice changes nothing that
    the other looked at, unless it settles the matter.
    """
    with held(case_id, by=by, seen=seen) as case:
        flow = flow_under(case)
        verdict = judged(case, flow.move(move), by=by, reason=reason)
        pool = flow.stage(case.stage).pool
        if pool is None or not verdict.is_verdict or by.account_id is None:
            raise refused("not_from_here")
        act = Act(by, at, reason, says)
        _cast(case, verdict, act)
        found = outcome(pool, _cast_so_far(case), named=_named(case, pool, verdict))
        if found.move is None:
            entry(case, "decide_case", Act(by, at), verdict.name)
        else:
            change(case, flow.move(found.move), act)
        return found


@dataclass(frozen=True)
class Many:
    """What became of a bulk decision (批量办理): how many went through, and why each of the others did not."""

    done: tuple[int, ...]
    failed: Mapping[int, Reason]


ABSENT = "absent"


@transaction.atomic
def decide_many(case_ids: Iterable[int], move: str, *, act: Act) -> Many:
    """Decide many cases with the same words, each by itself: what fails stays as it is and says why."""
    done: list[int] = []
    failed: dict[int, Reason] = {}
    for case_id in sorted(set(case_ids)):
        try:
            with transaction.atomic():
                decide(case_id, move, by=act.by, at=act.at, reason=act.reason, says=act.says)
        except NotMade as why:
            failed[case_id] = why.reason
        except Forbidden:
            failed[case_id] = Reason(ABSENT, NOT_YOURS, {})
        else:
            done.append(case_id)
    return Many(tuple(done), failed)


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
    rows = Decision.objects.filter(case=case, round=case.round).order_by("id")
    return [Cast(account, move) for account, move in rows.values_list("account_id", "move")]


def _named(case: Case, pool: Pool, verdict: Move) -> frozenset[int]:
    """Who has to agree where everybody has to: who holds the office where the case lies, but not who brought it here."""
    if pool.mode is not Mode.ALL:
        return frozenset()
    roles = frozenset(role.value for role in verdict.roles)
    holders = OFFICES.holders(case.place_id, roles, but=case.maker_id)
    return frozenset(holders) - set(Barred.objects.filter(case=case).values_list("account_id", flat=True))


NOT_YOURS = gettext_noop("这一件不归您办，或者已经不在了。")
