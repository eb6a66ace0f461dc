"""Hand an employer to a cadre, keep a visit, end a target; each with its journal entry."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Actor, Move
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.kernel.messages.rules import ToAccount
from niangjia.kernel.messages.services import send
from niangjia.registers.employers.models import Coverage, Employer
from niangjia.registers.employers.targets.models import Target, Visit
from niangjia.registers.employers.targets.queries import may_be_handed_to, reach_of, visible_to, without_union
from niangjia.registers.employers.targets.rules.moves import END_TARGET, HAND_TARGET, VISIT_EMPLOYER
from niangjia.registers.employers.targets.rules.targets import (
    Ending,
    Outcome,
    VisitFacts,
    due_fault,
    end_faults,
    visit_faults,
)
from niangjia.registers.orgs.rules.union_facts import tidy_union_name


class TargetRefused(Exception):
    """Why a target cannot be handed out, visited or ended, by field; nothing was changed."""

    def __init__(self, reasons: Mapping[str, Reason]) -> None:
        super().__init__(", ".join(f"{field}: {reason.code}" for field, reason in reasons.items()))
        self.reasons = dict(reasons)


@transaction.atomic
def hand_target(employer_id: int, account_id: int, due_on: date, *, by: Actor, on: date) -> Target:
    """Hand an employer without a union to a cadre until a day (交办); handed again, it changes hands and its day."""
    found = without_union(by, on=on, move=HAND_TARGET).filter(pk=employer_id).values_list("pk", flat=True).first()
    if found is None:
        raise Forbidden("out_of_scope")
    employer = Employer.objects.select_for_update().select_related("place").get(pk=found)
    account = may_be_handed_to(by, on=on).filter(pk=account_id).first()
    reasons: dict[str, Reason] = {}
    fault = due_fault(due_on, on=on)
    if fault is not None:
        reasons["due_on"] = fault
    if account is None or not _reaches(account.pk, employer, on=on):
        reasons["cadre"] = Reason("cadre_unknown", _CADRE_UNKNOWN, {})
    if reasons or account is None:
        raise TargetRefused(reasons)
    target = _handed(employer, account, due_on, by=by, on=on)
    if account.pk != by.account_id:
        send("target_handed", to=ToAccount(account.pk), facts={"last": due_on}, about=target.pk)
    return target


@transaction.atomic
def hand_many(employer_ids: Sequence[int], account_id: int, due_on: date, *, by: Actor) -> int:
    """Hand many to one cadre at once (批量交办): those that nobody has yet; one message for all of them."""
    on = clock.today()
    account = may_be_handed_to(by, on=on).filter(pk=account_id).first()
    if account is None:
        raise Forbidden("out_of_scope")
    rows = without_union(by, on=on, move=HAND_TARGET).filter(pk__in=employer_ids)
    held = Employer.objects.select_for_update(of=("self",)).select_related("place")
    employers = held.filter(pk__in=sorted(rows.values_list("pk", flat=True))).order_by("pk")
    taken = set(Target.objects.filter(employer__in=employer_ids, ended_on=None).values_list("employer", flat=True))
    paths = reach_of(account.pk, on=on)
    new = [each for each in employers if each.pk not in taken and each.place.path.startswith(paths)]
    for employer in new:
        _handed(employer, account, due_on, by=by, on=on)
    if new and account.pk != by.account_id:
        send("targets_handed", to=ToAccount(account.pk), facts={"n": len(new), "last": due_on})
    return len(new)


@transaction.atomic
def keep_visit(target_id: int, facts: VisitFacts, *, by: Actor, on: date) -> Visit:
    """Keep a visit (走访) to an employer that was handed out."""
    target = _held(target_id, by=by, move=VISIT_EMPLOYER)
    if target.ended_on is not None:
        raise TargetRefused({"__all__": Reason("target_ended", _ENDED, {})})
    tidy = replace(facts, met=tidy_union_name(facts.met), said=facts.said.strip())
    faults = visit_faults(tidy, handed_on=target.handed_on, on=on)
    if faults:
        raise TargetRefused(faults)
    visit = Visit.objects.create(city=target.city, target=target, visited_by_id=by.account_id, **vars(tidy))
    # Who was met and what was said stays with the visit: an entry can never be erased.
    detail = {"on": str(tidy.on), "next_on": str(tidy.next_on or "")}
    _record("visit_employer", target, by=by, detail=detail)
    return visit


@transaction.atomic
def end_target(target_id: int, ending: Ending, *, by: Actor, on: date) -> Target:
    """Say how a target ended that no union came of (办结): refused for now, closed, or handed to nobody any more."""
    move = HAND_TARGET if ending.outcome is Outcome.WITHDRAWN else END_TARGET
    target = _held(target_id, by=by, move=move)
    if target.ended_on is not None:
        raise TargetRefused({"__all__": Reason("target_ended", _ENDED, {})})
    again = ending.again_on if ending.outcome is Outcome.REFUSED else None
    tidy = replace(ending, reason=tidy_union_name(ending.reason), again_on=again)
    faults = end_faults(tidy, on=on)
    if faults:
        raise TargetRefused(faults)
    return _ended(target, tidy, by=by, on=on)


def end_by_itself(employer_id: int, outcome: Outcome | None, *, by: Any, on: date) -> None:
    """What the registers say ends a target: a union covers the employer now, or the employer closed."""
    target = Target.objects.select_for_update(of=("self",)).filter(employer=employer_id, ended_on=None).first()
    if target is not None:
        _ended(target, Ending(outcome or _how_covered(employer_id)), by=by, on=max(on, target.handed_on))


def _how_covered(employer_id: int) -> Outcome:
    """Joined where the union that covers it covers others, too; else the employer has a union of its own."""
    unions = Coverage.objects.filter(employer=employer_id, valid_to=None).values("union")
    others = Coverage.objects.filter(union__in=unions, valid_to=None).exclude(employer=employer_id)
    return Outcome.JOINED if others.exists() else Outcome.FOUNDED


def _handed(employer: Employer, account: Account, due_on: date, *, by: Actor, on: date) -> Target:
    open_one = Target.objects.select_for_update(of=("self",)).filter(employer=employer, ended_on=None).first()
    before = [open_one.cadre_id, str(open_one.due_on)] if open_one else []
    if open_one is None:
        target = Target.objects.create(
            city=employer.city,
            employer=employer,
            cadre=account,
            due_on=due_on,
            handed_on=on,
            handed_by_id=by.account_id,
        )
    else:
        target = open_one
        target.cadre, target.due_on = account, due_on
        target.save(update_fields=["cadre", "due_on"])
    target.employer = employer
    _record("hand_target", target, by=by, detail={"to": [before, [account.pk, str(due_on)]]})
    return target


def _ended(target: Target, ending: Ending, *, by: Any, on: date) -> Target:
    target.outcome, target.reason, target.again_on = ending.outcome.value, ending.reason, ending.again_on
    target.ended_on, target.ended_by_id = on, by.account_id
    target.save(update_fields=["outcome", "reason", "again_on", "ended_on", "ended_by"])
    detail = {"outcome": ending.outcome.value, "again_on": str(ending.again_on or "")}
    _record("end_target", target, by=by, detail=detail)
    return target


def _reaches(account_id: int, employer: Employer, *, on: date) -> bool:
    return employer.place.path.startswith(reach_of(account_id, on=on))


def _held(target_id: int, *, by: Actor, move: Move) -> Target:
    """The target, locked; what is out of reach is as good as not there."""
    found = visible_to(by, move=move).filter(pk=target_id).values_list("pk", flat=True).first()
    if found is None:
        raise Forbidden("out_of_scope")
    return Target.objects.select_for_update(of=("self",)).select_related("employer").get(pk=found)


def _record(verb: str, target: Target, *, by: Any, detail: dict[str, Any]) -> None:
    place = (target.employer.city, target.employer.place_id)
    record(verb, by=by, thing="employer", thing_id=target.employer_id, place=place, detail=detail)


_CADRE_UNKNOWN = gettext_noop("这位同志不在您管的范围里，或者管不到这家单位。从名单里另选一位。")
_ENDED = gettext_noop("这家单位已经有结果了，不用再记。要接着做，重新交办。")

__all__ = ["TargetRefused", "end_by_itself", "end_target", "hand_many", "hand_target", "keep_visit"]
