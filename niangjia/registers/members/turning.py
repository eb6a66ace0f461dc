"""What becomes of a membership (会籍变动): kept on, taken up again, ended; one ends on the day the next begins, without a gap."""

from dataclasses import dataclass
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.clock.rules.written import DayWritten
from niangjia.kernel.journal.services import record
from niangjia.registers.members.models import Membership, TransferProposal
from niangjia.registers.members.queries import HOLDING
from niangjia.registers.members.rules import HOLDING_STATES, MembershipKind, MembershipState
from niangjia.registers.orgs.models import Union


class NotTurned(Exception):
    """The membership stays as it is; `reason` says why and what next."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@dataclass(frozen=True)
class Turn:
    """One change of a membership: into which state, from which day on, why, and at which union it goes on."""

    state: MembershipState
    on: date
    because: str = ""
    kept_by: Union | None = None


def held_now(person_id: int) -> Membership | None:
    """The membership that somebody has now, held until the transaction ends."""
    rows = Membership.objects.select_for_update(of=("self",)).select_related("union__place__parent")
    return rows.filter(person=person_id, period__upper_inf=True, state__in=HOLDING).first()


def turn(present: Membership, to: Turn, *, by: Actor) -> Membership:
    """Change what a membership is from a day on; the days before stay what they were."""
    before = present.state
    if to.on > clock.today():
        raise NotTurned(Reason("not_yet", _NOT_YET, {}))
    row = _goes_on(present, to) if to.state in HOLDING_STATES else _ends(present, to)
    detail = {"from": before, "to": to.state.value, "because": to.because, "on": to.on.isoformat()}
    here, there = (present.city, present.union_id), (row.city, row.union_id)
    # Where it ends, or goes over to the union above, programs hear of it as of a transfer that let her go.
    ends = {} if to.state in HOLDING_STATES and here == there else {"end": "let_go"}
    record("change_membership", by=by, thing="person", thing_id=row.person_id, place=here, detail=detail | ends)
    if there != here:
        record("change_membership", by=by, thing="person", thing_id=row.person_id, place=there, detail=detail)
    return row


def _goes_on(present: Membership, to: Turn) -> Membership:
    """The same membership in another state: a row for each stretch of days, so that a past day is still right."""
    union = to.kept_by or present.union
    if present.period.lower >= to.on:
        if union.pk != present.union_id:
            raise NotTurned(Reason("began_later", _BEGAN_LATER, {"day": DayWritten.of(present.period.lower)}))
        present.state, present.because = to.state.value, to.because
        present.save(update_fields=["state", "because"])
        return present
    goes_over = union.pk != present.union_id
    ended = {"period": DateRange(present.period.lower, to.on)}
    ended |= {"state": MembershipState.TRANSFERRED.value} if goes_over else {}
    Membership.objects.filter(pk=present.pk).update(**ended)
    return Membership.objects.create(
        city=union.city,
        person_id=present.person_id,
        union=union,
        employer_id=None if goes_over else present.employer_id,
        kind=MembershipKind.REORGANISED.value if goes_over else present.kind,
        state=to.state.value,
        because=to.because,
        period=DateRange(to.on, None),
        joined_on=present.joined_on,
        member_no=present.member_no,
    )


def _ends(present: Membership, to: Turn) -> Membership:
    """It is over; nobody asks for her any more, as she is no member anywhere."""
    if present.period.lower >= to.on:
        raise NotTurned(Reason("began_later", _BEGAN_LATER, {"day": DayWritten.of(present.period.lower)}))
    asked = TransferProposal.objects.filter(person=present.person_id, settled_at=None, withdrawn_at=None)
    asked.update(withdrawn_at=clock.now())
    present.state, present.because = to.state.value, to.because or present.because
    present.period = DateRange(present.period.lower, to.on)
    present.save(update_fields=["state", "because", "period"])
    return present


_NOT_YET = gettext_noop("那一天还没有到。到了那天再办。")
_BEGAN_LATER = gettext_noop("这份会籍从 {day} 才开始，要写在那以后的日子。")
