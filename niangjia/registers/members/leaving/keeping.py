"""Keep a membership on (保留会籍), take it up again, write down a death and put it right: what a cadre does at once, with a reason."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Actor, why_not
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.journal.services import record
from niangjia.kernel.messages.rules import ToPerson
from niangjia.kernel.messages.services import send
from niangjia.registers.members.leaving.telling import tell_open_cases
from niangjia.registers.members.models import Membership
from niangjia.registers.members.queries import editable_by
from niangjia.registers.members.rules import FULL_STATES, MembershipState, RetainedReason
from niangjia.registers.members.rules.moves import CHANGE_MEMBERSHIP
from niangjia.registers.members.turning import NotTurned, Turn, held_now, turn


@transaction.atomic
def retain(person_id: int, because: RetainedReason, *, by: Actor, on: date) -> Membership:
    """Keep a membership on (保留会籍): the old union after retirement or loss of work, the one above where the employer is closed."""
    present = _kept(person_id, by=by)
    if MembershipState(present.state) not in FULL_STATES:
        raise NotTurned(Reason("kept_already", _KEPT_ALREADY, {}))
    why = why_not_retained(present, because, by=by)
    if why is not None:
        raise NotTurned(why)
    parent = present.union.place.parent
    kept_by = parent.union if because is RetainedReason.EMPLOYER_CLOSED and parent is not None else None
    row = turn(present, Turn(MembershipState.RETAINED, on, because.value, kept_by), by=by)
    send("membership_retained", to=ToPerson(person_id), facts={"here": row.union_id})
    return row


def why_not_retained(present: Membership, because: RetainedReason, *, by: Actor) -> Reason | None:
    """Who keeps it on (谁来保留): for a closed employer the union above, which the actor has to work at."""
    if because is not RetainedReason.EMPLOYER_CLOSED:
        return None
    parent = present.union.place.parent
    if parent is None:
        return Reason("nobody_above", _NOBODY_ABOVE, {})
    return Reason("by_the_one_above", _BY_ABOVE, {}) if why_not(by, CHANGE_MEMBERSHIP, parent.path) else None


@transaction.atomic
def take_up_again(person_id: int, *, by: Actor, on: date) -> Membership:
    """She works again at the same employer (恢复): the kept membership is a full one from that day on."""
    present = _kept(person_id, by=by)
    if present.state != MembershipState.RETAINED:
        raise NotTurned(Reason("not_kept", _NOT_KEPT, {}))
    row = turn(present, Turn(MembershipState.ACTIVE, on), by=by)
    send("membership_again", to=ToPerson(person_id), facts={"here": row.union_id})
    return row


def retain_many(people: Iterable[int], because: str, *, by: Actor) -> int:
    """Keep many memberships on at once, each by itself; who may not be kept on stays as she is."""
    number = 0
    for person_id in sorted(set(people)):
        try:
            with transaction.atomic():
                retain(person_id, RetainedReason(because), by=by, on=clock.today())
        except (NotTurned, Forbidden):
            continue
        number += 1
    return number


@transaction.atomic
def write_down_death(person_id: int, *, by: Actor, on: date) -> Membership:
    """A member has died (去世): the membership ends, logins sleep, nobody writes to her any more, and who works on a case hears."""
    present = _kept(person_id, by=by)
    row = turn(present, Turn(MembershipState.DECEASED, on), by=by)
    with beyond(Purpose.PASSING):
        Account.objects.filter(subject=person_id).update(is_active=False)
        tell_open_cases(person_id)
    return row


@transaction.atomic
def put_death_right(person_id: int, *, by: Actor) -> Membership:
    """It was written down by mistake (登记错了): the membership goes on as if nothing had been, and the login wakes."""
    rows = Membership.objects.select_for_update(of=("self",)).select_related("union__place")
    latest = rows.filter(person=person_id).order_by("-period", "-pk").first()
    if latest is None or why_not(by, CHANGE_MEMBERSHIP, latest.union.place.path) is not None:
        raise Forbidden("out_of_scope")
    if latest.state != MembershipState.DECEASED:
        raise NotTurned(Reason("not_deceased", _NOT_DECEASED, {}))
    before = _before_death(person_id)
    latest.state, latest.period = before.value, DateRange(latest.period.lower, None)
    latest.save(update_fields=["state", "period"])
    with beyond(Purpose.PASSING):
        Account.objects.filter(subject=person_id).update(is_active=True)
    detail = {"from": MembershipState.DECEASED.value, "to": before.value, "because": "put_right"}
    place = (latest.city, latest.union_id)
    record("change_membership", by=by, thing="person", thing_id=person_id, place=place, detail=detail)
    return latest


def _before_death(person_id: int) -> MembershipState:
    """What the membership was, as the journal has it."""
    entries = Entry.objects.filter(thing="person", thing_id=person_id, verb="change_membership").order_by("-id")
    latest = entries.values_list("detail", flat=True).first() or {}
    return MembershipState(latest.get("from", MembershipState.ACTIVE.value))


def _kept(person_id: int, *, by: Actor) -> Membership:
    """The membership now, where the actor keeps it; nobody changes her own."""
    if person_id == by.subject_id or not editable_by(by).filter(pk=person_id).exists():
        raise Forbidden("out_of_scope")
    present = held_now(person_id)
    if present is None:
        raise Forbidden("out_of_scope")
    return present


_KEPT_ALREADY = gettext_noop("会籍已经保留着了，不用再办。")
_NOT_KEPT = gettext_noop("这份会籍没有保留着，不用恢复。")
_NOBODY_ABOVE = gettext_noop("上面没有工会，单位关闭以后没有谁能保留会籍。先给会员办转会。")
_BY_ABOVE = gettext_noop("单位关闭以后，会籍由上一级工会保留，要由上一级的人来办（《工会会员会籍管理办法》）。")
_NOT_DECEASED = gettext_noop("没有登记去世，不用更正。")
