"""Enter a new value of a local parameter, and decide on somebody else's."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor, why_not
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.dated.declared import declared
from niangjia.kernel.dated.models import LocalParameter
from niangjia.kernel.dated.rules import Measure, Parameter, value_fault
from niangjia.kernel.dated.services import LaterValue, put_in_force
from niangjia.kernel.journal.services import record
from niangjia.kernel.parameters.models import ParameterChange
from niangjia.kernel.parameters.queries import may_set, region_of, visible_to
from niangjia.kernel.parameters.rules import SET_PARAMETER, Refusal, State, why_not_decide, why_not_withdraw
from niangjia.kernel.places.models import Place

THING = "parameters.parameterchange"


class NotChanged(Exception):
    """It is not done; `reason` says why, `field` what to put right."""

    def __init__(self, reason: Reason, *, field: str = "") -> None:
        super().__init__(reason.code)
        self.reason = reason
        self.field = field


@dataclass(frozen=True)
class NewValue:
    """What somebody enters (新的值): which parameter, how much, from which day on, by which document."""

    key: str
    value: str
    valid_from: date
    source: str


@transaction.atomic
def enter(new: NewValue, *, place: Place, by: Actor) -> ParameterChange:
    """Enter a new value for the region of a place (填新值); it holds once a second person agrees; `NotChanged`."""
    if not may_set(by, place):
        raise Forbidden("out_of_scope")
    key, region = declared()[new.key], region_of(place)
    fault = value_fault(key, new.value)
    if fault:
        raise NotChanged(fault, field="value")
    if not new.source.strip():
        raise NotChanged(Reason("source_missing", _SOURCE_MISSING, {}), field="source")
    later = LocalParameter.objects.filter(key=new.key, region_code=region, valid_from__gte=new.valid_from)
    if later.exists():
        raise NotChanged(_later(later.order_by("valid_from")[0].valid_from), field="valid_from")
    change = _entered(new, key.measure, place=place, region=region, by=by)
    _tell("enter_parameter", change, by=by)
    return change


def _entered(new: NewValue, measure: Measure, *, place: Place, region: str, by: Actor) -> ParameterChange:
    """One change waits at a time, also where another place of the region, out of sight, entered it."""
    try:
        with transaction.atomic():
            return ParameterChange.objects.create(
                city=place.city,
                place=place,
                region_code=region,
                key=new.key,
                value=new.value,
                unit=measure.value,
                valid_from=new.valid_from,
                source=new.source.strip(),
                entered_by_id=by.account_id,
            )
    except IntegrityError as error:
        raise NotChanged(Reason("one_waits", _ONE_WAITS, {})) from error


@transaction.atomic
def agree(change_id: int, *, by: Actor) -> ParameterChange:
    """Put somebody else's value in force (同意生效): the one before ends the day before; `NotChanged`."""
    change = _to_decide(change_id, by=by)
    value = Parameter(
        change.key,
        change.value,
        Measure(change.unit),
        change.region_code,
        change.valid_from,
        None,
        change.source,
        is_default=False,
    )
    try:
        change.in_force_as = put_in_force(value)
    except LaterValue as later:
        raise NotChanged(_later(later.first)) from later
    return _decided("put_parameter_in_force", change, State.IN_FORCE, by=by)


@transaction.atomic
def refuse(change_id: int, *, why: Refusal, by: Actor) -> ParameterChange:
    """Do not put somebody else's value in force (不同意), and say why."""
    change = _to_decide(change_id, by=by)
    change.refusal = why.value
    return _decided("refuse_parameter", change, State.REFUSED, by=by)


@transaction.atomic
def withdraw(change_id: int, *, by: Actor) -> ParameterChange:
    """Take one's own change back while it waits (撤回)."""
    change = visible_to(by).select_for_update(of=("self",)).get(pk=change_id)
    reason = why_not_withdraw(State(change.state), entered_by=change.entered_by_id, withdraws=by.account_id)
    if reason:
        raise NotChanged(reason)
    change.state = State.WITHDRAWN.value
    change.save(update_fields=["state"])
    _tell("withdraw_parameter", change, by=by)
    return change


def _to_decide(change_id: int, *, by: Actor) -> ParameterChange:
    change = visible_to(by).select_for_update(of=("self",)).get(pk=change_id)
    if why_not(by, SET_PARAMETER, change.place.path):
        raise Forbidden("out_of_scope")
    reason = why_not_decide(State(change.state), entered_by=change.entered_by_id, decides=by.account_id)
    if reason:
        raise NotChanged(reason)
    return change


def _decided(verb: str, change: ParameterChange, state: State, *, by: Actor) -> ParameterChange:
    change.state = state.value
    change.decided_by_id = by.account_id
    change.decided_at = clock.now()
    change.save(update_fields=["state", "refusal", "in_force_as", "decided_by", "decided_at"])
    _tell(verb, change, by=by)
    return change


def _tell(verb: str, change: ParameterChange, *, by: Actor) -> None:
    detail = {
        "key": change.key,
        "region_code": change.region_code,
        "value": change.value,
        "unit": change.unit,
        "valid_from": change.valid_from.isoformat(),
        "source": change.source,
    }
    place = (change.city, change.place_id)
    record(verb, by=by, thing=THING, thing_id=change.pk, place=place, detail=detail)


def _later(first: date) -> Reason:
    return Reason("later_value", _LATER_VALUE, {"day": first.isoformat()})


_SOURCE_MISSING = gettext_noop("还没有写出处。写哪个文件、什么文号，以后查得到。")
_ONE_WAITS = gettext_noop("这个参数已经有一个改动在等人看。先等它办完，或者请填的人撤回。")
_LATER_VALUE = gettext_noop("从 {day} 起已经定过一个值了，新的要从那一天以后起。")
