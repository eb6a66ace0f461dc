"""Changes of local parameters: entered by one cadre, put in force by another, never by the same."""

from enum import StrEnum

from niangjia.kernel.access.rules import Move, Role
from niangjia.kernel.chinese import Reason, gettext_noop

SEE_PARAMETERS = Move("see_parameters", frozenset({Role.CADRE, Role.CHAIR, Role.OFFICER, Role.AUDITOR}))
# A county sets its own figures; below it they are only read. The second pair of eyes is of the same unit or above.
SET_PARAMETER = Move("set_parameter", frozenset({Role.CADRE}))


class State(StrEnum):
    """How far a change has come (改动状态)."""

    WAITS = "waits"
    IN_FORCE = "in_force"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Refusal(StrEnum):
    """Why a change was not put in force (不同意的原因)."""

    SOURCE_UNCLEAR = "source_unclear"
    VALUE_DIFFERS = "value_differs"
    DAY_DIFFERS = "day_differs"
    NOT_NEEDED = "not_needed"


# verb → the state it leads to; each begins where a change waits
MOVES: dict[str, State] = {
    "put_in_force": State.IN_FORCE,
    "refuse": State.REFUSED,
    "withdraw": State.WITHDRAWN,
}


def why_not_decide(state: State, *, entered_by: int | None, decides: int | None) -> Reason | None:
    """None where this account may put the change in force or refuse it: another person, while it waits."""
    if state is not State.WAITS:
        return Reason("not_waiting", _NOT_WAITING, {})
    if decides is None or decides == entered_by:
        return Reason("own_change", _OWN_CHANGE, {})
    return None


def why_not_withdraw(state: State, *, entered_by: int | None, withdraws: int | None) -> Reason | None:
    """None where this account may take the change back: its own, while it waits."""
    if state is not State.WAITS:
        return Reason("not_waiting", _NOT_WAITING, {})
    return None if withdraws is not None and withdraws == entered_by else Reason("not_own", _NOT_OWN, {})


_NOT_WAITING = gettext_noop("这个改动已经有人办过了，或者已经撤回。")
_OWN_CHANGE = gettext_noop("自己填的不能自己生效。请本单位另一位工会干部，或者上一级工会的干部来看。")
_NOT_OWN = gettext_noop("不是您填的，不能撤回。觉得不对，可以不同意。")
